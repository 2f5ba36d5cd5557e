//! Importing packages: the next file is built from the present one, with the rows of each package in place of those that its
//! statement had.

mod changes;
mod clauses;
mod delete;
mod imported;
mod inserter;
mod milestones;
mod packages;
mod registers;
mod revision;
mod statement;

pub use changes::NewChange;
pub use imported::Imported;
pub use packages::import;
