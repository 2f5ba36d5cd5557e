//! The limits: every bound of the service that can be set, and what happens beyond it.

use std::{
    net::{Ipv4Addr, Ipv6Addr},
    num::{NonZeroU32, NonZeroUsize},
    ops::RangeInclusive,
};

use clap::{Args, value_parser};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::config::{ip_networks::IpNetworks, seconds::Seconds};

/// The loopback addresses.
const LOOPBACK: &[IpNet] = &[IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(127, 0, 0, 0), 8)), IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::LOCALHOST, 128))];

/// The bounds of the service. Each is a flag and a `BAYAN_*` variable.
#[derive(Clone, Debug, Args)]
pub struct Limits {
    /// The maximum time in seconds for a client to send a request's header section, from its first byte. Beyond it the service closes the connection.
    #[arg(long, env = "BAYAN_HEADER_READ_TIMEOUT", default_value_t = Self::DEFAULT.header_read_timeout, value_parser = Seconds::parse_positive, global = true)]
    pub header_read_timeout: Seconds,

    /// The maximum time in seconds for a connection to stay idle between two requests. Keep it above the idle timeout of a load balancer in front, which is often 60. Responses name a slightly shorter time in Keep-Alive, so that clients give up first.
    #[arg(long, env = "BAYAN_KEEP_ALIVE_TIMEOUT", default_value_t = Self::DEFAULT.keep_alive_timeout, value_parser = Seconds::parse_positive, global = true)]
    pub keep_alive_timeout: Seconds,

    /// The maximum time in seconds in which a client takes no byte of a response. Beyond it the service resets the connection.
    #[arg(long, env = "BAYAN_SEND_TIMEOUT", default_value_t = Self::DEFAULT.send_timeout, value_parser = Seconds::parse_positive, global = true)]
    pub send_timeout: Seconds,

    /// The maximum time in seconds for computing a response; beyond it the response is 503. A request body must arrive within the same time; otherwise the response is 408.
    #[arg(long, env = "BAYAN_REQUEST_TIMEOUT", default_value_t = Self::DEFAULT.request_timeout, value_parser = Seconds::parse_positive, global = true)]
    pub request_timeout: Seconds,

    /// The maximum time in seconds that a request waits for a database connection. Beyond it the response is 503.
    #[arg(long, env = "BAYAN_DB_ACQUIRE_TIMEOUT", default_value_t = Self::DEFAULT.db_acquire_timeout, value_parser = Seconds::parse_positive, global = true)]
    pub db_acquire_timeout: Seconds,

    /// The maximum time in seconds for a database query, checked about once a millisecond. Beyond it SQLite interrupts the query and the response is 503.
    #[arg(long, env = "BAYAN_QUERY_TIMEOUT", default_value_t = Self::DEFAULT.query_timeout, value_parser = Seconds::parse_positive, global = true)]
    pub query_timeout: Seconds,

    /// The maximum number of responses that are computed at the same time, at least 1. Beyond it the response is 503; cached responses are still served.
    #[arg(long, env = "BAYAN_MAX_IN_FLIGHT", default_value_t = Self::DEFAULT.max_in_flight, global = true)]
    pub max_in_flight: NonZeroUsize,

    /// The maximum number of connections that are open at the same time, at least 1. Beyond it the connection that has waited longest for its client makes room for a new one. The limit of file descriptors is raised to what they need.
    #[arg(long, env = "BAYAN_MAX_CONNECTIONS", default_value_t = Self::DEFAULT.max_connections, global = true)]
    pub max_connections: NonZeroUsize,

    /// The maximum number of open connections of one client, at least 1. Beyond it a new connection replaces the one of the same client that has waited longest for it. The bound applies to neither trusted proxies nor networks without a rate limit. The addresses of an IPv6 /64 are one client.
    #[arg(long, env = "BAYAN_MAX_CONNECTIONS_PER_CLIENT", default_value_t = Self::DEFAULT.max_connections_per_client, global = true)]
    pub max_connections_per_client: NonZeroUsize,

    /// The maximum age of a connection in seconds. The next response closes an older connection; a connection without a next response is cut off after the other timeouts.
    #[arg(long, env = "BAYAN_MAX_CONNECTION_AGE", default_value_t = Self::DEFAULT.max_connection_age, global = true)]
    pub max_connection_age: Seconds,

    /// The maximum length of a URI in bytes, including the query, from 256 to 65534. Beyond it the response is 414.
    #[arg(long, env = "BAYAN_MAX_URI_BYTES", default_value_t = Self::DEFAULT.max_uri_bytes, value_parser = parse_uri_bytes, global = true)]
    pub max_uri_bytes: usize,

    /// The maximum length of a request's header section in bytes, at least 8192. Beyond it, or with more than 100 fields, the response is 431.
    #[arg(long, env = "BAYAN_MAX_HEADER_BYTES", default_value_t = Self::DEFAULT.max_header_bytes, value_parser = parse_header_bytes, global = true)]
    pub max_header_bytes: usize,

    /// The maximum length of a request body in bytes, up to 16777216. Beyond it the response is 413. Only a POST request may have a body.
    #[arg(long, env = "BAYAN_MAX_BODY_BYTES", default_value_t = Self::DEFAULT.max_body_bytes, value_parser = parse_body_bytes, global = true)]
    pub max_body_bytes: usize,

    /// The maximum number of requests that a client may make at once. Beyond it the response is 429. The quota refills evenly, in full within the window. A request body costs one more for each full 8 KiB. 0 means no limit. The addresses of an IPv6 /64 are one client.
    #[arg(long, env = "BAYAN_RATE_LIMIT", default_value_t = Self::DEFAULT.rate_limit, value_parser = value_parser!(u32).range(..=1_000_000), global = true)]
    pub rate_limit: u32,

    /// The time in whole seconds in which a client regains its whole quota.
    #[arg(long, env = "BAYAN_RATE_LIMIT_WINDOW", default_value_t = Self::DEFAULT.rate_limit_window, value_parser = value_parser!(u32).range(1..=86_400), global = true)]
    pub rate_limit_window: u32,

    /// The networks, separated by commas, whose clients have no rate limit.
    #[arg(long, env = "BAYAN_RATE_LIMIT_EXEMPT", default_value_t = Self::DEFAULT.rate_limit_exempt, global = true)]
    pub rate_limit_exempt: IpNetworks,

    /// The maximum number of clients that the rate limiter remembers, at least 100. It forgets the least active clients first.
    #[arg(long, env = "BAYAN_RATE_LIMIT_MAX_KEYS", default_value_t = Self::DEFAULT.rate_limit_max_keys, value_parser = value_parser!(u32).range(100..=10_000_000), global = true)]
    pub rate_limit_max_keys: u32,

    /// The networks, separated by commas, of the proxies whose X-Forwarded-For header is trusted. The client is the last address in it that is not a trusted proxy. By default no proxy is trusted.
    #[arg(long, env = "BAYAN_TRUSTED_PROXIES", default_value_t = Self::DEFAULT.trusted_proxies, hide_default_value = true, global = true)]
    pub trusted_proxies: IpNetworks,

    /// The maximum rate in mebibytes a second at which the service reads the whole database file in the background, once an hour, to find damage where no request reads.
    #[arg(long, env = "BAYAN_SCRUB_RATE", default_value_t = Self::DEFAULT.scrub_rate, global = true)]
    pub scrub_rate: NonZeroU32,

    /// The time in seconds for which the service still accepts requests after SIGTERM or SIGINT. Readiness is already 503, so that a proxy notices.
    #[arg(long, env = "BAYAN_SHUTDOWN_DELAY", default_value_t = Self::DEFAULT.shutdown_delay, global = true)]
    pub shutdown_delay: Seconds,

    /// The maximum time in seconds for requests in flight to finish after the shutdown delay. Beyond it the service cuts them off.
    #[arg(long, env = "BAYAN_SHUTDOWN_TIMEOUT", default_value_t = Self::DEFAULT.shutdown_timeout, global = true)]
    pub shutdown_timeout: Seconds,
}

impl Limits {
    /// The limits when nothing is configured.
    pub const DEFAULT: Self = Self {
        header_read_timeout: Seconds::from_millis(3_000),
        keep_alive_timeout: Seconds::from_millis(75_000),
        send_timeout: Seconds::from_millis(20_000),
        request_timeout: Seconds::from_millis(10_000),
        db_acquire_timeout: Seconds::from_millis(2_000),
        query_timeout: Seconds::from_millis(3_000),
        max_in_flight: at_least_one(256),
        max_connections: at_least_one(4096),
        max_connections_per_client: at_least_one(256),
        max_connection_age: Seconds::from_millis(300_000),
        max_uri_bytes: 32 * 1024,
        max_header_bytes: 64 * 1024,
        max_body_bytes: 256 * 1024,
        rate_limit: 2000,
        rate_limit_window: 10,
        rate_limit_exempt: IpNetworks::from_static(LOOPBACK),
        rate_limit_max_keys: 65_536,
        trusted_proxies: IpNetworks::from_static(&[]),
        scrub_rate: match NonZeroU32::new(16) {
            Some(rate) => rate,
            None => NonZeroU32::MIN,
        },
        shutdown_delay: Seconds::from_millis(500),
        shutdown_timeout: Seconds::from_millis(8_000),
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// A number that is not zero; the compiler evaluates it.
const fn at_least_one(number: usize) -> NonZeroUsize {
    match NonZeroUsize::new(number) {
        Some(number) => number,
        None => panic!("zero is no such number"),
    }
}

/// Parses the maximum length of a URI. hyper reads none that is longer than the range.
fn parse_uri_bytes(text: &str) -> Result<usize, String> {
    parse_bytes(text, 256..=65_534)
}

/// Parses the maximum length of a header section: hyper needs a buffer of 8 KiB.
fn parse_header_bytes(text: &str) -> Result<usize, String> {
    parse_bytes(text, 8_192..=1_048_576)
}

/// Parses the maximum length of a body. The service holds a body in memory, so the setting itself is bounded.
fn parse_body_bytes(text: &str) -> Result<usize, String> {
    parse_bytes(text, 0..=16_777_216)
}

fn parse_bytes(text: &str, range: RangeInclusive<usize>) -> Result<usize, String> {
    let bytes = text.parse().ok().filter(|bytes| range.contains(bytes));
    bytes.ok_or_else(|| format!("expected a number of bytes from {} to {}", range.start(), range.end()))
}
