//! Ids that a package refers to: each is introduced in it, in another package of the run, or in the database.

use std::collections::{HashMap, HashSet};

use crate::{
    corpus::Slug,
    package::{
        diagnostic::{Code, Log},
        document::{Actor, ActorEntry, CitedDocument, Document, LeadIn, Location, LocationMention},
        known::{Introduced, Known},
        nearest::nearest_word,
        spanned::Text,
    },
};

/// Checks every reference to a register.
pub fn check(document: &Document, known: &Known, log: &mut Log) {
    let statement = document.id();
    if let Some(id) = &document.id
        && known.packages.get(statement).is_some_and(|count| *count > 1)
    {
        log.add(Code::DuplicateId, &id.place, format!("another package of this run has the id `{statement}` as well"));
    }
    let ids = Ids {
        actors: Register::new("actor", document.actors.iter().map(|actor| &actor.id), &known.actors, statement),
        locations: Register::new("location", document.locations.iter().map(|location| &location.id), &known.locations, statement),
        documents: Register::new("document", document.documents.iter().map(|cited| &cited.id), &known.documents, statement),
    };
    let medium = document.source.as_ref().and_then(|source| source.medium.as_ref());
    document.issuers.iter().chain(medium).for_each(|id| ids.actors.require(id, log));
    document.actors.iter().filter_map(|actor| actor.parent.as_ref()).for_each(|id| ids.actors.require(id, log));
    document.locations.iter().filter_map(|location| location.parent.as_ref()).for_each(|id| ids.locations.require(id, log));
    for clause in &document.clauses {
        clause.speaker.iter().for_each(|id| ids.actors.require(id, log));
        ids.mentions(&clause.actors, &clause.locations, log);
        clause.citations.iter().filter_map(|citation| citation.document.as_ref()).for_each(|id| ids.documents.require(id, log));
        clause.notes.iter().flat_map(|note| &note.actors).for_each(|id| ids.actors.require(id, log));
        clause.notes.iter().flat_map(|note| &note.locations).for_each(|id| ids.locations.require(id, log));
        if let Some(LeadIn::New(lead_in)) = &clause.lead_in {
            lead_in.speaker.iter().for_each(|id| ids.actors.require(id, log));
            ids.mentions(&lead_in.actors, &lead_in.locations, log);
        }
    }
    for milestone in &document.milestones {
        milestone.speaker.iter().chain(&milestone.actors).for_each(|id| ids.actors.require(id, log));
        milestone.locations.iter().for_each(|id| ids.locations.require(id, log));
    }
}

/// The registers that a package may refer to.
struct Ids<'d> {
    actors: Register<'d, Actor>,
    locations: Register<'d, Location>,
    documents: Register<'d, CitedDocument>,
}

impl Ids<'_> {
    fn mentions(&self, actors: &[ActorEntry], locations: &[LocationMention], log: &mut Log) {
        actors.iter().filter_map(|entry| entry.id.as_ref()).for_each(|id| self.actors.require(id, log));
        locations.iter().filter_map(|mention| mention.id.as_ref()).for_each(|id| self.locations.require(id, log));
    }
}

/// The entries of a register: those of the package, and those that other statements have introduced. What an earlier edition
/// of this statement had goes with that edition.
struct Register<'d, T> {
    what: &'static str,
    own: HashSet<&'d str>,
    known: &'d HashMap<String, Introduced<T>>,
    statement: &'d str,
}

impl<'d, T> Register<'d, T> {
    fn new(what: &'static str, own: impl Iterator<Item = &'d Option<Text>>, known: &'d HashMap<String, Introduced<T>>, statement: &'d str) -> Self {
        Self { what, own: own.flatten().map(Text::as_str).collect(), known, statement }
    }

    /// Records an id that is in neither.
    fn require(&self, id: &Text, log: &mut Log) {
        let is_known = self.own.contains(id.as_str()) || self.known.get(id.as_str()).is_some_and(|introduced| introduced.statement != self.statement);
        // An id in other letters than those of its entry: the entry is what is wrong.
        let is_miswritten = |other: &&str| other.parse::<Slug>().is_err() && other.eq_ignore_ascii_case(id.as_str());
        if is_known || self.own.iter().any(is_miswritten) {
            return;
        }
        if log.is_full(Code::UnknownId) {
            log.add(Code::UnknownId, &id.place, "unknown");
            return;
        }
        let near = nearest_word(id.as_str(), self.own.iter().copied().chain(self.known.keys().map(String::as_str)));
        let what = self.what;
        let help =
            near.map_or_else(|| format!("introduce it under `{what}s`"), |near| format!("did you mean `{near}`? A new one is introduced under `{what}s`"));
        log.add_with_help(Code::UnknownId, &id.place, format!("no {what} has the id `{}`, here or in the database", id.value), vec![help]);
    }
}
