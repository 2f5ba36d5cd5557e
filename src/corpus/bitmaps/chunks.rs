//! Sets of places, in chunks.

use std::sync::Arc;

use roaring::{MultiOps, RoaringBitmap};

/// How many bits of a place count places in its chunk.
pub const CHUNK_BITS: u32 = 16;

/// A set of places: the chunks that have any, each with the places in it.
#[derive(Clone, Debug, Default)]
pub struct ChunkedSet(Vec<(u32, Arc<RoaringBitmap>)>);

impl ChunkedSet {
    /// The set of these places, which are in ascending order.
    #[must_use]
    pub fn from_sorted(places: impl IntoIterator<Item = u32>) -> Self {
        let mut chunks: Vec<(u32, RoaringBitmap)> = Vec::new();
        for place in places {
            match chunks.last_mut() {
                Some((last, places)) if *last == chunk_of(place) => _ = places.insert(place),
                _ => chunks.push((chunk_of(place), RoaringBitmap::from([place]))),
            }
        }
        Self(chunks.into_iter().map(|(chunk, places)| (chunk, Arc::new(places))).collect())
    }

    /// Adds a chunk after those that the set has. Empty chunks are left out.
    pub fn push(&mut self, chunk: u32, places: Arc<RoaringBitmap>) {
        if !places.is_empty() {
            self.0.push((chunk, places));
        }
    }

    /// The places in a chunk.
    #[must_use]
    pub fn get(&self, chunk: u32) -> Option<&RoaringBitmap> {
        self.0.binary_search_by_key(&chunk, |(chunk, _)| *chunk).ok().map(|at| &*self.0[at].1)
    }

    /// The chunks, in ascending order.
    pub fn chunks(&self) -> impl Iterator<Item = (u32, &RoaringBitmap)> {
        self.0.iter().map(|(chunk, places)| (*chunk, &**places))
    }

    /// The places, in ascending order.
    pub fn places(&self) -> impl Iterator<Item = u32> {
        self.chunks().flat_map(|(_, places)| places)
    }

    /// The places as one bitmap.
    #[must_use]
    pub fn to_bitmap(&self) -> RoaringBitmap {
        self.0.iter().map(|(_, places)| &**places).union()
    }

    /// How many places there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.chunks().map(|(_, places)| places.len()).sum()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many places both sets have.
    #[must_use]
    pub fn common(&self, other: &Self) -> u64 {
        self.chunks().filter_map(|(chunk, places)| Some(places.intersection_len(other.get(chunk)?))).sum()
    }

    /// Roughly how many bytes of memory it takes.
    #[must_use]
    pub fn weight(&self) -> u64 {
        self.chunks().map(|(_, places)| places.serialized_size() as u64 + 64).sum()
    }
}

/// The chunk of a place.
#[must_use]
pub const fn chunk_of(place: u32) -> u32 {
    place >> CHUNK_BITS
}

/// The first place of a chunk.
#[must_use]
pub const fn first_of(chunk: u32) -> u32 {
    chunk << CHUNK_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_its_places_in_order() {
        let places = [3, 65_535, 65_536, 70_000, 400_000, 400_001];
        let set = ChunkedSet::from_sorted(places);
        assert_eq!(set.places().collect::<Vec<_>>(), places);
        assert_eq!((set.len(), set.chunks().count()), (6, 3));
        assert_eq!(set.get(1).unwrap().iter().collect::<Vec<_>>(), [65_536, 70_000]);
        assert!(set.get(2).is_none());
        assert_eq!(set.common(&ChunkedSet::from_sorted([3, 4, 70_000, 500_000])), 2);
    }
}
