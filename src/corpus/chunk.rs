//! Chunks: the parts in which sets of items are stored.

/// The number of an item has so many bits below that of its chunk.
pub const CHUNK_BITS: u32 = 16;
