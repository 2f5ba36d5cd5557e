//! The search index of a new database file: the stems of the items' words, and the aliases that items are found by.

use sqlx::{Row, SqliteConnection};

use crate::{
    corpus::{FieldKind, SearchField},
    storage::materialize::{Batch, Grouped, Sources, fetch_grouped},
    text::{
        months,
        query::{AnalyzedText, alias_key},
    },
};

/// The names of the actors and locations that the clauses of a batch of statements mention.
const NAMES: &str = "WITH mentions AS ( \
        SELECT m.clause, m.start, m.\"end\", m.actor, NULL AS location \
        FROM clauses AS c JOIN actor_mentions AS m ON m.clause = c.id WHERE c.statement BETWEEN ?1 AND ?2 \
        UNION ALL SELECT m.clause, m.start, m.\"end\", NULL, m.location \
        FROM clauses AS c JOIN location_mentions AS m ON m.clause = c.id WHERE c.statement BETWEEN ?1 AND ?2) \
    SELECT clause, start, \"end\", name_ar AS name FROM mentions JOIN actors ON id = mentions.actor \
    UNION SELECT clause, start, \"end\", name_en FROM mentions JOIN actors ON id = mentions.actor \
    UNION SELECT clause, start, \"end\", alias FROM mentions JOIN actor_aliases USING (actor) \
    UNION SELECT clause, start, \"end\", name_ar FROM mentions JOIN locations ON id = mentions.location \
    UNION SELECT clause, start, \"end\", name_en FROM mentions JOIN locations ON id = mentions.location \
    UNION SELECT clause, start, \"end\", alias FROM mentions JOIN location_aliases USING (location)";
/// The temporal expressions in the clauses of a batch of statements.
const DATES: &str = "SELECT clause, statement, start, \"end\" FROM dates WHERE statement BETWEEN ? AND ?";

/// An alias that an item is found by.
#[derive(Debug)]
pub struct Alias {
    key: String,
    /// The offsets of the words of the source that it stands for; none where the item itself has the alias.
    span: Option<(u32, u32)>,
}

/// The aliases of the clauses of a batch of statements: the names of what they mention, and the names of months.
///
/// # Errors
/// When the database cannot be read.
pub async fn clause_aliases(database: &mut SqliteConnection, batch: &Batch, sources: &Sources) -> sqlx::Result<Grouped<Alias>> {
    let mut aliases = fetch_grouped(database, NAMES, batch, |row| {
        Ok(Alias { key: alias_key(row.try_get("name")?), span: Some((row.try_get("start")?, row.try_get("end")?)) })
    })
    .await?;
    let months = fetch_grouped(database, DATES, batch, |row| {
        let start: u32 = row.try_get("start")?;
        let expression = sources.quote(row.try_get("statement")?, start, row.try_get("end")?)?.exact;
        #[expect(clippy::cast_possible_truncation, reason = "a span of a quotation is short")]
        let alias =
            |(name, span): (&str, crate::text::query::Span)| Alias { key: alias_key(name), span: Some((start + span.start as u32, start + span.end as u32)) };
        Ok(months::month_synonyms(&expression).into_iter().map(alias).collect::<Vec<_>>())
    })
    .await?;
    for (clause, months) in months {
        aliases.entry(clause).or_default().extend(months.into_iter().flatten());
    }
    Ok(aliases)
}

/// Indexes an item by the stems of its fields and by its aliases, of which the fields have some.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert(database: &mut SqliteConnection, number: i64, fields: &[SearchField<'_>], mut aliases: Vec<Alias>) -> sqlx::Result<()> {
    let of_kind = |kind: FieldKind| fields.iter().filter(move |field| field.kind == kind);
    aliases.extend(of_kind(FieldKind::Alias).map(|field| Alias { key: alias_key(field.text), span: None }));
    let rows: serde_json::Value =
        aliases.iter().map(|alias| serde_json::json!([alias.key, alias.span.map(|(start, _)| start), alias.span.map(|(_, end)| end)])).collect();
    let insert = "INSERT INTO search_aliases (item, key, start, \"end\") SELECT ?, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)";
    sqlx::query(insert).bind(number).bind(rows.to_string()).execute(&mut *database).await?;

    let stems = |kind: FieldKind| {
        let texts: Vec<AnalyzedText<'_>> = of_kind(kind).map(|field| AnalyzedText::new(field.text)).collect();
        texts.iter().flat_map(AnalyzedText::stems).collect::<Vec<_>>().join(" ")
    };
    let mut keys: Vec<&str> = aliases.iter().map(|alias| alias.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    let names = format!("{} {}", stems(FieldKind::Alias), keys.join(" "));
    let insert = sqlx::query("INSERT INTO search_index (rowid, ar, en, alias) VALUES (?, ?, ?, ?)");
    insert.bind(number).bind(stems(FieldKind::Arabic)).bind(stems(FieldKind::English)).bind(names).execute(database).await.map(|_| ())
}
