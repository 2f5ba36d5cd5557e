//! What is known of the bitmaps of a file without reading them, and those that were read lately.

use std::{collections::HashMap, ops::Range, sync::Arc};

use quick_cache::{Weighter, sync::Cache};
use roaring::RoaringBitmap;
use sqlx::Row;

use crate::corpus::{
    bitmaps::{bounds::Segment, chunks::ChunkedSet},
    connection_pool::ConnectionPool,
    resource::Resource,
    sort::SortKey,
};

/// How many bytes of sets are cached.
const CACHE_BYTES: u64 = 16 * 1024 * 1024;
/// How many sets the cache has room for at first.
const EXPECTED_ENTRIES: usize = 1_024;

/// How many places of the ends of pages are cached.
const MAX_POSITIONS: usize = 4_096;

/// Where the numbers of the items of a resource are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extent {
    /// The first number.
    pub first: u32,
    /// How many items there are.
    pub count: u32,
    /// How many dates an item has at most.
    pub dates: u32,
}

/// A parameter of the filter of a resource.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its number.
    pub number: i64,
    /// How many values it has.
    pub values: u32,
}

/// A value of a parameter, and how many items have it.
#[derive(Clone, Debug)]
pub struct ValueCount {
    /// The value.
    pub value: String,
    /// How many items have it.
    pub count: u64,
}

/// What the cache has sets for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CacheKey {
    /// The places with a value of the parameter with a number.
    Value(i64, SortKey, String),
    /// The places of a chunk with a bound: a key of `bound_sets` with the day that was asked for.
    Bound(i64),
    /// The segments of a chunk with a bound that were read lately: a key of `bound_sets` without its day.
    Segments(i64),
    /// The values of a parameter that most items have.
    TopValues(i64),
}

/// A cached set.
#[derive(Clone, Debug)]
pub enum Cached {
    /// Places.
    Set(Arc<ChunkedSet>),
    /// Places of a chunk.
    Places(Arc<RoaringBitmap>),
    /// Segments of a chunk.
    Segments(Arc<[Segment]>),
    /// Values.
    Values(Arc<[ValueCount]>),
}

/// Weighs a cached set by its bytes.
#[derive(Clone, Debug)]
pub struct ByteWeighter;

impl Weighter<CacheKey, Cached> for ByteWeighter {
    fn weight(&self, key: &CacheKey, cached: &Cached) -> u64 {
        let key = if let CacheKey::Value(_, _, value) = key { value.len() as u64 } else { 0 };
        let value = match cached {
            Cached::Set(set) => set.weight(),
            Cached::Places(places) => places.serialized_size() as u64,
            Cached::Segments(segments) => segments.iter().map(|segment| segment.weight() + 48).sum(),
            Cached::Values(values) => values.iter().map(|value| value.value.len() as u64 + 48).sum(),
        };
        key + value + 128
    }
}

/// The sets that were read lately.
pub type SetCache = Cache<CacheKey, Cached, ByteWeighter>;

/// What is known of the bitmaps of a file.
#[derive(Debug)]
pub struct Index {
    extents: [Extent; Resource::ALL.len()],
    parameters: HashMap<(Resource, String), Parameter>,
    pub(super) cache: SetCache,
    /// By the sort key and the id of the last item of a page.
    positions: Cache<(Resource, SortKey, String, String), u32>,
}

impl Index {
    /// Reads what a file has.
    ///
    /// # Errors
    /// When a query fails.
    pub async fn open(pool: &ConnectionPool) -> sqlx::Result<Self> {
        let mut extents = [Extent::default(); Resource::ALL.len()];
        for row in sqlx::query("SELECT resource, first, count, dates FROM extents").fetch_all(pool).await? {
            if let Some(resource) = Resource::from_name(row.try_get(0)?) {
                extents[resource as usize] = Extent { first: row.try_get(1)?, count: row.try_get(2)?, dates: row.try_get(3)? };
            }
        }
        let mut parameters = HashMap::new();
        for row in sqlx::query("SELECT resource, name, number, \"values\" FROM filter_parameters").fetch_all(pool).await? {
            if let Some(resource) = Resource::from_name(row.try_get(0)?) {
                parameters.insert((resource, row.try_get(1)?), Parameter { number: row.try_get(2)?, values: row.try_get(3)? });
            }
        }
        let cache = Cache::with_weighter(EXPECTED_ENTRIES, CACHE_BYTES, ByteWeighter);
        Ok(Self { extents, parameters, cache, positions: Cache::new(MAX_POSITIONS) })
    }

    /// Where the numbers of a resource are.
    #[must_use]
    pub const fn extent(&self, resource: Resource) -> Extent {
        self.extents[resource as usize]
    }

    /// The places of the items of a resource in an order. Ranks are those of all resources.
    #[must_use]
    pub fn places(&self, resource: Resource, order: SortKey) -> Range<u32> {
        match order {
            SortKey::Position | SortKey::Starts | SortKey::Ends => {
                let Extent { first, count, .. } = self.extent(resource);
                first..first + count
            }
            SortKey::Relevance => {
                let ranked = Resource::ALL.into_iter().filter(|resource| resource.orders().contains(&SortKey::Relevance));
                0..ranked.map(|resource| self.extent(resource).count).sum()
            }
        }
    }

    /// The place at which a page with this last item ended, if it was read lately.
    #[must_use]
    pub fn end_of_page(&self, resource: Resource, order: SortKey, key: &str, id: &str) -> Option<u32> {
        self.positions.get(&(resource, order, key.to_owned(), id.to_owned()))
    }

    /// Caches the place at which a page ended, since most likely the next page is requested soon.
    pub fn insert_end_of_page(&self, resource: Resource, order: SortKey, key: &str, id: &str, place: u32) {
        self.positions.insert((resource, order, key.to_owned(), id.to_owned()), place);
    }

    /// A parameter; `None` if no item has a value of it.
    pub(super) fn parameter(&self, resource: Resource, name: &str) -> Option<Parameter> {
        // The names are few and short; a lookup without allocating would need a type for the borrowed pair.
        self.parameters.get(&(resource, name.to_owned())).copied()
    }
}
