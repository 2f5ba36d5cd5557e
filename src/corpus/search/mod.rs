//! Search: `q`, on one resource or on all of them.
//!
//! An FTS5 index of stems and keys selects and ranks the candidates. The FTS5 query has only stems and keys, never the text
//! of the user. Each hit is then matched against its own text, which finds how it matched, and the exact offsets of the
//! highlights.
//!
//! The index is queried level by level, in the order of rank: the words themselves, then aliases, lead-ins and dates. If no
//! clause has all words, paragraphs that have them together are queried.

mod candidates;
mod everything;
mod expression;
mod fields;
mod list;
mod matching;
mod paragraphs;
mod searched_resource;

pub use everything::{Everything, Found, SearchItem, SearchScope, everything};
pub use list::list;
pub use searched_resource::SearchedResource;
