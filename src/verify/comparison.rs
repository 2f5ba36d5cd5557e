//! Compares a quotation with a passage: the passage has its words, has similar words, or has neither.

use std::ops::Range;

use crate::{
    text::{
        indexed_source::IndexedQuotation,
        quotation::{Segment, segments, without_inner_brackets},
    },
    verify::{
        difference::{Difference, DifferenceKind},
        locate::locate,
        nearest::nearest,
        passage::Passage,
        place::{Agreement, Place},
        reading::readings,
    },
};

/// The maximum number of words and numbers of a quotation. It bounds the cost of an alignment.
pub const MAX_WORDS: usize = 700;

/// The maximum number of code points of a quotation, which is more than these words need.
const MAX_CHARS: usize = 20_000;

/// The result of comparing a quotation with a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The passage has its words.
    InSource {
        /// How the best place agrees.
        agreement: Agreement,
        /// Every place, in reading order; never empty.
        places: Vec<Place>,
    },
    /// The passage does not have its words, but has similar ones.
    Altered {
        /// The code points of the passage that are nearest.
        nearest: Range<usize>,
        /// The code points of it that show which clause it is.
        pieces: Vec<Range<usize>>,
        /// The score of the alignment; higher is nearer.
        score: i32,
        /// How they differ, changes of meaning first; never empty.
        differences: Vec<Difference>,
    },
    /// The passage has nothing similar.
    NotFound,
}

impl Comparison {
    /// Ranks comparisons of the same quotation: a better agreement first, then a higher score.
    #[must_use]
    pub const fn rank(&self) -> (u8, i32) {
        match self {
            Self::InSource { agreement: Agreement::Exact, .. } => (4, 0),
            Self::InSource { agreement: Agreement::Normalized, .. } => (3, 0),
            Self::InSource { agreement: Agreement::Abridged, .. } => (2, 0),
            Self::Altered { score, .. } => (1, *score),
            Self::NotFound => (0, 0),
        }
    }
}

/// Why a comparison has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ComparisonError {
    /// The quotation is longer than the maximum.
    #[error("a quotation of at most {MAX_WORDS} words and numbers")]
    TooLong,
    /// The caller stopped it.
    #[error("the comparison was stopped")]
    Stopped,
}

/// Compares a quotation with a passage. It ends soon after `stop` returns true.
///
/// # Errors
/// When the quotation is too long, or the comparison was stopped.
pub fn compare(passage: &Passage<'_>, quotation: &str, stop: &dyn Fn() -> bool) -> Result<Comparison, ComparisonError> {
    if quotation.chars().nth(MAX_CHARS).is_some() {
        return Err(ComparisonError::TooLong);
    }
    let (quotation, brackets) = without_inner_brackets(quotation);
    let mut last = None;
    for reading in readings(&quotation) {
        let text: String = quotation.chars().skip(reading.start).take(reading.len()).collect();
        let read = passage.source.read(&text);
        if read.text.tokens.len() > MAX_WORDS {
            return Err(ComparisonError::TooLong);
        }
        let chars: Vec<char> = text.chars().collect();
        let segments = segments(&chars, 0..chars.len());
        let mut places = locate(passage, &read, &segments);
        for place in places.iter_mut().filter(|_| !brackets.is_empty()) {
            place.agreement = Agreement::Abridged;
            place.differences.extend(brackets.iter().map(|given| Difference::new(DifferenceKind::Bracket, given.clone(), String::new())));
            Difference::sort(&mut place.differences);
        }
        if let Some(found) = in_source(&places) {
            return Ok(found);
        }
        last = Some((read, segments, places));
    }
    let Some((read, segments, places)) = last else { return Ok(Comparison::NotFound) };
    let compared = altered(passage, &read, &segments, places, stop);
    if stop() { Err(ComparisonError::Stopped) } else { Ok(compared) }
}

/// The places that are faithful.
fn in_source(places: &[Place]) -> Option<Comparison> {
    let places: Vec<Place> = places.iter().filter(|place| place.is_faithful()).cloned().collect();
    let agreement = places.iter().map(|place| place.agreement).max()?;
    Some(Comparison::InSource { agreement, places })
}

fn altered(passage: &Passage<'_>, quotation: &IndexedQuotation, segments: &[Segment], places: Vec<Place>, stop: &dyn Fn() -> bool) -> Comparison {
    // The passage has the words, but a mark or an ellipsis changes their meaning.
    if let Some(place) = places.into_iter().next() {
        let score = i32::try_from(place.pieces.iter().map(|piece| piece.words.len()).sum::<usize>()).unwrap_or(i32::MAX);
        return Comparison::Altered {
            nearest: place.unjoined(),
            pieces: vec![place.unjoined()],
            score: score.saturating_mul(20),
            differences: place.differences,
        };
    }
    let Some(nearest) = nearest(passage, quotation, segments, stop) else { return Comparison::NotFound };
    let tokens = &passage.source.text.tokens;
    let range = |words: &Range<usize>| tokens[words.start].start..tokens[words.end - 1].end;
    let pieces = nearest.pieces.iter().map(range).collect();
    Comparison::Altered { nearest: range(&nearest.words), pieces, score: nearest.score, differences: nearest.differences }
}
