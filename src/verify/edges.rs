//! Words at an edge of an altered quotation: which words of the source they replace, if any.

use std::ops::Range;

use crate::{
    text::{align::Word, function_words::is_function_word, hunks::Hunk, negation::is_negation, opposites::is_hedge, tokenize::Token},
    verify::passage::Passage,
};

/// The maximum number of words at an edge of a quotation that are compared with as many words of the source.
const MAX_EDGE_WORDS: usize = 3;

/// The words of an altered quotation that are quoted.
#[derive(Debug)]
pub struct Edges<'p, 'n> {
    /// The passage.
    pub passage: &'p Passage<'n>,
    /// The words.
    pub tokens: Vec<&'p Token>,
    /// The same words, as they are aligned.
    pub words: &'p [Word],
}

impl Edges<'_, '_> {
    /// The hunks that a hunk is. At an edge of the quotation its words are compared with as many words of the source, if no mark
    /// divides these from the passage: they are other words in their place, or added.
    #[must_use]
    pub fn compare(&self, hunk: &Hunk) -> Vec<Hunk> {
        let is_first = hunk.given.start == 0 && hunk.given.end < self.words.len();
        let is_last = hunk.given.end == self.words.len() && hunk.given.start > 0;
        if !hunk.source.is_empty() || hunk.given.is_empty() || hunk.given.len() > MAX_EDGE_WORDS || !(is_first || is_last) {
            return vec![hunk.clone()];
        }
        let beside = self.beside(hunk, is_first);
        if let Some(hunks) = self.anchored(hunk, &beside, is_first) {
            return hunks;
        }
        if self.is_added(hunk, &beside, is_first) {
            return vec![hunk.clone()];
        }
        // A name is shown whole, and alone.
        let count = hunk.given.len().min(beside.len());
        let source = if is_first {
            let start = beside.end - count;
            let name = self.passage.names_in(start..beside.end).find(|name| name.end == beside.end);
            name.map_or(start, |name| name.start)..beside.end
        } else {
            let end = beside.start + count;
            let name = self.passage.names_in(beside.start..end).find(|name| name.start == beside.start);
            beside.start..name.map_or(end, |name| name.end)
        };
        vec![Hunk { source, ..hunk.clone() }]
    }

    /// The words of the source beside the hunk, one more than it has, up to a mark.
    fn beside(&self, hunk: &Hunk, is_first: bool) -> Range<usize> {
        let (at, count) = (hunk.source.start, hunk.given.len() + 1);
        let is_joined = |word: usize| self.passage.source.text.gap(word).iter().all(|char| char.is_whitespace());
        if is_first {
            (at.saturating_sub(count)..at).rev().take_while(|word| is_joined(word + 1)).last().unwrap_or(at)..at
        } else {
            at..(at..self.passage.length().min(at + count)).take_while(|word| is_joined(*word)).last().map_or(at, |last| last + 1)
        }
    }

    /// The hunks on both sides of a word that the hunk and the source beside it have in common, if there is one; or the hunk and
    /// the form of one of its words that the source has.
    fn anchored(&self, hunk: &Hunk, beside: &Range<usize>, is_first: bool) -> Option<Vec<Hunk>> {
        let number = |at: usize| self.passage.source.numbers[at];
        let from_passage = |range: &Range<usize>| if is_first { range.clone().rev().collect::<Vec<_>>() } else { range.clone().collect() };
        let pairs = || from_passage(beside).into_iter().flat_map(|at| from_passage(&hunk.given).into_iter().map(move |word| (word, at)));
        let piece = |given: Range<usize>, source: Range<usize>| Hunk { given, source, cut: false };
        if let Some((word, at)) = pairs().find(|(word, at)| self.words[*word].is(number(*at))) {
            let hunks = if is_first {
                [piece(hunk.given.start..word, at..at), piece(word + 1..hunk.given.end, at + 1..beside.end)]
            } else {
                [piece(hunk.given.start..word, beside.start..at), piece(word + 1..hunk.given.end, at + 1..at + 1)]
            };
            return Some(hunks.into_iter().filter(|hunk| !(hunk.given.is_empty() && hunk.source.is_empty())).collect());
        }
        let (_, at) = pairs().find(|(word, at)| self.words[*word].close.binary_search(&number(*at)).is_ok())?;
        Some(vec![piece(hunk.given.clone(), if is_first { at..beside.end } else { beside.start..at + 1 })])
    }

    /// Whether the words are added, and stand for no word of the source: words of grammar beside a word with a subject, or the
    /// other way round. A preposition may replace a preposition, and a name any word.
    fn is_added(&self, hunk: &Hunk, beside: &Range<usize>, is_first: bool) -> bool {
        let given = &self.tokens[hunk.given.clone()];
        let Some(next) = (if is_first { beside.clone().next_back() } else { beside.clone().next() }) else { return true };
        let is_grammar = is_function_word(&self.passage.source.text.tokens[next].key);
        let is_light = |word: &&Token| is_function_word(&word.key) || is_hedge(&word.key) || is_negation(&word.key);
        if given.iter().all(is_light) {
            let may_replace = is_grammar && given.len() == 1 && !is_hedge(&given[0].key) && !is_negation(&given[0].key);
            return !may_replace;
        }
        let is_named = given.iter().any(|word| !self.passage.known_names().spans(std::slice::from_ref(*word)).is_empty());
        given.iter().any(|word| is_hedge(&word.key)) || (is_grammar && !is_named)
    }
}
