//! The numbers of items.

use sqlx::SqliteConnection;

use crate::corpus::{CHUNK_BITS, Resource};

/// How many numbers a chunk has.
const CHUNK: i64 = 1 << CHUNK_BITS;
/// How many rows each resource has, in the order of [`Resource::ALL`].
const COUNTS: &str = "SELECT (SELECT count(*) FROM statements), (SELECT count(*) FROM clauses), (SELECT count(*) FROM dates), \
    (SELECT count(*) FROM milestones), (SELECT count(*) FROM actors), (SELECT count(*) FROM locations), (SELECT count(*) FROM notes), \
    (SELECT count(*) FROM changes)";

/// The numbers that the items of each resource have: consecutive, in reading order, the first of a resource a multiple of
/// the size of a chunk. Ascending numbers are reading order, and a set of items of a resource is a bitmap.
#[derive(Debug)]
pub struct Numbers {
    /// The next number of each resource.
    next: [i64; Resource::ALL.len()],
}

impl Numbers {
    /// Plans the numbers of the rows of a database, and stores where each resource begins.
    pub async fn plan(database: &mut SqliteConnection) -> sqlx::Result<Self> {
        let counts: (i64, i64, i64, i64, i64, i64, i64, i64) = sqlx::query_as(COUNTS).fetch_one(&mut *database).await?;
        let mut next = [counts.0, counts.1, counts.2, counts.3, counts.4, counts.5, counts.6, counts.7];
        // No item has the number 0.
        let mut first = CHUNK;
        for (resource, count) in Resource::ALL.iter().zip(&mut next) {
            sqlx::query("INSERT INTO extents (resource, first, count) VALUES (?, ?, ?)")
                .bind(resource.name())
                .bind(first)
                .bind(*count)
                .execute(&mut *database)
                .await?;
            let end = first + *count;
            *count = first;
            first = CHUNK * ((end + CHUNK - 1) / CHUNK);
        }
        Ok(Self { next })
    }

    /// Takes the next numbers of a resource, and returns the first of them.
    pub fn take(&mut self, resource: Resource, count: usize) -> i64 {
        let next = &mut self.next[resource as usize];
        let first = *next;
        *next += i64::try_from(count).unwrap_or_default();
        first
    }
}
