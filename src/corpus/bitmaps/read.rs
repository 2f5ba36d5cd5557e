//! Reading sets from the file, and from the cache.

use std::sync::Arc;

use roaring::RoaringBitmap;
use serde_json::json;
use sqlx::{Row, sqlite::SqliteRow};

use crate::corpus::{
    bitmaps::{
        bounds::BoundSet,
        chunks::{CHUNK_BITS, ChunkedSet},
        index::{CacheKey, Cached, Parameter, ValueCount},
        keys::{DAY_BITS, set_place, value_digest},
    },
    corpus::Corpus,
    sort::SortKey,
    verified::Verified,
};

/// The sets of values (?1: pairs of parameter and value; ?2: the order), and the segments with bounds (?3: pairs of the first
/// key of a chunk and the key of the day). Each search is by key.
const SETS: &str = "SELECT 0 AS kind, w.key, b.key, b.bytes, b.digest FROM json_each(?1) AS w \
        CROSS JOIN filter_values AS v ON v.parameter = w.value ->> 0 AND v.value = w.value ->> 1 \
        CROSS JOIN bitmaps AS b ON b.key BETWEEN (v.number << 2 | ?2) << 16 AND ((v.number << 2 | ?2) << 16) + 65535 \
    UNION ALL SELECT 1, w.key, s.key, s.bytes, s.digest FROM json_each(?3) AS w \
        CROSS JOIN bound_sets AS s ON s.key = (SELECT max(t.key) FROM bound_sets AS t WHERE t.key BETWEEN w.value ->> 0 AND w.value ->> 1)";

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
    let mut places: Vec<Option<Arc<RoaringBitmap>>> = bounds
        .iter()
        .map(|key| cache.get(&CacheKey::Bound(*key)).and_then(|cached| if let Cached::Places(places) = cached { Some(places) } else { None }))
        .collect();
    let missing_sets: Vec<usize> = (0..sets.len()).filter(|at| sets[*at].is_none()).collect();
    let missing_bounds: Vec<usize> = (0..places.len()).filter(|at| places[*at].is_none()).collect();
    if !(missing_sets.is_empty() && missing_bounds.is_empty()) {
        let wanted = json!(missing_sets.iter().map(|at| json!([values[*at].parameter, values[*at].value])).collect::<Vec<_>>()).to_string();
        let keys = json!(missing_bounds.iter().map(|at| [bounds[*at] >> DAY_BITS << DAY_BITS, bounds[*at]]).collect::<Vec<_>>()).to_string();
        let mut read_sets = vec![ChunkedSet::default(); missing_sets.len()];
        let mut read_places = vec![RoaringBitmap::new(); missing_bounds.len()];
        for row in sqlx::query(SETS).bind(wanted).bind(order as i64).bind(keys).fetch_all(&corpus.pool).await? {
            let (is_bound, at, key): (bool, i64, i64) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
            let at = usize::try_from(at).unwrap_or_default();
            let bytes = verified_bytes(corpus, if is_bound { "bound_sets" } else { "bitmaps" }, key, &row, 3)?;
            if is_bound {
                let day = |key: i64| u32::try_from(key & ((1 << DAY_BITS) - 1)).unwrap_or_default();
                let chunk = u32::try_from(key >> DAY_BITS & ((1 << CHUNK_BITS) - 1)).unwrap_or_default();
                read_places[at] = BoundSet::decode(chunk, day(key), day(bounds[missing_bounds[at]]), &bytes)?;
            } else {
                let chunk = u32::try_from(key & ((1 << CHUNK_BITS) - 1)).unwrap_or_default();
                read_sets[at].push(chunk, Arc::new(RoaringBitmap::deserialize_from(*bytes)?));
            }
        }
        for (at, set) in missing_sets.into_iter().zip(read_sets.into_iter().map(Arc::new)) {
            cache.insert(key_of(&values[at]), Cached::Set(set.clone()));
            sets[at] = Some(set);
        }
        for (at, read) in missing_bounds.into_iter().zip(read_places.into_iter().map(Arc::new)) {
            cache.insert(CacheKey::Bound(bounds[at]), Cached::Places(read.clone()));
            places[at] = Some(read);
        }
    }
    Ok((sets.into_iter().flatten().collect(), places.into_iter().flatten().collect()))
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
