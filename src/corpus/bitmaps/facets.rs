//! Counting the values of a parameter in a set of items.

use std::{cmp::Reverse, collections::HashMap};

use futures_util::TryStreamExt;
use serde_json::json;
use sqlx::{Row, sqlite::SqliteRow};

use crate::corpus::{
    bitmaps::{
        chunks::ChunkedSet,
        index::Parameter,
        keys::block_key,
        read::{WantedValue, sets, top_values, verified_bytes, verified_count},
        values::{BLOCK_BITS, ValueBlock},
    },
    corpus::Corpus,
    facet::{Facet, MAX_COUNTED, MAX_COUNTED_VALUES, MAX_VALUES, sort_facets},
    resource::Resource,
    sort::SortKey,
};

/// A parameter with more values than these is counted item by item, and not value by value.
pub const FEW_VALUES: u32 = 128;

/// The values of the items of blocks (?1: their keys).
const BLOCKS: &str = "SELECT b.key, b.bytes, b.digest FROM json_each(?1) AS w CROSS JOIN item_values AS b ON b.key = w.value";
/// The values with numbers (?1).
const VALUES: &str = "SELECT v.value, v.count, v.digest, v.number FROM json_each(?1) AS w CROSS JOIN filter_values AS v ON v.number = w.value";

/// The values of a parameter that most of the selected items have, and whether these are all such values. `None` selects all items
/// of the resource.
///
/// # Errors
/// When a query fails, or when a stored set is damaged.
pub async fn count_values(corpus: &Corpus, resource: Resource, order: SortKey, selected: Option<&ChunkedSet>, name: &str) -> sqlx::Result<(Vec<Facet>, bool)> {
    let Some(parameter) = corpus.index.parameter(resource, name) else { return Ok((Vec::new(), true)) };
    let Some(selected) = selected else {
        let top = top_values(corpus, parameter, MAX_COUNTED_VALUES).await?;
        return Ok((sort_facets(top.iter().map(|value| Facet::new(value.value.clone(), value.count)).collect()), true));
    };
    let is_few = selected.len() <= u64::from(MAX_COUNTED);
    if parameter.values <= FEW_VALUES || !is_few && is_uneven(corpus, resource, parameter, selected.len()).await? {
        return count_by_value(corpus, parameter, order, selected).await;
    }
    Ok((count_by_item(corpus, parameter, order, selected).await?, is_few))
}

/// Whether the values that most of so many items have are likely among the most frequent ones of all items.
async fn is_uneven(corpus: &Corpus, resource: Resource, parameter: Parameter, selected: u64) -> sqlx::Result<bool> {
    let values = top_values(corpus, parameter, MAX_COUNTED_VALUES).await?;
    let count = |at: usize| values.get(at).map_or(0, |value| value.count);
    let all = u64::from(corpus.index.extent(resource).count);
    let (last, rarest) = (count(MAX_VALUES as usize - 1), count(MAX_COUNTED_VALUES as usize - 1));
    Ok(rarest.saturating_mul(all) < last.saturating_mul(selected))
}

/// Counts the selected items value by value, from the most frequent value of all items on, until no other value can be among
/// those that most selected items have; and whether that was reached.
async fn count_by_value(corpus: &Corpus, parameter: Parameter, order: SortKey, selected: &ChunkedSet) -> sqlx::Result<(Vec<Facet>, bool)> {
    let values = top_values(corpus, parameter, MAX_COUNTED_VALUES).await?;
    let mut facets: Vec<Facet> = Vec::new();
    for (at, some) in values.chunks(FEW_VALUES as usize).enumerate() {
        let wanted: Vec<WantedValue<'_>> = some.iter().map(|value| WantedValue { parameter: parameter.number, value: &value.value }).collect();
        let (sets, _) = sets(corpus, order, &wanted, &[]).await?;
        facets.extend(some.iter().zip(sets).map(|(value, set)| Facet::new(value.value.clone(), selected.common(&set))));
        facets = sort_facets(facets);
        // The values that follow have at most as many items as the next one.
        let next = values.get((at + 1) * FEW_VALUES as usize).map_or(0, |next| next.count);
        let least = facets.get(MAX_VALUES as usize - 1).map_or(0, |last| last.count as u64);
        if next < least {
            return Ok((facets, true));
        }
    }
    Ok((facets, values.len() >= parameter.values as usize))
}

/// Counts the values of the first selected items, item by item.
async fn count_by_item(corpus: &Corpus, parameter: Parameter, order: SortKey, selected: &ChunkedSet) -> sqlx::Result<Vec<Facet>> {
    let places: Vec<u32> = selected.places().take(MAX_COUNTED as usize).collect();
    let mut blocks = places.chunk_by(|one, other| one >> BLOCK_BITS == other >> BLOCK_BITS);
    let keys = json!(blocks.clone().map(|block| block_key(parameter.number, order, block[0] >> BLOCK_BITS)).collect::<Vec<_>>());
    let mut found: Vec<u32> = Vec::new();
    // Row by row: together, the blocks may be large.
    let mut lease = corpus.pool.acquire().await?;
    let mut rows = sqlx::query(BLOCKS).bind(keys.to_string()).fetch(lease.connection()?);
    while let Some(row) = rows.try_next().await? {
        let key = row.try_get(0)?;
        let values = ValueBlock::decode(*verified_bytes(corpus, "item_values", key, &row, 1)?).ok_or_else(|| corpus.damaged_value())?;
        // A block without values has no row.
        let Some(places) = blocks.find(|block| block_key(parameter.number, order, block[0] >> BLOCK_BITS) == key) else { break };
        for place in places {
            found.extend(values.at(place & ((1 << BLOCK_BITS) - 1)));
        }
    }
    drop(rows);
    drop(lease);
    // The numbers of values are in the order of the values.
    found.sort_unstable();
    let mut counts: Vec<(u32, u64)> = found.chunk_by(|one, other| one == other).map(|same| (same[0], same.len() as u64)).collect();
    counts.sort_unstable_by_key(|(value, count)| (Reverse(*count), *value));
    counts.truncate(MAX_VALUES as usize);
    let numbers = json!(counts.iter().map(|(value, _)| value).collect::<Vec<_>>()).to_string();
    let rows = sqlx::query(VALUES).bind(numbers).fetch_all(&corpus.pool).await?;
    let name = |row: &SqliteRow| Ok((row.try_get(3)?, verified_count(corpus, parameter, row)?.value));
    let names: HashMap<u32, String> = rows.iter().map(name).collect::<sqlx::Result<_>>()?;
    let facet = |(value, count)| Some(Facet::new(names.get(&value)?.clone(), count));
    Ok(counts.into_iter().filter_map(facet).collect())
}
