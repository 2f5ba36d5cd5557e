//! Every route, on one screen.

use std::time::Duration;

use axum::{Router, middleware};
use tower::{Layer, util::MapRequestLayer};
use tower_http::{
    catch_panic::CatchPanicLayer,
    cors::{Any, CorsLayer},
};
use utoipa::openapi::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::http::{
    AppState,
    api::{actors, changes, clauses, dates, health, index, locations, metrics, milestones, notes, openapi, statements, verify},
    cache::service::CacheService,
    edge::EdgeService,
    extract::accept,
    nothing, pages, problems, refused,
};

/// The routes of the interface, and the document that describes them.
pub fn interface() -> (Router<AppState>, OpenApi) {
    OpenApiRouter::with_openapi(openapi::document())
        .routes(routes!(index::list))
        .routes(routes!(statements::list))
        .routes(routes!(statements::find))
        .routes(routes!(clauses::list))
        .routes(routes!(clauses::find))
        .routes(routes!(dates::list))
        .routes(routes!(dates::find))
        .routes(routes!(milestones::list))
        .routes(routes!(milestones::find))
        .routes(routes!(actors::list))
        .routes(routes!(actors::find))
        .routes(routes!(locations::list))
        .routes(routes!(locations::find))
        .routes(routes!(notes::list))
        .routes(routes!(notes::find))
        .routes(routes!(changes::list))
        .routes(routes!(changes::find))
        .routes(routes!(verify::find))
        .routes(routes!(health::live))
        .routes(routes!(health::ready))
        .routes(routes!(health::robots))
        .routes(routes!(metrics::metrics))
        .split_for_parts()
}

/// The whole service, as one router.
pub fn router(app: AppState) -> Router {
    Router::new().fallback_service(service(app))
}

/// The whole service, as a connection calls it: the edge around the cache around the routes.
pub fn service(app: AppState) -> EdgeService {
    EdgeService::new(app.clone(), CacheService::new(app), refused)
}

/// All routes, with what surrounds them.
pub fn routes(app: AppState) -> Router {
    let (interface, document) = interface();
    let routes = interface
        .merge(openapi::routes(document))
        .merge(pages::routes())
        // Before the layers, so that a 404 and a 405 carry what they add.
        .fallback(nothing)
        .method_not_allowed_fallback(|| async { axum::http::StatusCode::METHOD_NOT_ALLOWED })
        .layer(CatchPanicLayer::new())
        .layer(
            CorsLayer::new()
                .allow_origin(Any)
                .allow_methods(openapi::METHODS)
                .allow_headers(Any)
                .expose_headers(openapi::EXPOSED)
                .max_age(Duration::from_secs(86_400)),
        )
        .layer(middleware::from_fn_with_state(app.clone(), problems))
        .with_state(app);
    // The suffix is taken off before routing, so around the router rather than inside it.
    Router::new().fallback_service(MapRequestLayer::new(accept::take_suffix).layer(routes))
}
