//! Responses in memory, bounded in bytes, under two keys: the URI as it was sent, which costs no parsing, and the canonical
//! query, so that equivalent requests share one response.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use quick_cache::{Weighter, sync::Cache};

use crate::{
    corpus::{Resource, Slug},
    http::cache::response::CachedResponse,
};

/// How much each of the two caches holds, in bytes.
const CAPACITY_BYTES: u64 = 12 * 1024 * 1024;
/// The estimated number of entries.
const EXPECTED_ENTRIES: usize = 2_000;

/// Weighs a response by its key and its bytes.
#[derive(Clone, Copy, Debug)]
struct ByteWeighter;

impl Weighter<String, CachedResponse> for ByteWeighter {
    fn weight(&self, key: &String, response: &CachedResponse) -> u64 {
        key.len() as u64 + response.weight()
    }
}

/// The cached responses. Both caches evict by S3-FIFO, so that responses requested once do not evict one that is polled.
#[derive(Debug)]
pub struct ResponseCache {
    /// Counts the database files that were served; only responses from the current one are fresh.
    generation: AtomicU64,
    by_uri: Cache<String, CachedResponse, ByteWeighter>,
    by_canonical_query: Cache<String, CachedResponse, ByteWeighter>,
    existing_ids: Cache<(u64, Resource, Slug), ()>,
}

impl Default for ResponseCache {
    fn default() -> Self {
        Self::with_capacity(CAPACITY_BYTES)
    }
}

impl ResponseCache {
    /// Two empty caches of so many bytes each.
    #[must_use]
    pub fn with_capacity(bytes: u64) -> Self {
        let cache = || Cache::with_weighter(EXPECTED_ENTRIES, bytes, ByteWeighter);
        Self { generation: AtomicU64::new(0), by_uri: cache(), by_canonical_query: cache(), existing_ids: Cache::new(EXPECTED_ENTRIES) }
    }

    /// The fresh response under a [cache key](super::service).
    pub fn get(&self, key: &str, now: DateTime<Utc>) -> Option<CachedResponse> {
        self.by_uri.get(key).filter(|response| response.is_fresh(self.generation.load(Ordering::Relaxed), now))
    }

    /// Stores a response under a cache key.
    pub fn insert(&self, key: String, response: CachedResponse) {
        self.by_uri.insert(key, response);
    }

    /// The response to a canonical query; rendered if there is none. Concurrent requests are coalesced: one renders, the
    /// others wait for it.
    ///
    /// # Errors
    /// When rendering fails; nothing is stored then.
    pub async fn get_or_render<E>(&self, query: &str, render: impl Future<Output = Result<CachedResponse, E>>) -> Result<CachedResponse, E> {
        self.by_canonical_query.get_or_insert_async(query, render).await
    }

    /// Whether this id is known to exist in this generation of the data.
    pub fn contains_id(&self, generation: u64, resource: Resource, id: &Slug) -> bool {
        self.existing_ids.get(&(generation, resource, id.clone())).is_some()
    }

    /// Remembers that this id exists in this generation of the data, so that the next filter need not query for it.
    pub fn insert_id(&self, generation: u64, resource: Resource, id: &Slug) {
        self.existing_ids.insert((generation, resource, id.clone()), ());
    }

    /// Drops everything; from now on only responses from this generation of the data are fresh.
    pub fn start_generation(&self, generation: u64) {
        self.generation.store(generation, Ordering::Relaxed);
        self.by_uri.clear();
        self.by_canonical_query.clear();
        self.existing_ids.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{Arc, atomic::AtomicUsize},
        time::Duration,
    };

    use axum::http::HeaderMap;

    use super::*;
    use crate::http::cache::{policy::CachePolicy, response::Inputs};

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn response(length: usize) -> CachedResponse {
        CachedResponse::new(Inputs::Program, CachePolicy::Default, HeaderMap::new(), vec![b'x'; length])
    }

    #[tokio::test]
    async fn concurrent_requests_for_one_response_render_it_once() {
        let (cache, renders) = (Arc::new(ResponseCache::default()), Arc::new(AtomicUsize::new(0)));
        let requests = (0..100).map(|_| {
            let (cache, renders) = (cache.clone(), renders.clone());
            tokio::spawn(async move {
                let render = async {
                    renders.fetch_add(1, Ordering::Relaxed);
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    Ok::<_, ()>(response(1))
                };
                cache.get_or_render("query", render).await.is_ok()
            })
        });
        for request in requests.collect::<Vec<_>>() {
            assert!(request.await.unwrap());
        }
        assert_eq!(renders.load(Ordering::Relaxed), 1);
        let failed = cache.get_or_render("another", async { Err(()) }).await;
        assert!(failed.is_err() && cache.get_or_render("another", async { Ok::<_, ()>(response(1)) }).await.is_ok(), "a failure is not stored");
    }

    #[test]
    fn responses_requested_once_do_not_evict_a_polled_one_and_memory_is_bounded() {
        let cache = ResponseCache::with_capacity(2 * 1024 * 1024);
        cache.insert("often".to_owned(), response(10_000));
        for number in 0..20_000 {
            assert!(number < 100 || cache.get("often", NOW).is_some(), "after {number} others");
            let _ = cache.get("often", NOW);
            cache.insert(format!("once-{number}"), response(10_000));
        }
        assert!(cache.by_uri.weight() <= 2 * 1024 * 1024);
    }
}
