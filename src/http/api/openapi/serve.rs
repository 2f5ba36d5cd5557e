//! The handlers of the description of the API. The router attaches the document as an extension of the request.

use std::sync::Arc;

use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::Redirect,
};
use utoipa::openapi::OpenApi;

use crate::{
    error::Error,
    http::{
        api::openapi::{completion::add_formats_and_examples, reference::render},
        cache::{policy::CachePolicy, response::CachedResponse},
        state::AppState,
    },
};

/// The stylesheet of the reference.
const STYLESHEET: &str = include_str!("reference.css");
/// The icon, which is the one of the pages.
const ICON: &str = include_str!("../../pages/assets/icon.svg");

/// `/openapi.json`: the OpenAPI document.
///
/// # Errors
/// When it cannot be serialized, or when too many responses are being rendered.
pub async fn json(State(app): State<AppState>, Extension(document): Extension<Arc<OpenApi>>) -> Result<CachedResponse, Error> {
    app.get_or_render("openapi.json", async {
        let body = serde_json::to_vec_pretty(&add_formats_and_examples(&document)?)?;
        Ok(response("application/json", body))
    })
    .await
}

/// `/docs`: links in the reference are relative to `/docs/`.
pub async fn redirect_to_reference() -> Redirect {
    Redirect::permanent("docs/")
}

/// `/docs/`: the reference.
///
/// # Errors
/// When it cannot be rendered, or when too many responses are being rendered.
pub async fn reference(State(app): State<AppState>, Extension(document): Extension<Arc<OpenApi>>) -> Result<CachedResponse, Error> {
    app.get_or_render("docs", async {
        let base = app.absolute_base().strip_suffix("/v1/").unwrap_or_default();
        let page = render(&add_formats_and_examples(&document)?, base).map_err(|cause| {
            tracing::error!(%cause, "cannot render the API reference");
            Error::Internal
        })?;
        Ok(response("text/html; charset=utf-8", page.into_bytes()))
    })
    .await
}

/// `/docs/reference.css`: the stylesheet of the reference.
pub async fn stylesheet() -> CachedResponse {
    response("text/css; charset=utf-8", STYLESHEET.into())
}

/// `/docs/icon.svg`: the icon of the pages.
pub async fn icon() -> CachedResponse {
    response("image/svg+xml", ICON.into())
}

/// A response that depends on the program, and not on the data.
fn response(content_type: &'static str, body: Vec<u8>) -> CachedResponse {
    let headers =
        HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(content_type)), (header::VARY, HeaderValue::from_static("accept-encoding"))]);
    CachedResponse::new(None, CachePolicy::Default, headers, body)
}
