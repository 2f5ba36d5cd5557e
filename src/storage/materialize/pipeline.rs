//! Making items while others are read and written: `SQLite` has one thread, and the items and their index have one each.

use std::sync::Arc;

use sqlx::SqliteConnection;
use tokio::task::{JoinError, JoinHandle, spawn_blocking};

use crate::{
    corpus::{Resource, SearchedResource},
    storage::{
        materialize::{
            actors, changes, clauses, dates,
            entry::ItemRows,
            item_index::{ItemIndex, Numbers},
            locations, milestones, notes,
            read::{Read, ReadItems, ReadKeys},
            statements,
        },
        search_index::{SearchIndex, SearchRows},
    },
};

/// What is made at the moment.
pub struct Pipeline {
    items: JoinHandle<sqlx::Result<(ItemIndex, ItemRows)>>,
    search: JoinHandle<sqlx::Result<(Indexer, SearchRows)>>,
}

/// The search index, with the numbers that the next items have.
struct Indexer {
    index: SearchIndex,
    numbers: Numbers,
}

impl Pipeline {
    /// Begins with nothing.
    pub fn new(items: ItemIndex, search: SearchIndex) -> Self {
        let search = Indexer { index: search, numbers: items.numbers() };
        Self::start(items, search, Read::default())
    }

    fn start(mut items: ItemIndex, mut search: Indexer, read: Read) -> Self {
        let (of_items, of_search) = (Arc::new(read.items), read.keys);
        let shared = Arc::clone(&of_items);
        Self {
            items: spawn_blocking(move || {
                let rows = encode(&of_items, &mut items)?;
                Ok((items, rows))
            }),
            search: spawn_blocking(move || {
                let rows = search.add(&shared, of_search)?;
                Ok((search, rows))
            }),
        }
    }

    /// Starts to make the next items, and inserts the last ones meanwhile.
    ///
    /// # Errors
    /// When an item cannot be made, or the database cannot be written.
    pub async fn push(self, database: &mut SqliteConnection, read: Read) -> sqlx::Result<Self> {
        let (items, item_rows) = made(self.items.await)?;
        let (search, search_rows) = made(self.search.await)?;
        let next = Self::start(items, search, read);
        item_rows.insert(database).await?;
        search_rows.insert(database).await?;
        Ok(next)
    }

    /// Inserts the last items. Returns what they are found by.
    ///
    /// # Errors
    /// As [`Self::push`].
    pub async fn finish(self, database: &mut SqliteConnection) -> sqlx::Result<(ItemIndex, SearchIndex)> {
        let last = self.push(database, Read::default()).await?;
        let ((items, _), (search, _)) = (made(last.items.await)?, made(last.search.await)?);
        Ok((items, search.index))
    }
}

/// What a thread has made. A panic of it is one of this thread.
fn made<T>(result: Result<sqlx::Result<T>, JoinError>) -> sqlx::Result<T> {
    match result {
        Ok(made) => made,
        Err(cause) => match cause.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(sqlx::Error::WorkerCrashed),
        },
    }
}

/// The rows of items.
fn encode(read: &ReadItems, index: &mut ItemIndex) -> sqlx::Result<ItemRows> {
    let mut rows = ItemRows::default();
    rows.add(Resource::Statements, statements::entries(&read.statements)?, index)?;
    rows.add(Resource::Clauses, clauses::entries(&read.clauses)?, index)?;
    rows.add(Resource::Dates, dates::entries(&read.dates)?, index)?;
    rows.add(Resource::Milestones, milestones::entries(&read.milestones)?, index)?;
    rows.add(Resource::Actors, actors::entries(&read.actors)?, index)?;
    rows.add(Resource::Locations, locations::entries(&read.locations)?, index)?;
    rows.add(Resource::Notes, notes::entries(&read.notes)?, index)?;
    rows.add(Resource::Changes, changes::entries(&read.changes)?, index)?;
    Ok(rows)
}

impl Indexer {
    /// Indexes items. Returns the rows of the index that are known already.
    fn add(&mut self, read: &ReadItems, keys: ReadKeys) -> sqlx::Result<SearchRows> {
        let Self { index, numbers } = self;
        for statement in &read.statements {
            index.add_passages(&statement.id, statement.source.paragraphs.as_deref().unwrap_or_default())?;
        }
        let first = numbers.take(Resource::Statements, read.statements.len());
        index.add(SearchedResource::Statements, statements::indexed(first, &read.statements, keys.statements))?;
        let first = numbers.take(Resource::Clauses, read.clauses.len());
        index.add(SearchedResource::Clauses, clauses::indexed(first, &read.clauses, keys.clauses))?;
        let first = numbers.take(Resource::Milestones, read.milestones.len());
        index.add(SearchedResource::Milestones, milestones::indexed(first, &read.milestones, keys.milestones))?;
        let first = numbers.take(Resource::Actors, read.actors.len());
        index.add(SearchedResource::Actors, actors::indexed(first, &read.actors))?;
        let first = numbers.take(Resource::Locations, read.locations.len());
        index.add(SearchedResource::Locations, locations::indexed(first, &read.locations))?;
        let first = numbers.take(Resource::Notes, read.notes.len());
        index.add(SearchedResource::Notes, notes::indexed(first, &read.notes))?;
        Ok(index.take_rows())
    }
}
