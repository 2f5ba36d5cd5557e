//! The nearest passage to a quotation that the source does not have, and their differences.

use std::ops::Range;

use crate::{
    text::{
        align::{Word, align},
        function_words::is_function_word,
        hunks::{Hunk, Stretch},
        indexed_source::IndexedQuotation,
        opposites::is_hedge,
        quotation::Segment,
        similarity::Core,
        writing::written_differences,
    },
    verify::{
        classify::difference_of,
        difference::{Difference, DifferenceKind, Effect},
        edges::Edges,
        locate::written,
        passage::Passage,
    },
};

/// The weights of a function word and of a content word.
const WEIGHTS: (u8, u8) = (4, 10);
/// The maximum number of words in whose place others change the meaning, for the clause that is named.
const MAX_TURNING_WORDS: usize = 6;
/// The minimum number of words that are searched for elsewhere in the source.
const MIN_JOINED_WORDS: usize = 3;

/// The nearest passage to a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// The words of the source.
    pub words: Range<usize>,
    /// The words of it that show where it is: those in whose place others change the meaning, or those that are quoted.
    pub pieces: Vec<Range<usize>>,
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
    let is_like = |stretch: &Stretch| is_enough(passage, quotation, stretch, &words, &given);
    let mut stretch = Stretch::of(&align(&words, source, stop)?, &words, source).filter(is_like)?;
    slide_omissions(passage, &mut stretch);
    let edges = Edges { passage, tokens: given.iter().map(|at| &quotation.text.tokens[*at]).collect(), words: &words };
    let in_quotation = |hunk: &Hunk| Hunk { given: whole_range(&given, &hunk.given), ..hunk.clone() };
    let mut found: Vec<(Difference, Range<usize>)> = Vec::new();
    for hunk in &stretch.hunks {
        if let Some(at) = joined(passage, quotation, &in_quotation(hunk), &words[hunk.given.clone()], stop) {
            let given = quotation.text.words(in_quotation(hunk).given);
            found.push((Difference::new(DifferenceKind::Joined, given, passage.source.text.words(at)), hunk.source.clone()));
        } else {
            found.extend(edges.compare(hunk).iter().map(|hunk| (difference_of(&in_quotation(hunk), passage, quotation), hunk.source.clone())));
        }
    }
    // The passage is shown with the words that the quotation replaces.
    let places = || found.iter().map(|(_, place)| place).filter(|place| !place.is_empty());
    let whole = stretch.source();
    let closest = places().map(|place| place.start).fold(whole.start, usize::min)..places().map(|place| place.end).fold(whole.end, usize::max);
    let turns = |(difference, place): &&(Difference, Range<usize>)| {
        matches!(difference.effect, Effect::Reversal | Effect::Change) && !difference.given.is_empty() && (1..=MAX_TURNING_WORDS).contains(&place.len())
    };
    let turned = found.iter().filter(turns).min_by_key(|(difference, _)| difference.kind).map(|(_, place)| vec![place.clone()]);
    let same: Vec<(usize, usize)> = stretch.same.iter().map(|(word, at)| (given[*word], *at)).collect();
    let pieces = turned.unwrap_or_else(|| same.iter().map(|(_, at)| *at..at + 1).collect());
    let mut differences: Vec<Difference> = found.into_iter().map(|(difference, _)| difference).collect();
    let start = same.first().and_then(|(word, at)| passage.source.begins_with(*at, &quotation.text.tokens[*word], quotation.numbers[*word]));
    differences.extend(written_differences(&quotation.text, &passage.source.text, &same, start.unwrap_or_default()).into_iter().map(written));
    if differences.iter().all(|difference| difference.kind.is_allowed()) {
        // An ellipsis may omit only a limited number of words: beyond that, the next words are another passage.
        for (difference, hunk) in differences.iter_mut().zip(&stretch.hunks).filter(|(_, hunk)| hunk.cut) {
            let next = stretch.hunks.iter().map(|other| other.given.start).find(|start| *start > hunk.given.end).unwrap_or(words.len());
            let (given, at) = (whole_range(&given, &(hunk.given.end..next)), hunk.source.end..stretch.source().end);
            *difference = Difference::new(DifferenceKind::Joined, quotation.text.words(given), passage.source.text.words(at));
        }
    }
    Difference::sort(&mut differences);
    let is_changed = differences.first().is_some_and(|first| !first.kind.is_allowed());
    is_changed.then_some(Nearest { words: closest, pieces, score: stretch.score, differences })
}

/// Moves omissions whose first word is also the first word after them, so that they begin after a mark: of "in the Coalition, …
/// of the Coalition, the mission" the first "Coalition" is quoted.
fn slide_omissions(passage: &Passage<'_>, stretch: &mut Stretch) {
    let has_mark = |word: usize| passage.source.text.gap(word).iter().any(|char| !char.is_whitespace());
    let numbers = &passage.source.numbers;
    for hunk in stretch.hunks.iter_mut().filter(|hunk| hunk.given.is_empty() && !hunk.cut) {
        let Range { start, end } = hunk.source;
        let is_repeated = start < end && end < numbers.len() && numbers[start] == numbers[end];
        if is_repeated && has_mark(start + 1) && !has_mark(start) {
            for (_, at) in stretch.same.iter_mut().filter(|(_, at)| *at == end) {
                *at = start;
            }
            hunk.source = start + 1..end + 1;
        }
    }
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
fn is_enough(passage: &Passage<'_>, quotation: &IndexedQuotation, stretch: &Stretch, words: &[Word], given: &[usize]) -> bool {
    let (mut content, mut last_name) = (0, 0..0);
    for (word, at) in stretch.same.iter().filter(|(word, _)| words[*word].weight == WEIGHTS.1) {
        let name = passage.names_in(*at..*at + 1).max_by_key(|name| name.len()).cloned();
        content += usize::from(name.as_ref().is_none_or(|name| *word == 0 || !(last_name.start < name.end && name.start < last_name.end)));
        last_name = name.unwrap_or_default();
    }
    // Words that limit the others are no evidence against them: "within less than 12 months".
    let is_limit = |at: &&usize| is_hedge(&quotation.text.tokens[**at].key) || quotation.text.tokens[**at].key == "من";
    let limits = if given.iter().any(|at| is_hedge(&quotation.text.tokens[*at].key)) { given.iter().filter(is_limit).count() } else { 0 };
    let (same, all) = (stretch.same.len(), words.len() - limits);
    has_enough_in_common(content, same, all)
}

/// Whether a text may be a misquotation of another: so many words of it are the same there, and so many of these are content
/// words.
#[must_use]
pub const fn has_enough_in_common(content: usize, same: usize, all: usize) -> bool {
    (content >= 3 && same * 4 >= all) || content >= 6 || (content >= 2 && same * 2 >= all) || (content >= 1 && same >= 2 && same * 2 >= all && all <= 5)
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
