//! Lead-ins.

use std::collections::HashMap;

use sqlx::{Row, SqliteConnection};

use crate::{
    corpus::LeadIn,
    storage::materialize::{
        batch::Batch,
        rows::fetch,
        sources::{Sources, quote, translated},
    },
};

const LEAD_INS: &str = "SELECT * FROM lead_ins WHERE statement BETWEEN ? AND ?";

/// The lead-ins of a batch of statements, by id.
pub async fn by_id(database: &mut SqliteConnection, batch: &Batch, sources: &Sources) -> sqlx::Result<HashMap<String, LeadIn>> {
    let read = |row| {
        let quote = quote(row, sources)?;
        let text = translated(row, &quote, sources)?;
        Ok((row.try_get("id")?, LeadIn { id: row.try_get("id")?, quote, text, speaker: row.try_get("speaker")? }))
    };
    fetch(database, LEAD_INS, batch).await?.iter().map(read).collect()
}
