//! `/metrics`, for Prometheus.

use axum::{
    extract::State,
    http::{HeaderMap, header},
};

use crate::{
    error::Error,
    http::{api::openapi::PlainProblems, state::AppState},
};

/// The media type of Prometheus' own text format.
const PROMETHEUS_TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";
/// The media type of its successor, which is what is written; parsers of the older format read it as well.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Get the metrics of the service, for Prometheus.
#[utoipa::path(get, path = "/metrics", tag = "service", responses((status = 200, description = "All metrics.", body = String, content_type = "text/plain"), PlainProblems))]
pub async fn metrics(State(app): State<AppState>, headers: HeaderMap) -> Result<([(header::HeaderName, &'static str); 1], String), Error> {
    let accepts_open_metrics =
        headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("application/openmetrics-text"));
    let text = app.metrics().encode(app.snapshot().corpus.revision).map_err(|cause| {
        tracing::error!(%cause, "the metrics could not be encoded");
        Error::Internal
    })?;
    Ok(([(header::CONTENT_TYPE, if accepts_open_metrics { OPEN_METRICS } else { PROMETHEUS_TEXT })], text))
}
