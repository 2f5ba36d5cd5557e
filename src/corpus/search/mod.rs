//! Search: `q`, on one resource or on all of them.
//!
//! An index of bitmaps has the items of each word, of each pair of words side by side, and of each name and date, by where
//! the item has it ([`postings`]). The items of a query are intersections of these: level by level, in the order of rank, the
//! words themselves, then aliases, lead-ins and dates; if no clause has all words, paragraphs that have them together. Within
//! a level, items are in an order that does not depend on the query ([`rank`]), and the bitmaps number them by it: the best
//! hits are the first of a set.
//!
//! The index has only stems and keys, never the text of the user. Only the hits of a page are matched against their own text,
//! which finds the exact offsets of the highlights.

mod class;
mod everything;
mod fields;
mod hits;
mod list;
mod matching;
mod page;
mod paragraphs;
mod posting_blocks;
mod postings;
mod rank;
mod reading_order;
mod runs;
mod searched_resource;
mod selection;
mod stored_words;
mod terms;
pub mod varint;

pub use everything::{Everything, Found, SearchItem, SearchScope, everything};
pub use list::list;
pub use posting_blocks::PostingBlock;
pub use postings::{Layer, PostingKey, Postings, block_place, read_passages};
pub use rank::RankGroup;
pub use searched_resource::SearchedResource;
pub use selection::{items_of, numbers_of};
pub use stored_words::{StoredKey, StoredText};
