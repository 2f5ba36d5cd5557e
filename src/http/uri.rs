//! URIs with another path or query.

use axum::http::{Uri, uri::PathAndQuery};
use percent_encoding::{CONTROLS, utf8_percent_encode};

/// The URI with this path and query in place of its own; none if they are no valid path and query.
pub fn with_path_and_query(uri: &Uri, path_and_query: String) -> Option<Uri> {
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(path_and_query).ok()?);
    Uri::from_parts(parts).ok()
}

/// A path with a query, where there is one.
pub fn join_query(path: &str, query: Option<&str>) -> String {
    query.map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"))
}

/// The query of a URI as a header may have it: a client may have sent UTF-8.
pub fn encoded_query(uri: &Uri) -> Option<String> {
    Some(utf8_percent_encode(uri.query()?, CONTROLS).to_string())
}

/// The URI with another path and the same query; none if that is no valid path.
pub fn with_path(uri: &Uri, path: &str) -> Option<Uri> {
    with_path_and_query(uri, join_query(path, uri.query()))
}
