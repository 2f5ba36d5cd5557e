//! Differences between a quotation and the source.

use serde::Serialize;
use utoipa::ToSchema;

/// The kind of a difference between a quotation and the source. The kinds that change the meaning most come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// A negation is added or removed.
    Negation,
    /// A number, a year or another part of a date is different.
    Number,
    /// A state, a place, a person or a body is different.
    Name,
    /// The words that follow are from elsewhere in the source, and no mark shows that.
    Joined,
    /// Words are replaced by others.
    Replacement,
    /// Words are added.
    Insertion,
    /// Words of the source are omitted without a mark.
    Omission,
    /// Words of the source are omitted, and a mark shows that.
    Cut,
    /// Words in square brackets are added by the writer.
    Bracket,
    /// The bare "that" of a lead-in, which is not part of the words that it introduces.
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

/// A difference between a quotation and the source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Difference {
    /// The kind of the difference.
    pub kind: DifferenceKind,
    /// The quotation's words or marks; empty where it omits some.
    pub given: String,
    /// The source's words or marks in their place; empty where there are none.
    pub source: String,
    /// What it does to the meaning, for the sentence.
    #[serde(skip)]
    #[schema(ignore)]
    pub effect: Effect,
}

/// What a difference does to the meaning, as far as the words themselves show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It turns the meaning around.
    Reversal,
    /// It changes the meaning.
    Change,
    /// The writer's words in brackets, which may change the meaning.
    Bracketed,
    /// Another name of the same actor or place.
    SameName,
    /// Another name of the same month or day.
    SameDate,
    /// The words do not show it.
    Open,
}

impl Difference {
    /// A difference whose effect follows from its kind.
    #[must_use]
    pub const fn new(kind: DifferenceKind, given: String, source: String) -> Self {
        let effect = match kind {
            DifferenceKind::Negation => Effect::Reversal,
            DifferenceKind::Number | DifferenceKind::Name => Effect::Change,
            _ => Effect::Open,
        };
        Self { kind, given, source, effect }
    }

    /// Sorts differences: changes of meaning first, then by their kind.
    pub fn sort(differences: &mut [Self]) {
        differences.sort_by_key(|difference| (!matches!(difference.effect, Effect::Reversal | Effect::Change), difference.kind));
    }
}

impl DifferenceKind {
    /// Whether the source's words have this difference and are still the source's words.
    #[must_use]
    pub const fn is_allowed(self) -> bool {
        matches!(self, Self::Cut | Self::Bracket | Self::LeadIn | Self::Numeral | Self::Punctuation | Self::Spelling | Self::Spacing)
    }
}
