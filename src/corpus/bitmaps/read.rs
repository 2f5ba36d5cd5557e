//! Reading sets from the file, and from the cache.

use std::sync::Arc;

use roaring::RoaringBitmap;
use serde_json::json;
use sqlx::{Row, sqlite::SqliteRow};

use crate::corpus::{
    bitmaps::{
        bounds::{Segment, UNKNOWN_LATEST},
        chunks::{CHUNK_BITS, ChunkedSet},
        index::{CacheKey, Cached, Parameter, SetCache, ValueCount},
        keys::{DAY_BITS, set_place, value_digest},
    },
    corpus::Corpus,
    sort::SortKey,
    verified::Verified,
};

/// The sets of values (?1: pairs of parameter and value; ?2: the order), and the segments with bounds (?3: the first key of a
/// chunk, the key of the day, and the last key of the chunk), each with the key of the next segment. Each search is by key.
const SETS: &str = "SELECT 0 AS kind, w.key, b.key, b.bytes, b.digest, NULL FROM json_each(?1) AS w \
        CROSS JOIN filter_values AS v ON v.parameter = w.value ->> 0 AND v.value = w.value ->> 1 \
        CROSS JOIN bitmaps AS b ON b.key BETWEEN (v.number << 2 | ?2) << 16 AND ((v.number << 2 | ?2) << 16) + 65535 \
    UNION ALL SELECT 1, w.key, s.key, s.bytes, s.digest, \
        (SELECT min(n.key) FROM bound_sets AS n WHERE n.key BETWEEN (w.value ->> 1) + 1 AND w.value ->> 2) FROM json_each(?3) AS w \
        LEFT JOIN bound_sets AS s ON s.key = (SELECT max(t.key) FROM bound_sets AS t WHERE t.key BETWEEN w.value ->> 0 AND w.value ->> 1)";
/// How many segments of a chunk with a bound are cached.
const MAX_SEGMENTS: usize = 8;

/// The values of a parameter that most items have.
const TOP_VALUES: &str = "SELECT value, count, digest FROM filter_values WHERE parameter = ? ORDER BY count DESC, value LIMIT ? + 0";

/// A value whose places are to be read, in an order.
#[derive(Clone, Copy, Debug)]
pub struct WantedValue<'a> {
    /// The number of the parameter.
    pub parameter: i64,
    /// The value.
    pub value: &'a str,
}

/// The places with each value, and those with each bound; the latter by the keys of `bound_sets` with the days that are
/// asked for. One query reads all that are not cached.
pub async fn sets(
    corpus: &Corpus,
    order: SortKey,
    values: &[WantedValue<'_>],
    bounds: &[i64],
) -> sqlx::Result<(Vec<Arc<ChunkedSet>>, Vec<Arc<RoaringBitmap>>)> {
    let cache = &corpus.index.cache;
    let key_of = |wanted: &WantedValue<'_>| CacheKey::Value(wanted.parameter, order, wanted.value.to_owned());
    let mut sets: Vec<Option<Arc<ChunkedSet>>> =
        values.iter().map(|wanted| cache.get(&key_of(wanted)).and_then(|cached| if let Cached::Set(set) = cached { Some(set) } else { None })).collect();
    let mut places: Vec<Option<Arc<RoaringBitmap>>> = bounds.iter().map(|key| cached_bound(cache, *key)).collect::<std::io::Result<_>>()?;
    let missing_sets: Vec<usize> = (0..sets.len()).filter(|at| sets[*at].is_none()).collect();
    let missing_bounds: Vec<usize> = (0..places.len()).filter(|at| places[*at].is_none()).collect();
    if !(missing_sets.is_empty() && missing_bounds.is_empty()) {
        let wanted = json!(missing_sets.iter().map(|at| json!([values[*at].parameter, values[*at].value])).collect::<Vec<_>>()).to_string();
        let keys = missing_bounds.iter().map(|at| [bounds[*at] >> DAY_BITS << DAY_BITS, bounds[*at], bounds[*at] | i64::from(UNKNOWN_LATEST)]);
        let keys = json!(keys.collect::<Vec<_>>()).to_string();
        let mut read_sets = vec![ChunkedSet::default(); missing_sets.len()];
        for row in sqlx::query(SETS).bind(wanted).bind(order as i64).bind(keys).fetch_all(&corpus.pool).await? {
            let (is_bound, at): (bool, i64) = (row.try_get(0)?, row.try_get(1)?);
            let at = usize::try_from(at).unwrap_or_default();
            if is_bound {
                let key = bounds[missing_bounds[at]];
                let segment = read_segment(corpus, &row)?;
                let set = Arc::new(segment.places(chunk_of_bound(key), day_of(key))?);
                cache_bound(cache, key, segment, set.clone());
                places[missing_bounds[at]] = Some(set);
            } else {
                let key: i64 = row.try_get(2)?;
                let bytes = verified_bytes(corpus, "bitmaps", key, &row, 3)?;
                let chunk = u32::try_from(key & ((1 << CHUNK_BITS) - 1)).unwrap_or_default();
                read_sets[at].push(chunk, Arc::new(RoaringBitmap::deserialize_from(*bytes)?));
            }
        }
        for (at, set) in missing_sets.into_iter().zip(read_sets.into_iter().map(Arc::new)) {
            cache.insert(key_of(&values[at]), Cached::Set(set.clone()));
            sets[at] = Some(set);
        }
    }
    Ok((sets.into_iter().flatten().collect(), places.into_iter().flatten().collect()))
}

/// The segment in a row: its key, its bytes and their digest, and the key of the next one.
fn read_segment(corpus: &Corpus, row: &SqliteRow) -> sqlx::Result<Segment> {
    let (first, next): (Option<i64>, Option<i64>) = (row.try_get(2)?, row.try_get(5)?);
    let bytes = first.map(|first| verified_bytes(corpus, "bound_sets", first, row, 3)).transpose()?;
    Ok(Segment::new(first.map_or(0, day_of), next.map(day_of), bytes.as_deref().copied()))
}

/// The cached places with a bound at most on a day, or those of a cached segment.
fn cached_bound(cache: &SetCache, key: i64) -> std::io::Result<Option<Arc<RoaringBitmap>>> {
    if let Some(Cached::Places(places)) = cache.get(&CacheKey::Bound(key)) {
        return Ok(Some(places));
    }
    let Some(Cached::Segments(segments)) = cache.get(&CacheKey::Segments(key >> DAY_BITS)) else { return Ok(None) };
    let segment = segments.iter().find(|segment| segment.has(day_of(key)));
    segment.map(|segment| segment.places(chunk_of_bound(key), day_of(key)).map(Arc::new)).transpose()
}

/// Caches a segment, and the places in it up to a day.
fn cache_bound(cache: &SetCache, key: i64, segment: Segment, places: Arc<RoaringBitmap>) {
    let known = CacheKey::Segments(key >> DAY_BITS);
    let others = if let Some(Cached::Segments(segments)) = cache.get(&known) { segments } else { Arc::from([]) };
    // Another request may have read the same one.
    let others = others.iter().filter(|other| !other.has(day_of(key))).take(MAX_SEGMENTS - 1).cloned();
    let segments: Arc<[Segment]> = [segment].into_iter().chain(others).collect();
    cache.insert(known, Cached::Segments(segments));
    cache.insert(CacheKey::Bound(key), Cached::Places(places));
}

/// The day in a key of `bound_sets`.
fn day_of(key: i64) -> u32 {
    u32::try_from(key & i64::from(UNKNOWN_LATEST)).unwrap_or_default()
}

/// The chunk in a key of `bound_sets`.
fn chunk_of_bound(key: i64) -> u32 {
    u32::try_from(key >> DAY_BITS & ((1 << CHUNK_BITS) - 1)).unwrap_or_default()
}

/// The values of a parameter that most items have, the most frequent first: at most `limit`, which is the same for all.
pub async fn top_values(corpus: &Corpus, parameter: Parameter, limit: u32) -> sqlx::Result<Arc<[ValueCount]>> {
    let cache = &corpus.index.cache;
    if let Some(Cached::Values(values)) = cache.get(&CacheKey::TopValues(parameter.number)) {
        return Ok(values);
    }
    let rows = sqlx::query(TOP_VALUES).bind(parameter.number).bind(limit).fetch_all(&corpus.pool).await?;
    let values: Arc<[ValueCount]> = rows.iter().map(|row| verified_count(corpus, parameter, row)).collect::<sqlx::Result<_>>()?;
    cache.insert(CacheKey::TopValues(parameter.number), Cached::Values(values.clone()));
    Ok(values)
}

/// The bytes of a set, in a column with their digest in the next one.
///
/// # Errors
/// When they do not have their digest: the file is damaged.
pub fn verified_bytes<'r>(corpus: &Corpus, table: &str, key: i64, row: &'r SqliteRow, column: usize) -> sqlx::Result<Verified<&'r [u8]>> {
    corpus.verify(set_place(table, key), row.try_get(column)?, row.try_get(column + 1)?)
}

/// A value of a parameter and how many items have it, from three columns: these, and their digest.
///
/// # Errors
/// When they do not have their digest: the file is damaged.
pub fn verified_count(corpus: &Corpus, parameter: Parameter, row: &SqliteRow) -> sqlx::Result<ValueCount> {
    let (value, count): (String, i64) = (row.try_get(0)?, row.try_get(1)?);
    if value_digest(parameter.number, &value, count) != row.try_get::<i64, _>(2)? {
        return Err(corpus.damaged_value());
    }
    Ok(ValueCount { value, count: count.unsigned_abs() })
}
