//! Reading items from rows, and the places that their digests are of.

use serde::de::DeserializeOwned;
use sqlx::{QueryBuilder, Row, Sqlite, sqlite::SqliteRow};

use crate::corpus::{
    corpus::Corpus,
    push_in::push_in,
    resource::Resource,
    stored_json::StoredJson,
    verified::{Place, Verified},
};

/// The columns of `items AS i` that an item is read from, as a list has it.
pub const LISTED_COLUMNS: &str = "i.id, i.starts, i.ends, i.digest, i.item";
/// The columns of `items AS i` that a whole item is read from: those of a list, and the rest.
pub const WHOLE_COLUMNS: &str = "i.id, i.starts, i.ends, i.digest, i.item, i.detail_at, i.detail_digest, i.detail";

/// The bounds of the date of an item as they are stored: an unknown one as a day beyond all valid days.
#[derive(Clone, Copy, Debug)]
pub struct Bounds<'r> {
    /// The earliest day.
    pub starts: &'r str,
    /// The latest day.
    pub ends: &'r str,
}

/// A verified item, with the bounds of its date as they are stored.
#[derive(Debug)]
pub struct ItemRow<'r> {
    /// Its id.
    pub id: &'r str,
    /// The bounds of its date.
    pub bounds: Bounds<'r>,
    /// Its JSON. Its digest is that of what the build wrote, so that it is not checked again to be UTF-8.
    pub json: Verified<Vec<u8>>,
}

/// The place of an item; its digest covers the bounds of its date as well.
#[must_use]
pub fn item_place(resource: Resource, id: &str, Bounds { starts, ends }: Bounds<'_>) -> Place {
    Place::of("items").key(resource.name()).key(id).key(starts).key(ends)
}

/// The place of the details of an item, which follow so many bytes of it.
#[must_use]
pub fn detail_place(resource: Resource, id: &str, at: i64) -> Place {
    Place::of("item_details").key(resource.name()).key(id).number(at)
}

impl<'r> ItemRow<'r> {
    /// Reads the [`LISTED_COLUMNS`] with which a row begins.
    ///
    /// # Errors
    /// When the item does not match its digest.
    pub fn read(corpus: &Corpus, resource: Resource, row: &'r SqliteRow) -> sqlx::Result<Self> {
        let (id, bounds) = (row.try_get(0)?, Bounds { starts: row.try_get(1)?, ends: row.try_get(2)? });
        Self::verify(corpus, resource, id, bounds, row.try_get(4)?, row.try_get(3)?)
    }

    /// An item as it is stored, compared with its digest.
    ///
    /// # Errors
    /// When they differ.
    pub fn verify(corpus: &Corpus, resource: Resource, id: &'r str, bounds: Bounds<'r>, stored: &[u8], digest: i64) -> sqlx::Result<Self> {
        let stored = corpus.verify(item_place(resource, id, bounds), stored, digest)?;
        Ok(Self { id, bounds, json: corpus.decode(resource, stored)? })
    }
}

/// Reads a whole item from the [`WHOLE_COLUMNS`] of a row.
///
/// # Errors
/// When the item does not match its digest.
pub fn read_whole<'r>(corpus: &Corpus, resource: Resource, row: &'r SqliteRow) -> sqlx::Result<ItemRow<'r>> {
    let mut item = ItemRow::read(corpus, resource, row)?;
    if let Some(stored) = row.try_get::<Option<&[u8]>, _>(7)? {
        let at: i64 = row.try_get(5)?;
        let detail = corpus.decode(resource, corpus.verify(detail_place(resource, item.id, at), stored, row.try_get(6)?)?)?;
        let listed = usize::try_from(at).ok().and_then(|at| item.json.get(..at)).ok_or_else(|| corpus.damaged_value())?;
        let whole = [listed, detail.as_slice()].concat();
        item.json = detail.map(|_| whole);
    }
    Ok(item)
}

/// Reads whole items with a query that begins with [`WHOLE_COLUMNS`].
///
/// # Errors
/// When the query fails, or an item does not match its digest.
pub async fn read_all<T>(corpus: &Corpus, resource: Resource, query: &mut QueryBuilder<Sqlite>) -> sqlx::Result<Vec<StoredJson<T>>> {
    let rows = query.build().fetch_all(&corpus.pool).await?;
    rows.iter().map(|row| read_whole(corpus, resource, row).map(|item| StoredJson::new(item.json))).collect()
}

/// Reads items as lists have them with a query that begins with [`LISTED_COLUMNS`].
///
/// # Errors
/// When the query fails, or an item does not match its digest.
pub async fn read_all_listed<T>(corpus: &Corpus, resource: Resource, query: &mut QueryBuilder<Sqlite>) -> sqlx::Result<Vec<StoredJson<T>>> {
    let rows = query.build().fetch_all(&corpus.pool).await?;
    rows.iter().map(|row| ItemRow::read(corpus, resource, row).map(|item| StoredJson::new(item.json))).collect()
}

/// Reads the items with these ids as lists have them, in the order of their ids. `T` may have some of their members only.
///
/// # Errors
/// When the query fails, or an item does not match its digest.
pub async fn read_by_id<T: DeserializeOwned>(corpus: &Corpus, resource: Resource, ids: Vec<String>) -> sqlx::Result<Vec<T>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new("SELECT ");
    query.push(LISTED_COLUMNS).push(" FROM items AS i WHERE i.resource = ").push_bind(resource.name());
    push_in(&mut query, "i.id", ids);
    query.push(" ORDER BY i.id");
    let rows = query.build().fetch_all(&corpus.pool).await?;
    let read = |row| serde_json::from_slice(&ItemRow::read(corpus, resource, row)?.json).map_err(|cause| sqlx::Error::Decode(cause.into()));
    rows.iter().map(read).collect()
}
