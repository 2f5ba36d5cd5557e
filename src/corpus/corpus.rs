//! One revision of the data.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::Row;
use tokio::sync::Notify;

use crate::corpus::{
    bitmaps::Index,
    connection_pool::ConnectionPool,
    dictionaries::Dictionaries,
    resource::Resource,
    verified::{DamagedValue, Place, Verified},
};

/// One revision of the data, opened for reading. A response is computed from exactly one of these.
#[derive(Clone, Debug)]
pub struct Corpus {
    pub(crate) pool: ConnectionPool,
    /// The number of this publication of the data, from 1.
    pub revision: i64,
    /// When this revision was published.
    pub published: DateTime<Utc>,
    /// What is known of its bitmaps.
    pub(crate) index: Arc<Index>,
    /// What its items are compressed with.
    dictionaries: Arc<Dictionaries>,
    /// Notified when damage is found.
    damage: Arc<Notify>,
}

impl Corpus {
    /// The revision that is read through these connections.
    pub(crate) async fn open(pool: ConnectionPool) -> sqlx::Result<Self> {
        let last = sqlx::query("SELECT revision, at FROM revisions ORDER BY revision DESC LIMIT 1").fetch_one(&pool).await?;
        let dictionaries = Arc::new(Dictionaries::read(&pool).await?);
        let index = Arc::new(Index::open(&pool).await?);
        Ok(Self { pool, revision: last.try_get("revision")?, published: last.try_get("at")?, index, dictionaries, damage: Arc::default() })
    }

    /// The JSON of an item as it is stored.
    pub(crate) fn decode(&self, resource: Resource, stored: Verified<&[u8]>) -> sqlx::Result<Verified<Vec<u8>>> {
        stored.try_map(|stored| self.dictionaries.decode(resource, stored)).map_err(|cause| sqlx::Error::Decode(cause.into()))
    }

    /// Compares a value with the digest that is stored beside it. A mismatch is reported to whoever watches the file.
    ///
    /// # Errors
    /// When they differ.
    pub fn verify<T: AsRef<[u8]>>(&self, place: Place, value: T, digest: i64) -> sqlx::Result<Verified<T>> {
        place.verify(value, digest).map_err(|_| self.damaged_value())
    }

    /// The error of a value that is not the one that was published, which is reported to whoever watches the file.
    pub(crate) fn damaged_value(&self) -> sqlx::Error {
        self.report_damage();
        sqlx::Error::Decode(DamagedValue.into())
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
