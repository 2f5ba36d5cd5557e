//! Rewriting the URI of a request before it is routed.

use axum::extract::Request;

use crate::{formats::SiteUrl, http::uri::with_path};

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
