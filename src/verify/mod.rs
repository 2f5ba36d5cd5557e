//! Verification: whether the source has the words of a quotation, who says them, and what differs.
//!
//! Arabic is compared with the source, other languages with the working translation, which is never called verbatim.
//! A [`Library`] has the statements that a quotation may be from. A [`Judge`] [compares](comparison) it with each:
//! locates its words, or finds the nearest passage. The [`Outcome`] has three variants, and a [`Verdict`] contains only
//! statements that are valid for the variant.

mod brackets;
mod cautions;
mod classify;
pub mod clause_words;
pub mod comparison;
mod cuts;
mod difference;
pub mod draft;
mod draft_speaker;
mod draft_verdict;
mod edges;
mod judge;
mod library;
mod locate;
mod named;
pub mod names;
mod nearest;
mod occurrence;
mod outcome;
mod params;
pub mod passage;
mod passage_scores;
pub mod place;
mod preselect;
mod quotation_verdict;
mod quoted_words;
mod reading;
mod reason;
mod record;
mod registers;
mod shelf;
mod speaker;
mod translation;
mod verdict;
mod verdict_text;

pub use comparison::ComparisonError;
pub use difference::{Difference, DifferenceKind};
pub use draft_verdict::{Draft, DraftQuotation, DraftVerdict, verify_draft};
pub use judge::Judge;
pub use library::{Library, StoredLibrary, load, load_with_context};
pub use occurrence::Occurrence;
pub use outcome::{Asked, ComparedWith, Outcome};
pub use params::VerifyParams;
pub use quotation_verdict::{VerifyError, verify};
pub use verdict::{MatchKind, Verdict};
