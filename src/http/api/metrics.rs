//! `/metrics`, for Prometheus.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, header},
};

use crate::{
    error::Error,
    http::{
        api::{health::is_ready, openapi::PlainProblems},
        extract::accept::{media_ranges, quality},
        state::AppState,
    },
    telemetry::metrics::MetricsFormat,
};

/// The response: `Content-Type` and `Vary`, and the body.
type MetricsResponse = ([(HeaderName, &'static str); 2], String);

/// Get the metrics of the service, for Prometheus: in its own text format, or in `OpenMetrics` where `Accept` prefers that.
#[utoipa::path(get, path = "/metrics", tag = "service", responses(
    (status = 200, description = "All metrics.", content((String = "text/plain"), (String = "application/openmetrics-text"))),
    PlainProblems,
))]
pub async fn metrics(State(app): State<AppState>, headers: HeaderMap) -> Result<MetricsResponse, Error> {
    let ranges = media_ranges(&headers);
    let prefers_open_metrics = quality(&ranges, "application/openmetrics-text") > quality(&ranges, "text/plain");
    // Whatever else a client accepts, it can read the plain text.
    let (format, content_type) = if prefers_open_metrics {
        (MetricsFormat::OpenMetrics, "application/openmetrics-text; version=1.0.0; charset=utf-8")
    } else {
        (MetricsFormat::Prometheus, "text/plain; version=0.0.4; charset=utf-8")
    };
    app.metrics().ready.set(is_ready(&app).await.into());
    let text = app.metrics().encode(app.snapshot().corpus.revision, format).map_err(|cause| {
        tracing::error!(%cause, "the metrics could not be encoded");
        Error::Internal
    })?;
    Ok(([(header::CONTENT_TYPE, content_type), (header::VARY, "accept")], text))
}
