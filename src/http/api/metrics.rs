//! `/metrics`.

use axum::{
    extract::State,
    http::{HeaderMap, header},
};

use crate::{
    error::Error,
    http::{AppState, api::openapi::PlainProblems},
};

/// The media type of Prometheus' own text format.
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";
/// That of its successor, which is what is written; the older one is read from it as well.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What the service does, counted and measured, for Prometheus.
#[utoipa::path(get, path = "/metrics", tag = "service", responses((status = 200, description = "Everything that is measured.", body = String, content_type = "text/plain"), PlainProblems))]
pub async fn metrics(State(app): State<AppState>, asked: HeaderMap) -> Result<([(header::HeaderName, &'static str); 1], String), Error> {
    let open = asked.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().windows(28).any(|part| part == b"application/openmetrics-text"));
    let written = app.metrics().encode(app.data().corpus.revision).map_err(|cause| {
        tracing::error!(%cause, "the metrics could not be written");
        Error::Internal
    })?;
    Ok(([(header::CONTENT_TYPE, if open { OPEN_METRICS } else { TEXT })], written))
}
