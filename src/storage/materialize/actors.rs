//! Actors.

use sqlx::{Row, SqliteConnection};

use crate::{
    corpus::{Resource, Searchable, Slug, actors::Actor},
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

const ACTORS: &str = "SELECT * FROM actors WHERE id BETWEEN ? AND ? ORDER BY id";
const ALIASES: &str = "SELECT actor, alias FROM actor_aliases WHERE actor BETWEEN ? AND ? ORDER BY actor, language, alias";
const MENTIONS: &str = "SELECT m.actor, m.statement, m.clause, m.start, m.\"end\", q.exact, \
    substr(s.text, max(m.start - 32, 0) + 1, min(m.start, 32)) AS prefix, substr(s.text, m.\"end\" + 1, 32) AS suffix \
    FROM (SELECT *, row_number() OVER (PARTITION BY actor ORDER BY statement, start, \"end\") AS number FROM actor_mentions WHERE actor BETWEEN ?1 AND ?2) AS m \
    JOIN quotes AS q USING (statement, start, \"end\") JOIN statements AS s ON s.id = m.statement \
    WHERE m.number <= ?3 ORDER BY m.actor, m.number";
const MENTION_COUNTS: &str = "SELECT actor, count(*) AS count FROM actor_mentions WHERE actor BETWEEN ? AND ? GROUP BY actor";
const NOTE_COUNTS: &str = "SELECT actor, count(*) FROM note_actors WHERE actor BETWEEN ? AND ? GROUP BY actor";

/// Reads a batch of actors.
pub async fn read(database: &mut SqliteConnection, batch: &Batch) -> sqlx::Result<Vec<Actor>> {
    let mut aliases = fetch_grouped(database, ALIASES, batch, |row| row.try_get::<String, _>("alias")).await?;
    let mut mentions = mentions::first(database, MENTIONS, batch).await?;
    let mention_counts = mentions::counts(database, MENTION_COUNTS, batch).await?;
    let note_counts = mentions::counts(database, NOTE_COUNTS, batch).await?;
    let mut notes = notes::by_actor(database, batch).await?;
    let mut actors = Vec::new();
    for row in fetch(database, ACTORS, batch).await? {
        let id: Slug = row.try_get("id")?;
        let key = id.as_str();
        actors.push(Actor {
            url: url(Resource::Actors, &id),
            name: bilingual(&row, "name")?,
            aliases: aliases.remove(key).unwrap_or_default(),
            kind: enum_value(&row, "kind")?,
            parent: row.try_get("parent")?,
            country: row.try_get("country")?,
            wikidata: row.try_get("wikidata")?,
            mention_count: mention_counts.get(key).copied().unwrap_or_default(),
            note_count: note_counts.get(key).copied().unwrap_or_default(),
            notes: notes.remove(key).unwrap_or_default(),
            mentions: mentions.remove(key).unwrap_or_default(),
            hit: None,
            id,
        });
    }
    Ok(actors)
}

/// The rows of actors.
pub fn entries(actors: &[Actor]) -> sqlx::Result<Vec<Entry>> {
    actors.iter().map(|actor| Entry::new(&actor.id, actor.id.to_string(), &actor.listed())?.with_detail(actor)).collect()
}

/// What actors are searched by.
pub fn indexed(first: u32, actors: &[Actor]) -> Vec<IndexedItem<'_>> {
    let indexed = (first..).zip(actors).map(|(number, actor)| IndexedItem {
        number: number.into(),
        fields: actor.search_fields(),
        keys: Key::own_names(&actor.name),
        paragraph: None,
    });
    indexed.collect()
}
