//! The client of a request: the peer, or the client that a trusted proxy names.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName, header};

use crate::{
    config::{IpNetworks, Limits},
    http::headers::raw_list_members,
};

/// The header in which each proxy appends the address of its peer.
const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// The headers that proxies add, and clients do not (RFC 7239; RFC 9110, section 7.6.3).
const PROXY_HEADERS: [HeaderName; 4] = [X_FORWARDED_FOR, header::FORWARDED, header::VIA, HeaderName::from_static("x-real-ip")];

/// The client of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// The client's address; that of the nearest known proxy where the client is unknown.
    pub ip: IpAddr,
    /// Whether the rate limit applies.
    pub limited: bool,
    /// Whether a proxy sent the request.
    pub is_forwarded: bool,
    /// Whether this is a proxy that is exempt from the rate limit, but is not configured as trusted.
    pub is_untrusted_proxy: bool,
}

/// Finds the client of a request. A client can forge the leftmost entries of `X-Forwarded-For`, so the client is the
/// last entry that is not a trusted proxy; if the peer is not a trusted proxy, the header is ignored.
///
/// An unparsable entry counts as the proxy that appended it. A proxy whose client is unknown is never exempt from the rate
/// limit.
pub fn client(peer: IpAddr, headers: &HeaderMap, limits: &Limits) -> Client {
    let peer = peer.to_canonical();
    let (is_trusted_proxy, has_proxy_headers) = (limits.trusted_proxies.contains(peer), has_proxy_headers(headers));
    let direct = Origin { ip: peer, is_known: !has_proxy_headers };
    let Origin { ip, is_known } = if is_trusted_proxy { forwarded(peer, headers, &limits.trusted_proxies).unwrap_or(direct) } else { direct };
    let is_exempt = limits.rate_limit_exempt.contains(ip);
    Client {
        ip,
        limited: !(is_exempt && is_known),
        is_forwarded: has_proxy_headers || is_trusted_proxy,
        is_untrusted_proxy: is_exempt && !is_known && !is_trusted_proxy,
    }
}

/// Where a request comes from, as far as the service can know.
struct Origin {
    ip: IpAddr,
    /// Whether this is the client, rather than the nearest known proxy.
    is_known: bool,
}

/// The origin of a request that a trusted proxy forwards; `None` if it has no `X-Forwarded-For`.
fn forwarded(peer: IpAddr, headers: &HeaderMap, trusted_proxies: &IpNetworks) -> Option<Origin> {
    let mut entries = raw_list_members(headers, &X_FORWARDED_FOR).rev().peekable();
    entries.peek()?;
    let mut ip = peer;
    while trusted_proxies.contains(ip) {
        let Some(entry) = entries.next() else { break };
        let Some(forwarded) = parse_forwarded(entry) else { return Some(Origin { ip, is_known: false }) };
        ip = forwarded;
    }
    Some(Origin { ip, is_known: true })
}

fn has_proxy_headers(headers: &HeaderMap) -> bool {
    PROXY_HEADERS.iter().any(|name| headers.contains_key(name))
}

/// An entry of `X-Forwarded-For`: an address, an IPv6 address in brackets, or either with a port.
fn parse_forwarded(entry: &[u8]) -> Option<IpAddr> {
    let entry = str::from_utf8(entry).ok()?;
    let bracketed = || entry.strip_prefix('[')?.strip_suffix(']')?.parse().ok().map(IpAddr::V6);
    let with_port = || entry.parse::<SocketAddr>().ok().map(|address| address.ip());
    entry.parse().ok().or_else(bracketed).or_else(with_port).map(|ip: IpAddr| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    /// The client of a request from the loopback address with these headers.
    fn client_with(headers: &[(&'static str, &[u8])], trusted_proxies: &str) -> Client {
        let limits = Limits { trusted_proxies: trusted_proxies.parse().unwrap(), ..Limits::DEFAULT };
        let headers = headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_bytes(value).unwrap()));
        client("127.0.0.1".parse().unwrap(), &headers.collect(), &limits)
    }

    /// The same, behind trusted proxies, with these lines of `X-Forwarded-For`.
    fn client_behind(lines: &[&[u8]]) -> Client {
        client_with(&lines.iter().map(|line| ("x-forwarded-for", *line)).collect::<Vec<_>>(), "127.0.0.1,10.0.0.0/8")
    }

    fn limited(ip: &str) -> Client {
        Client { ip: ip.parse().unwrap(), limited: true, is_forwarded: true, is_untrusted_proxy: false }
    }

    #[test]
    fn the_last_entry_that_is_no_trusted_proxy_is_the_client() {
        for entries in ["203.0.113.1", "203.0.113.1:5678", "evil, 203.0.113.1", "203.0.113.1:1, 10.0.0.1:2", "::ffff:203.0.113.1", "\t203.0.113.1 "] {
            assert_eq!(client_behind(&[entries.as_bytes()]), limited("203.0.113.1"), "{entries}");
        }
        for entries in ["2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:80"] {
            assert_eq!(client_behind(&[entries.as_bytes()]), limited("2001:db8::1"), "{entries}");
        }
    }

    #[test]
    fn the_entries_before_that_of_a_trusted_proxy_change_nothing() {
        for lines in [
            &[&b"\xff, 203.0.113.1"[..]][..],
            &[b"198.51.100.7,\x80\xff,, 203.0.113.1"],
            &[b"\xd9\xa3", b"203.0.113.1"],
            &[b"", b"\"203.0.113.9, ", b"203.0.113.1,10.0.0.1"],
            &[b"198.51.100.7", b"203.0.113.1", b"10.0.0.3"],
        ] {
            assert_eq!(client_behind(lines), limited("203.0.113.1"), "{lines:?}");
        }
    }

    #[test]
    fn an_unparsable_entry_counts_as_the_last_trusted_hop_and_is_never_exempt() {
        for entries in [&b"unknown"[..], b"203.0.113.1,", b"203.0.113.1, _hidden", b"", b"\xff", b"203.0.113.1, \xff", b"203.0.113.1\xff", b"1.2.3", b"0x7f.1"]
        {
            assert_eq!(client_behind(&[entries]), limited("127.0.0.1"), "{entries:?}");
        }
        assert_eq!(client_behind(&[b"203.0.113.1, \xff, 10.0.0.1"]), limited("10.0.0.1"));
        assert!(!client_behind(&[b"127.0.0.1"]).limited, "a client on the proxy's host is exempt");
    }

    #[test]
    fn loopback_clients_are_exempt_by_default_unless_they_are_proxies() {
        let exempt = Client { limited: false, is_forwarded: false, ..limited("127.0.0.1") };
        assert_eq!((client_with(&[], ""), client_with(&[("x-forwarded-proto", b"https")], "")), (exempt, exempt));
        for header in [("x-forwarded-for", &b"127.0.0.1"[..]), ("x-forwarded-for", b"\xff"), ("forwarded", b"for=_x"), ("via", b"1.1 x"), ("x-real-ip", b"")] {
            assert_eq!(client_with(&[header], ""), Client { is_untrusted_proxy: true, ..limited("127.0.0.1") }, "{header:?}");
        }
        assert_eq!(client_with(&[("via", b"1.1 x")], "127.0.0.1"), limited("127.0.0.1"), "a trusted proxy that does not name its client");
    }
}
