//! Reads the statements and registers that a quotation is compared with from the corpus.

use serde::de::DeserializeOwned;
use sqlx::QueryBuilder;

use crate::{
    corpus::{Corpus, Slug, notes::Severity, push_in},
    verify::{
        preselect::{MAX_STATEMENTS, preselect},
        record::Record,
        registers::Registers,
    },
};

/// The statements that a quotation may be from, and the registers, as they are stored.
///
/// These are all statements, or the requested one; of a corpus with many, those that have runs of its words.
#[derive(Debug)]
pub struct StoredLibrary {
    /// Whether the corpus has several statements and none is requested.
    has_several: bool,
    statements: Vec<String>,
    clauses: Vec<String>,
    critical_notes: Vec<String>,
    actors: Vec<String>,
    locations: Vec<String>,
}

/// The statements that a quotation may be from, and the registers.
#[derive(Debug)]
pub struct Library {
    /// The statements, in the order of their ids.
    pub records: Vec<Record>,
    /// The registers.
    pub registers: Registers,
}

/// The statements that these quotations may be from: the requested one, or those of all statements that may have them. `speaker` is
/// the requested one.
///
/// # Errors
/// When a database query fails.
pub async fn load(corpus: &Corpus, statement: Option<&Slug>, speaker: Option<&Slug>, quotations: &[&str]) -> sqlx::Result<StoredLibrary> {
    let first: Vec<String> = sqlx::query_scalar("SELECT id FROM statements ORDER BY id LIMIT ? + 1")
        .bind(i64::try_from(MAX_STATEMENTS).unwrap_or(i64::MAX))
        .fetch_all(&corpus.pool)
        .await?;
    let is_large = first.len() > MAX_STATEMENTS;
    let selected = match statement {
        Some(statement) => Some(vec![statement.to_string()]),
        None if is_large => Some(preselect(corpus, quotations).await?),
        None => None,
    };
    // Without an id no statement is selected; an empty condition would select all.
    let ids = selected.map(|ids| if ids.is_empty() { vec![String::new()] } else { ids }).unwrap_or_default();
    let critical = crate::corpus::enum_name(&Severity::Critical);
    Ok(StoredLibrary {
        has_several: first.len() > 1 && statement.is_none(),
        statements: items(corpus, "SELECT i.item FROM items AS i WHERE i.resource = 'statements'", [("i.id", ids.clone())], " ORDER BY i.id").await?,
        clauses: items(
            corpus,
            "SELECT i.item FROM clauses AS c CROSS JOIN items AS i ON i.resource = 'clauses' AND i.id = c.id WHERE true",
            [("c.statement", ids.clone())],
            " ORDER BY c.statement, c.position",
        )
        .await?,
        critical_notes: items(
            corpus,
            "SELECT i.item FROM notes AS n CROSS JOIN items AS i ON i.resource = 'notes' AND i.id = n.id WHERE true",
            [("n.statement", ids.clone()), ("n.severity", vec![critical])],
            " ORDER BY n.statement, n.position",
        )
        .await?,
        actors: if is_large { actors_of(corpus, &ids, speaker).await? } else { items(corpus, ALL_ACTORS, [], "").await? },
        locations: if is_large { locations_of(corpus, &ids).await? } else { items(corpus, ALL_LOCATIONS, [], "").await? },
    })
}

const ALL_ACTORS: &str = "SELECT i.item FROM items AS i WHERE i.resource = 'actors'";
const ALL_LOCATIONS: &str = "SELECT i.item FROM items AS i WHERE i.resource = 'locations'";

/// The actors that statements refer to and the requested speaker, with the actors that they are parts of.
async fn actors_of(corpus: &Corpus, statements: &[String], speaker: Option<&Slug>) -> sqlx::Result<Vec<String>> {
    let actors = "WITH RECURSIVE named (id) AS ( \
            SELECT actor FROM json_each(?1) AS s JOIN actor_mentions AS m ON m.statement = s.value \
            UNION SELECT actor FROM json_each(?1) AS s JOIN issuers AS r ON r.statement = s.value \
            UNION SELECT c.speaker FROM json_each(?1) AS s JOIN clauses AS c ON c.statement = s.value \
            UNION SELECT ?2 UNION SELECT a.parent FROM named JOIN actors AS a ON a.id = named.id) \
        SELECT i.item FROM named CROSS JOIN items AS i ON i.resource = 'actors' AND i.id = named.id";
    let statements: serde_json::Value = statements.into();
    sqlx::query_scalar(actors).bind(statements.to_string()).bind(speaker.map(Slug::to_string)).fetch_all(&corpus.pool).await
}

/// The locations that statements name.
async fn locations_of(corpus: &Corpus, statements: &[String]) -> sqlx::Result<Vec<String>> {
    let locations = "SELECT i.item FROM (SELECT DISTINCT location FROM json_each(?) AS s JOIN location_mentions AS m ON m.statement = s.value) AS named \
        CROSS JOIN items AS i ON i.resource = 'locations' AND i.id = named.location";
    let statements: serde_json::Value = statements.into();
    sqlx::query_scalar(locations).bind(statements.to_string()).fetch_all(&corpus.pool).await
}

/// The items of a query with these conditions.
async fn items<const N: usize>(corpus: &Corpus, select: &str, conditions: [(&'static str, Vec<String>); N], order: &str) -> sqlx::Result<Vec<String>> {
    let mut query = QueryBuilder::new(select);
    for (column, values) in conditions {
        push_in(&mut query, column, values);
    }
    query.push(order);
    query.build_query_scalar().fetch_all(&corpus.pool).await
}

impl StoredLibrary {
    /// Reads the stored items.
    ///
    /// # Errors
    /// When an item does not have its type; a file with such an item is not published.
    pub fn read(&self) -> serde_json::Result<Library> {
        let registers = Registers::new(read(&self.actors)?, read(&self.locations)?);
        let (mut clauses, mut notes) = (read::<crate::corpus::clauses::Clause>(&self.clauses)?, read::<crate::corpus::notes::Note>(&self.critical_notes)?);
        let records = read::<crate::corpus::statements::Statement>(&self.statements)?.into_iter().map(|statement| {
            let own_clauses = clauses.extract_if(.., |clause| clause.statement == statement.id).collect();
            let own_notes = notes.extract_if(.., |note| note.statement == statement.id).collect();
            Record::new(statement, own_clauses, own_notes, &registers, self.has_several)
        });
        Ok(Library { records: records.collect(), registers })
    }
}

fn read<T: DeserializeOwned>(items: &[String]) -> serde_json::Result<Vec<T>> {
    items.iter().map(|item| serde_json::from_str(item)).collect()
}
