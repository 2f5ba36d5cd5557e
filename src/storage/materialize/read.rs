//! What is read of a database at once, to be made into items.

use sqlx::SqliteConnection;

use crate::{
    corpus::{
        actors::Actor, changes::Change, clauses::Clause, dates::DateExpression, locations::Location, milestones::MilestoneRecord, notes::Note,
        statements::Statement,
    },
    storage::{
        materialize::{Sources, actors, batch::Batch, clauses, dates, locations, mentions, milestones, notes, rows::Grouped, statements},
        search_index::{self, Key},
    },
};

/// Items of each resource, in reading order; those whose position they do not have, with it.
#[derive(Debug, Default)]
pub struct ReadItems {
    pub statements: Vec<Statement>,
    pub clauses: Vec<Clause>,
    pub dates: Vec<(u32, DateExpression)>,
    pub milestones: Vec<(u32, MilestoneRecord)>,
    pub actors: Vec<Actor>,
    pub locations: Vec<Location>,
    pub notes: Vec<(u32, Note)>,
    pub changes: Vec<(u32, Change)>,
}

/// The keys of items, by their ids.
#[derive(Debug, Default)]
pub struct ReadKeys {
    pub statements: Grouped<Key>,
    pub clauses: Grouped<Key>,
    pub milestones: Grouped<Key>,
}

/// Items, and their keys.
#[derive(Debug, Default)]
pub struct Read {
    pub items: ReadItems,
    pub keys: ReadKeys,
}

impl Read {
    /// Reads what belongs to a batch of statements, and stores the digests of its mentions.
    ///
    /// # Errors
    /// When a row is not valid for its resource, or the database fails.
    pub async fn statements(database: &mut SqliteConnection, batch: &Batch) -> sqlx::Result<Self> {
        let sources = Sources::read(database, batch).await?;
        let items = ReadItems {
            statements: statements::read(database, batch).await?,
            clauses: clauses::read(database, batch, &sources).await?,
            dates: dates::read(database, batch, &sources).await?,
            milestones: milestones::read(database, batch, &sources).await?,
            notes: notes::read(database, batch, &sources).await?,
            ..ReadItems::default()
        };
        let keys = ReadKeys {
            statements: search_index::of_statements(database, batch).await?,
            clauses: search_index::of_clauses(database, batch, &sources).await?,
            milestones: search_index::of_milestones(database, batch).await?,
        };
        mentions::store_digests(database, batch, &sources).await?;
        Ok(Self { items, keys })
    }

    /// Reads a batch of actors.
    ///
    /// # Errors
    /// As [`Self::statements`].
    pub async fn actors(database: &mut SqliteConnection, batch: &Batch) -> sqlx::Result<Self> {
        Ok(Self { items: ReadItems { actors: actors::read(database, batch).await?, ..ReadItems::default() }, ..Self::default() })
    }

    /// Reads a batch of locations.
    ///
    /// # Errors
    /// As [`Self::statements`].
    pub async fn locations(database: &mut SqliteConnection, batch: &Batch) -> sqlx::Result<Self> {
        Ok(Self { items: ReadItems { locations: locations::read(database, batch).await?, ..ReadItems::default() }, ..Self::default() })
    }
}
