//! Cross-origin resource sharing: any site may use the API, without credentials.

use std::time::Duration;

use axum::http::{HeaderMap, Method, header};
use tower_http::cors::{Any, CorsLayer};

use crate::http::security_headers::EXPOSE_HEADERS;

/// The time for which a browser may cache the response to a preflight.
const PREFLIGHT_MAX_AGE: Duration = Duration::from_secs(86_400);

/// Whether a browser asks what it may send (Fetch, section 3.2.2).
pub fn is_preflight(method: &Method, headers: &HeaderMap) -> bool {
    method == Method::OPTIONS && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// The layer that responds to preflights (Fetch, section 3.2.2).
pub fn cors_layer() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers(Any)
        .expose_headers(EXPOSE_HEADERS)
        .max_age(PREFLIGHT_MAX_AGE)
}
