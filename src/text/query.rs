//! Queries, parsed from the text of the user.
//!
//! All terms must be found, in any order; `"…"` is a phrase, whose words follow each other. There are no other operators, so
//! that no query is a syntax error. Beside its own forms, a term can be found by an alternative that covers it: another
//! name of the same thing, a listed synonym, or a date.

use std::collections::BTreeSet;

use crate::text::{
    alias_key::{MAX_NAME_WORDS, alias_keys},
    calendar::{self, DateWord},
    date_keys::{month_name_key, named_dates},
    lexicon,
    synonyms::synonyms,
    units::{Unit, units},
    words::{Word, tokenize},
};

/// The maximum number of words in a query.
pub const MAX_QUERY_WORDS: usize = 40;

/// A query: groups that must all be found.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// In the order in which they were typed.
    pub groups: Vec<Group>,
}

/// Words that were typed together.
#[derive(Clone, Debug)]
pub struct Group {
    /// The terms; never empty.
    pub terms: Vec<Term>,
    /// Whether they must follow each other.
    pub phrase: bool,
    /// The alternatives of the terms; empty for a phrase, which only its own words match.
    pub alternatives: Vec<Alternative>,
}

impl Group {
    /// The tokens of each of its terms.
    #[must_use]
    pub fn stems(&self) -> Vec<Vec<String>> {
        self.terms.iter().map(|term| term.stems.clone()).collect()
    }
}

/// A word of a query, or the words of a number.
#[derive(Clone, Debug)]
pub struct Term {
    /// The tokens that it is found by.
    pub stems: Vec<String>,
    /// Whether it must be found: a function word among others is optional.
    pub required: bool,
}

/// An alternative for some terms as a whole.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// The first of the terms.
    pub first: usize,
    /// The term after the last.
    pub end: usize,
    /// How they are found.
    pub by: By,
}

/// How terms are found other than by their own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// By an alias in the index: one of these keys.
    Alias(Vec<String>),
    /// By words with these stems, one after the other.
    Words(Vec<Vec<String>>),
    /// By a date: one of these keys.
    Date(Vec<String>),
}

/// The query has too many words.
#[derive(Debug, thiserror::Error)]
#[error("at most {MAX_QUERY_WORDS} words")]
pub struct QueryTooLong;

impl Query {
    /// Parses a query.
    ///
    /// # Errors
    /// When it has more than [`MAX_QUERY_WORDS`] words.
    pub fn parse(text: &str) -> Result<Self, QueryTooLong> {
        let (mut groups, mut count) = (Vec::new(), 0);
        for (part, phrase) in split_phrases(text) {
            let mut words = tokenize(part);
            count += words.len();
            if count > MAX_QUERY_WORDS {
                return Err(QueryTooLong);
            }
            ignore_capitals_of_shouting(&mut words);
            let units = units(&words);
            if !units.is_empty() {
                let phrase = phrase && units.len() > 1;
                let alternatives = if phrase { Vec::new() } else { alternatives(&words, &units, part) };
                let term = |unit: &Unit<'_>| Term { stems: unit.query_stems(), required: phrase || !is_light(unit) };
                groups.push(Group { terms: units.iter().map(term).collect(), phrase, alternatives });
            }
        }
        let mut terms = groups.iter_mut().flat_map(|group: &mut Group| &mut group.terms);
        if !terms.any(|term| term.required) {
            groups.iter_mut().flat_map(|group| &mut group.terms).for_each(|term| term.required = true);
        }
        Ok(Self { groups })
    }

    /// All tokens that it may be found by.
    #[must_use]
    pub fn tokens(&self) -> BTreeSet<&str> {
        let stems = self.groups.iter().flat_map(|group| &group.terms).flat_map(|term| &term.stems);
        let synonyms = self.groups.iter().flat_map(|group| &group.alternatives).flat_map(|alternative| match &alternative.by {
            By::Words(words) => words.as_slice(),
            By::Alias(_) | By::Date(_) => &[],
        });
        stems.chain(synonyms.flatten()).map(String::as_str).chain(self.keys()).collect()
    }

    /// The keys of aliases and dates in it.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.groups
            .iter()
            .flat_map(|group| &group.alternatives)
            .flat_map(|alternative| match &alternative.by {
                By::Alias(keys) | By::Date(keys) => keys.as_slice(),
                By::Words(_) => &[],
            })
            .map(String::as_str)
    }

    /// Retains only the keys that are indexed, so that the number of index lookups does not depend on the query text.
    #[must_use]
    pub fn retain_keys(mut self, is_indexed: impl Fn(&str) -> bool) -> Self {
        for group in &mut self.groups {
            group.alternatives.retain_mut(|alternative| match &mut alternative.by {
                By::Alias(keys) | By::Date(keys) => {
                    keys.retain(|key| is_indexed(key));
                    !keys.is_empty()
                }
                By::Words(_) => true,
            });
        }
        self
    }

    /// Whether it is one date and nothing else, so that its words have no meaning one by one.
    #[must_use]
    pub fn is_date(&self) -> bool {
        let [Group { phrase: false, terms, alternatives }] = self.groups.as_slice() else { return false };
        let is_whole = |alternative: &Alternative| matches!(alternative.by, By::Date(_)) && (alternative.first, alternative.end) == (0, terms.len());
        terms.len() > 1 && alternatives.iter().any(is_whole)
    }

    /// Whether the order of words matters.
    #[must_use]
    pub fn has_order(&self) -> bool {
        let several = |alternative: &Alternative| matches!(&alternative.by, By::Words(words) if words.len() > 1);
        self.groups.iter().any(|group| group.phrase || group.alternatives.iter().any(several))
    }
}

/// The alternatives of units.
fn alternatives(words: &[Word], units: &[Unit<'_>], text: &str) -> Vec<Alternative> {
    let mut alternatives = Vec::new();
    for first in 0..units.len() {
        for end in first + 1..=units.len().min(first + MAX_NAME_WORDS) {
            alternatives.push(Alternative { first, end, by: By::Alias(alias_keys(&units[first..end])) });
        }
        for (synonym, length) in synonyms(&units[first..]) {
            for found in &synonym.found {
                let end = first + length;
                alternatives.push(Alternative { first, end, by: By::Words(found.words.clone()) });
                alternatives.push(Alternative { first, end, by: By::Alias(vec![found.key.clone()]) });
            }
        }
    }
    // From words to units: a number in several words is one unit.
    let unit_at = |word: usize| {
        units
            .iter()
            .scan(0, |end, unit| {
                *end += unit.words.len();
                Some(*end)
            })
            .position(|end| word < end)
            .unwrap_or(units.len())
    };
    for at in 0..words.len() {
        if let Some((DateWord::Month(month), length)) = calendar::read(&words[at..]) {
            alternatives.push(Alternative { first: unit_at(at), end: unit_at(at + length - 1) + 1, by: By::Date(vec![month_name_key(month)]) });
        }
    }
    for date in named_dates(words, text) {
        alternatives.push(Alternative { first: unit_at(date.first), end: unit_at(date.end - 1) + 1, by: By::Date(date.keys) });
    }
    alternatives
}

/// Ignores capitals in a query that has only capitals, where they do not mark names: IRAQ IS A MEMBER.
fn ignore_capitals_of_shouting(words: &mut [Word]) {
    let is_latin = |word: &Word| word.letters.iter().any(|letter| letter.char.is_ascii_alphabetic());
    let latin = words.iter().filter(|word| is_latin(word));
    if latin.clone().count() > 1 && latin.clone().all(|word| word.capitals) {
        for word in words {
            word.capitals = false;
        }
    }
}

/// Whether this is a function word that is optional among others.
fn is_light(unit: &Unit<'_>) -> bool {
    unit.words.iter().all(|word| !word.capitals_name() && lexicon::is_light(&crate::text::fold::fold(&word.letters).into_iter().collect::<String>()))
}

/// The query text, split at its quotation marks; the last phrase may lack its closing mark.
fn split_phrases(text: &str) -> impl Iterator<Item = (&str, bool)> {
    text.split(['"', '“', '”', '«', '»', '„', '‟', '＂']).enumerate().map(|(number, part)| (part, number % 2 == 1))
}
