//! Reads the statements and registers that a quotation is compared with from the corpus.

use std::collections::{BTreeSet, HashMap};

use serde::de::DeserializeOwned;
use sqlx::{QueryBuilder, Sqlite};

use crate::{
    corpus::{
        Corpus, LISTED_COLUMNS, Language, Resource, Slug, SortKey, StoredJson, WHOLE_COLUMNS,
        actors::Actor,
        bitmaps::{Extent, count_values},
        clauses::Clause,
        locations::Location,
        notes::Note,
        parse_enum, read_all, read_all_listed,
        statements::Statement,
    },
    verify::{
        named::named_in,
        preselect::{Candidates, preselect},
        record::Record,
        registers::Registers,
    },
};

/// The statements that a quotation may be from, and the registers that they refer to, as they are stored.
#[derive(Debug)]
pub struct StoredLibrary {
    /// Whether the quotations can be from one statement only: it is requested, or there is no other.
    is_of_one: bool,
    /// The ids of the statements that each quotation may be from.
    candidates: HashMap<String, Vec<String>>,
    /// The languages of all sources that the quotations can be from.
    languages: Vec<Language>,
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
    is_of_one: bool,
    candidates: HashMap<String, Vec<String>>,
    languages: Vec<Language>,
}

impl Library {
    /// The statement that quotations are from, if they can be from one only.
    #[must_use]
    pub fn only(&self) -> Option<&Record> {
        self.records.first().filter(|_| self.is_of_one)
    }

    /// Whether a quotation may be from a statement: any may, unless it is one of those that this was loaded for.
    #[must_use]
    pub fn is_candidate(&self, quotation: &str, statement: &Slug) -> bool {
        self.candidates.get(quotation).is_none_or(|candidates| candidates.iter().any(|candidate| candidate == statement.as_str()))
    }

    /// Whether a source has this language; true if there are no sources.
    #[must_use]
    pub fn has_source_in(&self, language: Language) -> bool {
        self.languages.is_empty() || self.languages.contains(&language)
    }
}

/// The statements that these quotations may be from: the requested one, or those of all statements that have most of their words.
/// `speaker` is the requested one.
///
/// # Errors
/// When a database query fails.
pub async fn load(corpus: &Corpus, statement: Option<&Slug>, speaker: Option<&Slug>, quotations: &[&str]) -> sqlx::Result<StoredLibrary> {
    load_with_context(corpus, statement, speaker, quotations, &[]).await
}

/// The same with the text around the quotations, which may name their speakers.
///
/// # Errors
/// When a database query fails.
pub async fn load_with_context(
    corpus: &Corpus,
    statement: Option<&Slug>,
    speaker: Option<&Slug>,
    quotations: &[&str],
    around: &[String],
) -> sqlx::Result<StoredLibrary> {
    let Extent { first, count, .. } = corpus.index.extent(Resource::Statements);
    let (ids, candidates): (BTreeSet<String>, _) = match statement {
        Some(statement) => ([statement.to_string()].into(), HashMap::new()),
        None if count > 1 => {
            let Candidates { statements, of_each } = preselect(corpus, quotations).await?;
            (statements, quotations.iter().map(ToString::to_string).zip(of_each).collect())
        }
        None => {
            let only = sqlx::query_scalar("SELECT id FROM items WHERE number = ?").bind(first).fetch_all(&corpus.pool).await?;
            (only.into_iter().collect(), HashMap::new())
        }
    };
    let texts = quotations.iter().copied().chain(around.iter().map(String::as_str));
    let items =
        Items { corpus, statements: ids.into_iter().collect(), named: named_in(corpus, texts).await?, speaker: speaker.map(Slug::as_str).as_slice().into() };
    Ok(StoredLibrary {
        is_of_one: statement.is_some() || count < 2,
        candidates,
        languages: languages(corpus, statement).await?,
        statements: items.read(Resource::Statements, "", "s CROSS JOIN items AS i ON i.resource = 'statements' AND i.id = s.id ORDER BY i.id").await?,
        clauses: items
            .read(
                Resource::Clauses,
                "",
                "s CROSS JOIN clauses AS c ON c.statement = s.id CROSS JOIN items AS i ON i.resource = 'clauses' AND i.id = c.id ORDER BY c.statement, c.position",
            )
            .await?,
        critical_notes: items
            .read(
                Resource::Notes,
                "",
                "s CROSS JOIN notes AS n ON n.statement = s.id AND n.severity = 'critical' CROSS JOIN items AS i ON i.resource = 'notes' AND i.id = n.id \
                 ORDER BY n.statement, n.position",
            )
            .await?,
        actors: items.read_listed(Resource::Actors, ACTORS, "registered AS r CROSS JOIN items AS i ON i.resource = 'actors' AND i.id = r.id").await?,
        locations: items.read_listed(Resource::Locations, LOCATIONS, "registered AS r CROSS JOIN items AS i ON i.resource = 'locations' AND i.id = r.id").await?,
    })
}

/// The languages of the source of a statement, or of all sources.
async fn languages(corpus: &Corpus, statement: Option<&Slug>) -> sqlx::Result<Vec<Language>> {
    let codes: Vec<String> = if let Some(statement) = statement {
        sqlx::query_scalar("SELECT language FROM statements WHERE id = ?").bind(statement.as_str()).fetch_all(&corpus.pool).await?
    } else {
        let (languages, _) = count_values(corpus, Resource::Statements, SortKey::Position, None, "language").await?;
        languages.into_iter().map(|language| language.value).collect()
    };
    codes.iter().map(|code| parse_enum(code).map_err(|cause| sqlx::Error::Decode(cause.into()))).collect()
}

/// The actors that statements refer to, the media that published them, those that quotations name and the requested speaker, with
/// the actors that they are parts of.
const ACTORS: &str = ", registered (id) AS ( \
    SELECT actor FROM s CROSS JOIN actor_mentions AS m ON m.statement = s.id \
    UNION SELECT actor FROM s CROSS JOIN issuers AS r ON r.statement = s.id \
    UNION SELECT c.speaker FROM s CROSS JOIN clauses AS c ON c.statement = s.id \
    UNION SELECT t.medium FROM s CROSS JOIN statements AS t ON t.id = s.id \
    UNION SELECT i.id FROM named AS n CROSS JOIN items AS i ON i.number = n.number AND i.resource = 'actors' \
    UNION SELECT id FROM speaker UNION SELECT a.parent FROM registered AS r JOIN actors AS a ON a.id = r.id)";
/// The locations that statements name, and those that quotations name.
const LOCATIONS: &str = ", registered (id) AS ( \
    SELECT location FROM s CROSS JOIN location_mentions AS m ON m.statement = s.id \
    UNION SELECT i.id FROM named AS n CROSS JOIN items AS i ON i.number = n.number AND i.resource = 'locations')";

/// The items of a library.
struct Items<'c> {
    corpus: &'c Corpus,
    /// The ids of the statements, the numbers of the items that quotations name, and the requested speaker.
    statements: serde_json::Value,
    named: serde_json::Value,
    speaker: serde_json::Value,
}

impl Items<'_> {
    /// Reads the items of a resource, with further tables and a FROM clause.
    async fn read<T>(&self, resource: Resource, tables: &'static str, from: &'static str) -> sqlx::Result<Vec<StoredJson<T>>> {
        read_all(self.corpus, resource, &mut self.query(WHOLE_COLUMNS, tables, from)).await
    }

    /// The same as lists have them: without most mentions, which can be many.
    async fn read_listed<T>(&self, resource: Resource, tables: &'static str, from: &'static str) -> sqlx::Result<Vec<StoredJson<T>>> {
        read_all_listed(self.corpus, resource, &mut self.query(LISTED_COLUMNS, tables, from)).await
    }

    fn query(&self, columns: &'static str, tables: &'static str, from: &'static str) -> QueryBuilder<Sqlite> {
        let mut query = QueryBuilder::new("WITH RECURSIVE s (id) AS (SELECT value FROM json_each(");
        query.push_bind(self.statements.to_string()).push(")), named (number) AS (SELECT value FROM json_each(").push_bind(self.named.to_string());
        query.push(")), speaker (id) AS (SELECT value FROM json_each(").push_bind(self.speaker.to_string()).push("))");
        query.push(tables).push(" SELECT ").push(columns).push(" FROM ").push(from);
        query
    }
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
            Record::new(statement, own_clauses, own_notes, !self.is_of_one)
        });
        Ok(Library { records: records.collect(), registers, is_of_one: self.is_of_one, candidates: self.candidates.clone(), languages: self.languages.clone() })
    }
}

fn read<T: DeserializeOwned>(items: &[StoredJson<T>]) -> serde_json::Result<Vec<T>> {
    items.iter().map(StoredJson::read).collect()
}
