//! All items of a new database file.

use sqlx::{Connection, SqliteConnection};

use crate::storage::{
    materialize::{
        batch::Batch,
        changes,
        item_index::ItemIndex,
        pipeline::Pipeline,
        read::{Read, ReadItems},
    },
    search_index::SearchIndex,
};

/// Deletes the items, and the indexes over them, which refer to the data that they were built from.
///
/// # Errors
/// When the database cannot be written.
pub async fn clear(database: &mut SqliteConnection) -> sqlx::Result<()> {
    sqlx::raw_sql(
        "DELETE FROM search_words; DELETE FROM search_ranks; DELETE FROM search_items; DELETE FROM postings; DELETE FROM passages; DELETE FROM extents; \
         DELETE FROM filter_parameters; DELETE FROM filter_values; DELETE FROM bitmaps; DELETE FROM bound_sets; DELETE FROM item_values; DELETE FROM places; \
         DELETE FROM mention_counts; DELETE FROM items; DELETE FROM dictionaries",
    )
    .execute(database)
    .await
    .map(|_| ())
}

/// Writes the items, and the indexes over them, of a database [without any](clear).
///
/// # Errors
/// When a row is not valid for its resource, or the database cannot be written.
pub async fn materialize(database: &mut SqliteConnection) -> sqlx::Result<()> {
    let mut transaction = database.begin().await?;
    let database = &mut *transaction;
    let mut pipeline = Pipeline::new(ItemIndex::plan(database).await?, SearchIndex::new(database).await?);
    for batch in Batch::of(database, "SELECT id FROM statements ORDER BY id").await? {
        let read = Read::statements(database, &batch).await?;
        pipeline = pipeline.push(database, read).await?;
    }
    for batch in Batch::of(database, "SELECT id FROM actors ORDER BY id").await? {
        let read = Read::actors(database, &batch).await?;
        pipeline = pipeline.push(database, read).await?;
    }
    for batch in Batch::of(database, "SELECT id FROM locations ORDER BY id").await? {
        let read = Read::locations(database, &batch).await?;
        pipeline = pipeline.push(database, read).await?;
    }
    let mut last = (0, 0);
    loop {
        let changes = changes::read(database, last).await?;
        let Some((position, change)) = changes.last() else { break };
        last = (change.revision, *position);
        pipeline = pipeline.push(database, Read { items: ReadItems { changes, ..ReadItems::default() }, ..Read::default() }).await?;
    }
    let (index, search) = pipeline.finish(database).await?;
    search.finish(database).await?;
    // The bitmaps are in the order of the ranks as well.
    index.write(database).await?;
    transaction.commit().await
}
