//! Importing packages: the next file is built from the present one, with the rows of each package in place of those that its
//! statement had.

mod changes;
mod clauses;
mod delete;
mod derived;
mod imported;
mod inserter;
mod known;
mod milestones;
mod moved;
mod packages;
mod registers;
mod revision;
mod rows;
mod statement;
mod upgrade;
mod withdraw;

pub use changes::NewChange;
pub use imported::Imported;
pub use known::known;
pub use packages::{insert_all, withdraw_statement};
pub use upgrade::{Plan, carry_over, plan};
