//! Ids that a package has twice.

use std::collections::{HashMap, HashSet};

use crate::{
    corpus::enum_name,
    package::{
        diagnostic::{Code, Log},
        document::{Clause, Document},
        spanned::Text,
    },
};

/// Checks every kind of id.
pub fn check(document: &Document, log: &mut Log) {
    once("actor", document.actors.iter().filter_map(|actor| actor.id.as_ref()), log);
    once("location", document.locations.iter().filter_map(|location| location.id.as_ref()), log);
    once("document", document.documents.iter().filter_map(|document| document.id.as_ref()), log);
    once("clause", document.clauses.iter().filter_map(|clause| clause.label.as_ref()), log);
    once("milestone", document.milestones.iter().filter_map(|milestone| milestone.id.as_ref()), log);
    let developments = document.milestones.iter().flat_map(|milestone| &milestone.developments);
    once("development", developments.filter_map(|development| development.id.as_ref()), log);
    once("issuer", document.issuers.iter(), log);
    for clause in &document.clauses {
        within(clause, log);
    }
    for milestone in &document.milestones {
        for list in [&milestone.clauses, &milestone.conditions, &milestone.actors, &milestone.locations] {
            once("entry", list.iter(), log);
        }
    }
}

/// The ids inside a clause. Those that are left out are numbered, so that a written one may be the same.
fn within(clause: &Clause, log: &mut Log) {
    numbered("date", 'd', clause.dates.iter().map(|date| date.id.as_ref()), log);
    numbered("note", 'n', clause.notes.iter().map(|note| note.id.as_ref()), log);
    for note in &clause.notes {
        once("actor", note.actors.iter(), log);
        once("location", note.locations.iter(), log);
    }
    let mut roles = HashSet::new();
    for entry in &clause.actors {
        if let (Some(id), Some(role)) = (&entry.id, &entry.role)
            && !roles.insert((id.as_str(), enum_name(&role.value)))
        {
            log.add(Code::DuplicateId, &role.place, format!("the actor `{}` has this role in the clause already", id.value));
        }
    }
}

/// Ids that may be left out: the first date is `d1` then.
fn numbered<'d>(what: &str, letter: char, ids: impl Iterator<Item = Option<&'d Text>> + Clone, log: &mut Log) {
    once(what, ids.clone().flatten(), log);
    let written: HashMap<&str, &Text> = ids.clone().flatten().map(|id| (id.as_str(), id)).collect();
    for (at, _) in ids.enumerate().filter(|(_, id)| id.is_none()) {
        let default = format!("{letter}{}", at + 1);
        if let Some(id) = written.get(default.as_str()) {
            log.add(Code::DuplicateId, &id.place, format!("{what} {} of the clause has no `id`, and is `{default}`", at + 1));
        }
    }
}

fn once<'d>(what: &str, ids: impl Iterator<Item = &'d Text>, log: &mut Log) {
    let mut seen: HashMap<String, &Text> = HashMap::new();
    for id in ids {
        match seen.get(&id.value.to_lowercase()) {
            Some(before) if before.value == id.value => log.add(Code::DuplicateId, &id.place, format!("the {what} `{}` is here a second time", id.value)),
            Some(before) => {
                log.add(Code::DuplicateId, &id.place, format!("the {what} `{}` differs from `{}` in upper and lower case only", id.value, before.value));
            }
            None => {
                seen.insert(id.value.to_lowercase(), id);
            }
        }
    }
}
