//! CSV (RFC 4180): every list as a flat table, with stable columns and both languages.
//!
//! A text that a spreadsheet would evaluate as a formula gets a leading apostrophe; numbers stay numbers. A byte order mark is
//! written on request only.

mod cell;
mod row;
mod rows;
mod table;

pub use cell::Cell;
pub use row::Row;
pub use table::list;
