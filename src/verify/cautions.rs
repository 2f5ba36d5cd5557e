//! Critical notes on a quotation: a note goes with a verdict if the quotation has the words that the note is about.

use std::ops::Range;

use crate::{
    corpus::notes::Note,
    text::function_words::is_function_word,
    verify::{passage::Passage, record::Record, translation::Translation},
};

/// The critical notes on the words in these ranges of a passage, in reading order.
#[must_use]
pub fn cautions<'r>(record: &'r Record, passage: &Passage<'_>, translation: Option<&Translation>, ranges: &[Range<usize>]) -> Vec<&'r Note> {
    let place = |note: &Note| match translation {
        None => Some(crate::verify::record::range(&note.quote)),
        Some(translation) => translation.place_of(note, record),
    };
    let is_about = |note: &&Note| place(note).is_some_and(|place| has_essence(passage, &place, ranges));
    record.critical_notes.iter().filter(is_about).collect()
}

/// Whether the ranges have a word of this place that the passage has nowhere else, or half of its words, and more than one.
fn has_essence(passage: &Passage<'_>, place: &Range<usize>, ranges: &[Range<usize>]) -> bool {
    let tokens = passage.source.text.tokens.iter().zip(&passage.source.numbers);
    let content: Vec<_> = tokens.filter(|(token, _)| place.start < token.end && token.start < place.end && !is_function_word(&token.key)).collect();
    let is_quoted = |start: usize, end: usize| ranges.iter().any(|range| range.start < end && start < range.end);
    let quoted: Vec<_> = content.iter().filter(|(token, _)| is_quoted(token.start, token.end)).collect();
    let is_distinctive = quoted.iter().any(|(_, number)| passage.is_unique(**number));
    is_distinctive || (quoted.len() > 1 && quoted.len() * 2 >= content.len())
}
