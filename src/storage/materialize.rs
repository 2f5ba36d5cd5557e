//! Materializing the items of a new database file.

use sqlx::SqliteConnection;

use crate::storage::{search_index, validate::ValidationError};

/// Writes the items, and the search index over them, anew.
///
/// # Errors
/// When the database cannot be written.
pub async fn materialize(database: &mut SqliteConnection) -> Result<(), ValidationError> {
    sqlx::query("DELETE FROM items").execute(&mut *database).await?;
    sqlx::query("INSERT INTO items (resource, id, position, starts, ends, item) SELECT resource, id, place, opens, closes, item FROM all_items")
        .execute(&mut *database)
        .await?;
    search_index::index(database).await
}
