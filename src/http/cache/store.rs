//! Answers kept in memory, bounded in bytes, under two keys: the address as it was asked, which costs no parsing, and the
//! query that it means, so that two ways to ask share one answer.

use std::sync::Arc;

use quick_cache::{Weighter, sync::Cache};

use crate::corpus::{Resource, Slug};
use crate::http::cache::response::CachedResponse;

/// How much each of the two caches holds, in bytes.
const CAPACITY: u64 = 12 * 1024 * 1024;
/// About how many answers that is.
const ANSWERS: usize = 2_000;

/// Weighs answers by what they hold.
#[derive(Clone, Copy, Debug)]
struct ByteWeighter;

impl Weighter<String, Arc<CachedResponse>> for ByteWeighter {
    fn weight(&self, key: &String, answer: &Arc<CachedResponse>) -> u64 {
        key.len() as u64 + answer.weight()
    }
}

/// Cached responses. An answer that is asked for once does not push one out that is asked for often.
#[derive(Debug)]
pub struct ResponseCache {
    as_asked: Cache<String, Arc<CachedResponse>, ByteWeighter>,
    as_meant: Cache<String, Arc<CachedResponse>, ByteWeighter>,
    /// Ids that exist, so that a filter need not ask for them each time.
    known: Cache<(u64, Resource, Slug), ()>,
}

impl Default for ResponseCache {
    fn default() -> Self {
        Self::holding(CAPACITY)
    }
}

impl ResponseCache {
    /// Caches that hold so many bytes each.
    #[must_use]
    pub fn holding(capacity: u64) -> Self {
        let cache = || Cache::with_weighter(ANSWERS, capacity, ByteWeighter);
        Self { as_asked: cache(), as_meant: cache(), known: Cache::new(ANSWERS) }
    }

    /// The answer to what was asked in these very words.
    pub fn as_asked(&self, asked: &str) -> Option<Arc<CachedResponse>> {
        self.as_asked.get(asked)
    }

    /// Keeps the answer to what was asked in these very words.
    pub fn keep(&self, asked: String, answer: Arc<CachedResponse>) {
        self.as_asked.insert(asked, answer);
    }

    /// The answer to what was meant; made if there is none. Of many that want it at once, one makes it and the others wait.
    ///
    /// # Errors
    /// When it could not be made; nothing is kept then.
    pub async fn as_meant<E>(&self, meant: &str, make: impl Future<Output = Result<Arc<CachedResponse>, E>>) -> Result<Arc<CachedResponse>, E> {
        self.as_meant.get_or_insert_async(meant, make).await
    }

    /// Whether this id is known to exist in this data.
    pub fn is_known(&self, generation: u64, resource: Resource, id: &Slug) -> bool {
        self.known.get(&(generation, resource, id.clone())).is_some()
    }

    /// Remembers that this id exists in this data.
    pub fn know(&self, generation: u64, resource: Resource, id: &Slug) {
        self.known.insert((generation, resource, id.clone()), ());
    }

    /// Drops everything: the data has changed.
    pub fn clear(&self) {
        self.as_asked.clear();
        self.as_meant.clear();
        self.known.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::http::HeaderMap;
    use chrono::DateTime;

    use super::*;
    use crate::http::cache::response::Freshness;

    fn answer(length: usize) -> Arc<CachedResponse> {
        CachedResponse::new(1, Freshness { published: DateTime::UNIX_EPOCH, day: None }, HeaderMap::new(), vec![b'x'; length])
    }

    #[tokio::test]
    async fn of_many_that_want_one_answer_at_once_one_makes_it() {
        let (kept, times) = (Arc::new(ResponseCache::default()), Arc::new(std::sync::atomic::AtomicUsize::new(0)));
        let asking = (0..100).map(|_| {
            let (kept, times) = (kept.clone(), times.clone());
            tokio::spawn(async move {
                let make = async {
                    times.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    Ok::<_, ()>(answer(1))
                };
                kept.as_meant("question", make).await.is_ok()
            })
        });
        for asked in asking.collect::<Vec<_>>() {
            assert!(asked.await.unwrap());
        }
        assert_eq!(times.load(std::sync::atomic::Ordering::Relaxed), 1);
        let failed = kept.as_meant("another", async { Err(()) }).await;
        assert!(failed.is_err() && kept.as_meant("another", async { Ok::<_, ()>(answer(1)) }).await.is_ok(), "a failure is not kept");
    }

    #[test]
    fn answers_asked_for_once_do_not_push_out_one_asked_for_often_and_memory_is_bounded() {
        let kept = ResponseCache::holding(2 * 1024 * 1024);
        kept.keep("often".to_owned(), answer(10_000));
        for number in 0..20_000 {
            assert!(number < 100 || kept.as_asked("often").is_some(), "after {number} others");
            let _ = kept.as_asked("often");
            kept.keep(format!("once-{number}"), answer(10_000));
        }
        assert!(kept.as_asked.weight() <= 2 * 1024 * 1024);
    }
}
