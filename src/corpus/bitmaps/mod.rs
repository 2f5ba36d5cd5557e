//! Bitmaps: which items have which value of each parameter, and which dates, in each order of the items.
//!
//! An item has a *place* in each order of its resource. In reading order, that is its number; the others are permutations of
//! the same numbers. For each order, the file stores the set of places that have each value of each parameter, in chunks of
//! 65,536 places, one compressed bitmap each. A [`Selection`] combines them chunk by chunk, so that a page costs what it
//! contains, a count is a sum of cardinalities, and no list reads or sorts the items that it does not show.

mod bounds;
mod chunks;
mod conditions;
mod facets;
mod index;
mod item_values;
mod keys;
mod read;
mod referring;
mod selection;
#[cfg(test)]
mod selection_tests;
mod values;

pub use bounds::{BoundSet, UNKNOWN_LATEST, day_number};
pub use chunks::{CHUNK_BITS, ChunkedSet};
pub use conditions::{Conditions, Reference, Term};
pub use facets::{FEW_VALUES, count_values};
pub use index::{Extent, Index};
pub use item_values::{Indexed, ItemValue, ItemValues, RegisterParameter};
pub use keys::{Bound, bitmap_key, block_key, bound_key, set_place, value_digest};
pub use selection::Selection;
pub use values::{BLOCK_BITS, ValueBlock};
