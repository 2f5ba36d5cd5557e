//! The mentions of actors and locations.

use std::collections::HashMap;

use sqlx::{FromRow, Row, SqliteConnection};

use crate::{
    corpus::{MAX_INLINE_MENTIONS, Mention},
    storage::materialize::{
        batch::Batch,
        rows::{Grouped, fetch},
    },
};

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
