//! A package of format 1: one statement, its source, and everything that is said about it, as an editor writes it.
//!
//! A value that the file lacks, or has wrong, is `None`; reading records each. Words are quotes, never offsets.

mod clause;
mod date;
mod milestone;
mod note;
mod quote;
mod register;
mod source;
mod statement;
mod withdrawal;

pub use clause::{ActorEntry, Citation, Clause, LeadIn, LeadInRef, Mention, NewLeadIn};
pub use date::{Date, DateRef};
pub use milestone::{Development, Milestone, MilestoneDate};
pub use note::Note;
pub use quote::QuoteSelector;
pub use register::{Actor, Aliases, CitedDocument, DocumentKind, Location, Point};
pub use source::{Bilingual, Publication, SourceText, Version, script};
pub use statement::{ChangeRecord, Document};
pub use withdrawal::Withdrawal;
