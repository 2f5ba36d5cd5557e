//! The URL at which clients reach the service.

use std::str::FromStr;

use http::Uri;

/// The URL at which clients reach the service, without a slash at its end. Absolute links begin with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// The URL as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PublicUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "expected a URL such as https://bayan.example.org, without a query or a fragment";
        let uri: Uri = text.parse().map_err(|_| EXPECTED)?;
        let is_absolute = matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some_and(|host| !host.is_empty());
        let is_plain = uri.query().is_none() && !text.contains(['#', '"', '<', '>', '\\']);
        if is_absolute && is_plain { Ok(Self(text.trim_end_matches('/').to_owned())) } else { Err(EXPECTED) }
    }
}
