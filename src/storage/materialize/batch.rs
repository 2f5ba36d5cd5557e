//! Batches: the rows that are read into memory at once.

use sqlx::SqliteConnection;

/// How many statements, actors or locations are read at once. It bounds the memory of a build, however large the data is.
const BATCH_SIZE: usize = 100;

/// A range of ids, both ends inclusive.
#[derive(Debug)]
pub struct Batch {
    /// The first id.
    pub first: String,
    /// The last id.
    pub last: String,
}

impl Batch {
    /// Splits ids, which are sorted, into batches.
    pub fn split(ids: &[String]) -> Vec<Self> {
        ids.chunks(BATCH_SIZE).filter_map(|chunk| Some(Self { first: chunk.first()?.clone(), last: chunk.last()?.clone() })).collect()
    }

    /// The batches of a table; `ids` is the query that selects its ids, sorted.
    pub async fn of(database: &mut SqliteConnection, ids: &'static str) -> sqlx::Result<Vec<Self>> {
        Ok(Self::split(&sqlx::query_scalar(ids).fetch_all(database).await?))
    }
}
