//! Sets of places as they are stored.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;

use crate::{
    corpus::bitmaps::{BLOCK_BITS, BoundSet, CHUNK_BITS, ValueBlock},
    storage::bitmaps::places::Places,
};

/// The chunks of the places of items, serialized.
pub fn chunks(numbers: &RoaringBitmap, places: &Places) -> std::io::Result<Vec<(u32, Vec<u8>)>> {
    let mut all: Vec<u32> = numbers.iter().map(|number| places.of(number)).collect();
    all.sort_unstable();
    let chunk = |chunk: &[u32]| {
        let mut places: RoaringBitmap = chunk.iter().copied().collect();
        places.optimize();
        let mut bytes = Vec::with_capacity(places.serialized_size());
        places.serialize_into(&mut bytes)?;
        Ok((chunk[0] >> CHUNK_BITS, bytes))
    };
    all.chunk_by(|one, other| one >> CHUNK_BITS == other >> CHUNK_BITS).map(chunk).collect()
}

/// The segments of each chunk of places, by a bound of each item.
pub fn bounds(bounds: impl Iterator<Item = (u32, u32)>, places: &Places) -> std::io::Result<Vec<(u32, Vec<BoundSet>)>> {
    let mut chunks: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for (number, day) in bounds {
        let place = places.of(number);
        chunks.entry(place >> CHUNK_BITS).or_default().push((day, place));
    }
    chunks.into_iter().map(|(chunk, bounds)| Ok((chunk, BoundSet::segments(bounds)?))).collect()
}

/// The blocks of the values of items. `numbers` has the items of each value, by the number of the value.
pub fn blocks<'a>(numbers: impl Iterator<Item = (u32, &'a RoaringBitmap)>, places: &Places) -> Vec<(u32, Vec<u8>)> {
    let mut pairs: Vec<(u32, u32)> = numbers.flat_map(|(value, numbers)| numbers.iter().map(move |number| (places.of(number), value))).collect();
    pairs.sort_unstable();
    let block = |block: &[(u32, u32)]| {
        let positions: Vec<(u32, u32)> = block.iter().map(|(place, value)| (place & ((1 << BLOCK_BITS) - 1), *value)).collect();
        (block[0].0 >> BLOCK_BITS, ValueBlock::encode(&positions))
    };
    pairs.chunk_by(|one, other| one.0 >> BLOCK_BITS == other.0 >> BLOCK_BITS).map(block).collect()
}
