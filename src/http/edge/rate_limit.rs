//! Who asks, and how often: clients are told apart by address, and each may ask so many times in a window of time.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use quick_cache::sync::Cache;

use crate::config::limits::{IpNetworks, Limits};
use crate::http::cache::response::value;

/// The address that a proxy adds for whom it speaks.
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// What a client may do (draft-ietf-httpapi-ratelimit-headers-11).
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
/// What is left of it (the same).
const LEFT: HeaderName = HeaderName::from_static("ratelimit");
/// Nanoseconds in a second.
const SECOND: u64 = 1_000_000_000;

/// The clients, and what each has left.
pub struct RateLimiter {
    trusted: IpNetworks,
    exempt: IpNetworks,
    /// What one request costs, in nanoseconds of the window; 0 where nothing is limited.
    cost: u64,
    window: u64,
    policy: HeaderValue,
    /// For each client, the time at which it will have everything left again, in nanoseconds since the start.
    seen: Cache<u128, Arc<AtomicU64>>,
    began: Instant,
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its address; where a proxy names one that cannot be read, the proxy's.
    pub address: IpAddr,
    /// Whether its requests are counted.
    counted: bool,
}

/// What a client has left after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Whether the request was within the limit.
    pub admitted: bool,
    /// How many requests are left at this moment.
    requests: u64,
    /// In how many seconds everything is, or where the request was refused, one is.
    pub seconds: u64,
}

impl RateLimiter {
    /// Nobody seen yet.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        let window = u64::from(limits.rate_window) * SECOND;
        Self {
            trusted: limits.trusted_proxies.clone(),
            exempt: limits.rate_exempt.clone(),
            cost: window.checked_div(u64::from(limits.rate_limit)).unwrap_or(0),
            window,
            policy: value(&format!("\"client\";q={};w={}", limits.rate_limit, limits.rate_window)),
            seen: Cache::new(limits.rate_clients.try_into().unwrap_or(usize::MAX)),
            began: Instant::now(),
        }
    }

    /// Who a request comes from. What a client says of itself is not believed: of the forwarded addresses the last counts
    /// that is not a trusted proxy's, and none where the other end of the connection is not one.
    #[must_use]
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Client {
        let mut address = peer.to_canonical();
        let mut known = true;
        if self.trusted.contains(address) {
            let lines = headers.get_all(FORWARDED_FOR).into_iter().rev();
            for forwarded in lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(',')) {
                let Some(forwarded) = written(forwarded.trim()) else {
                    known = false;
                    break;
                };
                address = forwarded;
                if !self.trusted.contains(address) {
                    break;
                }
            }
        }
        // Whom a proxy names and nobody can read is taken for the proxy, but never for one that need not be counted.
        Client { address, counted: !(known && self.exempt.contains(address)) }
    }

    /// Counts a request of this client now; none where it is not limited.
    pub fn count(&self, client: Client, now: Instant) -> Option<Quota> {
        if self.cost == 0 || !client.counted {
            return None;
        }
        let now = u64::try_from(now.saturating_duration_since(self.began).as_nanos()).unwrap_or(u64::MAX);
        let full = self.seen.get_or_insert_with(&key(client.address), || Ok::<_, std::convert::Infallible>(Arc::default()));
        let Ok(full) = full;
        // The generic cell rate algorithm (ITU-T I.371): one number a client, and no timer.
        let counted = full.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |full| {
            let full = full.max(now).saturating_add(self.cost);
            (full - now <= self.window).then_some(full)
        });
        Some(match counted {
            Ok(before) => {
                let owed = before.max(now) + self.cost - now;
                Quota { admitted: true, requests: (self.window - owed) / self.cost, seconds: owed.div_ceil(SECOND) }
            }
            Err(full) => Quota { admitted: false, requests: 0, seconds: (full + self.cost).saturating_sub(now + self.window).div_ceil(SECOND).max(1) },
        })
    }

    /// Tells a client what it has left.
    pub fn tell(&self, left: Quota, headers: &mut HeaderMap) {
        headers.insert(POLICY, self.policy.clone());
        headers.insert(LEFT, value(&format!("\"client\";r={};t={}", left.requests, left.seconds)));
    }
}

/// An address as proxies write it: alone, in brackets, or with a port.
fn written(text: &str) -> Option<IpAddr> {
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok().map(IpAddr::V6);
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    text.parse().ok().or_else(bracketed).or_else(with_port).map(|address: IpAddr| address.to_canonical())
}

/// What stands for a client: its address, and of IPv6 the network that one customer has.
fn key(client: IpAddr) -> u128 {
    match client {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits() >> 64 << 64,
    }
}

impl fmt::Debug for RateLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimiter").field("trusted", &self.trusted).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn limits(limit: u32, window: u32) -> Limits {
        Limits { rate_limit: limit, rate_window: window, ..Limits::DEFAULT }
    }

    fn from(address: &str) -> Client {
        Client { address: address.parse().unwrap(), counted: true }
    }

    #[test]
    fn what_a_client_has_left_comes_back_with_time_and_never_exceeds_the_limit() {
        let clients = RateLimiter::new(&limits(10, 10));
        let client = from("203.0.113.1");
        let admitted = |after: u64, times: usize| {
            let now = clients.began + Duration::from_secs(after);
            (0..times).filter(|_| clients.count(client, now).is_some_and(|left| left.admitted)).count()
        };
        assert_eq!(admitted(0, 50), 10);
        assert_eq!(admitted(3, 50), 3);
        assert_eq!(admitted(3, 50), 0);
        assert_eq!(admitted(1000, 50), 10, "and no more for having waited long");
        let refused = clients.count(client, clients.began + Duration::from_secs(1000)).unwrap();
        assert_eq!(refused, Quota { admitted: false, requests: 0, seconds: 1 });
    }

    #[test]
    fn many_clients_take_no_more_room_than_was_set() {
        let clients = RateLimiter::new(&Limits { rate_clients: 1000, ..limits(10, 10) });
        for number in 0..100_000_u32 {
            let address = std::net::Ipv4Addr::from(0xcb00_0000 + number).into();
            clients.count(Client { address, counted: true }, clients.began);
        }
        assert!(clients.seen.len() <= 1000);
    }

    #[test]
    fn some_are_not_counted() {
        let clients = RateLimiter::new(&limits(1, 10));
        let here = clients.client("127.0.0.1".parse().unwrap(), &HeaderMap::new());
        assert_eq!(clients.count(here, clients.began), None);
        let unlimited = RateLimiter::new(&limits(0, 10));
        assert_eq!(unlimited.count(from("203.0.113.1"), unlimited.began), None);
    }

    #[test]
    fn addresses_are_read_as_proxies_write_them_and_who_cannot_be_read_is_counted() {
        let clients = RateLimiter::new(&Limits { trusted_proxies: "127.0.0.1,10.0.0.0/8".parse().unwrap(), ..limits(1, 10) });
        let behind = |forwarded: &'static str| {
            let headers = HeaderMap::from_iter([(FORWARDED_FOR, HeaderValue::from_static(forwarded))]);
            clients.client("127.0.0.1".parse().unwrap(), &headers)
        };
        for written in ["203.0.113.1", "203.0.113.1:5678", "evil, 203.0.113.1", "203.0.113.1:1, 10.0.0.1:2", "::ffff:203.0.113.1"] {
            assert_eq!(behind(written), from("203.0.113.1"), "{written}");
        }
        for written in ["2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:80"] {
            assert_eq!(behind(written), from("2001:db8::1"), "{written}");
        }
        for written in ["unknown", "203.0.113.1,", "203.0.113.1, _hidden", ""] {
            assert_eq!(behind(written), from("127.0.0.1"), "{written}");
        }
        assert!(!behind("127.0.0.1").counted, "the proxy itself");
    }
}
