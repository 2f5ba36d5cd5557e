//! Reads the statements and registers that a quotation is compared with from the corpus.

use serde::de::DeserializeOwned;
use sqlx::QueryBuilder;

use crate::{
    corpus::{Corpus, Slug, notes::Severity, push_in},
    verify::{record::Record, registers::Registers},
};

/// The statements that a quotation may be from, and the registers, as they are stored.
///
/// These are all statements, or the requested one. For a large corpus, an index should preselect a few.
#[derive(Debug)]
pub struct StoredLibrary {
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

/// The statements that a quotation may be from.
///
/// # Errors
/// When a database query fails.
pub async fn load(corpus: &Corpus, statement: Option<&Slug>) -> sqlx::Result<StoredLibrary> {
    let critical = crate::corpus::enum_name(&Severity::Critical);
    Ok(StoredLibrary {
        statements: items(corpus, "SELECT i.item FROM items AS i WHERE i.resource = 'statements'", [("i.id", ids(statement))], " ORDER BY i.id").await?,
        clauses: items(
            corpus,
            "SELECT i.item FROM clauses AS c CROSS JOIN items AS i ON i.resource = 'clauses' AND i.id = c.id WHERE true",
            [("c.statement", ids(statement))],
            " ORDER BY c.statement, c.position",
        )
        .await?,
        critical_notes: items(
            corpus,
            "SELECT i.item FROM notes AS n CROSS JOIN items AS i ON i.resource = 'notes' AND i.id = n.id WHERE true",
            [("n.statement", ids(statement)), ("n.severity", vec![critical])],
            " ORDER BY n.statement, n.position",
        )
        .await?,
        actors: items(corpus, "SELECT i.item FROM items AS i WHERE i.resource = 'actors'", [], "").await?,
        locations: items(corpus, "SELECT i.item FROM items AS i WHERE i.resource = 'locations'", [], "").await?,
    })
}

fn ids(statement: Option<&Slug>) -> Vec<String> {
    statement.map(Slug::to_string).into_iter().collect()
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
            Record::new(statement, own_clauses, own_notes, &registers)
        });
        Ok(Library { records: records.collect(), registers })
    }
}

fn read<T: DeserializeOwned>(items: &[String]) -> serde_json::Result<Vec<T>> {
    items.iter().map(|item| serde_json::from_str(item)).collect()
}
