//! The search index of a new database file, filled from the texts and aliases of its items.

use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};

use crate::text::{
    months,
    query::{AnalyzedText, alias_key},
};
use crate::{
    corpus::{FieldKind, Filter, Searchable, actors::ActorFilter, clauses::ClauseFilter, locations::LocationFilter, notes::NoteFilter},
    storage::validate::ValidationError,
};

/// Fills the index anew.
///
/// # Errors
/// When the database cannot be written, or an item cannot be read.
pub async fn index(database: &mut SqliteConnection) -> Result<(), ValidationError> {
    sqlx::raw_sql("INSERT INTO search_index (search_index) VALUES ('delete-all')").execute(&mut *database).await?;
    for row in sqlx::query("SELECT item, name, start, \"end\" FROM mentioned_names").fetch_all(&mut *database).await? {
        let (item, name, start, end): (i64, String, u32, u32) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?);
        insert_alias(database, item, &name, Some((start, end))).await?;
    }
    for row in sqlx::query("SELECT i.number, d.start, q.exact FROM dates AS d JOIN quotes AS q USING (statement, start, \"end\") JOIN items AS i ON i.resource = 'clauses' AND i.id = d.clause").fetch_all(&mut *database).await? {
        let (item, start, exact): (i64, u32, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        for (name, span) in months::month_synonyms(&exact) {
            #[expect(clippy::cast_possible_truncation, reason = "a span of a quotation is short")]
            let alias_span = (start + span.start as u32, start + span.end as u32);
            insert_alias(database, item, name, Some(alias_span)).await?;
        }
    }
    index_words::<ClauseFilter>(database).await?;
    index_words::<ActorFilter>(database).await?;
    index_words::<LocationFilter>(database).await?;
    index_words::<NoteFilter>(database).await
}

/// Inserts an alias of an item, with the words of the source that it stands for, if any.
async fn insert_alias(database: &mut SqliteConnection, item: i64, name: &str, span: Option<(u32, u32)>) -> sqlx::Result<()> {
    let insert = sqlx::query("INSERT INTO search_aliases (item, key, start, \"end\") VALUES (?, ?, ?, ?)");
    insert.bind(item).bind(alias_key(name)).bind(span.map(|(start, _)| start)).bind(span.map(|(_, end)| end)).execute(database).await.map(|_| ())
}

/// Indexes the stems of every item of a resource.
async fn index_words<F: Filter<Item: Searchable>>(database: &mut SqliteConnection) -> Result<(), ValidationError> {
    let mut items = QueryBuilder::<Sqlite>::new("SELECT number, item FROM items WHERE resource = ");
    items.push_bind(F::RESOURCE.name());
    for row in items.build().fetch_all(&mut *database).await? {
        let (number, item): (i64, String) = (row.try_get(0)?, row.try_get(1)?);
        let item: F::Item = serde_json::from_str(&item).map_err(|cause| ValidationError::Item(F::RESOURCE.name(), cause))?;
        let fields = item.search_fields();
        let stems = |kind: FieldKind| {
            let passages: Vec<AnalyzedText<'_>> = fields.iter().filter(|field| field.kind == kind).map(|field| AnalyzedText::new(field.text)).collect();
            passages.iter().flat_map(AnalyzedText::stems).collect::<Vec<_>>().join(" ")
        };
        for alias in fields.iter().filter(|field| field.kind == FieldKind::Alias) {
            insert_alias(database, number, alias.text, None).await?;
        }
        let keys: Vec<String> = sqlx::query_scalar("SELECT DISTINCT key FROM search_aliases WHERE item = ?").bind(number).fetch_all(&mut *database).await?;
        let aliases = format!("{} {}", stems(FieldKind::Alias), keys.join(" "));
        let insert = sqlx::query("INSERT INTO search_index (rowid, ar, en, alias) VALUES (?, ?, ?, ?)");
        insert.bind(number).bind(stems(FieldKind::Arabic)).bind(stems(FieldKind::English)).bind(aliases).execute(&mut *database).await?;
    }
    Ok(())
}
