//! The access log: one line for each request.

use std::{net::IpAddr, time::Duration};

use axum::{
    body::{Body, HttpBody},
    http::{HeaderValue, Method, Response, StatusCode, Uri},
};
use percent_encoding::{CONTROLS, percent_decode_str, utf8_percent_encode};

/// The parameter whose value is never logged: the text that a client verifies is private.
const PRIVATE_PARAMETER: &str = "text";

/// Whether a response came from the cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheStatus {
    /// The response was cached.
    Hit,
    /// The response was computed.
    Miss,
}

/// A request and its response.
#[derive(Debug)]
pub struct AccessLogEntry<'a> {
    /// The request method.
    pub method: &'a Method,
    /// The request URI.
    pub uri: &'a Uri,
    /// The response.
    pub response: &'a Response<Body>,
    /// The time from the parsed header section to the response.
    pub duration: Duration,
    /// Whether the response came from the cache.
    pub cache: CacheStatus,
    /// The id of the request.
    pub request_id: &'a HeaderValue,
    /// The client's address; `None` for a request from inside the process.
    pub client_ip: Option<IpAddr>,
}

impl AccessLogEntry<'_> {
    /// Logs the request: cache hits at level `debug`, since most responses are hits; preflights as well, since no limit
    /// applies to them; and everything else at `info`.
    pub fn log(&self) {
        // The level of an event is a constant.
        macro_rules! access_log {
            ($level:ident, $cache:literal) => {
                tracing::$level!(
                    target: "bayan::request",
                    method = %self.method,
                    uri = %logged_uri(self.uri),
                    status = self.response.status().as_u16(),
                    response_bytes = self.response.body().size_hint().exact().unwrap_or_default(),
                    duration_ms = self.duration.as_secs_f64() * 1e3,
                    cache = $cache,
                    request_id = self.request_id.to_str().unwrap_or_default(),
                    client_ip = self.client_ip.map(tracing::field::display),
                )
            };
        }
        match self.cache {
            CacheStatus::Hit => access_log!(debug, "hit"),
            CacheStatus::Miss if self.method == Method::OPTIONS && self.response.status().is_success() => access_log!(debug, "miss"),
            CacheStatus::Miss => access_log!(info, "miss"),
        }
    }
}

/// Logs a request that the HTTP parser rejected. Only its peer is known.
pub fn log_parse_error(status: StatusCode, request_id: &HeaderValue, client_ip: IpAddr) {
    tracing::info!(
        target: "bayan::request",
        status = status.as_u16(),
        request_id = request_id.to_str().unwrap_or_default(),
        client_ip = %client_ip,
        "the HTTP parser rejected the request",
    );
}

/// A URI as it is logged: printable ASCII, and without the value of [`PRIVATE_PARAMETER`]. The log cuts it.
fn logged_uri(uri: &Uri) -> String {
    let Some(uri) = uri.path_and_query() else { return "*".to_owned() };
    let mut logged = uri.path().to_owned();
    if let Some(query) = uri.query() {
        for (index, pair) in query.split('&').enumerate() {
            logged.push(if index == 0 { '?' } else { '&' });
            let name = pair.split('=').next().unwrap_or_default();
            let is_private = percent_decode_str(name).map(|byte| byte.to_ascii_lowercase()).eq(PRIVATE_PARAMETER.bytes());
            logged.push_str(if is_private { name } else { pair });
        }
    }
    utf8_percent_encode(&logged, CONTROLS).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_is_logged_in_ascii_and_without_the_words_to_verify() {
        for (uri, expected) in [
            ("/v1/clauses?voice=agency", "/v1/clauses?voice=agency"),
            ("/v1/verify?text=secret+words&voice=statement", "/v1/verify?text&voice=statement"),
            ("/v1/verify?voice=statement&t%65xt=secret", "/v1/verify?voice=statement&t%65xt"),
            ("/en/check?TEXT=secret", "/en/check?TEXT"),
            ("/caf\u{e9}?x=\u{202e}", "/caf%C3%A9?x=%E2%80%AE"),
            ("/v1/clauses?context=kept", "/v1/clauses?context=kept"),
        ] {
            assert_eq!(logged_uri(&Uri::try_from(uri).unwrap()), expected);
        }
    }
}
