//! The working translation of a whole statement, as one text, whose positions map back to the clauses.

use std::ops::Range;

use crate::{
    corpus::{Quote, clauses::Clause, notes::Note},
    text::{editorial::is_remark, tokenize::TokenizedText},
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

/// The translator's words in brackets that a text has: a quotation need not have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brackets {
    /// All of them.
    Kept,
    /// Those that stand for words, without the remarks: `[comes]`, and no `[sic]`.
    WithoutRemarks,
    /// None.
    Dropped,
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
    /// The translation of a statement.
    #[must_use]
    pub fn of(record: &Record, brackets: Brackets) -> Self {
        let language = record.language().other();
        let clauses = record.outer_clauses();
        let mut parts: Vec<(Translated, &str)> = clauses.map(|(number, clause)| (Translated::Clause(number), clause.text.of(language))).collect();
        parts.extend(record.lead_ins.iter().enumerate().map(|(number, lead_in)| (Translated::LeadIn(number), lead_in.text.of(language))));
        parts.sort_by_key(|(translated, _)| translated.quote(record).start);
        let mut new = Self { text: String::new(), places: Vec::new() };
        let mut length = 0;
        for (translated, written) in parts {
            let text = brackets.of(written);
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

    /// About where the translation has the words of a note. It keeps the order of the source, so that words stand at the same part
    /// of a clause.
    #[must_use]
    pub fn place_of(&self, note: &Note, record: &Record) -> Option<Range<usize>> {
        let own = range(&note.quote);
        let (quote, place) =
            self.places.iter().map(|(translated, place)| (range(translated.quote(record)), place)).find(|(quote, _)| quote.contains(&own.start))?;
        let scaled = |at: usize| place.start + (at.min(quote.end) - quote.start) * place.len() / quote.len().max(1);
        Some(scaled(own.start)..scaled(own.end))
    }

    /// The original of a code point of the translation.
    #[must_use]
    pub fn at(&self, at: usize) -> Option<Translated> {
        self.places.iter().find(|(_, place)| place.contains(&at)).map(|(translated, _)| *translated)
    }

    /// The originals of the code points of a range, the one with the most first.
    #[must_use]
    pub fn within(&self, within: &Range<usize>) -> Vec<Translated> {
        self.within_all(std::slice::from_ref(within))
    }

    /// The originals of the code points of these ranges, the one with the most first.
    #[must_use]
    pub fn within_all(&self, ranges: &[Range<usize>]) -> Vec<Translated> {
        let shared = self.places.iter().map(|(translated, place)| (ranges.iter().map(|range| overlap(place, range)).sum::<usize>(), *translated));
        let mut found: Vec<(usize, Translated)> = shared.filter(|(words, _)| *words > 0).collect();
        found.sort_by_key(|(words, _)| std::cmp::Reverse(*words));
        found.into_iter().map(|(_, translated)| translated).collect()
    }
}

impl Brackets {
    /// All variants.
    pub const ALL: [Self; 3] = [Self::Kept, Self::WithoutRemarks, Self::Dropped];

    /// A text with these brackets.
    fn of(self, text: &str) -> String {
        let mut kept = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, (inside, after))) = rest.split_once('[').and_then(|(before, rest)| Some((before, rest.split_once(']')?))) {
            kept.push_str(before);
            let is_kept = match self {
                Self::Kept => true,
                Self::WithoutRemarks => !is_remark(&TokenizedText::new(inside).tokens),
                Self::Dropped => false,
            };
            if is_kept {
                kept.push('[');
                kept.push_str(inside);
                kept.push(']');
                rest = after;
            } else {
                // One space is enough where two meet.
                rest = if kept.is_empty() || kept.ends_with(' ') { after.trim_start() } else { after };
            }
        }
        kept.push_str(rest);
        kept.truncate(kept.trim_end().len());
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_translator_are_taken_out() {
        let text = "[no subject] announces [sic] the end [sic]";
        assert_eq!(Brackets::Dropped.of(text), "announces the end");
        assert_eq!(Brackets::WithoutRemarks.of(text), "[no subject] announces the end");
        assert_eq!(Brackets::Kept.of(text), text);
    }
}
