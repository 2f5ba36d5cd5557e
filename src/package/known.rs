//! What the database, and the other packages of a run, have already: ids that a package may refer to and must not take.

use std::collections::HashMap;

use crate::package::document::{Actor, CitedDocument, Document, Location};

/// An entry of a register, and the statement that introduces it.
#[derive(Clone, Debug)]
pub struct Introduced<T> {
    /// The statement.
    pub statement: String,
    /// The entry.
    pub entry: T,
}

/// Statements and registers.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The SHA-256 of the text of each statement.
    pub statements: HashMap<String, String>,
    /// The actors.
    pub actors: HashMap<String, Introduced<Actor>>,
    /// The locations.
    pub locations: HashMap<String, Introduced<Location>>,
    /// The documents.
    pub documents: HashMap<String, Introduced<CitedDocument>>,
    /// How many packages of the run have each id.
    pub packages: HashMap<String, usize>,
}

impl Known {
    /// Adds what a package introduces. What is there already stays: its own check reports a collision.
    pub fn add(&mut self, document: &Document) {
        let statement = document.id();
        *self.packages.entry(statement.to_owned()).or_default() += 1;
        for (id, entry) in document.actors.iter().filter(|actor| actor.kind.is_some()).filter_map(|actor| Some((actor.id.as_ref()?, actor))) {
            let new = || Introduced { statement: statement.to_owned(), entry: entry.clone() };
            self.actors.entry(id.value.clone()).or_insert_with(new);
        }
        for (id, entry) in document.locations.iter().filter(|location| location.kind.is_some()).filter_map(|location| Some((location.id.as_ref()?, location))) {
            let new = || Introduced { statement: statement.to_owned(), entry: entry.clone() };
            self.locations.entry(id.value.clone()).or_insert_with(new);
        }
        for (id, entry) in document.documents.iter().filter_map(|document| Some((document.id.as_ref()?, document))) {
            let new = || Introduced { statement: statement.to_owned(), entry: entry.clone() };
            self.documents.entry(id.value.clone()).or_insert_with(new);
        }
    }
}

/// A package lacks a part that every checked one has.
#[derive(Debug, thiserror::Error)]
#[error("the package was not checked, and lacks a part")]
pub struct MissingPart;
