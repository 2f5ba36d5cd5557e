//! Statement packages: one statement in one file, as an editor writes it and as a researcher takes it away.
//!
//! [`mod@parse`] reads YAML and JSON as one tree with places, [`document`] reads the tree into the types of format 1,
//! [`resolve`] turns quotes into offsets, and [`check`] has the rules. Each records what is wrong and goes on, so that
//! [`Package::open`] and [`Package::check`] find everything in one run; [`report`] shows it. [`export`] reads a document from a database.

pub mod check;
pub mod diagnostic;
pub mod document;
pub mod draft;
pub mod export;
mod fields;
mod files;
pub mod known;
mod nearest;
mod original;
#[expect(clippy::module_inception, reason = "each type lives in the file with its name")]
mod package;
pub mod parse;
mod quotations;
mod regular_file;
pub mod report;
pub mod resolve;
pub mod schema;
mod spanned;
mod time;

pub use files::{Packages, files, packages};
pub use nearest::nearest_word;
pub use original::Original;
pub use package::Package;
pub use regular_file::open_regular;
pub use spanned::{Spanned, Text};
