//! Ids that a package refers to: each is introduced in it, in another package of the run, or in the database.

use std::collections::{HashMap, HashSet};

use crate::{
    corpus::Slug,
    package::{
        diagnostic::{Code, Log},
        document::{ActorEntry, Document, LeadIn, LocationMention},
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
        actors: ids(document.actors.iter().map(|actor| &actor.id), &known.actors, statement),
        locations: ids(document.locations.iter().map(|location| &location.id), &known.locations, statement),
        documents: ids(document.documents.iter().map(|cited| &cited.id), &known.documents, statement),
    };
    let medium = document.source.as_ref().and_then(|source| source.medium.as_ref());
    document.issuers.iter().chain(medium).for_each(|id| ids.actor(id, log));
    document.actors.iter().filter_map(|actor| actor.parent.as_ref()).for_each(|id| ids.actor(id, log));
    document.locations.iter().filter_map(|location| location.parent.as_ref()).for_each(|id| ids.location(id, log));
    for clause in &document.clauses {
        clause.speaker.iter().for_each(|id| ids.actor(id, log));
        ids.mentions(&clause.actors, &clause.locations, log);
        clause.citations.iter().filter_map(|citation| citation.document.as_ref()).for_each(|id| ids.document(id, log));
        clause.notes.iter().flat_map(|note| &note.actors).for_each(|id| ids.actor(id, log));
        clause.notes.iter().flat_map(|note| &note.locations).for_each(|id| ids.location(id, log));
        if let Some(LeadIn::New(lead_in)) = &clause.lead_in {
            lead_in.speaker.iter().for_each(|id| ids.actor(id, log));
            ids.mentions(&lead_in.actors, &lead_in.locations, log);
        }
    }
    for milestone in &document.milestones {
        milestone.speaker.iter().chain(&milestone.actors).for_each(|id| ids.actor(id, log));
        milestone.locations.iter().for_each(|id| ids.location(id, log));
    }
}

/// The ids of a register: those of the package, and those that other statements have introduced. What an earlier edition of
/// this one had goes with that edition.
fn ids<'d, T>(own: impl Iterator<Item = &'d Option<Text>>, known: &'d HashMap<String, Introduced<T>>, statement: &str) -> HashSet<&'d str> {
    let others = known.iter().filter(|(_, introduced)| introduced.statement != statement).map(|(id, _)| id.as_str());
    own.flatten().map(Text::as_str).chain(others).collect()
}

/// The ids of each register.
struct Ids<'d> {
    actors: HashSet<&'d str>,
    locations: HashSet<&'d str>,
    documents: HashSet<&'d str>,
}

impl Ids<'_> {
    fn actor(&self, id: &Text, log: &mut Log) {
        require("actor", "actors", &self.actors, id, log);
    }

    fn location(&self, id: &Text, log: &mut Log) {
        require("location", "locations", &self.locations, id, log);
    }

    fn document(&self, id: &Text, log: &mut Log) {
        require("document", "documents", &self.documents, id, log);
    }

    fn mentions(&self, actors: &[ActorEntry], locations: &[LocationMention], log: &mut Log) {
        actors.iter().filter_map(|entry| entry.id.as_ref()).for_each(|id| self.actor(id, log));
        locations.iter().filter_map(|mention| mention.id.as_ref()).for_each(|id| self.location(id, log));
    }
}

fn require(what: &str, list: &str, ids: &HashSet<&str>, id: &Text, log: &mut Log) {
    // An id in other letters than those of its entry: the entry is what is wrong.
    let is_miswritten = |other: &&str| other.parse::<Slug>().is_err() && other.eq_ignore_ascii_case(id.as_str());
    if !ids.contains(id.as_str()) && !ids.iter().any(|other| is_miswritten(other)) {
        let near = nearest_word(id.as_str(), ids.iter().copied());
        let help = near.map_or_else(|| format!("introduce it under `{list}`"), |near| format!("did you mean `{near}`? A new one is introduced under `{list}`"));
        log.add_with_help(Code::UnknownId, &id.place, format!("no {what} has the id `{}`, here or in the database", id.value), vec![help]);
    }
}
