//! What the database, and the other packages of a run, have already: ids that a package may refer to and must not take.

use std::{
    collections::{BTreeSet, HashMap},
    mem,
};

use sha2::{Digest, Sha256};

use crate::package::document::{Actor, CitedDocument, Document, Location};

/// An entry of a register, and the statement that introduces it.
#[derive(Clone, Debug)]
pub struct Introduced<T> {
    /// The statement.
    pub statement: String,
    /// The other packages of the run that introduce the same id.
    pub others: Vec<String>,
    /// The entry.
    pub entry: T,
}

impl<T> Introduced<T> {
    /// An entry that one statement introduces.
    #[must_use]
    pub const fn by(statement: String, entry: T) -> Self {
        Self { statement, others: Vec::new(), entry }
    }
}

/// The entries of one register, by id.
pub type Register<T> = HashMap<String, Introduced<T>>;

/// The entries of all registers.
#[derive(Clone, Debug, Default)]
pub struct Registers {
    /// The actors.
    pub actors: Register<Actor>,
    /// The locations.
    pub locations: Register<Location>,
    /// The documents.
    pub documents: Register<CitedDocument>,
}

/// Statements and registers.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The SHA-256 of the text of each statement, of those that were withdrawn as well.
    pub statements: HashMap<String, String>,
    /// A statement that has the text with each SHA-256.
    pub texts: HashMap<String, String>,
    /// The statements that were withdrawn, each with the reason in English.
    pub withdrawn: HashMap<String, String>,
    /// Whether a package may publish again what was withdrawn.
    pub restore: bool,
    /// The entries of each statement that is replaced which other statements use.
    pub in_use: HashMap<String, Vec<EntryInUse>>,
    /// The entries that packages may refer to.
    pub registers: Registers,
    /// The entries that the database has from statements that packages of the run replace.
    pub replaced: Registers,
    /// The entries of replaced statements that passed to them when another was withdrawn: that other, by register and id.
    pub inherited: HashMap<(&'static str, String), String>,
    /// The ids of milestones and of later reports, which are made of two: the statement that has each, by kind and id.
    pub composed: HashMap<(&'static str, String), String>,
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

/// Entries that the database has from one statement of a run, and another one of it introduces from then on.
#[derive(Clone, Debug, Default)]
pub struct Moved {
    /// The actors, as they were.
    pub actors: Vec<Introduced<Actor>>,
    /// The locations, as they were.
    pub locations: Vec<Introduced<Location>>,
    /// The documents, as they were.
    pub documents: Vec<Introduced<CitedDocument>>,
}

impl Known {
    /// Sets the entries of statements that packages replace apart: those that stay are in the packages.
    pub fn set_apart(&mut self, replaced: &BTreeSet<String>) {
        set_apart(&mut self.registers.actors, &mut self.replaced.actors, replaced);
        set_apart(&mut self.registers.locations, &mut self.replaced.locations, replaced);
        set_apart(&mut self.registers.documents, &mut self.replaced.documents, replaced);
    }

    /// Adds what other packages introduce. What is there already stays: their own check reports a collision.
    pub fn extend(&mut self, other: Self) {
        extend(&mut self.registers.actors, other.registers.actors);
        extend(&mut self.registers.locations, other.registers.locations);
        extend(&mut self.registers.documents, other.registers.documents);
        for (id, statement) in other.composed {
            self.composed.entry(id).or_insert(statement);
        }
        for (sha256, statement) in other.texts {
            self.texts.entry(sha256).or_insert(statement);
        }
        for (id, count) in other.packages {
            *self.packages.entry(id).or_default() += count;
        }
    }

    /// Adds a package of the run, with what it introduces.
    pub fn add(&mut self, document: &Document) {
        *self.packages.entry(document.id().to_owned()).or_default() += 1;
        for (kind, id) in composed_ids(document) {
            self.composed.entry((kind, id)).or_insert_with(|| document.id().to_owned());
        }
        self.add_entries(document);
    }

    /// Adds the text of a package of the run.
    pub fn add_text(&mut self, statement: &str, text: &str) {
        self.texts.entry(format!("{:x}", Sha256::digest(text))).or_insert_with(|| statement.to_owned());
    }

    /// Adds what a package introduces. What is there already stays: its own check reports a collision.
    pub fn add_entries(&mut self, document: &Document) {
        let statement = document.id();
        let actors = document.actors.iter().filter(|actor| actor.is_introduced).map(|actor| (actor.id.as_ref(), actor));
        actors.for_each(|(id, actor)| add(&mut self.registers.actors, statement, id.map(|id| id.value.as_str()), actor));
        let locations = document.locations.iter().filter(|location| location.is_introduced).map(|location| (location.id.as_ref(), location));
        locations.for_each(|(id, location)| add(&mut self.registers.locations, statement, id.map(|id| id.value.as_str()), location));
        for cited in &document.documents {
            add(&mut self.registers.documents, statement, cited.id.as_ref().map(|id| id.value.as_str()), cited);
        }
    }

    /// The entries that another package of the run introduces than the statement that the database has them from.
    #[must_use]
    pub fn moved(&self) -> Moved {
        Moved {
            actors: moved(&self.replaced.actors, &self.registers.actors),
            locations: moved(&self.replaced.locations, &self.registers.locations),
            documents: moved(&self.replaced.documents, &self.registers.documents),
        }
    }
}

/// The ids of a document that are made of its own and of another, each with what it names. Those of clauses end with a label, which
/// has no hyphen, so no two statements have the same.
pub fn composed_ids(document: &Document) -> impl Iterator<Item = (&'static str, String)> {
    let milestones = document.milestones.iter().filter_map(|milestone| Some(("milestone", milestone.id.as_ref()?)));
    let developments = document.milestones.iter().flat_map(|milestone| &milestone.developments);
    let developments = developments.filter_map(|development| Some(("development", development.id.as_ref()?)));
    milestones.chain(developments).map(|(kind, id)| (kind, format!("{}-{}", document.id(), id.value)))
}

fn set_apart<T>(entries: &mut Register<T>, apart: &mut Register<T>, replaced: &BTreeSet<String>) {
    let (gone, stay) = mem::take(entries).into_iter().partition(|(_, introduced)| replaced.contains(&introduced.statement));
    *entries = stay;
    apart.extend::<Register<T>>(gone);
}

fn extend<T>(entries: &mut Register<T>, others: Register<T>) {
    for (id, entry) in others {
        entries.entry(id).or_insert(entry);
    }
}

fn add<T: Clone>(entries: &mut Register<T>, statement: &str, id: Option<&str>, entry: &T) {
    let Some(id) = id else { return };
    match entries.get_mut(id) {
        Some(there) if there.statement != statement => there.others.push(statement.to_owned()),
        Some(_) => {}
        None => {
            entries.insert(id.to_owned(), Introduced::by(statement.to_owned(), entry.clone()));
        }
    }
}

fn moved<T: Clone>(before: &Register<T>, now: &Register<T>) -> Vec<Introduced<T>> {
    let is_elsewhere =
        |id: &str, before: &Introduced<T>| now.get(id).is_some_and(|now| now.statement != before.statement && !now.others.contains(&before.statement));
    before.iter().filter(|(id, before)| is_elsewhere(id, before)).map(|(_, before)| before.clone()).collect()
}

/// A package lacks a part that every checked one has.
#[derive(Debug, thiserror::Error)]
#[error("the package was not checked, and lacks a part")]
pub struct MissingPart;
