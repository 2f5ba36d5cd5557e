//! What somebody may have meant who wrote an id that a register does not have.

use std::collections::{HashMap, HashSet};

use crate::{
    package::{
        document::{Aliases, Bilingual, Document},
        known::{Known, Register},
        nearest::nearest_word,
        spanned::Text,
    },
    text::tokenize::TokenizedText,
};

/// The maximum number of ids that are proposed.
const MAX_PROPOSED: usize = 5;
/// The maximum number of ids of a register that are listed as a whole.
const MAX_LISTED: usize = 12;

/// The ids that a package may refer to in one register, with the names of their entries.
pub struct Entries<'d> {
    /// What the register has: `actor`.
    pub what: &'static str,
    /// The statement of the package.
    pub statement: &'d str,
    /// The ids that the package introduces.
    pub own: HashSet<&'d str>,
    /// The ids that replaced statements introduce in the database, each with its statement.
    pub replaced: HashMap<&'d str, &'d str>,
    /// The statement from which an entry has passed to this one.
    inherited: &'d HashMap<(&'static str, String), String>,
    names: HashMap<&'d str, Vec<&'d str>>,
}

impl<'d> Entries<'d> {
    /// The actors.
    pub fn of_actors(document: &'d Document, known: &'d Known) -> Self {
        let own = document.actors.iter().map(|actor| (actor.id.as_ref(), names(actor.name.as_ref(), &actor.aliases)));
        let known_names = |actor: &'d crate::package::document::Actor| names(actor.name.as_ref(), &actor.aliases);
        Self::new("actor", document, known, own, (&known.registers.actors, &known.replaced.actors), known_names)
    }

    /// The locations.
    pub fn of_locations(document: &'d Document, known: &'d Known) -> Self {
        let own = document.locations.iter().map(|location| (location.id.as_ref(), names(location.name.as_ref(), &location.aliases)));
        let known_names = |location: &'d crate::package::document::Location| names(location.name.as_ref(), &location.aliases);
        Self::new("location", document, known, own, (&known.registers.locations, &known.replaced.locations), known_names)
    }

    /// The documents.
    pub fn of_documents(document: &'d Document, known: &'d Known) -> Self {
        let title = |title: Option<&'d Bilingual>| title.map(|title| vec![title.value.ar.as_str(), title.value.en.as_str()]).unwrap_or_default();
        let own = document.documents.iter().map(|cited| (cited.id.as_ref(), title(cited.title.as_ref())));
        let known_names = |cited: &'d crate::package::document::CitedDocument| title(cited.title.as_ref());
        Self::new("document", document, known, own, (&known.registers.documents, &known.replaced.documents), known_names)
    }

    /// What an earlier edition of the statement had goes with that edition.
    fn new<T>(
        what: &'static str,
        document: &'d Document,
        known: &'d Known,
        own: impl Iterator<Item = (Option<&'d Text>, Vec<&'d str>)>,
        (entries, replaced): (&'d Register<T>, &'d Register<T>),
        names_of: impl Fn(&'d T) -> Vec<&'d str>,
    ) -> Self {
        let statement = document.id();
        let own: HashMap<&str, Vec<&str>> = own.filter_map(|(id, names)| Some((id?.as_str(), names))).collect();
        let others = entries.iter().filter(|(_, introduced)| introduced.statement != statement);
        let mut names: HashMap<&str, Vec<&str>> = others.map(|(id, introduced)| (id.as_str(), names_of(&introduced.entry))).collect();
        let ids = own.keys().copied().collect();
        names.extend(own);
        let replaced = replaced.iter().map(|(id, introduced)| (id.as_str(), introduced.statement.as_str())).collect();
        Self { what, statement, own: ids, replaced, inherited: &known.inherited, names }
    }

    /// Whether the package may refer to an id.
    pub fn has(&self, id: &str) -> bool {
        self.names.contains_key(id)
    }
}

fn names<'d>(name: Option<&'d Bilingual>, aliases: &'d Aliases) -> Vec<&'d str> {
    let names = name.into_iter().flat_map(|name| [name.value.ar.as_str(), name.value.en.as_str()]);
    names.chain(aliases.ar.iter().chain(&aliases.en).map(Text::as_str)).collect()
}

/// What to do about an id that the register does not have.
pub fn help(id: &str, entries: &Entries<'_>) -> Vec<String> {
    let what = entries.what;
    if entries.replaced.get(id).is_some_and(|owner| *owner == entries.statement) {
        let from = entries.inherited.get(&(what, id.to_owned())).map(|from| format!("it passed to this statement when {from} was withdrawn; "));
        return vec![format!("{}introduce it under `{what}s`, as `bayan export {}` writes it", from.unwrap_or_default(), entries.statement)];
    }
    let near = proposals(id, entries);
    let proposal = match &near[..] {
        [] => String::new(),
        [one] => format!("did you mean `{one}`?"),
        several => format!("did you mean one of `{}`?", several.join("`, `")),
    };
    let introduce = format!("introduce a new one under `{what}s`, or check this together with the package that introduces it");
    vec![proposal, introduce, elsewhere(entries)]
}

/// Where all ids of the register can be seen.
fn elsewhere(entries: &Entries<'_>) -> String {
    let mut ids: Vec<&str> = entries.names.keys().copied().collect();
    ids.sort_unstable();
    match (entries.what, ids.len()) {
        (_, 0) => String::new(),
        (what, 1..=MAX_LISTED) => format!("the {what}s that there are: {}", ids.join(", ")),
        ("document", count) => format!("there are {count} documents: `bayan export` writes them, under `documents` of their statements"),
        (what, count) => format!("there are {count} {what}s: a running service lists them at /v1/{what}s"),
    }
}

/// The ids that are spelled alike, that have the words as a name, or that have most words in common; the likeliest first.
fn proposals<'d>(id: &str, entries: &Entries<'d>) -> Vec<&'d str> {
    let mut ids: Vec<&'d str> = entries.names.keys().copied().collect();
    ids.sort_unstable();
    let wanted = keys(id);
    let is_named = |own: &&&'d str| entries.names.get(**own).is_some_and(|names| names.iter().any(|name| !wanted.is_empty() && keys(name) == wanted));
    let mut found: Vec<&'d str> = ids.iter().filter(is_named).copied().collect();
    found.extend(nearest_word(id, ids.iter().copied()).into_iter().filter_map(|near| ids.iter().find(|own| **own == near)));
    let mut alike: Vec<(usize, &'d str)> = ids.iter().map(|own| (common(&wanted, &keys(own)), *own)).collect();
    // Half of the words, and more than one of them or the only one.
    alike.retain(|(common, own)| *common > 0 && *common * 2 >= wanted.len().min(keys(own).len()) && (*common > 1 || wanted.len() == 1));
    alike.sort_by_key(|(common, own)| (std::cmp::Reverse(*common), *own));
    found.extend(alike.into_iter().map(|(_, own)| own));
    let mut seen = HashSet::new();
    found.retain(|own| seen.insert(*own));
    found.truncate(MAX_PROPOSED);
    found
}

/// The words of an id or of a name, as they are compared: Arabic ones without their article.
fn keys(words: &str) -> Vec<String> {
    let tokens = TokenizedText::new(&words.replace('-', " ")).tokens;
    tokens.into_iter().map(|token| token.careless_key.strip_prefix("ال").map_or(token.careless_key.clone(), str::to_owned)).collect()
}

fn common(one: &[String], other: &[String]) -> usize {
    one.iter().filter(|word| other.contains(word)).count()
}
