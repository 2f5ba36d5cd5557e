//! The items of a resource by their numbers, which are contiguous: for lists of all ids, such as a sitemap.

use crate::corpus::{corpus::Corpus, resource::Resource};

/// How many items a resource has.
#[must_use]
pub fn count_items(corpus: &Corpus, resource: Resource) -> u32 {
    corpus.index.extent(resource).count
}

/// The ids of at most `limit` items of a resource in reading order, without the first `skipped`.
///
/// # Errors
/// When the query fails.
pub async fn list_ids(corpus: &Corpus, resource: Resource, skipped: u32, limit: u32) -> sqlx::Result<Vec<String>> {
    let extent = corpus.index.extent(resource);
    let first = extent.first.saturating_add(skipped.min(extent.count));
    let end = first.saturating_add(limit).min(extent.first.saturating_add(extent.count));
    sqlx::query_scalar("SELECT id FROM items WHERE number >= ? AND number < ? ORDER BY number").bind(first).bind(end).fetch_all(&corpus.pool).await
}
