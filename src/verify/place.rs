//! Where a quotation stands in a source: in one piece, or in several where it marks its cuts.

use std::ops::Range;

use serde::Serialize;
use utoipa::ToSchema;

use crate::verify::difference::Difference;

/// How a quotation agrees with the source that has its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// The same words, with cuts and insertions that the quotation marks.
    Abridged,
    /// The same words, written in another way.
    Normalized,
    /// The same code points.
    Exact,
}

/// Words of the source without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words that count: a bare "that" of a lead-in is nobody's.
    pub words: Range<usize>,
    /// Its first code point.
    pub start: usize,
    /// The code point after its last.
    pub end: usize,
}

/// One place of a quotation in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// How the quotation agrees here.
    pub agreement: Agreement,
    /// Its pieces, in order; never empty.
    pub pieces: Vec<Piece>,
    /// How it differs.
    pub differences: Vec<Difference>,
}

impl Place {
    /// The code points from the first piece to the last.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        match (self.pieces.first(), self.pieces.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }

    /// Whether the source's words are what is quoted: nothing differs that changes them.
    #[must_use]
    pub fn is_faithful(&self) -> bool {
        self.differences.iter().all(|difference| difference.kind.is_allowed())
    }
}
