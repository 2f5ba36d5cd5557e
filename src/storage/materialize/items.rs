//! All items of a new database file.

use sqlx::{Connection, SqliteConnection};

use crate::storage::materialize::{
    actors, batch::Batch, changes, clauses, dates, locations, mentions, milestones, notes, numbers::Numbers, sources::Sources, statements,
};

/// Writes the items, and the search index over them, anew.
///
/// # Errors
/// When a row is not valid for its resource, or the database cannot be written.
pub async fn materialize(database: &mut SqliteConnection) -> sqlx::Result<()> {
    let mut transaction = database.begin().await?;
    let database = &mut *transaction;
    sqlx::raw_sql(
        "DELETE FROM search_keys; INSERT INTO search_index (search_index) VALUES ('delete-all'); \
         INSERT INTO search_paragraphs (search_paragraphs) VALUES ('delete-all'); DELETE FROM items; DELETE FROM extents",
    )
    .execute(&mut *database)
    .await?;
    let mut numbers = Numbers::plan(database).await?;
    for batch in Batch::of(database, "SELECT id FROM statements ORDER BY id").await? {
        let sources = Sources::read(database, &batch).await?;
        statements::insert(database, &batch, &mut numbers).await?;
        clauses::insert(database, &batch, &sources, &mut numbers).await?;
        dates::insert(database, &batch, &sources, &mut numbers).await?;
        milestones::insert(database, &batch, &sources, &mut numbers).await?;
        notes::insert(database, &batch, &sources, &mut numbers).await?;
        mentions::store_digests(database, &batch, &sources).await?;
    }
    for batch in Batch::of(database, "SELECT id FROM actors ORDER BY id").await? {
        actors::insert(database, &batch, &mut numbers).await?;
    }
    for batch in Batch::of(database, "SELECT id FROM locations ORDER BY id").await? {
        locations::insert(database, &batch, &mut numbers).await?;
    }
    changes::insert(database, &mut numbers).await?;
    transaction.commit().await
}
