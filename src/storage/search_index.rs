//! The index that searches ask: filled when a file is built, from the texts and names of its items.

use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};

use crate::text::{
    months,
    query::{AnalyzedText, alias_key},
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
        insert_alias(database, item, &name, Some((start, end))).await?;
    }
    for row in sqlx::query("SELECT i.number, d.start, q.exact FROM dates AS d JOIN quotes AS q USING (statement, start, \"end\") JOIN items AS i ON i.resource = 'clauses' AND i.id = d.clause").fetch_all(&mut *database).await? {
        let (item, start, exact): (i64, u32, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        for (name, span) in months::month_synonyms(&exact) {
            #[expect(clippy::cast_possible_truncation, reason = "within a quotation")]
            let place = (start + span.start as u32, start + span.end as u32);
            insert_alias(database, item, name, Some(place)).await?;
        }
    }
    words::<ClauseFilter>(database).await?;
    words::<ActorFilter>(database).await?;
    words::<LocationFilter>(database).await?;
    words::<NoteFilter>(database).await
}

async fn insert_alias(database: &mut SqliteConnection, item: i64, name: &str, place: Option<(u32, u32)>) -> sqlx::Result<()> {
    let insert = sqlx::query("INSERT INTO names (item, key, start, \"end\") VALUES (?, ?, ?, ?)");
    insert.bind(item).bind(alias_key(name)).bind(place.map(|(start, _)| start)).bind(place.map(|(_, end)| end)).execute(database).await.map(|_| ())
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
            let passages: Vec<AnalyzedText<'_>> =
                searched.iter().filter(|searched| searched.sort == sort).map(|searched| AnalyzedText::new(searched.text)).collect();
            passages.iter().flat_map(AnalyzedText::stems).collect::<Vec<_>>().join(" ")
        };
        for alias in searched.iter().filter(|searched| searched.sort == FieldKind::Alias) {
            insert_alias(database, number, alias.text, None).await?;
        }
        let keys: Vec<String> = sqlx::query_scalar("SELECT DISTINCT key FROM names WHERE item = ?").bind(number).fetch_all(&mut *database).await?;
        let names = format!("{} {}", stems(FieldKind::Alias), keys.join(" "));
        let insert = sqlx::query("INSERT INTO stems (rowid, ar, en, name) VALUES (?, ?, ?, ?)");
        insert.bind(number).bind(stems(FieldKind::Arabic)).bind(stems(FieldKind::English)).bind(names).execute(&mut *database).await?;
    }
    Ok(())
}
