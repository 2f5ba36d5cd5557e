//! One revision of the data.

use chrono::{DateTime, Utc};
use sqlx::SqlitePool;

/// One revision of the data, opened for reading. A response is computed from exactly one of these.
#[derive(Clone, Debug)]
pub struct Corpus {
    pub(crate) pool: SqlitePool,
    /// The number of this publication of the data, from 1.
    pub revision: i64,
    /// When this revision was published.
    pub published: DateTime<Utc>,
}
