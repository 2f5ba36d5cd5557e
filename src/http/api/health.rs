//! Whether the service is alive, and whether it can answer.

use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::{AppState, api::openapi::PlainProblems};
use crate::{
    corpus,
    error::{Error, Problem},
};

/// How the service is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `live` or `ready`.
    #[schema(example = "ready")]
    status: &'static str,
}

/// Whether the process answers at all.
#[utoipa::path(get, path = "/health/live", tag = "service", responses((status = 200, description = "The process answers.", body = Health), PlainProblems))]
pub async fn live() -> Json<Health> {
    Json(Health { status: "live" })
}

/// Whether the service can answer from its data.
#[utoipa::path(get, path = "/health/ready", tag = "service", responses(
    (status = 200, description = "The service can answer.", body = Health),
    (status = 503, description = "It cannot, and may soon.", body = Problem, content_type = "application/problem+json"),
    PlainProblems,
))]
pub async fn ready(State(app): State<AppState>) -> Result<Json<Health>, Error> {
    if app.is_draining() {
        return Err(Error::Unavailable);
    }
    corpus::check_ready(&app.data().corpus).await.map_err(|cause| {
        tracing::error!(%cause, "not ready");
        Error::Unavailable
    })?;
    Ok(Json(Health { status: "ready" }))
}

/// What crawlers may do: everything.
#[utoipa::path(get, path = "/robots.txt", tag = "service", responses((status = 200, description = "Everything may be fetched.", body = String, content_type = "text/plain"), PlainProblems))]
pub async fn robots() -> &'static str {
    "User-agent: *\nAllow: /\n"
}
