//! The one place that builds the URLs of the service.

use std::net::{IpAddr, SocketAddr};

use crate::corpus::Language;
use crate::formats::format::Format;

/// The path of the API, relative to the root of the service.
const API: &str = "v1/";

/// The URL of the root of the service. Every URL in a response that is not relative to a page begins with it.
///
/// ```
/// use bayan::{corpus::Language, formats::SiteUrl};
///
/// let site = SiteUrl::new("https://example.org/bayan");
/// assert_eq!(site.api("clauses?limit=1"), "https://example.org/bayan/v1/clauses?limit=1");
/// assert_eq!(site.page(Language::Ar, "milestones"), "https://example.org/bayan/ar/milestones");
/// assert_eq!(site.base_path(), "/bayan");
/// assert_eq!(SiteUrl::relative().api("clauses"), "/v1/clauses");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteUrl {
    /// The URL of the API, with a slash at its end.
    api_root: String,
    /// The path of the root, without a slash at its end.
    base_path: String,
}

impl SiteUrl {
    /// The service at this URL, with or without a slash at its end.
    #[must_use]
    pub fn new(url: &str) -> Self {
        let root = url.trim_end_matches('/');
        let authority = root.find("://").map_or(0, |scheme| scheme + "://".len());
        let base_path = root[authority..].find('/').map_or("", |path| &root[authority + path..]);
        Self { api_root: format!("{root}/{API}"), base_path: base_path.to_owned() }
    }

    /// The service on the host of the request. URLs are paths then.
    #[must_use]
    pub fn relative() -> Self {
        Self::new("")
    }

    /// The service at the address that it listens on. Nothing can connect to a wildcard address (`0.0.0.0`, `[::]`), so that
    /// the URL names `localhost` then.
    #[must_use]
    pub fn at_address(address: SocketAddr) -> Self {
        let host = match address.ip() {
            ip if ip.to_canonical().is_unspecified() => "localhost".to_owned(),
            IpAddr::V4(ip) => ip.to_string(),
            // A URL has no zone identifier (RFC 9844, section 3).
            IpAddr::V6(ip) => format!("[{ip}]"),
        };
        Self::new(&format!("http://{host}:{}", address.port()))
    }

    /// Whether URLs name the host.
    #[must_use]
    pub fn is_absolute(&self) -> bool {
        !self.api_root.starts_with('/')
    }

    /// The URL of the root, with a slash at its end.
    #[must_use]
    pub fn root(&self) -> &str {
        &self.api_root[..self.api_root.len() - API.len()]
    }

    /// The URL of the API, with a slash at its end. URLs in the data are relative to it.
    #[must_use]
    pub fn api_root(&self) -> &str {
        &self.api_root
    }

    /// The URL of a reference that is relative to the API.
    #[must_use]
    pub fn api(&self, reference: &str) -> String {
        format!("{}{reference}", self.api_root)
    }

    /// The URL of a reference in a format. An empty reference is the API itself.
    #[must_use]
    pub fn api_in_format(&self, reference: &str, format: Format) -> String {
        let (path, query) = reference.split_at(reference.find('?').unwrap_or(reference.len()));
        let root = if path.is_empty() { self.api_root.trim_end_matches('/') } else { &self.api_root };
        [root, path.trim_end_matches('/'), ".", format.extension(), query].concat()
    }

    /// The URL of a page, by its path below the language.
    #[must_use]
    pub fn page(&self, language: Language, path: &str) -> String {
        format!("{}{}/{path}", self.root(), language.code())
    }

    /// The path of the root, without a slash at its end: empty unless the service is below the root of its host.
    #[must_use]
    pub fn base_path(&self) -> &str {
        &self.base_path
    }

    /// The path of a request below the root of the service. A proxy may have removed the base path, or not.
    #[must_use]
    pub fn strip_base_path<'p>(&self, path: &'p str) -> &'p str {
        match path.strip_prefix(self.base_path()) {
            Some("") => "/",
            Some(rest) if rest.starts_with('/') => rest,
            _ => path,
        }
    }

    /// The path of a request as clients of the host see it.
    #[must_use]
    pub fn public_path(&self, path: &str) -> String {
        format!("{}{}", self.base_path(), self.strip_base_path(path))
    }
}

#[cfg(test)]
mod tests {
    use super::SiteUrl;

    #[test]
    fn the_url_of_a_listener_names_localhost_for_a_wildcard() {
        for (address, root) in [
            ("127.0.0.1:8080", "http://127.0.0.1:8080/"),
            ("0.0.0.0:80", "http://localhost:80/"),
            ("[::]:8080", "http://localhost:8080/"),
            ("[::ffff:0.0.0.0]:1", "http://localhost:1/"),
            ("[::1]:8080", "http://[::1]:8080/"),
            ("[fe80::1%3]:8080", "http://[fe80::1]:8080/"),
            ("192.0.2.7:65535", "http://192.0.2.7:65535/"),
        ] {
            assert_eq!(SiteUrl::at_address(address.parse().unwrap()).root(), root);
        }
    }

    #[test]
    fn a_path_is_read_with_and_without_the_base_path() {
        for (root, path, stripped, public) in [
            ("https://host/a/b", "/a/b/v1/clauses", "/v1/clauses", "/a/b/v1/clauses"),
            ("https://host/a/b", "/v1/clauses", "/v1/clauses", "/a/b/v1/clauses"),
            ("https://host/a/b", "/a/b", "/", "/a/b/"),
            ("https://host/a/b", "/a/bc", "/a/bc", "/a/b/a/bc"),
            ("https://host/a/b", "/", "/", "/a/b/"),
            ("http://[::1]:8080", "/v1", "/v1", "/v1"),
            ("", "/v1", "/v1", "/v1"),
            ("", "*", "*", "*"),
        ] {
            let site = SiteUrl::new(root);
            assert_eq!((site.strip_base_path(path), site.public_path(path).as_str()), (stripped, public), "{path} below {root}");
        }
    }
}
