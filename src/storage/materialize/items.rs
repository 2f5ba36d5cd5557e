//! All items of a new database file.

use sqlx::{Connection, SqliteConnection};

use crate::storage::materialize::{actors, batch::Batch, changes, clauses, dates, locations, milestones, notes, sources::Sources, statements};

/// Writes the items, and the search index over them, anew.
///
/// # Errors
/// When a row is not valid for its resource, or the database cannot be written.
pub async fn materialize(database: &mut SqliteConnection) -> sqlx::Result<()> {
    let mut transaction = database.begin().await?;
    let database = &mut *transaction;
    sqlx::raw_sql(
        "DELETE FROM search_keys; INSERT INTO search_index (search_index) VALUES ('delete-all'); \
         INSERT INTO search_paragraphs (search_paragraphs) VALUES ('delete-all'); DELETE FROM items",
    )
    .execute(&mut *database)
    .await?;
    for batch in Batch::of(database, "SELECT id FROM statements ORDER BY id").await? {
        let sources = Sources::read(database, &batch).await?;
        statements::insert(database, &batch).await?;
        clauses::insert(database, &batch, &sources).await?;
        dates::insert(database, &batch, &sources).await?;
        milestones::insert(database, &batch, &sources).await?;
        notes::insert(database, &batch, &sources).await?;
    }
    for batch in Batch::of(database, "SELECT id FROM actors ORDER BY id").await? {
        actors::insert(database, &batch).await?;
    }
    for batch in Batch::of(database, "SELECT id FROM locations ORDER BY id").await? {
        locations::insert(database, &batch).await?;
    }
    changes::insert(database).await?;
    transaction.commit().await
}
