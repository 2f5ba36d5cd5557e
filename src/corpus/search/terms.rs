//! The items that have each term of a query, by the level at which they have it.

use roaring::{MultiOps, RoaringBitmap};

use crate::corpus::search::{
    postings::{Layer, Postings},
    runs::Runs,
};
use crate::text::{
    matcher::MatchLevel,
    query::{Alternative, By, Group, Query, Term},
};

/// The levels, in the order of rank.
pub const LEVELS: [MatchLevel; 4] = [MatchLevel::Text, MatchLevel::Alias, MatchLevel::LeadIn, MatchLevel::Date];

/// The items that have a required term, or a phrase.
#[derive(Debug)]
pub struct TermSet {
    /// At each of [`LEVELS`], those that have it there or at a better level.
    at: [RoaringBitmap; LEVELS.len()],
}

impl TermSet {
    /// The items that have it at this level or a better one.
    pub const fn at(&self, level: MatchLevel) -> &RoaringBitmap {
        &self.at[level as usize]
    }

    /// The items that have it themselves, not only in the lead-in that introduces them.
    pub fn own(&self) -> RoaringBitmap {
        let dates_only = self.at(MatchLevel::Date) - self.at(MatchLevel::LeadIn);
        self.at(MatchLevel::Alias) | dates_only
    }
}

/// The sets of the required terms and phrases of a query, in order.
pub fn term_sets(query: &Query, postings: &Postings, runs: &Runs) -> Vec<TermSet> {
    let mut sets = Vec::new();
    for group in &query.groups {
        if group.phrase {
            let run = group.stems();
            sets.push(cumulative(|level| match layer(level) {
                Layer::Date => RoaringBitmap::new(),
                layer => runs.any(layer, &run),
            }));
        } else {
            let required = group.terms.iter().enumerate().filter(|(_, term)| term.required);
            sets.extend(required.map(|(at, term)| cumulative(|level| found_at(group, at, term, level, postings, runs))));
        }
    }
    sets
}

/// The clauses of paragraphs that have every required term of a query, of which each may be in another clause.
pub fn paragraph_sets(query: &Query, postings: &Postings) -> Option<RoaringBitmap> {
    let any = |tokens: &[String]| postings.any(Layer::Paragraph, tokens);
    let of_term = |group: &Group, at: usize, term: &Term| {
        let ways = covering(group, at).map(|alternative| match &alternative.by {
            By::Alias(keys) | By::Date(keys) => any(keys),
            By::Words(words) => words.iter().map(|tokens| any(tokens)).intersection(),
        });
        std::iter::once(any(&term.stems)).chain(ways).union()
    };
    let required = query.groups.iter().flat_map(|group| group.terms.iter().enumerate().map(move |(at, term)| (group, at, term)));
    let terms: Vec<RoaringBitmap> = required.filter(|(_, _, term)| term.required).map(|(group, at, term)| of_term(group, at, term)).collect();
    (!terms.is_empty()).then(|| terms.into_iter().intersection())
}

/// The items that have a term at one level.
fn found_at(group: &Group, at: usize, term: &Term, level: MatchLevel, postings: &Postings, runs: &Runs) -> RoaringBitmap {
    let words = |layer: Layer, words: &[Vec<String>]| match words {
        [tokens] => postings.any(layer, tokens),
        run => runs.any(layer, run),
    };
    let ways = covering(group, at).filter_map(|alternative| match (&alternative.by, level) {
        (By::Alias(keys), MatchLevel::Alias | MatchLevel::LeadIn) | (By::Date(keys), MatchLevel::Date) => Some(postings.any(layer(level), keys)),
        // A synonym in the item's own words is another name.
        (By::Words(synonym), MatchLevel::Alias) => Some(words(Layer::Text, synonym)),
        (By::Words(synonym), MatchLevel::LeadIn) => Some(words(Layer::LeadIn, synonym)),
        _ => None,
    });
    let own = (level != MatchLevel::Date).then(|| postings.any(layer(level), &term.stems));
    own.into_iter().chain(ways).union()
}

/// The alternatives that cover a term.
fn covering(group: &Group, at: usize) -> impl Iterator<Item = &Alternative> {
    group.alternatives.iter().filter(move |alternative| (alternative.first..alternative.end).contains(&at))
}

/// The layer whose words are found at a level.
const fn layer(level: MatchLevel) -> Layer {
    match level {
        MatchLevel::Text => Layer::Text,
        MatchLevel::Alias => Layer::Alias,
        MatchLevel::LeadIn => Layer::LeadIn,
        MatchLevel::Date => Layer::Date,
    }
}

fn cumulative(at: impl Fn(MatchLevel) -> RoaringBitmap) -> TermSet {
    let mut all = RoaringBitmap::new();
    TermSet {
        at: LEVELS.map(|level| {
            all |= at(level);
            all.clone()
        }),
    }
}
