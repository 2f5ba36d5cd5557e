//! Changes.

use sqlx::{Row, SqliteConnection};

use crate::{
    corpus::{Resource, Slug, changes::Change},
    storage::materialize::{
        entry::Entry,
        rows::{bilingual, enum_value, url},
    },
};

/// How many changes are read at once.
const BATCH_SIZE: u32 = 2_000;

const CHANGES: &str = "SELECT c.id, c.revision, c.position, c.action, c.resource, c.target, c.summary_ar, c.summary_en, \
    coalesce(c.at, r.at) AS at FROM changes AS c JOIN revisions AS r USING (revision) \
    WHERE (c.revision, c.position) > (?, ?) ORDER BY c.revision, c.position LIMIT ?";

/// Reads the next changes after one, which is given by its revision and its position: each with its position.
pub async fn read(database: &mut SqliteConnection, after: (u32, u32)) -> sqlx::Result<Vec<(u32, Change)>> {
    let mut changes = Vec::new();
    for row in sqlx::query(CHANGES).bind(after.0).bind(after.1).bind(BATCH_SIZE).fetch_all(&mut *database).await? {
        let id: Slug = row.try_get("id")?;
        let change = Change {
            url: url(Resource::Changes, &id),
            revision: row.try_get("revision")?,
            at: row.try_get("at")?,
            action: enum_value(&row, "action")?,
            resource: enum_value(&row, "resource")?,
            target: row.try_get("target")?,
            summary: bilingual(&row, "summary")?,
            id,
        };
        changes.push((row.try_get("position")?, change));
    }
    Ok(changes)
}

/// The rows of changes.
pub fn entries(changes: &[(u32, Change)]) -> sqlx::Result<Vec<Entry>> {
    changes.iter().map(|(at, change)| Entry::new(&change.id, format!("{:08} {at:08}", change.revision), change)).collect()
}
