//! The client of a request: the peer, or the client that a trusted proxy names.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName};

use crate::config::{IpNetworks, Limits};

/// The header in which each proxy appends the address of its peer.
const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The client of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// The client's address.
    pub ip: IpAddr,
    /// Whether the rate limit applies.
    pub limited: bool,
}

/// Finds the client of a request. A client can forge the leftmost entries of `X-Forwarded-For`, so the client is the
/// last entry that is not a trusted proxy; if the peer is not a trusted proxy, the header is ignored.
///
/// An unparsable entry counts as the proxy that appended it, and is never exempt from the rate limit.
pub fn client(peer: IpAddr, headers: &HeaderMap, limits: &Limits) -> Client {
    let (ip, is_certain) = client_ip(peer.to_canonical(), headers, &limits.trusted_proxies);
    Client { ip, limited: !(is_certain && limits.rate_limit_exempt.contains(ip)) }
}

/// The client's address, and whether it is certain: every entry that was read could be parsed.
fn client_ip(peer: IpAddr, headers: &HeaderMap, trusted_proxies: &IpNetworks) -> (IpAddr, bool) {
    let mut ip = peer;
    let lines = headers.get_all(X_FORWARDED_FOR).into_iter().rev();
    let mut entries = lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(','));
    while trusted_proxies.contains(ip) {
        let Some(entry) = entries.next() else { break };
        let Some(forwarded) = parse_forwarded(entry.trim()) else { return (ip, false) };
        ip = forwarded;
    }
    (ip, true)
}

/// An entry of `X-Forwarded-For`: an address, an IPv6 address in brackets, or either with a port.
fn parse_forwarded(entry: &str) -> Option<IpAddr> {
    let bracketed = || entry.strip_prefix('[')?.strip_suffix(']')?.parse().ok().map(IpAddr::V6);
    let with_port = || entry.parse::<SocketAddr>().ok().map(|address| address.ip());
    entry.parse().ok().or_else(bracketed).or_else(with_port).map(|ip: IpAddr| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn forwarded(entries: &'static str) -> Client {
        let limits = Limits { trusted_proxies: "127.0.0.1,10.0.0.0/8".parse().unwrap(), ..Limits::DEFAULT };
        let headers = HeaderMap::from_iter([(X_FORWARDED_FOR, HeaderValue::from_static(entries))]);
        client("127.0.0.1".parse().unwrap(), &headers, &limits)
    }

    fn limited(ip: &str) -> Client {
        Client { ip: ip.parse().unwrap(), limited: true }
    }

    #[test]
    fn the_last_entry_that_is_no_trusted_proxy_is_the_client() {
        for entries in ["203.0.113.1", "203.0.113.1:5678", "evil, 203.0.113.1", "203.0.113.1:1, 10.0.0.1:2", "::ffff:203.0.113.1"] {
            assert_eq!(forwarded(entries), limited("203.0.113.1"), "{entries}");
        }
        for entries in ["2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:80"] {
            assert_eq!(forwarded(entries), limited("2001:db8::1"), "{entries}");
        }
    }

    #[test]
    fn an_unparsable_entry_counts_as_the_proxy_and_is_never_exempt() {
        for entries in ["unknown", "203.0.113.1,", "203.0.113.1, _hidden", ""] {
            assert_eq!(forwarded(entries), limited("127.0.0.1"), "{entries}");
        }
        assert!(!forwarded("127.0.0.1").limited, "the proxy itself is exempt");
    }

    #[test]
    fn loopback_clients_are_exempt_by_default() {
        let here = client("127.0.0.1".parse().unwrap(), &HeaderMap::new(), &Limits::DEFAULT);
        assert!(!here.limited);
    }
}
