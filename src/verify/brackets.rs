//! Words in square brackets: they may explain the source, but not contradict it.

use std::ops::Range;

use crate::{
    text::{indexed_source::IndexedQuotation, negation::is_negation},
    verify::{classify::numbers, difference::DifferenceKind, passage::Passage},
};

/// How many words of the source beside a bracket at an edge are compared with it.
const MAX_BESIDE: usize = 4;

/// How the words of a bracket contradict the words of the source that they replace, if they do. A bracket at an edge of the
/// quotation that replaces none is compared with the words beside it in the source.
#[must_use]
pub fn contradicts(
    passage: &Passage<'_>,
    quotation: &IndexedQuotation,
    bracket: Range<usize>,
    replaced: Range<usize>,
    is_first: bool,
) -> Option<DifferenceKind> {
    let tokens = &quotation.text.tokens;
    let inside = tokens.partition_point(|token| token.start < bracket.start)..tokens.partition_point(|token| token.start < bracket.end);
    let written = &tokens[inside.clone()];
    if written.iter().any(|word| is_negation(&word.key)) {
        return Some(DifferenceKind::Negation);
    }
    let source = &passage.source.text.tokens;
    let words = if replaced.is_empty() { beside(passage, quotation, &bracket, replaced.start, is_first) } else { replaced };
    let (given, expected) = (numbers(&quotation.text, inside), numbers(&passage.source.text, words.clone()));
    if !given.is_empty() && !expected.is_empty() && given.iter().any(|number| !expected.contains(number)) {
        return Some(DifferenceKind::Number);
    }
    let names: Vec<_> = passage.names_in(words).collect();
    let has_name = |name: &&&Range<usize>| source[name.start..name.end].iter().any(|word| written.iter().any(|given| given.key == word.key));
    let is_named = !passage.known_names().spans(written).is_empty();
    (is_named && !names.is_empty() && !names.iter().any(|name| has_name(&name))).then_some(DifferenceKind::Name)
}

/// The words of the source beside the quotation, up to a mark, where the bracket is at its edge.
fn beside(passage: &Passage<'_>, quotation: &IndexedQuotation, bracket: &Range<usize>, at: usize, is_first: bool) -> Range<usize> {
    let tokens = &quotation.text.tokens;
    let is_last = tokens.last().is_some_and(|last| bracket.contains(&last.start));
    let is_joined = |word: usize| passage.source.text.gap(word).iter().all(|char| char.is_whitespace());
    if is_first {
        let start = (at.saturating_sub(MAX_BESIDE)..at).rev().take_while(|word| is_joined(word + 1)).last().unwrap_or(at);
        start..at
    } else if is_last {
        let end = (at..passage.length().min(at + MAX_BESIDE)).take_while(|word| is_joined(*word)).last().map_or(at, |last| last + 1);
        at..end
    } else {
        at..at
    }
}
