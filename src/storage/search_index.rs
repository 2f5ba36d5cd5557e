//! The index that searches ask: filled when a file is built, from the texts and names of its items.

use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};

use crate::text::{
    months,
    query::{Passage, key},
};
use crate::{
    corpus::{Filter, actors::ActorFilter, clauses::ClauseFilter, locations::LocationFilter, notes::NoteFilter, search::FieldKind},
    storage::materialize::ValidationError,
};

/// Fills the index anew, when a file is built.
///
/// # Errors
/// When the database cannot be written, or an item cannot be read.
pub async fn index(database: &mut SqliteConnection) -> Result<(), ValidationError> {
    sqlx::raw_sql("INSERT INTO stems (stems) VALUES ('delete-all')").execute(&mut *database).await?;
    for row in sqlx::query("SELECT item, name, start, \"end\" FROM mentioned_names").fetch_all(&mut *database).await? {
        let (item, name, start, end): (i64, String, u32, u32) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?);
        put_name(database, item, &name, Some((start, end))).await?;
    }
    for row in sqlx::query("SELECT i.number, d.start, q.exact FROM dates AS d JOIN quotes AS q USING (statement, start, \"end\") JOIN items AS i ON i.resource = 'clauses' AND i.id = d.clause").fetch_all(&mut *database).await? {
        let (item, start, exact): (i64, u32, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        for (name, span) in months::other_names(&exact) {
            #[expect(clippy::cast_possible_truncation, reason = "within a quotation")]
            let place = (start + span.start as u32, start + span.end as u32);
            put_name(database, item, name, Some(place)).await?;
        }
    }
    words::<ClauseFilter>(database).await?;
    words::<ActorFilter>(database).await?;
    words::<LocationFilter>(database).await?;
    words::<NoteFilter>(database).await
}

async fn put_name(database: &mut SqliteConnection, item: i64, name: &str, place: Option<(u32, u32)>) -> sqlx::Result<()> {
    let insert = sqlx::query("INSERT INTO names (item, key, start, \"end\") VALUES (?, ?, ?, ?)");
    insert.bind(item).bind(key(name)).bind(place.map(|(start, _)| start)).bind(place.map(|(_, end)| end)).execute(database).await.map(|_| ())
}

/// Puts the stems of each item of a resource into the index.
async fn words<F: Filter>(database: &mut SqliteConnection) -> Result<(), ValidationError> {
    let mut items = QueryBuilder::<Sqlite>::new("SELECT number, item FROM items WHERE resource = ");
    items.push_bind(F::RESOURCE.name());
    for row in items.build().fetch_all(&mut *database).await? {
        let (number, item): (i64, String) = (row.try_get(0)?, row.try_get(1)?);
        let item: F::Item = serde_json::from_str(&item).map_err(|cause| ValidationError::Item(F::RESOURCE.name(), cause))?;
        let searched = F::searched(&item);
        let stems = |sort: FieldKind| {
            let passages: Vec<Passage<'_>> = searched.iter().filter(|searched| searched.sort == sort).map(|searched| Passage::new(searched.text)).collect();
            passages.iter().flat_map(Passage::stems).collect::<Vec<_>>().join(" ")
        };
        for alias in searched.iter().filter(|searched| searched.sort == FieldKind::Alias) {
            put_name(database, number, alias.text, None).await?;
        }
        let keys: Vec<String> = sqlx::query_scalar("SELECT DISTINCT key FROM names WHERE item = ?").bind(number).fetch_all(&mut *database).await?;
        let names = format!("{} {}", stems(FieldKind::Alias), keys.join(" "));
        let insert = sqlx::query("INSERT INTO stems (rowid, ar, en, name) VALUES (?, ?, ?, ?)");
        insert.bind(number).bind(stems(FieldKind::Arabic)).bind(stems(FieldKind::English)).bind(names).execute(&mut *database).await?;
    }
    Ok(())
}
