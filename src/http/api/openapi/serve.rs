//! The handlers of the description of the API. The router attaches the description as an extension of the request.

use std::sync::{Arc, LazyLock, OnceLock};

use axum::{Extension, extract::State, http::Uri, response::Redirect};
use utoipa::openapi::OpenApi;

use crate::{
    error::Error,
    http::{
        api::openapi::{completion::complete, examples::PROBLEM_EXAMPLE, reference::render, urls::rebase},
        cache::{policy::CachePolicy, response::CachedResponse},
        state::AppState,
        uri::{encoded_query, join_query},
    },
};

/// The stylesheet of the reference.
static STYLESHEET: LazyLock<CachedResponse> = LazyLock::new(|| response("text/css; charset=utf-8", include_str!("reference.css").into()));
/// The icon, which is the one of the pages.
static ICON: LazyLock<CachedResponse> = LazyLock::new(|| response("image/svg+xml", include_str!("../../pages/assets/icon.svg").into()));

/// The description of the API. It does not depend on the data, so that each response is rendered and compressed once, and
/// outlives the cache, which new data empties.
pub struct Description {
    document: OpenApi,
    json: OnceLock<CachedResponse>,
    reference: OnceLock<CachedResponse>,
}

impl Description {
    /// The description by this document.
    #[must_use]
    pub const fn new(document: OpenApi) -> Self {
        Self { document, json: OnceLock::new(), reference: OnceLock::new() }
    }
}

/// The response of a cell, rendered at the first request.
fn get_or_render(cell: &OnceLock<CachedResponse>, render: impl FnOnce() -> Result<CachedResponse, Error>) -> Result<CachedResponse, Error> {
    if let Some(rendered) = cell.get() {
        return Ok(rendered.clone());
    }
    let rendered = render()?;
    Ok(cell.get_or_init(|| rendered).clone())
}

/// `/openapi.json`: the OpenAPI document.
///
/// # Errors
/// When it cannot be serialized.
pub async fn json(State(app): State<AppState>, Extension(description): Extension<Arc<Description>>) -> Result<CachedResponse, Error> {
    get_or_render(&description.json, || {
        let document = complete(&description.document, app.site())?;
        Ok(response("application/json", serde_json::to_vec_pretty(&document)?))
    })
}

/// `/docs`: links in the reference are relative to `/docs/`.
pub async fn redirect_to_reference(uri: Uri) -> Redirect {
    Redirect::permanent(&join_query("docs/", encoded_query(&uri).as_deref()))
}

/// `/docs/`: the reference.
///
/// # Errors
/// When it cannot be rendered.
pub async fn reference(State(app): State<AppState>, Extension(description): Extension<Arc<Description>>) -> Result<CachedResponse, Error> {
    get_or_render(&description.reference, || {
        let document = complete(&description.document, app.site())?;
        let mut problem = serde_json::from_str(PROBLEM_EXAMPLE.1)?;
        rebase(&mut problem, app.site());
        let base = app.absolute_site().root().trim_end_matches('/');
        let page = render(&document, base, &problem).map_err(|cause| {
            tracing::error!(%cause, "cannot render the API reference");
            Error::Internal
        })?;
        Ok(response("text/html; charset=utf-8", page.into_bytes()))
    })
}

/// `/docs/reference.css`: the stylesheet of the reference.
pub async fn stylesheet() -> CachedResponse {
    STYLESHEET.clone()
}

/// `/docs/icon.svg`: the icon of the pages.
pub async fn icon() -> CachedResponse {
    ICON.clone()
}

/// A response of the description.
fn response(content_type: &'static str, body: Vec<u8>) -> CachedResponse {
    CachedResponse::of_program(content_type, CachePolicy::Default, body)
}
