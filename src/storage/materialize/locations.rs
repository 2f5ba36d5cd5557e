//! Locations.

use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use crate::{
    corpus::{
        Resource, Searchable, SearchedResource, Slug,
        locations::{Location, Point},
    },
    storage::{
        materialize::{
            batch::Batch,
            entry::{self, Entry},
            item_index::ItemIndex,
            mentions, notes,
            rows::{bilingual, enum_value, fetch, fetch_grouped, url},
        },
        search_index::{IndexedItem, Key, SearchIndex},
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

/// Inserts a batch of locations, and indexes them.
pub async fn insert(database: &mut SqliteConnection, batch: &Batch, index: &mut ItemIndex, search: &mut SearchIndex) -> sqlx::Result<()> {
    let mut aliases = fetch_grouped(database, ALIASES, batch, |row| row.try_get::<String, _>("alias")).await?;
    let mut mentions = mentions::first(database, MENTIONS, batch).await?;
    let mention_counts = mentions::counts(database, MENTION_COUNTS, batch).await?;
    let note_counts = mentions::counts(database, NOTE_COUNTS, batch).await?;
    let mut notes = notes::by_location(database, batch).await?;
    let (mut locations, mut entries) = (Vec::new(), Vec::new());
    for row in fetch(database, LOCATIONS, batch).await? {
        let id: Slug = row.try_get("id")?;
        let key = id.as_str();
        let location = Location {
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
        };
        entries.push(Entry::new(&location.id, location.id.to_string(), &location.listed())?.with_detail(&location)?);
        locations.push(location);
    }
    let first = entry::insert(database, Resource::Locations, &entries, index).await?;
    let indexed = (first..).zip(&locations).map(|(number, location)| IndexedItem {
        number,
        fields: location.search_fields(),
        keys: Key::own_names(&location.name),
        paragraph: None,
    });
    search.add(database, SearchedResource::Locations, indexed.collect()).await
}

/// The coordinates in a row; `None` if the location is unspecified.
fn point(row: &SqliteRow) -> sqlx::Result<Option<Point>> {
    let (lat, lon, precision_km): (Option<f64>, Option<f64>, Option<f64>) = (row.try_get("lat")?, row.try_get("lon")?, row.try_get("precision_km")?);
    Ok(lat.zip(lon).zip(precision_km).map(|((lat, lon), precision_km)| Point { lat, lon, precision_km }))
}
