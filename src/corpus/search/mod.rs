//! Search: `q`, on one resource or on all of them.
//!
//! An FTS5 index of stems and keys selects and ranks the candidates; only those reach the FTS5 query, never what was typed.
//! Each hit is then matched against its own text, which says how it was found and places the highlights to the code point.
//!
//! The index is asked level by level, in the order of rank: the words themselves, then aliases, lead-ins and dates. Where no
//! clause has all words, the paragraphs are asked that have them together.

mod candidates;
mod everything;
mod expression;
mod fields;
mod list;
mod matching;
mod paragraphs;
mod searched_resource;

pub use everything::{Everything, Found, SearchItem, everything};
pub use list::list;
pub use searched_resource::SearchedResource;
