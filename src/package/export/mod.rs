//! Reads documents from a database: each fact in the one form that format 1 has for it, so that the same data is the same bytes.

mod clauses;
mod database;
mod milestones;
mod registers;
mod rows;
mod statement;
mod stored;
mod uses;

pub use database::{export, known, known_from, statement_ids, to_json, to_json_line};
pub use statement::changes as history;
pub use stored::{decompress, export_from, package_place, stored, stored_after, stored_from};
pub use uses::in_use;
