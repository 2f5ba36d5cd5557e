//! The rate limit: each client may make a burst of requests, and regains its quota evenly.

use std::{
    convert::Infallible,
    fmt,
    net::IpAddr,
    sync::{
        Arc, Once,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use quick_cache::sync::Cache;

use crate::{
    config::Limits,
    http::{cache::policy::CachePolicy, edge::client_ip::Client, headers::header_value},
};

/// The header of the policy (draft-ietf-httpapi-ratelimit-headers-11).
const RATELIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
/// The header of the remaining quota (the same draft).
const RATELIMIT: HeaderName = HeaderName::from_static("ratelimit");
/// Nanoseconds in a second.
const SECOND: u64 = 1_000_000_000;

/// A rate limiter with the generic cell rate algorithm (GCRA, ITU-T I.371). It needs one number for each client, and no timer.
pub struct RateLimiter {
    /// The time in which a client regains one request, in nanoseconds; 0 for no limit.
    emission_interval: u64,
    /// How far a client may be ahead of its steady rate, in nanoseconds: the window.
    burst_tolerance: u64,
    policy: HeaderValue,
    /// For each client its theoretical arrival time, at which it has its whole quota again, in nanoseconds since
    /// `started_at`.
    tat_by_key: Cache<u128, Arc<AtomicU64>>,
    started_at: Instant,
    untrusted_proxy_warning: Once,
}

/// The quota of a client after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Whether the request is within the limit.
    pub allowed: bool,
    /// The number of requests that remain.
    pub remaining: u64,
    /// The number of seconds until the quota is whole again; for a rejected request, until the same request would be allowed.
    pub reset: u64,
}

impl RateLimiter {
    /// A rate limiter that knows no client.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        let window = u64::from(limits.rate_limit_window) * SECOND;
        Self {
            emission_interval: window.checked_div(u64::from(limits.rate_limit)).unwrap_or(0),
            burst_tolerance: window,
            policy: header_value(&format!("\"client\";q={};w={}", limits.rate_limit, limits.rate_limit_window)),
            tat_by_key: Cache::new(limits.rate_limit_max_keys.try_into().unwrap_or(usize::MAX)),
            started_at: Instant::now(),
            untrusted_proxy_warning: Once::new(),
        }
    }

    /// Charges a request to its client, if it is allowed. `cost` is in requests; it never exceeds the whole quota. `None`
    /// for a client without a limit.
    pub fn check(&self, client: Client, cost: u64, now: Instant) -> Option<Quota> {
        if self.emission_interval == 0 || !client.limited {
            return None;
        }
        if client.is_untrusted_proxy {
            self.untrusted_proxy_warning.call_once(|| {
                tracing::warn!(proxy = %client.ip, "all clients of a proxy share one rate limit; name the proxy in --trusted-proxies or BAYAN_TRUSTED_PROXIES");
            });
        }
        let increment = cost.saturating_mul(self.emission_interval).min(self.burst_tolerance);
        let now = u64::try_from(now.saturating_duration_since(self.started_at).as_nanos()).unwrap_or(u64::MAX);
        let tat = self.tat_by_key.get_or_insert_with(&client_key(client.ip), || Ok::<_, Infallible>(Arc::default()));
        let Ok(tat) = tat;
        let update = tat.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tat| {
            let tat = tat.max(now).saturating_add(increment);
            (tat - now <= self.burst_tolerance).then_some(tat)
        });
        Some(match update {
            Ok(previous) => {
                let backlog = previous.max(now) + increment - now;
                Quota { allowed: true, remaining: (self.burst_tolerance - backlog) / self.emission_interval, reset: backlog.div_ceil(SECOND) }
            }
            Err(tat) => {
                let backlog = tat.max(now) - now;
                let wait = (backlog + increment).saturating_sub(self.burst_tolerance);
                Quota { allowed: false, remaining: self.burst_tolerance.saturating_sub(backlog) / self.emission_interval, reset: wait.div_ceil(SECOND).max(1) }
            }
        })
    }

    /// Adds the headers with the policy, which is everybody's, and with what remains to the client. A response that a shared
    /// cache may store has no such remainder if it goes to a proxy, which may be one: the cache would send it to other clients.
    /// The draft lets a cached remainder be stale (section 5, "Caching"), but it would be another client's.
    pub fn add_headers(&self, quota: Quota, client: Client, headers: &mut HeaderMap) {
        headers.insert(RATELIMIT_POLICY, self.policy.clone());
        if !(client.is_forwarded && CachePolicy::is_shared(headers)) {
            headers.insert(RATELIMIT, header_value(&format!("\"client\";r={};t={}", quota.remaining, quota.reset)));
        }
    }
}

/// The key of a client: an IPv4 address, or the /64 of an IPv6 address, since one customer usually has a /64.
#[must_use]
pub fn client_key(ip: IpAddr) -> u128 {
    match ip {
        IpAddr::V4(ip) => ip.to_ipv6_mapped().to_bits(),
        IpAddr::V6(ip) => ip.to_bits() >> 64 << 64,
    }
}

impl fmt::Debug for RateLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimiter").field("policy", &self.policy).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::{net::Ipv4Addr, time::Duration};

    use super::*;

    fn limiter(rate_limit: u32) -> RateLimiter {
        RateLimiter::new(&Limits { rate_limit, rate_limit_window: 10, ..Limits::DEFAULT })
    }

    fn client(ip: &str) -> Client {
        Client { ip: ip.parse().unwrap(), limited: true, is_forwarded: false, is_untrusted_proxy: false }
    }

    #[test]
    fn the_quota_refills_with_time_and_never_exceeds_the_limit() {
        let limiter = limiter(10);
        let client = client("203.0.113.1");
        let allowed = |after: u64, requests: usize| {
            let now = limiter.started_at + Duration::from_secs(after);
            (0..requests).filter(|_| limiter.check(client, 1, now).is_some_and(|quota| quota.allowed)).count()
        };
        assert_eq!(allowed(0, 50), 10);
        assert_eq!(allowed(3, 50), 3);
        assert_eq!(allowed(3, 50), 0);
        assert_eq!(allowed(1000, 50), 10, "a long wait gives no more");
        let rejected = limiter.check(client, 1, limiter.started_at + Duration::from_secs(1000)).unwrap();
        assert_eq!(rejected, Quota { allowed: false, remaining: 0, reset: 1 });
    }

    #[test]
    fn a_costly_request_takes_several_requests_and_at_most_the_whole_quota() {
        let limiter = limiter(10);
        let (one, other) = (client("203.0.113.1"), client("203.0.113.2"));
        let check = |client, cost| limiter.check(client, cost, limiter.started_at).unwrap();
        assert_eq!(check(one, 4), Quota { allowed: true, remaining: 6, reset: 4 });
        assert_eq!(check(one, 7), Quota { allowed: false, remaining: 6, reset: 1 }, "one more second of quota allows it");
        assert_eq!(check(one, 6), Quota { allowed: true, remaining: 0, reset: 10 });
        assert_eq!(check(other, u64::MAX), Quota { allowed: true, remaining: 0, reset: 10 });
    }

    #[test]
    fn the_memory_of_many_clients_is_bounded() {
        let limiter = RateLimiter::new(&Limits { rate_limit_max_keys: 1000, ..Limits::DEFAULT });
        for number in 0..100_000_u32 {
            let ip = Ipv4Addr::from(0xcb00_0000 + number).into();
            limiter.check(Client { ip, limited: true, is_forwarded: false, is_untrusted_proxy: false }, 1, limiter.started_at);
        }
        assert!(limiter.tat_by_key.len() <= 1000);
    }

    #[test]
    fn exempt_clients_and_a_limit_of_0_have_no_quota() {
        let limiter = limiter(1);
        assert_eq!(limiter.check(Client { limited: false, ..client("203.0.113.1") }, 1, limiter.started_at), None);
        let unlimited = self::limiter(0);
        assert_eq!(unlimited.check(client("203.0.113.1"), 1, unlimited.started_at), None);
    }
}
