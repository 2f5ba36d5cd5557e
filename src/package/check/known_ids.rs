//! Ids that a package refers to: each is introduced in it, in another package of the run, or in the database.

use crate::{
    corpus::Slug,
    package::{
        check::unknown_ids::{Entries, help},
        diagnostic::{Code, Log},
        document::{ActorEntry, Document, LeadIn, Mention},
        known::Known,
        spanned::Text,
    },
};

/// Checks every reference to a register. An id that is in none is reported once, where it is first.
pub fn check(document: &Document, known: &Known, log: &mut Log) {
    let statement = document.id();
    if let Some(id) = &document.id
        && known.packages.get(statement).is_some_and(|count| *count > 1)
    {
        log.add(Code::DuplicateId, &id.place, format!("another package of this run has the id `{statement}` as well"));
    }
    let mut references = References::default();
    references.collect(document);
    let actors = Entries::of_actors(document, known);
    let locations = Entries::of_locations(document, known);
    let documents = Entries::of_documents(document, known);
    require(&references.actors, &actors, log);
    require(&references.locations, &locations, log);
    require(&references.documents, &documents, log);
}

/// The ids that a package refers to, by register.
#[derive(Default)]
struct References<'d> {
    actors: Vec<&'d Text>,
    locations: Vec<&'d Text>,
    documents: Vec<&'d Text>,
}

impl<'d> References<'d> {
    fn collect(&mut self, document: &'d Document) {
        self.actors.extend(document.issuers.iter().chain(document.source.as_ref().and_then(|source| source.medium.as_ref())));
        self.actors.extend(document.actors.iter().filter_map(|actor| actor.parent.as_ref()));
        self.locations.extend(document.locations.iter().filter_map(|location| location.parent.as_ref()));
        for clause in &document.clauses {
            if let Some(LeadIn::New(lead_in)) = &clause.lead_in {
                self.actors.extend(lead_in.speaker.iter().chain(ids(&lead_in.actors)));
                self.locations.extend(ids(&lead_in.locations));
            }
            self.actors.extend(clause.speaker.iter().chain(clause.actors.iter().filter_map(|ActorEntry { id, .. }| id.as_ref())));
            self.locations.extend(ids(&clause.locations));
            self.documents.extend(clause.citations.iter().filter_map(|citation| citation.document.as_ref()));
            self.actors.extend(clause.notes.iter().flat_map(|note| &note.actors));
            self.locations.extend(clause.notes.iter().flat_map(|note| &note.locations));
        }
        for milestone in &document.milestones {
            self.actors.extend(milestone.speaker.iter().chain(&milestone.actors));
            self.locations.extend(&milestone.locations);
        }
    }
}

fn ids(mentions: &[Mention]) -> impl Iterator<Item = &Text> {
    mentions.iter().filter_map(|mention| mention.id.as_ref())
}

/// Records the ids that the register does not have, each once.
fn require<T>(references: &[&Text], entries: &Entries<'_, T>, log: &mut Log) {
    let mut reported: Vec<&str> = Vec::new();
    for id in references {
        if entries.has(id.as_str()) || entries.own().any(|own| is_miswritten(own, id.as_str())) || reported.contains(&id.as_str()) {
            continue;
        }
        reported.push(id.as_str());
        if log.is_full(Code::UnknownId) {
            log.add(Code::UnknownId, &id.place, "unknown");
            continue;
        }
        let count = references.iter().filter(|other| other.value == id.value).count();
        let times = if count > 1 { format!("; {count} places name it") } else { String::new() };
        let message = match entries.replaced(id.as_str()) {
            Some(owner) if owner == entries.statement => {
                format!("the {} `{}` is introduced by the published edition of this statement, and no longer here{times}", entries.what, id.value)
            }
            Some(owner) => {
                format!("the {} `{}` was introduced by {owner}, and the package of that in this run does not have it{times}", entries.what, id.value)
            }
            None => format!("no {} has the id `{}`, here or in the database{times}", entries.what, id.value),
        };
        log.add_with_help(Code::UnknownId, &id.place, message, help(id.as_str(), entries));
    }
}

/// Whether an id is in other letters than those of its entry: the entry is what is wrong.
fn is_miswritten(entry: &str, id: &str) -> bool {
    entry.eq_ignore_ascii_case(id) && entry.parse::<Slug>().is_err()
}
