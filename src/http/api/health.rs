//! `/health/live`, `/health/ready` and `/robots.txt`.

use axum::{Extension, Json, extract::State, response::IntoResponse};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    corpus,
    error::{Error, Problem},
    http::{api::openapi::PlainProblems, cache::policy::CachePolicy, state::AppState},
};

/// The state of the service.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `live` or `ready`.
    #[schema(example = "ready")]
    status: &'static str,
}

/// Check that the process responds.
#[utoipa::path(get, path = "/health/live", tag = "service", responses((status = 200, description = "The process responds.", body = Health), PlainProblems))]
pub async fn live() -> Json<Health> {
    Json(Health { status: "live" })
}

/// Check whether the service can respond from its data.
#[utoipa::path(get, path = "/health/ready", tag = "service", responses(
    (status = 200, description = "The service can respond.", body = Health),
    (status = 503, description = "The service cannot respond now; retry in a moment.", body = Problem, content_type = "application/problem+json"),
    PlainProblems,
))]
pub async fn ready(State(app): State<AppState>) -> Result<Json<Health>, Error> {
    if is_ready(&app).await { Ok(Json(Health { status: "ready" })) } else { Err(Error::Unavailable) }
}

/// Whether the service can respond from its data and is not stopping.
pub async fn is_ready(app: &AppState) -> bool {
    if app.is_draining() {
        return false;
    }
    let checked = corpus::check_ready(&app.snapshot().corpus).await;
    checked.inspect_err(|cause| tracing::error!(%cause, "not ready")).is_ok()
}

/// Get the rules for crawlers: everything may be fetched. They name the sitemap.
#[utoipa::path(get, path = "/robots.txt", tag = "service", responses((status = 200, description = "Everything may be fetched.", body = String, content_type = "text/plain"), PlainProblems))]
pub async fn robots(State(app): State<AppState>) -> impl IntoResponse {
    // A sitemap is named by its absolute URL (RFC 9309, section 2.2.4).
    (Extension(CachePolicy::Default), format!("User-agent: *\nAllow: /\nSitemap: {}sitemap.xml\n", app.absolute_site().root()))
}
