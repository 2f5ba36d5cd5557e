//! Notes, and references to them.

use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use crate::{
    corpus::{MAX_INLINE_NOTES, NoteReference, Resource, Searchable, Slug, notes::Note},
    storage::{
        materialize::{
            batch::Batch,
            entry::Entry,
            rows::{Grouped, bilingual, enum_value, fetch, fetch_grouped, position, source, url},
            sources::{Sources, quote},
        },
        search_index::IndexedItem,
    },
};

const NOTES: &str = "SELECT * FROM notes WHERE statement BETWEEN ? AND ? ORDER BY statement, position";
const SOURCES: &str = "SELECT s.note, s.publisher_ar, s.publisher_en, s.title, s.url, s.published FROM notes AS n JOIN note_sources AS s ON s.note = n.id \
    WHERE n.statement BETWEEN ? AND ? ORDER BY n.id, s.position";
const BY_CLAUSE: &str = "SELECT clause, * FROM notes WHERE statement BETWEEN ? AND ? ORDER BY statement, position";
const BY_MILESTONE: &str = "SELECT r.milestone, n.* FROM ( \
        SELECT milestone, clause FROM milestones AS m JOIN milestone_clauses AS r ON r.milestone = m.id WHERE m.statement BETWEEN ?1 AND ?2 \
        UNION SELECT milestone, clause FROM milestones AS m JOIN milestone_conditions AS r ON r.milestone = m.id WHERE m.statement BETWEEN ?1 AND ?2 \
    ) AS r JOIN notes AS n ON n.clause = r.clause ORDER BY r.milestone, n.position";
const BY_ACTOR: &str = "SELECT r.actor, n.* FROM ( \
        SELECT actor, note, row_number() OVER (PARTITION BY actor ORDER BY note) AS number FROM note_actors WHERE actor BETWEEN ?1 AND ?2 \
    ) AS r CROSS JOIN notes AS n ON n.id = r.note WHERE r.number <= ?3 ORDER BY r.actor, n.id";
const BY_LOCATION: &str = "SELECT r.location, n.* FROM ( \
        SELECT location, note, row_number() OVER (PARTITION BY location ORDER BY note) AS number FROM note_locations WHERE location BETWEEN ?1 AND ?2 \
    ) AS r CROSS JOIN notes AS n ON n.id = r.note WHERE r.number <= ?3 ORDER BY r.location, n.id";

/// Reads the notes of a batch of statements, each with its position.
pub async fn read(database: &mut SqliteConnection, batch: &Batch, sources: &Sources) -> sqlx::Result<Vec<(u32, Note)>> {
    let mut cited = fetch_grouped(database, SOURCES, batch, source).await?;
    let mut notes = Vec::new();
    for row in fetch(database, NOTES, batch).await? {
        let id: Slug = row.try_get("id")?;
        let note = Note {
            url: url(Resource::Notes, &id),
            statement: row.try_get("statement")?,
            target: row.try_get("clause")?,
            quote: quote(&row, sources)?,
            kind: enum_value(&row, "kind")?,
            severity: enum_value(&row, "severity")?,
            text: bilingual(&row, "text")?,
            sources: cited.remove(id.as_str()).unwrap_or_default(),
            hit: None,
            id,
        };
        notes.push((row.try_get("position")?, note));
    }
    Ok(notes)
}

/// The rows of notes.
pub fn entries(notes: &[(u32, Note)]) -> sqlx::Result<Vec<Entry>> {
    notes.iter().map(|(at, note)| Entry::new(&note.id, position(&note.statement, *at), note)).collect()
}

/// What notes are searched by.
pub fn indexed(first: u32, notes: &[(u32, Note)]) -> Vec<IndexedItem<'_>> {
    let indexed =
        (first..).zip(notes).map(|(number, (_, note))| IndexedItem { number: number.into(), fields: note.search_fields(), keys: Vec::new(), paragraph: None });
    indexed.collect()
}

/// The notes on the clauses of a batch of statements.
pub async fn by_clause(database: &mut SqliteConnection, statements: &Batch) -> sqlx::Result<Grouped<NoteReference>> {
    fetch_grouped(database, BY_CLAUSE, statements, reference).await
}

/// The notes on the clauses that the milestones of a batch of statements rest on or depend on.
pub async fn by_milestone(database: &mut SqliteConnection, statements: &Batch) -> sqlx::Result<Grouped<NoteReference>> {
    fetch_grouped(database, BY_MILESTONE, statements, reference).await
}

/// The first notes on each actor of a batch.
pub async fn by_actor(database: &mut SqliteConnection, actors: &Batch) -> sqlx::Result<Grouped<NoteReference>> {
    first(database, BY_ACTOR, actors).await
}

/// The first notes on each location of a batch.
pub async fn by_location(database: &mut SqliteConnection, locations: &Batch) -> sqlx::Result<Grouped<NoteReference>> {
    first(database, BY_LOCATION, locations).await
}

/// The first notes on each entry of a register, whose id is in the first column; the query binds how many.
async fn first(database: &mut SqliteConnection, sql: &'static str, batch: &Batch) -> sqlx::Result<Grouped<NoteReference>> {
    let mut notes: Grouped<NoteReference> = Grouped::new();
    for row in sqlx::query(sql).bind(&batch.first).bind(&batch.last).bind(MAX_INLINE_NOTES).fetch_all(database).await? {
        notes.entry(row.try_get(0)?).or_default().push(reference(&row)?);
    }
    Ok(notes)
}

fn reference(row: &SqliteRow) -> sqlx::Result<NoteReference> {
    let id: Slug = row.try_get("id")?;
    Ok(NoteReference {
        url: url(Resource::Notes, &id),
        id,
        statement: row.try_get("statement")?,
        kind: enum_value(row, "kind")?,
        severity: enum_value(row, "severity")?,
        text: bilingual(row, "text")?,
    })
}
