//! Reads the statements and registers that a quotation is compared with from the corpus.

use serde::de::DeserializeOwned;
use sqlx::QueryBuilder;

use crate::{
    corpus::{
        Corpus, Resource, Slug, StoredJson, WHOLE_COLUMNS,
        actors::Actor,
        clauses::Clause,
        enum_name,
        locations::Location,
        notes::{Note, Severity},
        push_in, read_all,
        statements::Statement,
    },
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
    statements: Vec<StoredJson<Statement>>,
    clauses: Vec<StoredJson<Clause>>,
    critical_notes: Vec<StoredJson<Note>>,
    actors: Vec<StoredJson<Actor>>,
    locations: Vec<StoredJson<Location>>,
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
    let critical = enum_name(&Severity::Critical);
    Ok(StoredLibrary {
        has_several: first.len() > 1 && statement.is_none(),
        statements: items(corpus, Resource::Statements, "FROM items AS i WHERE i.resource = 'statements'", [("i.id", ids.clone())], " ORDER BY i.id").await?,
        clauses: items(
            corpus,
            Resource::Clauses,
            "FROM clauses AS c CROSS JOIN items AS i ON i.resource = 'clauses' AND i.id = c.id WHERE true",
            [("c.statement", ids.clone())],
            " ORDER BY c.statement, c.position",
        )
        .await?,
        critical_notes: items(
            corpus,
            Resource::Notes,
            "FROM notes AS n CROSS JOIN items AS i ON i.resource = 'notes' AND i.id = n.id WHERE true",
            [("n.statement", ids.clone()), ("n.severity", vec![critical])],
            " ORDER BY n.statement, n.position",
        )
        .await?,
        actors: if is_large { actors_of(corpus, &ids, speaker).await? } else { items(corpus, Resource::Actors, ALL_ACTORS, [], "").await? },
        locations: if is_large { locations_of(corpus, &ids).await? } else { items(corpus, Resource::Locations, ALL_LOCATIONS, [], "").await? },
    })
}

const ALL_ACTORS: &str = "FROM items AS i WHERE i.resource = 'actors'";
const ALL_LOCATIONS: &str = "FROM items AS i WHERE i.resource = 'locations'";

/// The actors that statements refer to and the requested speaker, with the actors that they are parts of.
async fn actors_of(corpus: &Corpus, statements: &[String], speaker: Option<&Slug>) -> sqlx::Result<Vec<StoredJson<Actor>>> {
    let statements: serde_json::Value = statements.into();
    let mut query = QueryBuilder::new("WITH RECURSIVE s (value) AS MATERIALIZED (SELECT value FROM json_each(");
    query.push_bind(statements.to_string()).push(
        ")), named (id) AS (SELECT actor FROM s JOIN actor_mentions AS m ON m.statement = s.value \
            UNION SELECT actor FROM s JOIN issuers AS r ON r.statement = s.value \
            UNION SELECT c.speaker FROM s JOIN clauses AS c ON c.statement = s.value UNION SELECT ",
    );
    query.push_bind(speaker.map(Slug::to_string)).push(" UNION SELECT a.parent FROM named JOIN actors AS a ON a.id = named.id) SELECT ");
    query.push(WHOLE_COLUMNS).push(" FROM named CROSS JOIN items AS i ON i.resource = 'actors' AND i.id = named.id");
    read_all(corpus, Resource::Actors, &mut query).await
}

/// The locations that statements name.
async fn locations_of(corpus: &Corpus, statements: &[String]) -> sqlx::Result<Vec<StoredJson<Location>>> {
    let statements: serde_json::Value = statements.into();
    let mut query = QueryBuilder::new("SELECT ");
    query.push(WHOLE_COLUMNS).push(" FROM (SELECT DISTINCT location FROM json_each(").push_bind(statements.to_string());
    query.push(
        ") AS s JOIN location_mentions AS m ON m.statement = s.value) AS named \
        CROSS JOIN items AS i ON i.resource = 'locations' AND i.id = named.location",
    );
    read_all(corpus, Resource::Locations, &mut query).await
}

/// The items of a resource that a query with these conditions selects; it begins with FROM.
async fn items<T, const N: usize>(
    corpus: &Corpus,
    resource: Resource,
    from: &str,
    conditions: [(&'static str, Vec<String>); N],
    order: &str,
) -> sqlx::Result<Vec<StoredJson<T>>> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(WHOLE_COLUMNS).push(" ").push(from);
    for (column, values) in conditions {
        push_in(&mut query, column, values);
    }
    query.push(order);
    read_all(corpus, resource, &mut query).await
}

impl StoredLibrary {
    /// Reads the stored items.
    ///
    /// # Errors
    /// When an item does not have its type; a file with such an item is not published.
    pub fn read(&self) -> serde_json::Result<Library> {
        let registers = Registers::new(read(&self.actors)?, read(&self.locations)?);
        let (mut clauses, mut notes) = (read(&self.clauses)?, read(&self.critical_notes)?);
        let records = read(&self.statements)?.into_iter().map(|statement| {
            let own_clauses = clauses.extract_if(.., |clause| clause.statement == statement.id).collect();
            let own_notes = notes.extract_if(.., |note| note.statement == statement.id).collect();
            Record::new(statement, own_clauses, own_notes, self.has_several)
        });
        Ok(Library { records: records.collect(), registers })
    }
}

fn read<T: DeserializeOwned>(items: &[StoredJson<T>]) -> serde_json::Result<Vec<T>> {
    items.iter().map(StoredJson::read).collect()
}
