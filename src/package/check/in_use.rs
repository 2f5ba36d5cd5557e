//! Entries of registers that an edition no longer introduces although other statements use them.

use std::collections::HashSet;

use crate::package::{
    diagnostic::{Code, Log},
    document::Document,
    known::Known,
    spanned::Text,
};

/// Checks that every entry of the earlier edition that others use is still there.
pub fn check(document: &Document, known: &Known, log: &mut Log) {
    // The entries of a withdrawn statement pass to those that use them.
    let Some(in_use) = known.in_use.get(document.id()).filter(|_| document.withdrawn.is_none()) else { return };
    let actors = document.actors.iter().filter(|actor| actor.is_introduced).map(|actor| ("actor", actor.id.as_ref()));
    let locations = document.locations.iter().filter(|location| location.is_introduced).map(|location| ("location", location.id.as_ref()));
    let documents = document.documents.iter().map(|cited| ("document", cited.id.as_ref()));
    let own: HashSet<(&str, &str)> = actors.chain(locations).chain(documents).filter_map(|(register, id)| Some((register, id.map(Text::as_str)?))).collect();
    // Another package of the run may introduce it from now on.
    let is_elsewhere = |register: &str, id: &str| match register {
        "actor" => known.registers.actors.get(id).is_some_and(|there| there.statement != document.id()),
        "location" => known.registers.locations.get(id).is_some_and(|there| there.statement != document.id()),
        _ => known.registers.documents.get(id).is_some_and(|there| there.statement != document.id()),
    };
    for entry in in_use.iter().filter(|entry| !own.contains(&(entry.register, entry.id.as_str())) && !is_elsewhere(entry.register, &entry.id)) {
        let (register, id, user) = (entry.register, &entry.id, &entry.user);
        let from = known.inherited.get(&(register, id.clone())).map(|from| format!(", to which it passed when {from} was withdrawn"));
        let from = from.unwrap_or_default();
        let message = format!("the {register} `{id}` is introduced by the published edition of this statement{from}, and no longer here; {user} uses it");
        let help = vec![
            format!("introduce it under `{register}s`, as `bayan export {}` writes it", document.id()),
            format!("or import together with this a package of {user} that introduces it, or no longer uses it"),
        ];
        let place = document.id.as_ref().map_or(document.head(), |id| &id.place);
        log.add_with_help(Code::EntryInUse, place, message, help);
    }
}
