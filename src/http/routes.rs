//! Every route, on one screen.

use axum::{Router, middleware};
use tower::{Layer, util::MapRequestLayer};
use tower_http::{
    catch_panic::CatchPanicLayer,
    cors::{Any, CorsLayer},
};
use utoipa::openapi::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    App, actors, changes, clauses, dates, documentation, front::Front, health, index, locations, milestones, negotiation, notes, nothing, pages, problems,
    statements, verify,
};

/// The routes of the interface, and the document that describes them.
pub fn interface() -> (Router<App>, OpenApi) {
    OpenApiRouter::with_openapi(documentation::document())
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
        .split_for_parts()
}

/// All routes, with what surrounds them.
pub fn router(app: App) -> Router {
    let (interface, document) = interface();
    let routes = interface
        .merge(documentation::routes(document))
        .merge(pages::routes())
        // Before the layers, so that a 404 and a 405 carry what they add.
        .fallback(nothing)
        .method_not_allowed_fallback(|| async { axum::http::StatusCode::METHOD_NOT_ALLOWED })
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn(problems))
        .layer(CorsLayer::new().allow_origin(Any).allow_methods(documentation::METHODS).allow_headers(Any).expose_headers(documentation::EXPOSED))
        .with_state(app.clone());
    // The suffix is taken off before routing, so around the router rather than inside it.
    let routes = Router::new().fallback_service(MapRequestLayer::new(negotiation::take_suffix).layer(routes));
    Router::new().fallback_service(Front::new(app, routes))
}
