//! Milestones, with what was later reported about them.

use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use crate::{
    corpus::{
        ClauseReference, Resource, Searchable, Slug,
        milestones::{Development, MilestoneRecord},
    },
    storage::{
        materialize::{
            batch::Batch,
            entry::Entry,
            notes,
            rows::{Grouped, bilingual, enum_value, fetch, fetch_grouped, named, position, source, speaker, uncertain_date, url},
            sources::{Sources, quote, translated},
        },
        search_index::{IndexedItem, Key},
    },
};

const MILESTONES: &str = "SELECT m.*, a.name_ar AS speaker_ar, a.name_en AS speaker_en, \
    (SELECT count(*) FROM changes AS c WHERE c.resource = 'milestones' AND c.target = m.id AND c.action = 'corrected') AS sequence, \
    (SELECT max(coalesce(c.at, r.at)) FROM changes AS c JOIN revisions AS r USING (revision) WHERE c.resource = 'milestones' AND c.target = m.id) AS modified \
    FROM milestones AS m LEFT JOIN actors AS a ON a.id = m.speaker WHERE m.statement BETWEEN ? AND ? ORDER BY m.statement, m.position";
const CONDITIONS: &str = "SELECT r.milestone, c.id, c.label, c.translation, c.statement, c.start, c.\"end\" \
    FROM milestones AS m JOIN milestone_conditions AS r ON r.milestone = m.id JOIN clauses AS c ON c.id = r.clause \
    WHERE m.statement BETWEEN ? AND ? ORDER BY m.id, c.position";
const CLAUSES: &str = "SELECT r.milestone, c.id, c.label, c.translation, c.statement, c.start, c.\"end\" \
    FROM milestones AS m JOIN milestone_clauses AS r ON r.milestone = m.id JOIN clauses AS c ON c.id = r.clause \
    WHERE m.statement BETWEEN ? AND ? ORDER BY m.id, c.position";
const ACTORS: &str = "SELECT r.milestone, a.id, a.name_ar, a.name_en \
    FROM milestones AS m JOIN milestone_actors AS r ON r.milestone = m.id JOIN actors AS a ON a.id = r.actor \
    WHERE m.statement BETWEEN ? AND ? ORDER BY m.id, a.id";
const LOCATIONS: &str = "SELECT r.milestone, l.id, l.name_ar, l.name_en \
    FROM milestones AS m JOIN milestone_locations AS r ON r.milestone = m.id JOIN locations AS l ON l.id = r.location \
    WHERE m.statement BETWEEN ? AND ? ORDER BY m.id, l.id";
const DEVELOPMENTS: &str = "SELECT v.milestone, v.*, 'explicit' AS basis FROM milestones AS m JOIN developments AS v ON v.milestone = m.id \
    WHERE m.statement BETWEEN ? AND ? ORDER BY m.id, v.earliest, v.id";
const DEVELOPMENT_SOURCES: &str = "SELECT s.development, s.publisher_ar, s.publisher_en, s.title, s.url, s.published \
    FROM milestones AS m JOIN developments AS v ON v.milestone = m.id JOIN development_sources AS s ON s.development = v.id \
    WHERE m.statement BETWEEN ? AND ? ORDER BY v.id, s.position";

/// Reads the milestones of a batch of statements, each with its position.
pub async fn read(database: &mut SqliteConnection, batch: &Batch, sources: &Sources) -> sqlx::Result<Vec<(u32, MilestoneRecord)>> {
    let clause = |row: &SqliteRow| {
        let id: Slug = row.try_get("id")?;
        let text = translated(row, &quote(row, sources)?, sources)?;
        Ok(ClauseReference { url: url(Resource::Clauses, &id), id, label: row.try_get("label")?, text })
    };
    let mut conditions = fetch_grouped(database, CONDITIONS, batch, clause).await?;
    let mut clauses = fetch_grouped(database, CLAUSES, batch, clause).await?;
    let mut actors = fetch_grouped(database, ACTORS, batch, |row| named(row, Resource::Actors)).await?;
    let mut locations = fetch_grouped(database, LOCATIONS, batch, |row| named(row, Resource::Locations)).await?;
    let mut notes = notes::by_milestone(database, batch).await?;
    let mut developments = fetch_grouped(database, DEVELOPMENTS, batch, |row| {
        Ok(Development { id: row.try_get("id")?, date: uncertain_date(row)?, text: bilingual(row, "text")?, sources: Vec::new() })
    })
    .await?;
    let mut reports = fetch_grouped(database, DEVELOPMENT_SOURCES, batch, source).await?;
    for development in developments.values_mut().flatten() {
        development.sources = reports.remove(development.id.as_str()).unwrap_or_default();
    }
    let mut milestones = Vec::new();
    for row in fetch(database, MILESTONES, batch).await? {
        let id: Slug = row.try_get("id")?;
        let key = id.as_str();
        let (speaker, speaker_name) = speaker(&row)?;
        let conditions = conditions.remove(key).unwrap_or_default();
        let milestone = MilestoneRecord {
            url: url(Resource::Milestones, &id),
            statement: row.try_get("statement")?,
            title: bilingual(&row, "title")?,
            kind: enum_value(&row, "kind")?,
            voice: enum_value(&row, "voice")?,
            speaker,
            speaker_name,
            date: uncertain_date(&row)?,
            expression: row.try_get("expression")?,
            conditional: !conditions.is_empty(),
            conditions: conditions.iter().map(|clause| clause.id.clone()).collect(),
            condition_clauses: conditions,
            clauses: clauses.remove(key).unwrap_or_default(),
            actors: actors.remove(key).unwrap_or_default(),
            locations: locations.remove(key).unwrap_or_default(),
            notes: notes.remove(key).unwrap_or_default(),
            developments: developments.remove(key).unwrap_or_default(),
            sequence: row.try_get("sequence")?,
            modified: row.try_get("modified")?,
            id,
        };
        milestones.push((row.try_get("position")?, milestone));
    }
    Ok(milestones)
}

/// The rows of milestones.
pub fn entries(milestones: &[(u32, MilestoneRecord)]) -> sqlx::Result<Vec<Entry>> {
    milestones.iter().map(|(at, milestone)| Entry::dated(&milestone.id, position(&milestone.statement, *at), &milestone.date, milestone)).collect()
}

/// What milestones are searched by.
pub fn indexed(first: u32, milestones: &[(u32, MilestoneRecord)], mut keys: Grouped<Key>) -> Vec<IndexedItem<'_>> {
    let indexed = (first..).zip(milestones).map(|(number, (_, milestone))| IndexedItem {
        number: number.into(),
        fields: milestone.search_fields(),
        keys: keys.remove(milestone.id.as_str()).unwrap_or_default(),
        paragraph: None,
    });
    indexed.collect()
}
