//! Reading an item from a row.

use sqlx::{Row, sqlite::SqliteRow};

use crate::corpus::{filter::Filter, stored_json::StoredJson};

/// The item in a row: its JSON in column 0, the members that depend on the day in column 1.
pub fn read_item<F: Filter>(row: &SqliteRow) -> sqlx::Result<StoredJson<F::Item>> {
    let json: String = row.try_get(0)?;
    Ok(match row.try_get::<Option<&str>, _>(1)? {
        Some(members) => StoredJson::append_members(json, members),
        None => StoredJson::new(json),
    })
}
