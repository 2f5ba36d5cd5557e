//! The limits: everything that the service bounds, with what it does beyond the bound, in one place.

use std::{borrow::Cow, fmt, net::IpAddr, str::FromStr, time::Duration};

use clap::Args;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// What the service bounds. Each is a flag and a `BAYAN_*` variable; times are in seconds, and may have a fraction.
#[derive(Clone, Debug, Args)]
pub struct Limits {
    /// How long a client may take over a request's head, in seconds, and how long an idle connection is kept; then it is closed.
    #[arg(long, env = "BAYAN_HEADER_TIMEOUT", default_value_t = Self::DEFAULT.header_timeout, global = true)]
    pub header_timeout: Seconds,

    /// How long an answer may take to make, in seconds; then it is 503.
    #[arg(long, env = "BAYAN_REQUEST_TIMEOUT", default_value_t = Self::DEFAULT.request_timeout, global = true)]
    pub request_timeout: Seconds,

    /// How long a request waits for a connection to the database, in seconds; then it is 503.
    #[arg(long, env = "BAYAN_DATABASE_WAIT", default_value_t = Self::DEFAULT.database_wait, global = true)]
    pub database_wait: Seconds,

    /// How long a query may run, in seconds; then `SQLite` is interrupted, and the answer is 503. It looks at the clock about once a millisecond.
    #[arg(long, env = "BAYAN_QUERY_TIMEOUT", default_value_t = Self::DEFAULT.query_timeout, global = true)]
    pub query_timeout: Seconds,

    /// How many answers are made at a time, beyond which it is 503; kept answers are given all the same.
    #[arg(long, env = "BAYAN_IN_FLIGHT", default_value_t = Self::DEFAULT.in_flight, global = true)]
    pub in_flight: usize,

    /// How many connections are open at a time; more wait in the kernel's queue.
    #[arg(long, env = "BAYAN_CONNECTIONS", default_value_t = Self::DEFAULT.connections, global = true)]
    pub connections: usize,

    /// How long a connection lives, in seconds, before the next answer says that it is the last; clients open another. Who does not is cut off once a head, an answer and the grace could have passed as well.
    #[arg(long, env = "BAYAN_CONNECTION_LIFETIME", default_value_t = Self::DEFAULT.connection_lifetime, global = true)]
    pub connection_lifetime: Seconds,

    /// How long an address may be, in bytes, the query included; beyond it is 414.
    #[arg(long, env = "BAYAN_ADDRESS_SIZE", default_value_t = Self::DEFAULT.address_size, global = true)]
    pub address_size: usize,

    /// How large a request's head may be, in bytes (8192 at the least); beyond it is 431. A hundred headers are the most.
    #[arg(long, env = "BAYAN_HEAD_SIZE", default_value_t = Self::DEFAULT.head_size, value_parser = head_size, global = true)]
    pub head_size: usize,

    /// How many requests a client may make at once, beyond which it is 429; 0 for no limit. They come back one by one, all in a window of time. Of IPv6, a /64 is one client.
    #[arg(long, env = "BAYAN_RATE_LIMIT", default_value_t = Self::DEFAULT.rate_limit, value_parser = clap::value_parser!(u32).range(..=1_000_000), global = true)]
    pub rate_limit: u32,

    /// The window, in seconds.
    #[arg(long, env = "BAYAN_RATE_WINDOW", default_value_t = Self::DEFAULT.rate_window, value_parser = clap::value_parser!(u32).range(1..=86_400), global = true)]
    pub rate_window: u32,

    /// The networks whose clients are not counted; the machine itself, unless told otherwise.
    #[arg(long, env = "BAYAN_RATE_EXEMPT", default_value_t = Self::DEFAULT.rate_exempt, global = true)]
    pub rate_exempt: IpNetworks,

    /// How many clients are counted at a time, a hundred at the least; one that was not seen for long makes room.
    #[arg(long, env = "BAYAN_RATE_CLIENTS", default_value_t = Self::DEFAULT.rate_clients, value_parser = clap::value_parser!(u32).range(100..=10_000_000), global = true)]
    pub rate_clients: u32,

    /// The networks of proxies whose `X-Forwarded-For` is believed, separated by commas. Of the addresses in it, the last that is not itself a proxy's is the client.
    #[arg(long, env = "BAYAN_TRUSTED_PROXIES", default_value_t = Self::DEFAULT.trusted_proxies, hide_default_value = true, global = true)]
    pub trusted_proxies: IpNetworks,

    /// How long requests are still taken after a stop, in seconds, while readiness is 503 already, so that a proxy notices.
    #[arg(long, env = "BAYAN_DRAIN", default_value_t = Self::DEFAULT.drain, global = true)]
    pub drain: Seconds,

    /// How long requests in flight may take to end after that, in seconds; then they are cut off.
    #[arg(long, env = "BAYAN_GRACE", default_value_t = Self::DEFAULT.grace, global = true)]
    pub grace: Seconds,
}

impl Limits {
    /// What holds where nothing is configured.
    pub const DEFAULT: Self = Self {
        header_timeout: Seconds::whole(3),
        request_timeout: Seconds::whole(10),
        database_wait: Seconds::whole(2),
        query_timeout: Seconds::whole(3),
        in_flight: 256,
        connections: 4096,
        connection_lifetime: Seconds::whole(300),
        address_size: 32 * 1024,
        head_size: 64 * 1024,
        rate_limit: 2000,
        rate_window: 10,
        rate_exempt: IpNetworks(Cow::Borrowed(&[
            IpNet::V4(Ipv4Net::new_assert(std::net::Ipv4Addr::new(127, 0, 0, 0), 8)),
            IpNet::V6(Ipv6Net::new_assert(std::net::Ipv6Addr::LOCALHOST, 128)),
        ])),
        rate_clients: 65_536,
        trusted_proxies: IpNetworks(Cow::Borrowed(&[])),
        drain: Seconds(Duration::from_millis(500)),
        grace: Seconds::whole(8),
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// A length of time, written in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seconds(Duration);

impl Seconds {
    const fn whole(seconds: u64) -> Self {
        Self(Duration::from_secs(seconds))
    }

    /// The length.
    #[must_use]
    pub const fn get(self) -> Duration {
        self.0
    }
}

impl FromStr for Seconds {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "seconds, such as 3 or 0.5, a day at the most";
        let seconds: f64 = text.parse().map_err(|_| WRONG)?;
        let length = Duration::try_from_secs_f64(seconds).map_err(|_| WRONG)?;
        if length <= Duration::from_secs(86_400) { Ok(Self(length)) } else { Err(WRONG) }
    }
}

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_secs_f64().fmt(f)
    }
}

/// Networks, written as `10.0.0.0/8,2001:db8::/32`; an address alone is a network of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IpNetworks(Cow<'static, [IpNet]>);

impl IpNetworks {
    /// Whether one of them has this address.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl FromStr for IpNetworks {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let network = |text: &str| text.parse::<IpNet>().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
        let given = text.split(',').map(str::trim).filter(|network| !network.is_empty());
        given.map(network).collect::<Option<Vec<_>>>().map(|networks| Self(Cow::Owned(networks))).ok_or("networks, such as 10.0.0.0/8,2001:db8::/32")
    }
}

impl fmt::Display for IpNetworks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, network) in self.0.iter().enumerate() {
            write!(f, "{}{network}", if place == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

/// The size of a head, not below what hyper needs.
fn head_size(text: &str) -> Result<usize, &'static str> {
    text.parse().ok().filter(|size| (8_192..=1_048_576).contains(size)).ok_or("a number of bytes from 8192 to 1048576")
}
