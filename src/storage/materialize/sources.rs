//! The texts of the sources, and quotations from them.

use std::collections::HashMap;

use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use crate::{
    corpus::Quote,
    storage::materialize::{batch::Batch, rows::fetch},
};

/// The length of the prefix and the suffix of a quotation, in code points.
const CONTEXT_CHARS: usize = 32;

/// The texts of the sources of a batch of statements, as code points.
pub struct Sources(HashMap<String, Vec<char>>);

impl Sources {
    /// Reads the texts of these statements.
    pub async fn read(database: &mut SqliteConnection, batch: &Batch) -> sqlx::Result<Self> {
        let rows = fetch(database, "SELECT id, text FROM statements WHERE id BETWEEN ? AND ?", batch).await?;
        rows.iter().map(|row| Ok((row.try_get("id")?, row.try_get::<&str, _>("text")?.chars().collect()))).collect::<sqlx::Result<_>>().map(Self)
    }

    /// The quotation at these offsets. The schema proves that they lie within the text.
    pub fn quote(&self, statement: &str, start: u32, end: u32) -> sqlx::Result<Quote> {
        let text = self.0.get(statement).ok_or(sqlx::Error::RowNotFound)?;
        let slice = |from: usize, to: usize| text.get(from..to.min(text.len())).unwrap_or_default().iter().collect();
        let (from, to) = (start as usize, end as usize);
        Ok(Quote { start, end, exact: slice(from, to), prefix: slice(from.saturating_sub(CONTEXT_CHARS), from), suffix: slice(to, to + CONTEXT_CHARS) })
    }
}

/// The quotation at the offsets `start` and `end` in the source of `statement`.
pub fn quote(row: &SqliteRow, sources: &Sources) -> sqlx::Result<Quote> {
    sources.quote(row.try_get("statement")?, row.try_get("start")?, row.try_get("end")?)
}
