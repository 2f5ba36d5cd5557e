//! The headers of every response: any site may read it, and browsers must not guess its type.
//!
//! This file is outside the edge, since a cached response is rendered with these headers and the edge wraps the cache.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::http::headers::header_value;

/// The response headers that a script of another site may read (Fetch, section 3.3.3).
pub const EXPOSE_HEADERS: [HeaderName; 10] = [
    header::ACCEPT_RANGES,
    header::CONTENT_RANGE,
    header::ETAG,
    header::LINK,
    header::LAST_MODIFIED,
    header::CONTENT_LOCATION,
    header::RETRY_AFTER,
    HeaderName::from_static("ratelimit"),
    HeaderName::from_static("ratelimit-policy"),
    HeaderName::from_static("x-request-id"),
];

/// The content security policy of data: nothing is allowed.
const API_CSP: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
/// The content security policy of an HTML page: it may use this service's own styles, scripts, images, fonts, forms and data; nothing inline, nothing from
/// another host, and no frame around the page.
const HTML_CSP: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// Adds the headers that the response does not have yet.
pub fn apply_security_headers(headers: &mut HeaderMap) {
    let is_html = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let mut add = |name: HeaderName, value: HeaderValue| {
        headers.entry(name).or_insert(value);
    };
    add(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    add(header::ACCESS_CONTROL_EXPOSE_HEADERS, header_value(&EXPOSE_HEADERS.each_ref().map(HeaderName::as_str).join(",")));
    add(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    add(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    add(header::CONTENT_SECURITY_POLICY, if is_html { HTML_CSP } else { API_CSP });
}
