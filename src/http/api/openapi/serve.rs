//! The routes of the description of the API.

use axum::{
    Router,
    http::{HeaderMap, HeaderValue, header},
    routing::get,
};
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::http::{
    api::openapi::completion::add_formats_and_examples,
    cache::{policy::CachePolicy, response::CachedResponse},
    state::AppState,
};

/// The routes of the documentation.
pub fn routes(document: OpenApi) -> Router<AppState> {
    let body = add_formats_and_examples(document).to_pretty_json().unwrap_or_default();
    let headers = HeaderMap::from_iter([
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ]);
    let response = CachedResponse::new(None, CachePolicy::Default, headers, body.into());
    let swagger: Router<AppState> = SwaggerUi::new("/docs").config(Config::new(["../openapi.json"]).try_it_out_enabled(true).use_base_layout()).into();
    Router::new().route("/openapi.json", get(move || std::future::ready(response))).merge(swagger)
}
