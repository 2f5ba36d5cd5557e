//! Locates a quotation in a passage, in one piece or with its ellipses and brackets.

use std::ops::Range;

use crate::{
    text::{
        indexed_source::{IndexedQuotation, Placement},
        marks::changes_sentence,
        negation::is_negation,
        quotation::Segment,
        tokenize::folded_marks,
        writing::{Writing, WrittenDifference, written_differences},
    },
    verify::{
        brackets::Bracket,
        cuts::Cut,
        difference::{Difference, DifferenceKind, Effect},
        passage::Passage,
        place::{Agreement, Piece, Place},
    },
};

/// The maximum number of words that an ellipsis may omit.
const MAX_CUT_WORDS: usize = 100;
/// The maximum number of words that an ellipsis may omit next to a single word, which could occur anywhere.
const MAX_CUT_WORDS_BESIDE_ONE: usize = 12;
/// The maximum number of words that a bracket may replace.
const MAX_BRACKETED_WORDS: usize = 8;
/// An ellipsis that omits a negation at most this many words before the next words reverses their meaning.
const NEGATION_REACH: usize = 3;

/// Words between two marks of a quotation, with the marks before them.
#[derive(Debug)]
struct Part<'q> {
    words: Range<usize>,
    marks: &'q [Segment],
}

/// The places of a quotation in a passage, in reading order. If its words are the source's but a mark changes their
/// meaning, the place is not [faithful](Place::is_faithful).
#[must_use]
pub fn locate(passage: &Passage<'_>, quotation: &IndexedQuotation, segments: &[Segment]) -> Vec<Place> {
    let whole = 0..quotation.text.tokens.len();
    let places: Vec<Place> = passage.source.find(quotation, whole).into_iter().map(|placement| place(passage, quotation, &placement)).collect();
    // The source may have a mark that looks like an ellipsis.
    let has_marks = segments.iter().any(|segment| !matches!(segment, Segment::Words(_)));
    let is_whole = places.iter().any(|place| place.agreement == Agreement::Exact && !has_own_edge(passage, segments, place));
    if has_marks && !is_whole { abridged(passage, quotation, segments) } else { places }
}

/// Whether a quotation begins or ends with a mark of its own. The translation has words in brackets, too.
fn has_own_edge(passage: &Passage<'_>, segments: &[Segment], place: &Place) -> bool {
    let is_own = |edge: Option<&Segment>, gap: usize, bracket: char| match edge {
        Some(Segment::Bracketed(_)) => !passage.source.text.gap(gap).contains(&bracket),
        Some(Segment::Cut(_)) => true,
        _ => false,
    };
    let (Some(first), Some(last)) = (place.pieces.first(), place.pieces.last()) else { return true };
    is_own(segments.first(), first.words.start, '[') || is_own(segments.last(), last.words.end, ']')
}

/// A place of a whole quotation.
fn place(passage: &Passage<'_>, quotation: &IndexedQuotation, placement: &Placement) -> Place {
    let mut differences = lead_in(quotation, 0, placement);
    differences.extend(differences_of(passage, quotation, placement));
    differences.extend(ending(passage, quotation, placement));
    Difference::sort(&mut differences);
    let given = &quotation.text.tokens;
    let written = quotation.text.slice(given[placement.given.start].start..given[placement.given.end - 1].end);
    let is_exact = differences.is_empty() && written == passage.source.text.slice(placement.start..placement.end);
    Place { agreement: if is_exact { Agreement::Exact } else { Agreement::Normalized }, pieces: vec![piece(passage, placement)], joined: None, differences }
}

fn piece(passage: &Passage<'_>, placement: &Placement) -> Piece {
    // "That" is not part of the quoted words, whether the lead-in has it or the quotation adds it.
    let first = passage.source.text.tokens.get(placement.source.start);
    let that = usize::from(placement.source.len() > 1 && first.is_some_and(|word| matches!(word.key.as_str(), "ان" | "بان")));
    Piece { words: placement.source.start + that..placement.source.end, start: placement.start, end: placement.end }
}

/// The "that" which the quotation has before the words and the source does not.
fn lead_in(quotation: &IndexedQuotation, from: usize, placement: &Placement) -> Vec<Difference> {
    let that = quotation.text.words(from..placement.given.start);
    if that.is_empty() { Vec::new() } else { vec![Difference::new(DifferenceKind::LeadIn, that, String::new())] }
}

fn differences_of(passage: &Passage<'_>, quotation: &IndexedQuotation, placement: &Placement) -> Vec<Difference> {
    let same: Vec<(usize, usize)> = placement.given.clone().zip(placement.source.clone()).collect();
    written_differences(&quotation.text, &passage.source.text, &same, placement.start).into_iter().map(written).collect()
}

/// A difference in writing as a difference of the quotation.
pub fn written(difference: WrittenDifference) -> Difference {
    let WrittenDifference { writing, given, source, is_change, .. } = difference;
    let kind = match writing {
        Writing::Numeral => DifferenceKind::Numeral,
        Writing::Spelling => DifferenceKind::Spelling,
        Writing::Spacing => DifferenceKind::Spacing,
        Writing::Punctuation if !is_change => DifferenceKind::Punctuation,
        Writing::Punctuation if source.is_empty() => DifferenceKind::Insertion,
        Writing::Punctuation if given.is_empty() => DifferenceKind::Omission,
        Writing::Punctuation => DifferenceKind::Replacement,
    };
    Difference::new(kind, given, source)
}

/// A question or exclamation mark at the end of the quotation that the source does not have there.
fn ending(passage: &Passage<'_>, quotation: &IndexedQuotation, placement: &Placement) -> Option<Difference> {
    let asks = |gap: &[char]| folded_marks(gap).chars().filter(|mark| changes_sentence(*mark)).collect::<String>();
    let (given, source) = (asks(quotation.text.gap(placement.given.end)), asks(passage.source.text.gap(placement.source.end)));
    (!given.is_empty() && !source.starts_with(&given)).then(|| Difference::new(DifferenceKind::Insertion, given, source))
}

/// The places of a quotation whose parts occur in this order, close enough for its ellipses and brackets.
fn abridged(passage: &Passage<'_>, quotation: &IndexedQuotation, segments: &[Segment]) -> Vec<Place> {
    let (parts, after) = parts(quotation, segments);
    let found: Vec<Vec<Placement>> = parts.iter().map(|part| passage.source.find(quotation, part.words.clone())).collect();
    let Some((first, rest)) = found.split_first() else { return Vec::new() };
    let mut places: Vec<Place> = Vec::new();
    for start in first {
        let mut chain = vec![start];
        for (number, next) in rest.iter().enumerate() {
            let (before, part) = (&parts[number], &parts[number + 1]);
            let Some(last) = chain.last() else { break };
            let end = last.source.end;
            let reach = reach(part.marks, before.words.len().min(part.words.len()));
            let mut near = next.iter().filter(|next| next.source.start >= end && next.source.start - end <= reach);
            let is_honest = |next: &&Placement| !is_joined(passage, quotation, part.marks, (&chain, next, &[]));
            let Some(nearest) = near.clone().find(is_honest).or_else(|| near.next()) else { break };
            chain.push(nearest);
        }
        if chain.len() == parts.len() {
            places.push(abridged_place(passage, quotation, &parts, after, &chain));
        }
    }
    // Of two that end at the same word, the later start is the shorter.
    let end = |place: &Place| place.span().end;
    let is_shorter = |one: &Place, other: &Place| (one.is_faithful(), one.span().start) > (other.is_faithful(), other.span().start);
    let is_best = |at: usize| !(0..places.len()).any(|other| other != at && end(&places[other]) == end(&places[at]) && is_shorter(&places[other], &places[at]));
    (0..places.len()).filter(|at| is_best(*at)).map(|at| places[at].clone()).collect()
}

/// Whether the words of a placement do not continue those before it, although a mark stands between them. The placements
/// before and after it are those of the other parts.
fn is_joined(
    passage: &Passage<'_>,
    quotation: &IndexedQuotation,
    marks: &[Segment],
    (before, next, later): (&[&Placement], &Placement, &[&Placement]),
) -> bool {
    let Some(last) = before.last() else { return false };
    // Words of two speakers are not one quotation, even with an ellipsis between them.
    let is_one_speaker = passage.speaker(last.source.end - 1) == passage.speaker(next.source.start);
    let is_cut = marks.iter().any(|mark| matches!(mark, Segment::Cut(_)));
    let words = before.iter().chain([&next]).chain(later).flat_map(|placement| placement.source.clone());
    let mut quoted: Vec<usize> = words.filter_map(|word| passage.clause_at(word)).collect();
    quoted.dedup();
    let dropped = dropped(passage, quotation, next);
    let cut = Cut { passage, before: last.source.clone(), after: next.source.clone(), dropped: &dropped, quoted: &quoted };
    !is_one_speaker || (is_cut && !cut.is_honest())
}

/// The letters of the source's first word that the quotation leaves off.
fn dropped(passage: &Passage<'_>, quotation: &IndexedQuotation, placement: &Placement) -> String {
    let (source, given) = (&passage.source.text.tokens[placement.source.start], &quotation.text.tokens[placement.given.start]);
    // The article loses its alef after ل: القوات for للقوات.
    if given.key.starts_with("ال") && source.key.trim_start_matches(['و', 'ف']).starts_with("لل") {
        return "ل".to_owned();
    }
    passage.source.text.slice(source.start..placement.start.max(source.start)).chars().filter(|char| char.is_alphabetic()).collect()
}

/// The parts of a quotation, and the marks after the last.
fn parts<'q>(quotation: &IndexedQuotation, segments: &'q [Segment]) -> (Vec<Part<'q>>, &'q [Segment]) {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, segment) in segments.iter().enumerate() {
        let Segment::Words(range) = segment else { continue };
        let tokens = &quotation.text.tokens;
        let words = tokens.partition_point(|token| token.start < range.start)..tokens.partition_point(|token| token.start < range.end);
        // A lone sign that is not a word is not quoted.
        if !words.is_empty() {
            parts.push(Part { words, marks: &segments[from..at] });
            from = at + 1;
        }
    }
    (parts, &segments[from..])
}

/// How many words of the source these marks may replace.
fn reach(marks: &[Segment], words_beside: usize) -> usize {
    let is_cut = marks.iter().any(|mark| matches!(mark, Segment::Cut(_)));
    match (is_cut, words_beside) {
        (false, _) => MAX_BRACKETED_WORDS,
        (true, 0 | 1) => MAX_CUT_WORDS_BESIDE_ONE,
        (true, _) => MAX_CUT_WORDS,
    }
}

fn abridged_place(passage: &Passage<'_>, quotation: &IndexedQuotation, parts: &[Part<'_>], after: &[Segment], chain: &[&Placement]) -> Place {
    let (mut differences, mut joined) = (Vec::new(), None);
    let mut end = None;
    for (number, (part, placement)) in parts.iter().zip(chain).enumerate() {
        let begin = placement.source.start;
        differences.extend(marked(passage, quotation, part.marks, end.unwrap_or(begin)..begin, end.is_none()));
        if is_joined(passage, quotation, part.marks, (&chain[..number], placement, &chain[number + 1..])) {
            let given = quotation.text.words(placement.given.clone());
            differences.push(Difference::new(DifferenceKind::Joined, given, passage.source.text.slice(placement.start..placement.end)));
            joined = joined.or(Some(number));
        }
        differences.extend(lead_in(quotation, part.words.start, placement));
        differences.extend(differences_of(passage, quotation, placement));
        end = Some(placement.source.end);
    }
    if let (Some(end), Some(last)) = (end, chain.last()) {
        differences.extend(marked(passage, quotation, after, end..end, false));
        differences.extend(if after.is_empty() { ending(passage, quotation, last) } else { None });
    }
    Difference::sort(&mut differences);
    Place { agreement: Agreement::Abridged, pieces: chain.iter().map(|placement| piece(passage, placement)).collect(), joined, differences }
}

/// The differences that the marks between two parts, or at an edge, make to the words of the source in their place.
fn marked(passage: &Passage<'_>, quotation: &IndexedQuotation, marks: &[Segment], words: Range<usize>, is_first: bool) -> Vec<Difference> {
    let source = passage.source.text.words(words.clone());
    let is_negated = passage.source.text.tokens[words.clone()].iter().rev().take(NEGATION_REACH).any(|word| is_negation(&word.key));
    let mut differences = Vec::new();
    for mark in marks {
        let (Segment::Cut(range) | Segment::Bracketed(range)) = mark else { continue };
        let is_first_mark = differences.is_empty();
        let kind = match mark {
            _ if is_negated && is_first_mark => DifferenceKind::Negation,
            Segment::Bracketed(range) => Bracket { passage, quotation, chars: range.clone(), replaced: words.clone(), is_first }.kind(),
            _ => DifferenceKind::Cut,
        };
        let source = if is_first_mark { source.clone() } else { String::new() };
        let mut difference = Difference::new(kind, quotation.text.slice(range.clone()), source);
        if matches!(mark, Segment::Bracketed(_)) && kind != DifferenceKind::Negation {
            difference.effect = Effect::Bracketed;
        }
        differences.push(difference);
    }
    differences
}
