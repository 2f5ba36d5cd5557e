//! One revision of the data.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::SqlitePool;
use tokio::sync::Notify;

use crate::corpus::bitmaps::Index;

/// One revision of the data, opened for reading. A response is computed from exactly one of these.
#[derive(Clone, Debug)]
pub struct Corpus {
    pub(crate) pool: SqlitePool,
    /// The number of this publication of the data, from 1.
    pub revision: i64,
    /// When this revision was published.
    pub published: DateTime<Utc>,
    /// What is known of its bitmaps.
    pub(crate) index: Arc<Index>,
    /// Notified when damage is found.
    damage: Arc<Notify>,
}

impl Corpus {
    /// A revision that is read through these connections.
    pub(crate) fn new(pool: SqlitePool, revision: i64, published: DateTime<Utc>, index: Index) -> Self {
        Self { pool, revision, published, index: Arc::new(index), damage: Arc::default() }
    }

    /// Reports that the file differs from what was published. Whoever watches it stops serving it.
    pub(crate) fn report_damage(&self) {
        self.damage.notify_one();
    }

    /// Waits until damage is reported. A report from before the call counts as well.
    pub(crate) async fn damaged(&self) {
        self.damage.notified().await;
    }
}
