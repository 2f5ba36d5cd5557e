//! HTML as a response: the headers of a page, and the template that fills it.

use askama::Template;
use axum::http::{HeaderName, HeaderValue, header};

use crate::{corpus::Language, error::Error};

/// The headers of every page.
pub fn html_headers(language: Language) -> [(HeaderName, HeaderValue); 4] {
    [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_LANGUAGE, HeaderValue::from_static(language.code())),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin")),
    ]
}

/// Renders a page.
pub fn render(page: &impl Template) -> Result<String, Error> {
    page.render().map_err(|cause| {
        tracing::error!(%cause, "cannot render a page");
        Error::Internal
    })
}

/// There is no such page.
pub fn not_found() -> Error {
    Error::NotFound("no page has this URL".to_owned())
}
