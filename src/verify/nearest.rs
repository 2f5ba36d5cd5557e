//! The nearest passage to a quotation that the source does not have, and their differences.

use std::ops::Range;

use crate::{
    text::{
        align::{Word, align},
        function_words::is_function_word,
        hunks::{Hunk, Stretch},
        indexed_source::IndexedQuotation,
        quotation::Segment,
        similarity::Core,
        writing::written_differences,
    },
    verify::{
        classify::kind_of,
        difference::{Difference, DifferenceKind},
        locate::written,
        passage::Passage,
    },
};

/// The weights of a function word and of a content word.
const WEIGHTS: (u8, u8) = (4, 10);
/// The maximum number of words at an edge of a quotation that are compared with as many words of the source.
const MAX_EDGE_WORDS: usize = 3;
/// The minimum number of words that are searched for elsewhere in the source.
const MIN_JOINED_WORDS: usize = 3;

/// The nearest passage to a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// The words of the source.
    pub words: Range<usize>,
    /// The score of the alignment.
    pub score: i32,
    /// How they differ, changes of meaning first.
    pub differences: Vec<Difference>,
}

/// The passage's words that are nearest to a quotation; `None` if nothing is similar, or `stop` returns true.
#[must_use]
pub fn nearest(passage: &Passage<'_>, quotation: &IndexedQuotation, segments: &[Segment], stop: &dyn Fn() -> bool) -> Option<Nearest> {
    let given = quoted_words(quotation, segments);
    let words = align_words(passage, quotation, &given, segments);
    let source = &passage.source.numbers;
    let stretch = Stretch::of(&align(&words, source, stop)?, &words, source).filter(|stretch| is_enough(passage, stretch, &words))?;
    let (mut closest, mut differences) = (stretch.source(), Vec::new());
    for hunk in &stretch.hunks {
        let in_quotation = |hunk: &Hunk| Hunk { given: whole_range(&given, &hunk.given), ..hunk.clone() };
        let (kind, hunk) = if let Some(at) = joined(passage, quotation, &in_quotation(hunk), &words[hunk.given.clone()], stop) {
            (DifferenceKind::Joined, Hunk { source: at, ..in_quotation(hunk) })
        } else {
            let hunk = in_quotation(&at_edge(hunk, passage, words.len()));
            if !hunk.source.is_empty() {
                // The passage is shown with the words that the quotation replaces.
                closest = closest.start.min(hunk.source.start)..closest.end.max(hunk.source.end);
            }
            (kind_of(&hunk, passage, quotation), hunk)
        };
        differences.push(Difference { kind, given: quotation.text.words(hunk.given), source: passage.source.text.words(hunk.source) });
    }
    let same: Vec<(usize, usize)> = stretch.same.iter().map(|(word, at)| (given[*word], *at)).collect();
    let start = same.first().and_then(|(word, at)| passage.source.begins_with(*at, &quotation.text.tokens[*word], quotation.numbers[*word]));
    differences.extend(written_differences(&quotation.text, &passage.source.text, &same, start.unwrap_or_default()).into_iter().map(written));
    if differences.iter().all(|difference| difference.kind.is_allowed()) {
        // An ellipsis may omit only a limited number of words: beyond that, the next words are another passage.
        for (difference, hunk) in differences.iter_mut().zip(&stretch.hunks).filter(|(_, hunk)| hunk.cut) {
            let next = stretch.hunks.iter().map(|other| other.given.start).find(|start| *start > hunk.given.end).unwrap_or(words.len());
            let (given, at) = (whole_range(&given, &(hunk.given.end..next)), hunk.source.end..stretch.source().end);
            *difference = Difference { kind: DifferenceKind::Joined, given: quotation.text.words(given), source: passage.source.text.words(at) };
        }
    }
    differences.sort_by_key(|difference| difference.kind);
    let is_changed = differences.first().is_some_and(|first| !first.kind.is_allowed());
    is_changed.then_some(Nearest { words: closest, score: stretch.score, differences })
}

/// The words that are quoted from the source, without those in brackets.
fn quoted_words(quotation: &IndexedQuotation, segments: &[Segment]) -> Vec<usize> {
    let is_bracketed = |start: usize| segments.iter().any(|segment| matches!(segment, Segment::Bracketed(range) if range.contains(&start)));
    (0..quotation.text.tokens.len()).filter(|word| !is_bracketed(quotation.text.tokens[*word].start)).collect()
}

/// A range of the words that are given, as a range of all words of the quotation.
fn whole_range(given: &[usize], range: &Range<usize>) -> Range<usize> {
    match given.get(range.clone()) {
        Some([first, .., last]) => *first..last + 1,
        Some([only]) => *only..only + 1,
        _ => 0..0,
    }
}

fn align_words(passage: &Passage<'_>, quotation: &IndexedQuotation, given: &[usize], segments: &[Segment]) -> Vec<Word> {
    let mut end_of_last = 0;
    let word = |(place, at): (usize, &usize)| {
        let token = &quotation.text.tokens[*at];
        let after_cut = segments.iter().any(|segment| matches!(segment, Segment::Cut(range) if (end_of_last..token.start).contains(&range.start)));
        end_of_last = token.end;
        let (mut without_particles, mut close): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
        if place == 0 || after_cut {
            without_particles.extend(passage.words().filter(|(_, at, _)| passage.source.begins_with(*at, token, None).is_some()).map(|(number, ..)| *number));
        }
        if quotation.numbers[*at].is_none() && token.number.is_none() {
            let core = Core::of(&token.key);
            close.extend(passage.words().filter(|(_, _, other)| core.is_close(other)).map(|(number, ..)| *number));
            close.sort_unstable();
        }
        let weight = if is_function_word(&token.key) { WEIGHTS.0 } else { WEIGHTS.1 };
        Word { number: quotation.numbers[*at], without_particles, close, weight, after_cut }
    };
    given.iter().enumerate().map(word).collect()
}

/// Whether two texts have enough words in common that one may be a misquotation of the other. A name counts once, however
/// long it is: a text that only mentions a minister is not a misquotation.
fn is_enough(passage: &Passage<'_>, stretch: &Stretch, words: &[Word]) -> bool {
    let (mut content, mut last_name) = (0, 0..0);
    for (word, at) in stretch.same.iter().filter(|(word, _)| words[*word].weight == WEIGHTS.1) {
        let name = passage.names_in(*at..*at + 1).max_by_key(|name| name.len()).cloned();
        content += usize::from(name.as_ref().is_none_or(|name| *word == 0 || !(last_name.start < name.end && name.start < last_name.end)));
        last_name = name.unwrap_or_default();
    }
    let (same, all) = (stretch.same.len(), words.len());
    (content >= 3 && same * 4 >= all) || content >= 6 || (content >= 2 && same * 2 >= all) || (content >= 1 && same >= 2 && same * 2 >= all && all <= 5)
}

/// A hunk at an edge of the quotation, compared with as many words of the source, if no mark divides them from the stretch.
fn at_edge(hunk: &Hunk, passage: &Passage<'_>, length: usize) -> Hunk {
    let count = hunk.given.len();
    let is_joined = |word: usize| passage.source.text.gap(word).iter().all(|char| char.is_whitespace());
    if !hunk.source.is_empty() || count > MAX_EDGE_WORDS {
        return hunk.clone();
    }
    let at = hunk.source.start;
    // A name is shown whole, and alone.
    let source = if hunk.given.start == 0 && hunk.given.end < length {
        let start = (at.saturating_sub(count)..at).rev().take_while(|word| is_joined(word + 1)).last().unwrap_or(at);
        let name = passage.names_in(start..at).find(|name| name.end == at);
        name.map_or(start, |name| name.start)..at
    } else if hunk.given.end == length && hunk.given.start > 0 {
        let end = (at..passage.length().min(at + count)).take_while(|word| is_joined(*word)).last().map_or(at, |last| last + 1);
        let name = passage.names_in(at..end).find(|name| name.start == at);
        at..name.map_or(end, |name| name.end)
    } else {
        return hunk.clone();
    };
    Hunk { source, ..hunk.clone() }
}

/// The words elsewhere in the source that the inserted words come from. A name alone does not count: it may occur anywhere.
fn joined(passage: &Passage<'_>, quotation: &IndexedQuotation, hunk: &Hunk, words: &[Word], stop: &dyn Fn() -> bool) -> Option<Range<usize>> {
    let given = &quotation.text.tokens[hunk.given.clone()];
    let names = passage.known_names().spans(given);
    let is_name = !names.is_empty() && (0..given.len()).all(|at| names.iter().any(|name| name.contains(&at)) || is_function_word(&given[at].key));
    if words.len() < MIN_JOINED_WORDS || !hunk.source.is_empty() || is_name {
        return None;
    }
    let source = &passage.source.numbers;
    let stretch = Stretch::of(&align(words, source, stop)?, words, source)?;
    let content = stretch.same.iter().filter(|(word, _)| words[*word].weight == WEIGHTS.1).count();
    (content >= 2 && stretch.same.len() >= MIN_JOINED_WORDS && stretch.same.len() * 2 > words.len()).then(|| stretch.source())
}
