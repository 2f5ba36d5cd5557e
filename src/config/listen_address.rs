//! An address to listen on: a TCP address, a host name with a port, or a Unix socket.

use std::{fmt, path::PathBuf, str::FromStr};

/// The prefix of a Unix socket's path.
const UNIX_PREFIX: &str = "unix:";

/// An address to listen on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListenAddress {
    /// `127.0.0.1:8080`, `[::1]:8080` or `localhost:8080`. A name is resolved when the service starts.
    Tcp(String),
    /// `unix:/run/bayan.sock`.
    Unix(PathBuf),
}

impl FromStr for ListenAddress {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "expected an address such as 127.0.0.1:8080, [::1]:8080, localhost:8080 or unix:/run/bayan.sock";
        if let Some(path) = text.strip_prefix(UNIX_PREFIX) {
            return if path.is_empty() { Err(EXPECTED) } else { Ok(Self::Unix(path.into())) };
        }
        let (host, port) = text.rsplit_once(':').ok_or(EXPECTED)?;
        let is_ipv6 = || host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).is_some_and(|host| host.parse::<std::net::Ipv6Addr>().is_ok());
        let is_name = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
        if port.parse::<u16>().is_ok() && (is_name || is_ipv6()) { Ok(Self::Tcp(text.to_owned())) } else { Err(EXPECTED) }
    }
}

impl fmt::Display for ListenAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => f.write_str(address),
            Self::Unix(path) => write!(f, "{UNIX_PREFIX}{}", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_number_a_name_or_a_unix_socket() {
        for text in ["127.0.0.1:8080", "0.0.0.0:0", "[::]:80", "[::1]:8080", "localhost:8080", "db-1.internal:1", "unix:/run/bayan.sock", "unix:bayan.sock"] {
            assert_eq!(text.parse::<ListenAddress>().unwrap().to_string(), text);
        }
        for text in
            ["", "here", ":80", "localhost", "localhost:", "localhost:http", "localhost:65536", "::1:80", "[x]:80", "[::1]", "http://localhost:80", "unix:"]
        {
            assert!(text.parse::<ListenAddress>().is_err(), "{text}");
        }
    }
}
