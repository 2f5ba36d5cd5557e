//! The URL at which clients reach the service.

use std::str::FromStr;

use percent_encoding::percent_decode_str;
use url::{ParseError, Url};

/// The first segments of the paths of the service. A test compares them with its routes.
const OWN_SEGMENTS: [&str; 16] = [
    ".well-known",
    "ar",
    "assets",
    "docs",
    "embed",
    "en",
    "favicon",
    "health",
    "metrics",
    "oembed",
    "openapi",
    "robots",
    "schemas",
    "sitemap",
    "sitemaps",
    "v1",
];

/// The URL at which clients reach the service, in its normal form and without a slash at its end. It may have a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// The URL as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a text is no public URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParsePublicUrlError {
    /// It is no absolute URL.
    #[error("expected a URL such as https://bayan.example.org or https://example.org/bayan: {0}")]
    Invalid(#[from] ParseError),
    /// Its scheme is neither `http` nor `https`.
    #[error("expected a URL that begins with http:// or https://")]
    Scheme,
    /// It has a user name or a password, which every link would publish.
    #[error("expected a URL without a user name and a password, since every response would publish them")]
    Credentials,
    /// It has a query or a fragment, so that nothing can be appended to it.
    #[error("expected a URL without a query (?) and a fragment (#), since paths are appended to it")]
    QueryOrFragment,
    /// Its path has an empty segment. Where that is the first one, a redirect to it would lead to another host.
    #[error("expected a URL without an empty segment (//) in its path")]
    EmptySegment,
    /// Its path begins like one of the service's own. A proxy may leave the path in the requests or remove it, and `/v1/clauses`
    /// does not show which it did.
    #[error("expected a URL whose path does not begin with one of the service's own paths, such as /v1, /en or /docs")]
    OwnPath,
}

impl FromStr for PublicUrl {
    type Err = ParsePublicUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = Url::parse(text)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(ParsePublicUrlError::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(ParsePublicUrlError::Credentials);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(ParsePublicUrlError::QueryOrFragment);
        }
        let path = url.path().trim_end_matches('/');
        if path.contains("//") {
            return Err(ParsePublicUrlError::EmptySegment);
        }
        let first = path.split('/').nth(1).unwrap_or_default();
        let first = percent_decode_str(first).decode_utf8_lossy();
        // A suffix names a format: `/v1.json` is `/v1`.
        let stem = first.split_once('.').map_or(&*first, |(stem, _)| stem);
        if OWN_SEGMENTS.contains(&&*first) || OWN_SEGMENTS.contains(&stem) {
            return Err(ParsePublicUrlError::OwnPath);
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_normalized() {
        for (text, expected) in [
            ("https://example.org", "https://example.org"),
            ("HTTPS://Example.ORG:443/", "https://example.org"),
            ("http://example.org:8080/a/../bayan//", "http://example.org:8080/bayan"),
            ("https://example.org/v2", "https://example.org/v2"),
            ("https://example.org/bayan/v1", "https://example.org/bayan/v1"),
            ("https://example.org/english/docs", "https://example.org/english/docs"),
            ("http://[2001:DB8::1]:80/x y", "http://[2001:db8::1]/x%20y"),
            ("https://بيان.example/\"><", "https://xn--mgbb5goa.example/%22%3E%3C"),
        ] {
            assert_eq!(text.parse::<PublicUrl>().as_ref().map(PublicUrl::as_str), Ok(expected));
        }
    }

    #[test]
    fn what_is_no_public_url_is_rejected_for_its_reason() {
        for (text, expected) in [
            ("https://user:password@example.org", ParsePublicUrlError::Credentials),
            ("http://user@example.org/bayan", ParsePublicUrlError::Credentials),
            ("https://:secret@example.org", ParsePublicUrlError::Credentials),
            ("https://example.org/?", ParsePublicUrlError::QueryOrFragment),
            ("https://example.org/bayan?lang=ar", ParsePublicUrlError::QueryOrFragment),
            ("https://example.org#top", ParsePublicUrlError::QueryOrFragment),
            ("https://example.org//evil.example", ParsePublicUrlError::EmptySegment),
            ("https://example.org/a//b/", ParsePublicUrlError::EmptySegment),
            ("https://example.org/%76%31", ParsePublicUrlError::OwnPath),
            ("https://example.org/v1", ParsePublicUrlError::OwnPath),
            ("https://example.org/v1/", ParsePublicUrlError::OwnPath),
            ("https://example.org/x/../en/bayan", ParsePublicUrlError::OwnPath),
            ("https://example.org/ar/statements", ParsePublicUrlError::OwnPath),
            ("http://localhost:8080/docs", ParsePublicUrlError::OwnPath),
            ("https://example.org/metrics.json", ParsePublicUrlError::OwnPath),
            ("https://example.org/robots.txt", ParsePublicUrlError::OwnPath),
            ("https://example.org/.well-known/bayan", ParsePublicUrlError::OwnPath),
            ("ftp://example.org", ParsePublicUrlError::Scheme),
            ("example.org:8080", ParsePublicUrlError::Scheme),
            ("javascript:alert(1)", ParsePublicUrlError::Scheme),
            ("", ParsePublicUrlError::Invalid(ParseError::RelativeUrlWithoutBase)),
            ("/bayan", ParsePublicUrlError::Invalid(ParseError::RelativeUrlWithoutBase)),
            ("https://", ParsePublicUrlError::Invalid(ParseError::EmptyHost)),
            ("https://example.org:99999", ParsePublicUrlError::Invalid(ParseError::InvalidPort)),
        ] {
            assert_eq!(text.parse::<PublicUrl>(), Err(expected), "{text}");
        }
    }
}
