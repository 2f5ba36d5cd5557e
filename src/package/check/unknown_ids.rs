//! What somebody may have meant who wrote an id that a register does not have.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::{
    package::{
        document::{Actor, Aliases, Bilingual, CitedDocument, Document, Location},
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

/// The entries that a package may refer to in one register. A run checks thousands of packages against the same ones: they are looked
/// up, and gone through only for an id that is not there.
pub struct Entries<'d, T> {
    /// What the register has: `actor`.
    pub what: &'static str,
    /// The statement of the package.
    pub statement: &'d str,
    /// The ids that the package introduces, with the names of their entries.
    own: HashMap<&'d str, Vec<&'d str>>,
    /// What the database has, and the other packages of the run.
    known: &'d Register<T>,
    /// What the database has from statements that are replaced.
    replaced: &'d Register<T>,
    /// The statement from which an entry has passed to this one.
    inherited: &'d HashMap<(&'static str, String), String>,
    names_of: fn(&T) -> Vec<&str>,
}

impl<'d> Entries<'d, Actor> {
    /// The actors.
    pub fn of_actors(document: &'d Document, known: &'d Known) -> Self {
        let own = document.actors.iter().map(|actor| (actor.id.as_ref(), names_of_actor(actor)));
        Self::new("actor", document, known, own, (&known.registers.actors, &known.replaced.actors), names_of_actor)
    }
}

impl<'d> Entries<'d, Location> {
    /// The locations.
    pub fn of_locations(document: &'d Document, known: &'d Known) -> Self {
        let own = document.locations.iter().map(|location| (location.id.as_ref(), names_of_location(location)));
        Self::new("location", document, known, own, (&known.registers.locations, &known.replaced.locations), names_of_location)
    }
}

impl<'d> Entries<'d, CitedDocument> {
    /// The documents.
    pub fn of_documents(document: &'d Document, known: &'d Known) -> Self {
        let own = document.documents.iter().map(|cited| (cited.id.as_ref(), names_of_document(cited)));
        Self::new("document", document, known, own, (&known.registers.documents, &known.replaced.documents), names_of_document)
    }
}

impl<'d, T> Entries<'d, T> {
    fn new(
        what: &'static str,
        document: &'d Document,
        known: &'d Known,
        own: impl Iterator<Item = (Option<&'d Text>, Vec<&'d str>)>,
        (entries, replaced): (&'d Register<T>, &'d Register<T>),
        names_of: fn(&T) -> Vec<&str>,
    ) -> Self {
        let own = own.filter_map(|(id, names)| Some((id?.as_str(), names))).collect();
        Self { what, statement: document.id(), own, known: entries, replaced, inherited: &known.inherited, names_of }
    }

    /// Whether the package may refer to an id. What an earlier edition of the statement had goes with that edition.
    pub fn has(&self, id: &str) -> bool {
        self.own.contains_key(id) || self.known.get(id).is_some_and(|known| known.statement != self.statement)
    }

    /// The ids that the package introduces.
    pub fn own(&self) -> impl Iterator<Item = &'d str> {
        self.own.keys().copied()
    }

    /// The replaced statement that introduces an id in the database.
    pub fn replaced(&self, id: &str) -> Option<&'d str> {
        self.replaced.get(id).map(|introduced| introduced.statement.as_str())
    }

    /// All ids that the package may refer to, sorted, with the names of their entries.
    fn all(&self) -> BTreeMap<&'d str, Vec<&'d str>> {
        let others = self.known.iter().filter(|(_, known)| known.statement != self.statement);
        let mut all: BTreeMap<&str, Vec<&str>> = others.map(|(id, known)| (id.as_str(), (self.names_of)(&known.entry))).collect();
        all.extend(self.own.iter().map(|(id, names)| (*id, names.clone())));
        all
    }
}

fn names_of_actor(actor: &Actor) -> Vec<&str> {
    names(actor.name.as_ref(), &actor.aliases)
}

fn names_of_location(location: &Location) -> Vec<&str> {
    names(location.name.as_ref(), &location.aliases)
}

fn names_of_document(cited: &CitedDocument) -> Vec<&str> {
    cited.title.iter().flat_map(|title| [title.value.ar.as_str(), title.value.en.as_str()]).collect()
}

fn names<'d>(name: Option<&'d Bilingual>, aliases: &'d Aliases) -> Vec<&'d str> {
    let names = name.into_iter().flat_map(|name| [name.value.ar.as_str(), name.value.en.as_str()]);
    names.chain(aliases.ar.iter().chain(&aliases.en).map(Text::as_str)).collect()
}

/// What to do about an id that the register does not have.
pub fn help<T>(id: &str, entries: &Entries<'_, T>) -> Vec<String> {
    let what = entries.what;
    if entries.replaced(id).is_some_and(|owner| owner == entries.statement) {
        let from = entries.inherited.get(&(what, id.to_owned())).map(|from| format!("it passed to this statement when {from} was withdrawn; "));
        return vec![format!("{}introduce it under `{what}s`, as `bayan export {}` writes it", from.unwrap_or_default(), entries.statement)];
    }
    let all = entries.all();
    let near = proposals(id, &all);
    let proposal = match &near[..] {
        [] => String::new(),
        [one] => format!("did you mean `{one}`?"),
        several => format!("did you mean one of `{}`?", several.join("`, `")),
    };
    let introduce = format!("introduce a new one under `{what}s`, or check this together with the package that introduces it");
    vec![proposal, introduce, elsewhere(what, &all)]
}

/// Where all ids of the register can be seen.
fn elsewhere(what: &str, all: &BTreeMap<&str, Vec<&str>>) -> String {
    match (what, all.len()) {
        (_, 0) => String::new(),
        (what, 1..=MAX_LISTED) => format!("the {what}s that there are: {}", all.keys().copied().collect::<Vec<_>>().join(", ")),
        ("document", count) => format!("there are {count} documents: `bayan export` writes them, under `documents` of their statements"),
        (what, count) => format!("there are {count} {what}s: a running service lists them at /v1/{what}s"),
    }
}

/// The ids that are spelled alike, that have the words as a name, or that have most words in common; the likeliest first.
fn proposals<'d>(id: &str, all: &BTreeMap<&'d str, Vec<&'d str>>) -> Vec<&'d str> {
    let wanted = keys(id);
    let is_named = |names: &[&str]| names.iter().any(|name| !wanted.is_empty() && keys(name) == wanted);
    let mut found: Vec<&'d str> = all.iter().filter(|(_, names)| is_named(names)).map(|(own, _)| *own).collect();
    found.extend(nearest_word(id, all.keys().copied()).into_iter().filter_map(|near| all.keys().find(|own| **own == near)));
    let mut alike: Vec<(usize, &'d str)> = all.keys().map(|own| (common(&wanted, &keys(own)), *own)).collect();
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
