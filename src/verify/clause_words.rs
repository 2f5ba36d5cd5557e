//! The clauses of a passage: which words each has, what it belongs to, and whom it names.

use std::ops::Range;

use crate::{
    corpus::{Day, Slug, clauses::Clause},
    verify::record::{Record, range},
};

/// A clause or a lead-in of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseWords {
    /// Its range in the passage: code points where it is made, words once the passage has it.
    pub range: Range<usize>,
    /// The clause that it belongs to, by its number.
    pub parent: Option<usize>,
    /// The number of its sentence in the source.
    pub sentence: usize,
    /// The actors and the locations that it names (ids).
    pub named: Vec<Slug>,
    /// How many actors have a role in it.
    pub actors: usize,
    /// The first and last days of its dates.
    pub days: Vec<Day>,
}

/// A part of a passage: the clause that it is, or none for a lead-in; its first code point in the source; its code points in
/// the passage.
pub type Part<'r> = (Option<&'r Clause>, usize, Range<usize>);

/// The clauses and lead-ins of a passage, in its order. No part contains another.
#[must_use]
pub fn clause_words(record: &Record, parts: &[Part<'_>]) -> Vec<ClauseWords> {
    let contains = |outer: &Clause, inner: &Clause| outer.quote.start <= inner.quote.start && inner.quote.end <= outer.quote.end;
    let number = |id: &Slug| {
        let wanted = record.clauses.iter().find(|clause| clause.id == *id)?;
        parts.iter().position(|(clause, ..)| clause.is_some_and(|clause| contains(clause, wanted)))
    };
    let words = |at: usize| {
        let (clause, start, chars) = &parts[at];
        let mut new = ClauseWords { range: chars.clone(), parent: None, sentence: record.sentence_at(*start), named: Vec::new(), actors: 0, days: Vec::new() };
        if let Some(clause) = clause {
            new.parent = clause.parent.as_ref().and_then(&number).filter(|parent| *parent != at);
            new.named = clause.actors.iter().map(|role| &role.id).chain(clause.locations.iter().map(|location| &location.id)).cloned().collect();
            new.actors = clause.actors.len();
            new.days = clause.dates.iter().flat_map(|date| [date.date.earliest, date.date.latest]).flatten().collect();
        }
        new
    };
    (0..parts.len()).map(words).collect()
}

/// The parts of the source: its outer clauses and its lead-ins, in reading order.
#[must_use]
pub fn source_parts(record: &Record) -> Vec<Part<'_>> {
    let clauses = record.outer_clauses().map(|(_, clause)| (Some(clause), range(&clause.quote)));
    let lead_ins = record.lead_ins.iter().map(|lead_in| (None, range(&lead_in.quote)));
    let mut parts: Vec<Part<'_>> = clauses.chain(lead_ins).map(|(clause, quote)| (clause, quote.start, quote)).collect();
    parts.sort_by_key(|(_, start, _)| *start);
    parts
}
