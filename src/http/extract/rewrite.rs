//! Rewriting the URI of a request before it is routed.

use axum::{
    extract::Request,
    http::{Uri, uri::PathAndQuery},
};

use crate::formats::SiteUrl;

/// Removes the base path of the public URL, where the proxy has left it in the request.
pub fn strip_base_path(site: &SiteUrl, mut request: Request) -> Request {
    let path = request.uri().path();
    let below = site.strip_base_path(path);
    if below != path
        && let Some(uri) = with_path(request.uri(), below)
    {
        *request.uri_mut() = uri;
    }
    request
}

/// A URI with another path and the same query; none where the path is none.
pub fn with_path(uri: &Uri, path: &str) -> Option<Uri> {
    let rewritten = uri.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(rewritten).ok()?);
    Uri::from_parts(parts).ok()
}
