//! What a quotation has otherwise than the source.

use serde::Serialize;
use utoipa::ToSchema;

/// In what a quotation differs from the source, what changes the meaning most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// A negation was added or taken away.
    Negation,
    /// A number, a year or another part of a date is another one.
    Number,
    /// A state, a place, a person or a body is another one.
    Name,
    /// What follows stands somewhere else in the source, and no mark says so.
    Joined,
    /// Words stand for others.
    Replacement,
    /// Words are not in the source.
    Insertion,
    /// Words of the source are left out without a mark.
    Omission,
    /// Words of the source are left out, and a mark says so.
    Cut,
    /// Words in square brackets are the writer's.
    Bracket,
    /// The bare "that" of a lead-in, which is no part of what it introduces.
    LeadIn,
    /// A number is written in other digits, or in words.
    Numeral,
    /// Marks between the words differ.
    Punctuation,
    /// Marks on letters, forms of letters or case differ.
    Spelling,
    /// Spaces differ.
    Spacing,
}

/// What a quotation has otherwise than the source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Difference {
    /// In what they differ.
    pub kind: DifferenceKind,
    /// The quotation's words or marks; empty where it leaves some out.
    pub given: String,
    /// The source's words or marks in their place; empty where there are none.
    pub source: String,
}

impl DifferenceKind {
    /// Whether the source's words have this difference and are still the source's words.
    #[must_use]
    pub const fn is_allowed(self) -> bool {
        matches!(self, Self::Cut | Self::Bracket | Self::LeadIn | Self::Numeral | Self::Punctuation | Self::Spelling | Self::Spacing)
    }
}
