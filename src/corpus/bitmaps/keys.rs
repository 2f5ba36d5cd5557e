//! The keys under which sets are stored: whole numbers, so that a set is found by one search in one tree.

use crate::corpus::{bitmaps::chunks::CHUNK_BITS, resource::Resource, sort::SortKey, verified::Place};

/// How many bits the day of a bound takes: enough for every valid day, counted from the year 1.
pub const DAY_BITS: u32 = 22;

/// The bounds of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// Its earliest day.
    Starts,
    /// Its latest day.
    Ends,
}

/// The key in `bitmaps` of a chunk of the places that have a value, in an order.
#[must_use]
pub const fn bitmap_key(value: i64, order: SortKey, chunk: u32) -> i64 {
    (value << 2 | order as i64) << CHUNK_BITS | chunk as i64
}

/// The key in `bound_sets` of the places of a chunk, in an order, of which a bound is at most a day. `date` counts the dates
/// of an item.
#[must_use]
pub const fn bound_key(resource: Resource, order: SortKey, bound: Bound, date: u32, chunk: u32, day: u32) -> i64 {
    let set = ((resource as i64) << 2 | order as i64) << 1 | bound as i64;
    ((set << 12 | date as i64) << CHUNK_BITS | chunk as i64) << DAY_BITS | day as i64
}

/// The key in `item_values` of the values that a block of places has of a parameter, in an order.
#[must_use]
pub const fn block_key(parameter: i64, order: SortKey, block: u32) -> i64 {
    (parameter << 2 | order as i64) << 24 | block as i64
}

/// The place of a set in a database file: its table and its key.
#[must_use]
pub fn set_place(table: &str, key: i64) -> Place {
    Place::of(table).number(key)
}

/// The digest of a value of a parameter and of how many items have it.
#[must_use]
pub fn value_digest(parameter: i64, value: &str, count: i64) -> i64 {
    Place::of("filter_values").number(parameter).key(value).digest(&count.to_le_bytes())
}
