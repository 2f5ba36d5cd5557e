//! The working translation of a whole statement, as one text, whose positions map back to the clauses.

use std::ops::Range;

use crate::{
    corpus::{Quote, clauses::Clause},
    verify::{
        clause_words::Part,
        record::{Record, overlap, range},
    },
};

/// The original of a part of the translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Translated {
    /// A clause, by its number among the clauses of the record.
    Clause(usize),
    /// A lead-in, by its number among those of the record.
    LeadIn(usize),
}

impl Translated {
    /// The quote of the original in the source.
    #[must_use]
    pub fn quote(self, record: &Record) -> &Quote {
        match self {
            Self::Clause(number) => &record.clauses[number].quote,
            Self::LeadIn(number) => &record.lead_ins[number].quote,
        }
    }

    /// The clause that it translates.
    #[must_use]
    pub fn clause(self, record: &Record) -> Option<&Clause> {
        if let Self::Clause(number) = self { Some(&record.clauses[number]) } else { None }
    }
}

/// The translations of a statement's clauses and lead-ins, in reading order, without the clauses that are nested in others.
#[derive(Debug)]
pub struct Translation {
    /// The text.
    pub text: String,
    /// The originals of its parts, in code points.
    places: Vec<(Translated, Range<usize>)>,
}

impl Translation {
    /// The translation of a statement. The translator's words in brackets (`[sic]`) may be left out: a quotation need not have them.
    #[must_use]
    pub fn of(record: &Record, with_brackets: bool) -> Self {
        let clauses = record.outer_clauses();
        let mut parts: Vec<(Translated, &str)> = clauses.map(|(number, clause)| (Translated::Clause(number), clause.text.en.as_str())).collect();
        parts.extend(record.lead_ins.iter().enumerate().map(|(number, lead_in)| (Translated::LeadIn(number), lead_in.text.en.as_str())));
        parts.sort_by_key(|(translated, _)| translated.quote(record).start);
        let mut new = Self { text: String::new(), places: Vec::new() };
        let mut length = 0;
        for (translated, written) in parts {
            let text = if with_brackets { written.to_owned() } else { without_brackets(written) };
            let end = length + text.chars().count();
            new.places.push((translated, length..end));
            new.text.push_str(&text);
            new.text.push(' ');
            length = end + 1;
        }
        new
    }

    /// Its parts, as those of a passage.
    #[must_use]
    pub fn parts<'r>(&self, record: &'r Record) -> Vec<Part<'r>> {
        let part = |(translated, place): &(Translated, Range<usize>)| (translated.clause(record), range(translated.quote(record)).start, place.clone());
        self.places.iter().map(part).collect()
    }

    /// The original of a code point of the translation.
    #[must_use]
    pub fn at(&self, at: usize) -> Option<Translated> {
        self.places.iter().find(|(_, place)| place.contains(&at)).map(|(translated, _)| *translated)
    }

    /// The originals of the code points of a range, the one with the most first.
    #[must_use]
    pub fn within(&self, within: &Range<usize>) -> Vec<Translated> {
        let shared = self.places.iter().map(|(translated, place)| (overlap(place, within), *translated));
        let mut found: Vec<(usize, Translated)> = shared.filter(|(words, _)| *words > 0).collect();
        found.sort_by_key(|(words, _)| std::cmp::Reverse(*words));
        found.into_iter().map(|(_, translated)| translated).collect()
    }
}

/// A text without its parts in square brackets.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let mut kept = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            // One space is enough where two met.
            ' ' if depth == 0 && (kept.is_empty() || kept.ends_with(' ')) => {}
            _ if depth == 0 => kept.push(char),
            _ => {}
        }
    }
    kept.truncate(kept.trim_end().len());
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_translator_are_taken_out() {
        assert_eq!(without_brackets("[no subject] announces [sic] the end [sic]"), "announces the end");
    }
}
