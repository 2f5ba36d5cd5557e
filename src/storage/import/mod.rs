//! Importing packages: the next file is built from the present one, with the rows of each package in place of those that its
//! statement had.

mod changes;
mod clauses;
mod delete;
mod inserter;
mod milestones;
mod packages;
mod registers;
mod statement;

pub use changes::NewChange;
pub use packages::{Imported, import};
