//! Locations.

use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use crate::{
    corpus::{
        Resource, Searchable, Slug,
        locations::{Location, Point},
    },
    storage::{
        materialize::{
            batch::Batch,
            entry::Entry,
            mentions, notes,
            rows::{bilingual, enum_value, fetch, fetch_grouped, url},
        },
        search_index::{IndexedItem, Key},
    },
};

const LOCATIONS: &str = "SELECT * FROM locations WHERE id BETWEEN ? AND ? ORDER BY id";
const ALIASES: &str = "SELECT location, alias FROM location_aliases WHERE location BETWEEN ? AND ? ORDER BY location, language, alias";
const MENTIONS: &str = "SELECT m.location, m.statement, m.clause, m.start, m.\"end\", q.exact, \
    substr(s.text, max(m.start - 32, 0) + 1, min(m.start, 32)) AS prefix, substr(s.text, m.\"end\" + 1, 32) AS suffix \
    FROM (SELECT *, row_number() OVER (PARTITION BY location ORDER BY statement, start, \"end\") AS number FROM location_mentions WHERE location BETWEEN ?1 AND ?2) AS m \
    JOIN quotes AS q USING (statement, start, \"end\") JOIN statements AS s ON s.id = m.statement \
    WHERE m.number <= ?3 ORDER BY m.location, m.number";
const MENTION_COUNTS: &str = "SELECT location, count(*) AS count FROM location_mentions WHERE location BETWEEN ? AND ? GROUP BY location";
const NOTE_COUNTS: &str = "SELECT location, count(*) FROM note_locations WHERE location BETWEEN ? AND ? GROUP BY location";

/// Reads a batch of locations.
pub async fn read(database: &mut SqliteConnection, batch: &Batch) -> sqlx::Result<Vec<Location>> {
    let mut aliases = fetch_grouped(database, ALIASES, batch, |row| row.try_get::<String, _>("alias")).await?;
    let mut mentions = mentions::first(database, MENTIONS, batch).await?;
    let mention_counts = mentions::counts(database, MENTION_COUNTS, batch).await?;
    let note_counts = mentions::counts(database, NOTE_COUNTS, batch).await?;
    let mut notes = notes::by_location(database, batch).await?;
    let mut locations = Vec::new();
    for row in fetch(database, LOCATIONS, batch).await? {
        let id: Slug = row.try_get("id")?;
        let key = id.as_str();
        locations.push(Location {
            url: url(Resource::Locations, &id),
            name: bilingual(&row, "name")?,
            aliases: aliases.remove(key).unwrap_or_default(),
            kind: enum_value(&row, "kind")?,
            parent: row.try_get("parent")?,
            country: row.try_get("country")?,
            subdivision: row.try_get("subdivision")?,
            wikidata: row.try_get("wikidata")?,
            unspecified: row.try_get("unspecified")?,
            point: point(&row)?,
            mention_count: mention_counts.get(key).copied().unwrap_or_default(),
            note_count: note_counts.get(key).copied().unwrap_or_default(),
            notes: notes.remove(key).unwrap_or_default(),
            mentions: mentions.remove(key).unwrap_or_default(),
            hit: None,
            id,
        });
    }
    Ok(locations)
}

/// The rows of locations.
pub fn entries(locations: &[Location]) -> sqlx::Result<Vec<Entry>> {
    locations.iter().map(|location| Entry::new(&location.id, location.id.to_string(), &location.listed())?.with_detail(location)).collect()
}

/// What locations are searched by.
pub fn indexed(first: u32, locations: &[Location]) -> Vec<IndexedItem<'_>> {
    let indexed = (first..).zip(locations).map(|(number, location)| IndexedItem {
        number: number.into(),
        fields: location.search_fields(),
        keys: Key::own_names(&location.name),
        paragraph: None,
    });
    indexed.collect()
}

/// The coordinates in a row; `None` if the location is unspecified.
fn point(row: &SqliteRow) -> sqlx::Result<Option<Point>> {
    let (lat, lon, precision_km): (Option<f64>, Option<f64>, Option<f64>) = (row.try_get("lat")?, row.try_get("lon")?, row.try_get("precision_km")?);
    Ok(lat.zip(lon).zip(precision_km).map(|((lat, lon), precision_km)| Point { lat, lon, precision_km }))
}
