//! The working translation of a whole statement, as one text whose places lead back to the clauses.

use std::ops::Range;

use crate::verify::record::{Record, overlap, range};

/// The translations of a statement's clauses, one after another, without the clauses that are nested in others.
#[derive(Debug)]
pub struct Translation {
    /// The text.
    pub text: String,
    /// The place of each clause in it: its number among the clauses of the record, and its code points.
    places: Vec<(usize, Range<usize>)>,
}

impl Translation {
    /// The translation of a statement. The translator's words in brackets (`[sic]`) may be left out: a quotation need not have them.
    #[must_use]
    pub fn of(record: &Record, with_brackets: bool) -> Self {
        let mut new = Self { text: String::new(), places: Vec::new() };
        let mut length = 0;
        for (number, clause) in record.clauses.iter().enumerate() {
            let own = range(&clause.quote);
            let is_nested = record.clauses.iter().any(|other| {
                let outer = range(&other.quote);
                other.id != clause.id && outer.start <= own.start && own.end <= outer.end
            });
            if is_nested {
                continue;
            }
            let text = if with_brackets { clause.text.en.clone() } else { without_brackets(&clause.text.en) };
            let end = length + text.chars().count();
            new.places.push((number, length..end));
            new.text.push_str(&text);
            new.text.push(' ');
            length = end + 1;
        }
        new
    }

    /// The number of the clause whose translation has a code point.
    #[must_use]
    pub fn clause_at(&self, at: usize) -> Option<usize> {
        self.places.iter().find(|(_, place)| place.contains(&at)).map(|(number, _)| *number)
    }

    /// The numbers of the clauses whose translations have code points of a range, the one that has most first.
    #[must_use]
    pub fn clauses_in(&self, within: &Range<usize>) -> Vec<usize> {
        let mut found: Vec<(usize, usize)> =
            self.places.iter().map(|(number, place)| (overlap(place, within), *number)).filter(|(words, _)| *words > 0).collect();
        found.sort_by_key(|(words, _)| std::cmp::Reverse(*words));
        found.into_iter().map(|(_, number)| number).collect()
    }
}

/// A text without what it has in square brackets.
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
