//! Finds the actors and the places of the registers in a text, with the particles that are written with them.

use std::{collections::HashMap, ops::Range};

use crate::{
    corpus::{actors, locations},
    package::{document::Aliases, known::Known},
    text::{
        Language,
        function_words::is_function_word,
        normalize::is_arabic,
        particles::bare_forms,
        tokenize::{Token, TokenizedText, folded_marks},
    },
};

/// The maximum number of letters of a name that may be written with full stops.
const MAX_DOTTED: usize = 4;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Register {
    /// An actor.
    Actor,
    /// A location.
    Location,
}

/// A name of an entry.
#[derive(Debug)]
struct Name {
    register: Register,
    id: String,
    /// Its words after the first, by their keys.
    rest: Vec<String>,
    /// It is written in capitals: US, IS.
    capitals: bool,
    /// It is written with full stops: U.S.
    dotted: bool,
    nature: Nature,
}

/// What the words around a name may make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nature {
    /// A state: its name is never a part of a longer description.
    State,
    /// A city: newspapers and airports are named after it.
    City,
    /// A person: many have the adjective of a place as a name.
    Person,
    /// Anything else.
    Other,
}

/// A mention: words that name an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its words.
    pub tokens: Range<usize>,
    /// What it names.
    pub register: Register,
    /// The ids that the registers have for these words; mostly one.
    pub ids: Vec<String>,
}

/// The names of the registers in one language, by their first words.
#[derive(Debug, Default)]
pub struct Names {
    by_first_word: HashMap<String, Vec<Name>>,
    /// The words of the longest name.
    longest: usize,
}

impl Names {
    /// The names that a text may have. Unnamed sources, and places that are described and not named ("an alternative site"), are
    /// those of one statement.
    #[must_use]
    pub fn new(known: &Known, language: Language) -> Self {
        let mut names = Self::default();
        for (id, introduced) in &known.registers.actors {
            let actor = &introduced.entry;
            let Some(kind) = actor.kind.as_ref().map(|kind| kind.value).filter(|kind| *kind != actors::Kind::UnnamedSource) else { continue };
            let nature = match kind {
                actors::Kind::State => Nature::State,
                actors::Kind::Person => Nature::Person,
                _ => Nature::Other,
            };
            let texts = actor.name.iter().map(|name| name.value.of(language)).chain(other_names(&actor.aliases, language));
            texts.for_each(|text| names.add(text, Register::Actor, id, nature));
        }
        for (id, introduced) in &known.registers.locations {
            let location = &introduced.entry;
            let Some(kind) = location.kind.as_ref().map(|kind| kind.value) else { continue };
            let is_described = location.name.as_ref().is_some_and(|name| ["A ", "An "].iter().any(|article| name.value.en.starts_with(article)));
            if is_described {
                continue;
            }
            let nature = match kind {
                locations::Kind::Country => Nature::State,
                locations::Kind::City => Nature::City,
                _ => Nature::Other,
            };
            let texts = location.name.iter().map(|name| name.value.of(language)).chain(other_names(&location.aliases, language));
            texts.for_each(|text| names.add(text, Register::Location, id, nature));
        }
        names
    }

    fn add(&mut self, text: &str, register: Register, id: &str, nature: Nature) {
        let tokens = TokenizedText::new(text).tokens;
        let capitals = tokens.len() == 1 && !text.chars().any(char::is_lowercase) && text.chars().any(char::is_uppercase);
        // "The region" is named by "region" with its article, and never without it.
        let mut keys = tokens.into_iter().map(|token| token.key).skip_while(|key| key == "the");
        let Some(first) = keys.next() else { return };
        let rest: Vec<String> = keys.collect();
        let is_ordinary = rest.is_empty() && !capitals && (is_function_word(&first) || text.starts_with("The "));
        if is_ordinary {
            return;
        }
        if capitals && first.is_ascii() && first.len() <= MAX_DOTTED {
            let letters = first.chars().map(String::from);
            let dotted = Name { register, id: id.to_owned(), rest: letters.skip(1).collect(), capitals, dotted: true, nature };
            self.by_first_word.entry(first[..1].to_owned()).or_default().push(dotted);
        }
        self.longest = self.longest.max(rest.len() + 1);
        self.by_first_word.entry(first).or_default().push(Name { register, id: id.to_owned(), rest, capitals, dotted: false, nature });
    }

    /// The mentions in a paragraph, in order. A name inside a longer one is a mention of its own, unless both name the same.
    #[must_use]
    pub fn mentions(&self, text: &TokenizedText) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        for at in 0..text.tokens.len() {
            let forms = bare_forms(&text.tokens[at].key);
            let mut here: Vec<(&Name, usize)> =
                forms.iter().filter_map(|form| self.by_first_word.get(form)).flatten().filter_map(|name| Some((name, end_of(name, text, at)?))).collect();
            here.sort_by(|(one, end), (other, other_end)| other_end.cmp(end).then(one.register.cmp(&other.register)).then(one.id.cmp(&other.id)));
            // Only the mentions that begin shortly before may reach over this word.
            let near = found.partition_point(|mention| mention.tokens.start + self.longest <= at);
            let longest: Vec<usize> = here.iter().map(|(_, end)| *end).collect();
            for end in longest {
                let names: Vec<&Name> =
                    here.iter().filter(|(name, other)| *other == end && !is_head(name, text, &found[near..], at..end)).map(|(name, _)| *name).collect();
                if names.is_empty() {
                    continue;
                }
                // A name whose beginning is another name of the same is not two mentions.
                let around: Vec<&Mention> = found[near..].iter().filter(|outer| outer.tokens.start <= at && outer.tokens.end >= end).collect();
                let is_same = |name: &&Name| around.iter().any(|outer| outer.ids.contains(&name.id));
                if names.iter().any(is_same) {
                    continue;
                }
                let in_place = around.iter().any(|outer| outer.register == Register::Location) || is_in_place(text, at);
                let has = |register| names.iter().any(|name| name.register == register);
                let register = match (has(Register::Actor), has(Register::Location)) {
                    (true, true) if in_place => Register::Location,
                    (true, _) => Register::Actor,
                    _ => Register::Location,
                };
                let mut ids: Vec<String> = names.iter().filter(|name| name.register == register).map(|name| name.id.clone()).collect();
                ids.sort();
                ids.dedup();
                found.push(Mention { tokens: at..end, register, ids });
            }
        }
        found
    }
}

fn other_names(aliases: &Aliases, language: Language) -> impl Iterator<Item = &str> {
    let names = if language == Language::Ar { &aliases.ar } else { &aliases.en };
    names.iter().map(|name| name.value.as_str())
}

/// The token after a name that begins here; `None` if it does not, or is a part of a longer name.
fn end_of(name: &Name, text: &TokenizedText, at: usize) -> Option<usize> {
    let end = at + 1 + name.rest.len();
    let words = text.tokens.get(at + 1..end)?;
    let is_here = words.iter().zip(&name.rest).all(|(word, key)| word.key == *key);
    // A sentence does not end inside a name; `Washington, D.C.` has a comma.
    let is_whole = (at + 1..end).all(|at| if name.dotted { text.gap(at) == ['.'] } else { !folded_marks(text.gap(at)).contains([';', ':', '!', '?']) });
    (is_here && is_whole && !is_part_of_longer(name, text, at..end)).then_some(end)
}

/// Whether the words around a name make it another one: the Arab Coalition, التحالف العربي, the Washington Post.
fn is_part_of_longer(name: &Name, text: &TokenizedText, tokens: Range<usize>) -> bool {
    let written = |at: usize| text.slice(text.tokens[at].start..text.tokens[at].end);
    let first = written(tokens.start);
    if first.chars().next().is_some_and(|char| char.is_ascii()) {
        if name.dotted {
            return tokens.clone().any(|at| written(at).chars().any(char::is_lowercase));
        }
        if name.capitals && first.chars().any(char::is_lowercase) {
            return true;
        }
        let is_capital = |at: usize| written(at).chars().next().is_some_and(char::is_uppercase);
        let joins = |at: usize| at < text.tokens.len() && text.gap(at).iter().all(|char| *char == ' ');
        if !name.rest.is_empty() {
            return false;
        }
        let after = joins(tokens.end) && is_capital(tokens.end) && !is_function_word(&text.tokens[tokens.end].key);
        let before = tokens.start > 1
            && joins(tokens.start)
            && is_capital(tokens.start - 1)
            && !is_function_word(&text.tokens[tokens.start - 1].key)
            && !begins_sentence(text, tokens.start - 1);
        return !is_capital(tokens.start) || (name.nature == Nature::City && after) || (name.nature == Nature::Other && (before || after));
    }
    // السوداني is a name, and an adjective after a noun with the article; رئيس الوزراء السوداني is either.
    let before = tokens.start.checked_sub(1).map(|before| text.tokens[before].key.as_str()).filter(|_| text.gap(tokens.start).iter().all(|char| *char == ' '));
    if name.nature == Nature::Person && name.rest.is_empty() {
        return is_adjective(&text.tokens[tokens.start].key) && before.is_some_and(|before| bare_forms(before).iter().any(|form| form.starts_with("ال")));
    }
    // An adjective with the article agrees in gender with the noun before it.
    let next = text.tokens.get(tokens.end).filter(|_| text.gap(tokens.end).iter().all(|char| *char == ' '));
    let feminine = |token: &Token| token.key.ends_with('ه') || token.key.ends_with("اء");
    let is_relative = |token: &Token| matches!(token.key.as_str(), "الذي" | "التي" | "الذين" | "اللذين" | "اللتين");
    let noun = &text.tokens[tokens.end - 1];
    name.rest.is_empty()
        && name.nature == Nature::Other
        && next.is_some_and(|next| {
            next.key.starts_with("ال") && !is_relative(next) && !is_function_word(&next.key) && !is_plural(&next.key) && feminine(next) == feminine(noun)
        })
}

/// Whether a word is a sound plural, which is no adjective of a singular noun.
fn is_plural(key: &str) -> bool {
    ["ين", "ون", "ات"].iter().any(|ending| key.ends_with(ending))
}

/// Whether a word with the article can be a relative adjective: الدولي, العربية. Others are mostly nouns or participles.
fn is_adjective(key: &str) -> bool {
    key.ends_with('ي') || key.ends_with("يه")
}

/// Whether a noun is only the head of a longer name: the region in "the Green Region". The head of an Arabic name is its first
/// word, that of an English one mostly its last.
fn is_head(name: &Name, text: &TokenizedText, found: &[Mention], tokens: Range<usize>) -> bool {
    let is_arabic = text.tokens[tokens.start].letters.first().is_some_and(|letter| is_arabic(letter.char));
    let has_of = |outer: &Range<usize>| text.tokens[outer.clone()].iter().any(|token| matches!(token.key.as_str(), "of" | "to" | "in" | "for"));
    let is_head_of = |outer: &Range<usize>| {
        *outer != tokens && if is_arabic { outer.start == tokens.start } else { outer.end == tokens.end && outer.start < tokens.start && !has_of(outer) }
    };
    name.nature == Nature::Other && found.iter().any(|outer| is_head_of(&outer.tokens))
}

fn begins_sentence(text: &TokenizedText, at: usize) -> bool {
    at == 0 || folded_marks(text.gap(at)).contains(['.', '!', '?', ':', ';']) || text.gap(at).iter().any(|char| matches!(char, '“' | '"' | '«'))
}

/// Whether the words before a name say where something is.
fn is_in_place(text: &TokenizedText, at: usize) -> bool {
    const BEFORE: [&str; 26] = [
        "في",
        "داخل",
        "عبر",
        "خارج",
        "اراضي",
        "ارض",
        "شمال",
        "جنوب",
        "شرق",
        "غرب",
        "وسط",
        "شمالي",
        "جنوبي",
        "شرقي",
        "غربي",
        "in",
        "inside",
        "within",
        "across",
        "throughout",
        "into",
        "outside",
        "northern",
        "southern",
        "eastern",
        "western",
    ];
    let with_particle = text.tokens[at].key.starts_with("بال");
    let before = (0..at).rev().map(|at| text.tokens[at].key.as_str()).find(|key| *key != "the");
    with_particle || before.is_some_and(|before| bare_forms(before).iter().any(|form| BEFORE.contains(&form.as_str())))
}
