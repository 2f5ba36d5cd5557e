//! The mentions of actors and locations.

use std::collections::HashMap;

use sqlx::{FromRow, Row, SqliteConnection};

use crate::{
    corpus::{MAX_INLINE_MENTIONS, Mention, Register, Slug},
    storage::materialize::{
        batch::Batch,
        rows::{Grouped, fetch},
        sources::{Sources, quote},
    },
};

const OF_ACTORS: &str = "SELECT actor AS id, statement, clause, start, \"end\" FROM actor_mentions WHERE statement BETWEEN ? AND ?";
const OF_LOCATIONS: &str = "SELECT location AS id, statement, clause, start, \"end\" FROM location_mentions WHERE statement BETWEEN ? AND ?";
const DIGESTS_OF_ACTORS: &str = "UPDATE actor_mentions AS m SET digest = j.value ->> 4 FROM json_each(?) AS j \
    WHERE m.actor = j.value ->> 0 AND m.statement = j.value ->> 1 AND m.start = j.value ->> 2 AND m.\"end\" = j.value ->> 3";
const DIGESTS_OF_LOCATIONS: &str = "UPDATE location_mentions AS m SET digest = j.value ->> 4 FROM json_each(?) AS j \
    WHERE m.location = j.value ->> 0 AND m.statement = j.value ->> 1 AND m.start = j.value ->> 2 AND m.\"end\" = j.value ->> 3";

/// Stores the digests of the mentions of a batch of statements.
pub async fn store_digests(database: &mut SqliteConnection, batch: &Batch, sources: &Sources) -> sqlx::Result<()> {
    for (register, mentions, digests) in [(Register::Actors, OF_ACTORS, DIGESTS_OF_ACTORS), (Register::Locations, OF_LOCATIONS, DIGESTS_OF_LOCATIONS)] {
        let mut rows = Vec::new();
        for row in fetch(database, mentions, batch).await? {
            let id: Slug = row.try_get("id")?;
            let mention = Mention { statement: row.try_get("statement")?, clause: row.try_get("clause")?, quote: quote(&row, sources)? };
            let digest = mention.digest(register, id.as_str());
            rows.push(serde_json::json!([id, mention.statement, mention.quote.start, mention.quote.end, digest]));
        }
        sqlx::query(digests).bind(serde_json::Value::from(rows).to_string()).execute(&mut *database).await?;
    }
    Ok(())
}

/// The first mentions of each actor or location of a batch, which is in the first column; the query binds how many.
pub async fn first(database: &mut SqliteConnection, sql: &'static str, batch: &Batch) -> sqlx::Result<Grouped<Mention>> {
    let mut mentions: Grouped<Mention> = HashMap::new();
    for row in sqlx::query(sql).bind(&batch.first).bind(&batch.last).bind(MAX_INLINE_MENTIONS).fetch_all(database).await? {
        mentions.entry(row.try_get(0)?).or_default().push(Mention::from_row(&row)?);
    }
    Ok(mentions)
}

/// The number of mentions of each actor or location of a batch, which is in the first column.
pub async fn counts(database: &mut SqliteConnection, sql: &'static str, batch: &Batch) -> sqlx::Result<HashMap<String, u32>> {
    fetch(database, sql, batch).await?.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}
