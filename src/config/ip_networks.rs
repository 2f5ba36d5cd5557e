//! A list of IP networks.

use std::{borrow::Cow, fmt, net::IpAddr, str::FromStr};

use ipnet::IpNet;

/// IP networks, written as `10.0.0.0/8,2001:db8::/32`. An address without a prefix length is a network of one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IpNetworks(Cow<'static, [IpNet]>);

impl IpNetworks {
    /// The given networks.
    #[must_use]
    pub const fn from_static(networks: &'static [IpNet]) -> Self {
        Self(Cow::Borrowed(networks))
    }

    /// Whether one of the networks contains this address.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl FromStr for IpNetworks {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parse = |text: &str| text.parse::<IpNet>().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
        let networks = text.split(',').map(str::trim).filter(|network| !network.is_empty()).map(parse).collect::<Option<Vec<_>>>();
        networks.map(|networks| Self(Cow::Owned(networks))).ok_or("expected networks such as 10.0.0.0/8,2001:db8::/32")
    }
}

impl fmt::Display for IpNetworks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, network) in self.0.iter().enumerate() {
            write!(f, "{}{network}", if index == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}
