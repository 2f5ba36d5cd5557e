//! Conditional requests (RFC 9110, section 13): entity tags take precedence over dates.

use std::time::SystemTime;

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::http::headers::{http_date, list_members};

/// Whether `If-Match`, or else `If-Unmodified-Since`, holds for this representation (section 13.2.2, steps 1 and 2).
/// A precondition that does not hold is a 412.
pub fn preconditions_hold(headers: &HeaderMap, etag: &HeaderValue, last_modified: Option<SystemTime>) -> bool {
    if headers.contains_key(header::IF_MATCH) {
        // The comparison is strong: a weak entity tag matches nothing (section 13.1.1).
        return etag_matches(headers, &header::IF_MATCH, |given| etag == given);
    }
    // Without a modification date, the field is ignored (section 13.1.4).
    let unmodified_since = http_date(headers, &header::IF_UNMODIFIED_SINCE);
    unmodified_since.zip(last_modified).is_none_or(|(since, last_modified)| last_modified <= since)
}

/// Whether `If-None-Match`, or else `If-Modified-Since`, says that the client has this representation (section 13.2.2,
/// steps 3 and 4). Then it gets a 304.
pub fn not_modified(headers: &HeaderMap, etag: &HeaderValue, last_modified: Option<SystemTime>) -> bool {
    if headers.contains_key(header::IF_NONE_MATCH) {
        // The comparison is weak (section 13.1.2).
        return etag_matches(headers, &header::IF_NONE_MATCH, |given| etag == given.strip_prefix("W/").unwrap_or(given));
    }
    // Data that is rolled back has an earlier date than before, so that only the same date means the same data.
    last_modified.is_some() && http_date(headers, &header::IF_MODIFIED_SINCE) == last_modified
}

/// Whether `If-Range` lets a `Range` apply to this representation (section 13.1.5, and section 13.2.2, step 5). Both validators
/// must match exactly.
pub fn range_applies(headers: &HeaderMap, etag: &HeaderValue, last_modified: Option<SystemTime>) -> bool {
    let mut lines = headers.get_all(header::IF_RANGE).iter();
    match (lines.next(), lines.next()) {
        (None, _) => true,
        (Some(given), None) => given == etag || last_modified.is_some() && http_date(headers, &header::IF_RANGE) == last_modified,
        (Some(_), Some(_)) => false,
    }
}

/// Whether a condition lists a matching entity tag, or is only `*` (section 13.1).
fn etag_matches(headers: &HeaderMap, condition: &HeaderName, is_match: impl Fn(&str) -> bool) -> bool {
    headers.get(condition).is_some_and(|any| any == "*") || list_members(headers, condition).map(str::trim).any(is_match)
}
