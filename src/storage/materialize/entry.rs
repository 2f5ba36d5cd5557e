//! Rows of `items`.

use serde::Serialize;
use sqlx::{QueryBuilder, SqliteConnection};

use crate::{
    corpus::{Day, Resource, Slug, UncertainDate},
    storage::materialize::numbers::Numbers,
};

/// How many rows one statement inserts.
const ROWS_PER_INSERT: usize = 200;
/// The stored value of an unknown earliest day.
const FIRST_DAY: &str = "0000-01-01";
/// The stored value of an unknown latest day.
const LAST_DAY: &str = "9999-12-31";

/// A row of `items`, without its number.
pub struct Entry {
    id: String,
    position: String,
    starts: Option<Day>,
    ends: Option<Day>,
    item: String,
}

impl Entry {
    /// The row of an item without a date.
    pub fn new(id: &Slug, position: String, item: &impl Serialize) -> sqlx::Result<Self> {
        let item = serde_json::to_string(item).map_err(|cause| sqlx::Error::Encode(cause.into()))?;
        Ok(Self { id: id.to_string(), position, starts: None, ends: None, item })
    }

    /// The row of an item with this date.
    pub fn dated(id: &Slug, position: String, date: &UncertainDate, item: &impl Serialize) -> sqlx::Result<Self> {
        Ok(Self { starts: date.earliest, ends: date.latest, ..Self::new(id, position, item)? })
    }
}

/// Inserts the items of a resource, and returns the number of the first; the others follow it.
pub async fn insert(database: &mut SqliteConnection, resource: Resource, entries: &[Entry], numbers: &mut Numbers) -> sqlx::Result<i64> {
    let first = numbers.take(resource, entries.len());
    let mut numbers = first..;
    for rows in entries.chunks(ROWS_PER_INSERT) {
        let mut query = QueryBuilder::new("INSERT INTO items (number, resource, id, position, starts, ends, item) ");
        query.push_values(rows.iter().zip(&mut numbers), |mut row, (entry, number)| {
            let day = |day: Option<Day>, unknown: &str| day.map_or_else(|| unknown.to_owned(), |day| day.to_string());
            row.push_bind(number).push_bind(resource.name()).push_bind(&entry.id).push_bind(&entry.position);
            row.push_bind(day(entry.starts, FIRST_DAY)).push_bind(day(entry.ends, LAST_DAY)).push_bind(&entry.item);
        });
        query.build().execute(&mut *database).await?;
    }
    Ok(first)
}
