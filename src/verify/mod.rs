//! Verification: whether words that somebody gives as a quotation are the source's, whose they are, and what differs.
//!
//! Arabic is compared with the source, other languages with the working translation, which is never called verbatim.
//! A [`Library`] has the statements that a quotation may be from. A [`Judge`] [compares](comparison) it with each:
//! locates its words, or finds what is nearest to them. The [`Outcome`] is one of three, and a [`Verdict`] says of
//! it only what may be said of that one.

mod brackets;
mod classify;
pub mod comparison;
mod difference;
pub mod draft;
mod draft_speaker;
mod draft_verdict;
mod judge;
mod library;
mod locate;
pub mod names;
mod nearest;
mod occurrence;
mod outcome;
mod params;
pub mod passage;
pub mod place;
mod quotation_verdict;
mod reading;
mod record;
mod registers;
mod reporting;
mod speaker;
mod translation;
mod verdict;
mod verdict_text;

pub use comparison::ComparisonError;
pub use difference::{Difference, DifferenceKind};
pub use draft_verdict::{Draft, DraftQuotation, DraftVerdict, verify_draft};
pub use judge::Judge;
pub use library::{Library, StoredLibrary, load};
pub use occurrence::Occurrence;
pub use outcome::{Asked, ComparedWith, Outcome};
pub use params::VerifyParams;
pub use quotation_verdict::{VerifyError, verify};
pub use verdict::{MatchKind, Verdict};
