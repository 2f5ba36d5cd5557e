//! The headers that every answer carries: any site may read it, and no browser may take it for something else.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::http::{api::openapi::EXPOSED, cache::response::value};

/// What data may do in a browser: nothing.
const DATA: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
/// What a page may do that says nothing else: use what this service serves. The interface at /docs sets styles in place.
const PAGE: HeaderValue =
    HeaderValue::from_static("default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'");

/// Adds the headers that are not there yet.
pub fn protect(headers: &mut HeaderMap) {
    let page = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let mut add = |name: HeaderName, value: HeaderValue| {
        headers.entry(name).or_insert(value);
    };
    add(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    add(header::ACCESS_CONTROL_EXPOSE_HEADERS, value(&EXPOSED.each_ref().map(HeaderName::as_str).join(",")));
    add(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    add(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    add(header::CONTENT_SECURITY_POLICY, if page { PAGE } else { DATA });
}
