//! Rows of a key, bytes and their digest.

use sqlx::{QueryBuilder, SqliteConnection};

use crate::corpus::bitmaps::set_place;

/// How many rows one statement inserts.
const ROWS_PER_INSERT: usize = 2_000;
/// How many bytes one statement inserts at most, a row more or less.
const BYTES_PER_INSERT: usize = 4 * 1024 * 1024;

/// Rows that are inserted many at a time.
#[derive(Debug)]
pub struct Rows {
    table: &'static str,
    pending: Vec<(i64, Vec<u8>)>,
    bytes: usize,
}

impl Rows {
    /// Rows of a table.
    pub const fn new(table: &'static str) -> Self {
        Self { table, pending: Vec::new(), bytes: 0 }
    }

    /// Adds a row.
    pub async fn push(&mut self, database: &mut SqliteConnection, key: i64, bytes: Vec<u8>) -> sqlx::Result<()> {
        self.bytes += bytes.len();
        self.pending.push((key, bytes));
        if self.pending.len() >= ROWS_PER_INSERT || self.bytes >= BYTES_PER_INSERT { self.flush(database).await } else { Ok(()) }
    }

    /// Inserts the rows that were added.
    pub async fn flush(&mut self, database: &mut SqliteConnection) -> sqlx::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let mut query = QueryBuilder::new("INSERT INTO ");
        query.push(self.table).push(" (key, bytes, digest) ");
        let table = self.table;
        query.push_values(self.pending.drain(..), |mut row, (key, bytes)| {
            let digest = set_place(table, key).digest(&bytes);
            row.push_bind(key).push_bind(bytes).push_bind(digest);
        });
        self.bytes = 0;
        query.build().execute(database).await.map(|_| ())
    }
}
