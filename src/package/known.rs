//! What the database, and the other packages of a run, have already: ids that a package may refer to and must not take.

use std::collections::{BTreeSet, HashMap};

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
    /// The SHA-256 of the text of each statement, of those that were withdrawn as well.
    pub statements: HashMap<String, String>,
    /// The entries of each statement that is replaced which other statements use.
    pub in_use: HashMap<String, Vec<EntryInUse>>,
    /// The actors.
    pub actors: HashMap<String, Introduced<Actor>>,
    /// The locations.
    pub locations: HashMap<String, Introduced<Location>>,
    /// The documents.
    pub documents: HashMap<String, Introduced<CitedDocument>>,
    /// How many packages of the run have each id.
    pub packages: HashMap<String, usize>,
}

/// An entry that a statement introduces and another one uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryInUse {
    /// The register: `actor`, `location` or `document`.
    pub register: &'static str,
    /// The id of the entry.
    pub id: String,
    /// The statement that uses it.
    pub user: String,
}

impl Known {
    /// Forgets the entries of statements that packages replace: those that stay are in the packages.
    pub fn forget_entries(&mut self, replaced: &BTreeSet<String>) {
        self.actors.retain(|_, introduced| !replaced.contains(&introduced.statement));
        self.locations.retain(|_, introduced| !replaced.contains(&introduced.statement));
        self.documents.retain(|_, introduced| !replaced.contains(&introduced.statement));
    }

    /// Adds what other packages introduce. What is there already stays: their own check reports a collision.
    pub fn extend(&mut self, other: Self) {
        for (id, entry) in other.actors {
            self.actors.entry(id).or_insert(entry);
        }
        for (id, entry) in other.locations {
            self.locations.entry(id).or_insert(entry);
        }
        for (id, entry) in other.documents {
            self.documents.entry(id).or_insert(entry);
        }
        for (id, count) in other.packages {
            *self.packages.entry(id).or_default() += count;
        }
    }

    /// Adds a package of the run, with what it introduces.
    pub fn add(&mut self, document: &Document) {
        *self.packages.entry(document.id().to_owned()).or_default() += 1;
        self.add_entries(document);
    }

    /// Adds what a package introduces. What is there already stays: its own check reports a collision.
    pub fn add_entries(&mut self, document: &Document) {
        let statement = document.id();
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
