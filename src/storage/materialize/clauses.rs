//! Clauses.

use sqlx::{Row, SqliteConnection};

use crate::{
    corpus::{
        DateReference, Resource, Searchable, Slug,
        clauses::{Citation, Clause, Role},
    },
    storage::{
        materialize::{
            batch::Batch,
            entry::Entry,
            lead_ins, notes,
            rows::{Grouped, bilingual, enum_value, fetch, fetch_grouped, named, position, speaker, titled, uncertain_date, url},
            sources::{Sources, quote, translated},
        },
        search_index::{IndexedItem, Key},
    },
};

const CLAUSES: &str = "SELECT c.*, a.name_ar AS speaker_ar, a.name_en AS speaker_en FROM clauses AS c LEFT JOIN actors AS a ON a.id = c.speaker \
    WHERE c.statement BETWEEN ? AND ? ORDER BY c.statement, c.position";
const ROLES: &str = "SELECT r.clause, r.role, r.inferred, a.id, a.name_ar, a.name_en \
    FROM clauses AS c JOIN clause_actors AS r ON r.clause = c.id JOIN actors AS a ON a.id = r.actor \
    WHERE c.statement BETWEEN ? AND ? ORDER BY c.id, a.id, r.role";
const LOCATIONS: &str = "SELECT DISTINCT c.id AS clause, l.id, l.name_ar, l.name_en \
    FROM clauses AS c JOIN location_mentions AS m ON m.clause = c.id JOIN locations AS l ON l.id = m.location \
    WHERE c.statement BETWEEN ? AND ? ORDER BY c.id, l.id";
const DATES: &str = "SELECT clause, id, type, edtf, earliest, latest, precision, basis, statement, start, \"end\" \
    FROM dates WHERE statement BETWEEN ? AND ? ORDER BY statement, position";
const MILESTONES: &str = "SELECT r.clause, m.id, m.title_ar, m.title_en FROM milestones AS m JOIN milestone_clauses AS r ON r.milestone = m.id \
    WHERE m.statement BETWEEN ? AND ? ORDER BY m.statement, m.position";
const CITATIONS: &str = "SELECT r.clause, d.id, d.kind, d.title_ar, d.title_en, d.issued, s.id AS cited, r.statement, r.start, r.\"end\" \
    FROM clauses AS c JOIN citations AS r ON r.clause = c.id JOIN documents AS d ON d.id = r.document LEFT JOIN statements AS s ON s.id = d.id \
    WHERE c.statement BETWEEN ? AND ? ORDER BY c.id, r.start";

/// Reads the clauses of a batch of statements.
pub async fn read(database: &mut SqliteConnection, batch: &Batch, sources: &Sources) -> sqlx::Result<Vec<Clause>> {
    let mut roles = fetch_grouped(database, ROLES, batch, |row| {
        let actor = named(row, Resource::Actors)?;
        Ok(Role { id: actor.id, url: actor.url, name: actor.name, role: enum_value(row, "role")?, inferred: row.try_get("inferred")? })
    })
    .await?;
    let mut locations = fetch_grouped(database, LOCATIONS, batch, |row| named(row, Resource::Locations)).await?;
    let mut dates = fetch_grouped(database, DATES, batch, |row| {
        let id: Slug = row.try_get("id")?;
        let exact = quote(row, sources)?.exact;
        Ok(DateReference { url: url(Resource::Dates, &id), id, r#type: enum_value(row, "type")?, date: uncertain_date(row)?, exact })
    })
    .await?;
    let mut milestones = fetch_grouped(database, MILESTONES, batch, |row| titled(row, Resource::Milestones)).await?;
    let mut citations = fetch_grouped(database, CITATIONS, batch, |row| {
        Ok(Citation {
            id: row.try_get("id")?,
            url: row.try_get::<Option<Slug>, _>("cited")?.map(|id| url(Resource::Statements, &id)),
            kind: row.try_get("kind")?,
            title: bilingual(row, "title")?,
            issued: row.try_get("issued")?,
            exact: quote(row, sources)?.exact,
        })
    })
    .await?;
    let lead_ins = lead_ins::by_id(database, batch, sources).await?;
    let mut notes = notes::by_clause(database, batch).await?;
    let mut clauses = Vec::new();
    for row in fetch(database, CLAUSES, batch).await? {
        let id: Slug = row.try_get("id")?;
        let key = id.as_str();
        let quote = quote(&row, sources)?;
        let (speaker, speaker_name) = speaker(&row)?;
        let lead_in: Option<&str> = row.try_get("lead_in")?;
        clauses.push(Clause {
            url: url(Resource::Clauses, &id),
            statement: row.try_get("statement")?,
            label: row.try_get("label")?,
            paragraph: row.try_get("paragraph")?,
            position: row.try_get("position")?,
            parent: row.try_get("parent")?,
            voice: enum_value(&row, "voice")?,
            speaker,
            speaker_name,
            kind: enum_value(&row, "kind")?,
            text: translated(&row, &quote, sources)?,
            translation: "working translation".to_owned(),
            quote,
            lead_in: lead_in.and_then(|id| lead_ins.get(id).cloned()),
            actors: roles.remove(key).unwrap_or_default(),
            locations: locations.remove(key).unwrap_or_default(),
            dates: dates.remove(key).unwrap_or_default(),
            milestones: milestones.remove(key).unwrap_or_default(),
            citations: citations.remove(key).unwrap_or_default(),
            notes: notes.remove(key).unwrap_or_default(),
            hit: None,
            id,
        });
    }
    Ok(clauses)
}

/// The rows of clauses.
pub fn entries(clauses: &[Clause]) -> sqlx::Result<Vec<Entry>> {
    clauses.iter().map(|clause| Entry::new(&clause.id, position(&clause.statement, clause.position), clause)).collect()
}

/// What clauses are searched by.
pub fn indexed(first: u32, clauses: &[Clause], mut keys: Grouped<Key>) -> Vec<IndexedItem<'_>> {
    let indexed = (first..).zip(clauses).map(|(number, clause)| IndexedItem {
        number: number.into(),
        fields: clause.search_fields(),
        keys: keys.remove(clause.id.as_str()).unwrap_or_default(),
        paragraph: Some((clause.statement.clone(), clause.paragraph)),
    });
    indexed.collect()
}
