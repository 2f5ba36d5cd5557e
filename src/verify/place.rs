//! The place of a quotation in a source: one piece, or several if it has ellipses.

use std::ops::Range;

use serde::Serialize;
use utoipa::ToSchema;

use crate::verify::difference::Difference;

/// How a quotation agrees with the source that has its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// The same words, with marked ellipses and insertions.
    Abridged,
    /// The same words, written differently.
    Normalized,
    /// The same code points.
    Exact,
}

/// Words of the source without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The quoted words, without the bare "that" of a lead-in.
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
    /// The number of the first piece that an ellipsis or a bracket joins to the one before it without right.
    pub joined: Option<usize>,
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

    /// The code points up to the first piece that is joined without right.
    #[must_use]
    pub fn unjoined(&self) -> Range<usize> {
        match (self.pieces.first(), self.pieces[..self.joined.unwrap_or(self.pieces.len())].last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => self.span(),
        }
    }

    /// Whether the quotation is faithful: no difference changes the words.
    #[must_use]
    pub fn is_faithful(&self) -> bool {
        self.differences.iter().all(|difference| difference.kind.is_allowed())
    }
}
