//! The first hits in reading order.
//!
//! Hits are known by their ranks. A page of them needs the ranks in the order of the items' numbers, which is reading order: of few hits,
//! the number of each is read; of many, the ranks of the items in order, until the page is full.

use std::ops::Range;

use roaring::RoaringBitmap;

use crate::corpus::{
    corpus::Corpus,
    page::CursorPosition,
    resource::Resource,
    search::{rank::RankGroup, searched_resource::SearchedResource},
    sort::Direction,
};

/// How many items have their ranks read at once.
const BLOCK: u32 = 1_024;

/// The ranks of the first hits after a cursor. The hits are items of one resource.
///
/// # Errors
/// When a query fails.
pub async fn first_in_reading_order(
    corpus: &Corpus,
    hits: &RoaringBitmap,
    direction: Direction,
    after: Option<&CursorPosition>,
    count: usize,
) -> sqlx::Result<Vec<u32>> {
    if hits.is_empty() {
        return Ok(Vec::new());
    }
    let resource = resource_of(corpus, hits).await?.resource();
    let mut numbers = numbers_after(corpus, resource, direction, after).await?;
    // If hits are everywhere alike, so many items are read before the page is full.
    let expected = (count as u64).saturating_mul(u64::from(corpus.index.extent(resource).count)) / hits.len();
    if hits.len() <= expected {
        return first_of_few(corpus, hits, numbers, direction, count).await;
    }
    let mut first = Vec::new();
    while first.len() < count && !numbers.is_empty() {
        let block = match direction {
            Direction::Ascending => numbers.start..numbers.end.min(numbers.start + BLOCK),
            Direction::Descending => numbers.start.max(numbers.end.saturating_sub(BLOCK))..numbers.end,
        };
        let mut ranks = ranks_of(corpus, block.clone()).await?;
        match direction {
            Direction::Ascending => numbers.start = block.end,
            Direction::Descending => {
                numbers.end = block.start;
                ranks.reverse();
            }
        }
        let missing = count - first.len();
        first.extend(ranks.into_iter().filter(|rank| hits.contains(*rank)).take(missing));
    }
    Ok(first)
}

/// The resource of items of one resource.
///
/// # Errors
/// When the query fails, or there are no items.
pub async fn resource_of(corpus: &Corpus, items: &RoaringBitmap) -> sqlx::Result<SearchedResource> {
    let group = sqlx::query_scalar("SELECT rank_group FROM search_ranks WHERE rank = ?").bind(items.min()).fetch_one(&corpus.pool).await?;
    RankGroup::from_number(group).resource().ok_or(sqlx::Error::RowNotFound)
}

/// The numbers of the items of a resource after a cursor.
async fn numbers_after(corpus: &Corpus, resource: Resource, direction: Direction, after: Option<&CursorPosition>) -> sqlx::Result<Range<u32>> {
    let extent = corpus.index.extent(resource);
    let all = extent.first..extent.first.saturating_add(extent.count);
    let Some(after) = after else { return Ok(all) };
    let beside = match direction {
        Direction::Ascending => "SELECT number FROM items WHERE resource = ? AND (position, id) > (?, ?) ORDER BY position, id LIMIT 1",
        Direction::Descending => "SELECT number FROM items WHERE resource = ? AND (position, id) < (?, ?) ORDER BY position DESC, id DESC LIMIT 1",
    };
    let next: Option<u32> = sqlx::query_scalar(beside).bind(resource.name()).bind(&after.key).bind(&after.id).fetch_optional(&corpus.pool).await?;
    Ok(match (next, direction) {
        (Some(next), Direction::Ascending) => next..all.end,
        (Some(next), Direction::Descending) => all.start..next.saturating_add(1),
        (None, _) => 0..0,
    })
}

/// The ranks of the first of few hits that have these numbers.
async fn first_of_few(corpus: &Corpus, hits: &RoaringBitmap, numbers: Range<u32>, direction: Direction, count: usize) -> sqlx::Result<Vec<u32>> {
    let hits: serde_json::Value = hits.iter().collect();
    let select = match direction {
        Direction::Ascending => {
            "SELECT r.rank FROM json_each(?1) AS j CROSS JOIN search_ranks AS r ON r.rank = j.value WHERE r.item >= ?2 AND r.item < ?3 ORDER BY r.item LIMIT ?4"
        }
        Direction::Descending => {
            "SELECT r.rank FROM json_each(?1) AS j CROSS JOIN search_ranks AS r ON r.rank = j.value WHERE r.item >= ?2 AND r.item < ?3 ORDER BY r.item DESC LIMIT ?4"
        }
    };
    let limit = i64::try_from(count).unwrap_or(i64::MAX);
    sqlx::query_scalar(select).bind(hits.to_string()).bind(numbers.start).bind(numbers.end).bind(limit).fetch_all(&corpus.pool).await
}

/// The ranks of the items with these numbers, in reading order. One row has all: a row costs more than a rank.
async fn ranks_of(corpus: &Corpus, numbers: Range<u32>) -> sqlx::Result<Vec<u32>> {
    let select = "SELECT json_group_array(rank) FROM (SELECT rank FROM search_ranks WHERE item >= ? AND item < ? ORDER BY item)";
    let ranks: String = sqlx::query_scalar(select).bind(numbers.start).bind(numbers.end).fetch_one(&corpus.pool).await?;
    serde_json::from_str(&ranks).map_err(|cause| sqlx::Error::Decode(cause.into()))
}
