//! All items of a new database file.

use sqlx::{Connection, SqliteConnection};

use crate::storage::{
    materialize::{actors, batch::Batch, changes, clauses, dates, item_index::ItemIndex, locations, mentions, milestones, notes, sources::Sources, statements},
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
    let mut index = ItemIndex::plan(database).await?;
    let mut search = SearchIndex::new(database).await?;
    for batch in Batch::of(database, "SELECT id FROM statements ORDER BY id").await? {
        let sources = Sources::read(database, &batch).await?;
        statements::insert(database, &batch, &mut index, &mut search).await?;
        clauses::insert(database, &batch, &sources, &mut index, &mut search).await?;
        dates::insert(database, &batch, &sources, &mut index).await?;
        milestones::insert(database, &batch, &sources, &mut index, &mut search).await?;
        notes::insert(database, &batch, &sources, &mut index, &mut search).await?;
        mentions::store_digests(database, &batch, &sources).await?;
    }
    for batch in Batch::of(database, "SELECT id FROM actors ORDER BY id").await? {
        actors::insert(database, &batch, &mut index, &mut search).await?;
    }
    for batch in Batch::of(database, "SELECT id FROM locations ORDER BY id").await? {
        locations::insert(database, &batch, &mut index, &mut search).await?;
    }
    changes::insert(database, &mut index).await?;
    search.finish(database).await?;
    // The bitmaps are in the order of the ranks as well.
    index.write(database).await?;
    transaction.commit().await
}
