//! The entries of registers: their ids, what the database has under the same ids, and their parents.

use std::collections::{HashMap, HashSet};

use crate::{
    corpus::{actors::Kind, enum_name},
    package::{
        diagnostic::{Code, Log},
        document::{Actor, Document, Location},
        known::{Known, Register},
        spanned::Text,
    },
};

/// Checks the registers of a package.
pub fn check(document: &Document, known: &Known, log: &mut Log) {
    let statement = document.id();
    for actor in &document.actors {
        entry("actor", actor.id.as_ref(), actor, actor.is_introduced, statement, &known.registers.actors, log);
        if !actor.is_introduced && (actor.parent.is_some() || actor.country.is_some() || actor.wikidata.is_some()) {
            addition(actor.id.as_ref(), log);
        }
    }
    for location in &document.locations {
        entry("location", location.id.as_ref(), location, location.is_introduced, statement, &known.registers.locations, log);
        if !location.is_introduced && (location.parent.is_some() || location.country.is_some() || location.point.is_some()) {
            addition(location.id.as_ref(), log);
        }
    }
    for cited in &document.documents {
        entry("document", cited.id.as_ref(), cited, true, statement, &known.registers.documents, log);
    }
    medium(document, known, log);
    circles(document.actors.iter().map(|Actor { id, parent, .. }| (id.as_ref(), parent.as_ref())), log);
    circles(document.locations.iter().map(|Location { id, parent, .. }| (id.as_ref(), parent.as_ref())), log);
    circles(document.clauses.iter().map(|clause| (clause.label.as_ref(), clause.parent.as_ref())), log);
}

/// The medium of a source is an actor of that kind.
fn medium(document: &Document, known: &Known, log: &mut Log) {
    let Some(medium) = document.source.as_ref().and_then(|source| source.medium.as_ref()) else { return };
    let own = document.actors.iter().find(|actor| actor.is_introduced && actor.id.as_ref() == Some(medium));
    let actor = own.or_else(|| known.registers.actors.get(medium.as_str()).map(|introduced| &introduced.entry));
    if let Some(kind) = actor.and_then(|actor| actor.kind.as_ref()).filter(|kind| kind.value != Kind::Medium) {
        let message = format!("the actor `{}` is of the kind {}, and the medium of a source is of the kind medium", medium.value, enum_name(&kind.value));
        log.add_with_help(Code::BadValue, &medium.place, message, vec!["leave `medium` out if the issuers published the text themselves".to_owned()]);
    }
}

/// Records an entry that adds more than names to a known one.
fn addition(id: Option<&Text>, log: &mut Log) {
    if let Some(id) = id {
        let message = format!("an entry without `kind` and `name` only adds `aliases` to a known one; `{}` has more", id.value);
        log.add(Code::MissingKey, &id.place, message);
    }
}

/// An id that another statement has introduced stands for that very entry.
fn entry<T: PartialEq>(what: &str, id: Option<&Text>, given: &T, is_introduced: bool, statement: &str, known: &Register<T>, log: &mut Log) {
    let Some(id) = id else { return };
    let there = known.get(id.as_str()).filter(|there| there.statement != statement);
    match there {
        Some(there) if is_introduced && there.entry == *given => {
            let message = format!("the {what} `{}` is introduced by {} already, so that this entry adds nothing", id.value, there.statement);
            log.add_with_help(Code::KnownEntry, &id.place, message, vec!["leave the entry out, and refer to it by its id".to_owned()]);
        }
        Some(there) if is_introduced && there.entry != *given => {
            let message =
                format!("the {what} `{}` is introduced by {} already, and differs; refer to it by its id, or choose another id", id.value, there.statement);
            log.add(Code::CollidingId, &id.place, message);
        }
        None if !is_introduced => {
            let message = format!("no {what} has the id `{}` in the database; a new one needs `kind` and `name`", id.value);
            log.add(Code::UnknownId, &id.place, message);
        }
        _ => {}
    }
}

/// No entry is its own ancestor. A circle is reported once.
fn circles<'d>(entries: impl Iterator<Item = (Option<&'d Text>, Option<&'d Text>)>, log: &mut Log) {
    // Of two entries with one id, which is reported elsewhere, the first counts.
    let mut seen = HashSet::new();
    let firsts = entries.filter_map(|(id, parent)| Some((id?.as_str(), parent))).filter(|(id, _)| seen.insert(*id));
    let parents: HashMap<&str, &Text> = firsts.filter_map(|(id, parent)| Some((id, parent?))).collect();
    let mut done: HashSet<&str> = HashSet::new();
    for start in parents.keys() {
        // The ancestors that are not known to lead to an end.
        let mut chain: Vec<&str> = Vec::new();
        let mut on_chain: HashSet<&str> = HashSet::new();
        let mut at = *start;
        let closing = loop {
            if done.contains(at) {
                break None;
            }
            if !on_chain.insert(at) {
                break Some(at);
            }
            chain.push(at);
            let Some(parent) = parents.get(at) else { break None };
            at = parent.as_str();
        };
        let circle = closing.map(|first| chain.iter().skip_while(move |id| **id != first).min());
        if let Some((id, parent)) = circle.flatten().and_then(|id| Some((id, parents.get(id)?))) {
            log.add(Code::Circle, &parent.place, format!("`{id}` would be its own ancestor"));
        }
        done.extend(chain);
    }
}
