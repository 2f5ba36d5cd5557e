//! Changes.

use sqlx::{Row, SqliteConnection};

use crate::{
    corpus::{Resource, Slug, changes::Change},
    storage::materialize::{
        entry::{self, Entry},
        item_index::ItemIndex,
        rows::{bilingual, enum_value, url},
    },
};

/// How many changes are read at once.
const BATCH_SIZE: u32 = 2_000;

const CHANGES: &str = "SELECT c.id, c.revision, c.position, c.action, c.resource, c.target, c.summary_ar, c.summary_en, \
    coalesce(c.at, r.at) AS at FROM changes AS c JOIN revisions AS r USING (revision) \
    WHERE (c.revision, c.position) > (?, ?) ORDER BY c.revision, c.position LIMIT ?";

/// Inserts all changes.
pub async fn insert(database: &mut SqliteConnection, index: &mut ItemIndex) -> sqlx::Result<()> {
    let mut last = (0, 0);
    loop {
        let rows = sqlx::query(CHANGES).bind(last.0).bind(last.1).bind(BATCH_SIZE).fetch_all(&mut *database).await?;
        let mut entries = Vec::new();
        for row in &rows {
            let id: Slug = row.try_get("id")?;
            let change = Change {
                url: url(Resource::Changes, &id),
                revision: row.try_get("revision")?,
                at: row.try_get("at")?,
                action: enum_value(row, "action")?,
                resource: enum_value(row, "resource")?,
                target: row.try_get("target")?,
                summary: bilingual(row, "summary")?,
                id,
            };
            last = (change.revision, row.try_get("position")?);
            entries.push(Entry::new(&change.id, format!("{:08} {:08}", last.0, last.1), &change)?);
        }
        if entries.is_empty() {
            return Ok(());
        }
        entry::insert(database, Resource::Changes, &entries, index).await?;
    }
}
