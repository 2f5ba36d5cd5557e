//! Every route, on one screen, and the services and layers around them.

use std::sync::Arc;

use axum::{Extension, Router, http::Uri, middleware::from_fn_with_state, response::Redirect, routing::get};
use tower::{Layer, util::MapRequestLayer};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    corpus::Language,
    http::{
        api::{
            actors, build, changes, clauses, dates, health, index, locations, metrics, milestones, notes, openapi, packages, search, security_txt, statements,
            verify,
        },
        cache::service::CacheService,
        canonical_path::redirect_to_canonical_path,
        edge::{EdgeService, cors_layer},
        extract::{accept, rewrite::strip_base_path},
        pages,
        problem::{error_response, method_not_allowed, not_found, problem_middleware},
        state::AppState,
        uri::{encoded_query, join_query},
    },
};

/// Whether a service has `/metrics`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metrics {
    /// It has.
    Public,
    /// Only the admin listener has.
    Private,
}

/// The routes of the API, and the document that describes them.
fn api_router(metrics: Metrics) -> (Router<AppState>, OpenApi) {
    let router = OpenApiRouter::with_openapi(openapi::document())
        .routes(routes!(index::list))
        .routes(routes!(statements::list))
        .routes(routes!(statements::get))
        .routes(routes!(packages::list))
        .routes(routes!(packages::get))
        .routes(routes!(clauses::list))
        .routes(routes!(clauses::get))
        .routes(routes!(dates::list))
        .routes(routes!(dates::get))
        .routes(routes!(milestones::list))
        .routes(routes!(milestones::get))
        .routes(routes!(actors::list))
        .routes(routes!(actors::get))
        .routes(routes!(actors::mentions))
        .routes(routes!(locations::list))
        .routes(routes!(locations::get))
        .routes(routes!(locations::mentions))
        .routes(routes!(notes::list))
        .routes(routes!(notes::get))
        .routes(routes!(changes::list))
        .routes(routes!(changes::get))
        .routes(routes!(search::list))
        .routes(routes!(verify::get, verify::post))
        .routes(routes!(health::live))
        .routes(routes!(health::ready))
        .routes(routes!(health::robots));
    match metrics {
        Metrics::Public => router.routes(routes!(metrics::metrics)),
        Metrics::Private => router,
    }
    .split_for_parts()
}

/// The routes of the admin listener.
fn admin_routes(app: AppState) -> Router {
    Router::new()
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(metrics::metrics))
        .route("/build", get(build::get))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(app.clone(), problem_middleware))
        .with_state(app)
}

/// The routes of the description of the API, and of where to report a fault of it.
fn description_routes(document: OpenApi) -> Router<AppState> {
    Router::new()
        .route("/openapi.json", get(openapi::json))
        .route(packages::SCHEMA_PATH, get(packages::schema))
        .route(security_txt::PATH, get(security_txt::get))
        .route("/docs", get(openapi::redirect_to_reference))
        .route("/docs/", get(openapi::reference))
        .route("/docs/reference.css", get(openapi::stylesheet))
        .route("/docs/icon.svg", get(openapi::icon))
        .layer(Extension(Arc::new(openapi::Description::new(document))))
}

/// The routes of the pages, in each language.
fn page_routes() -> Router<AppState> {
    let router = Router::new()
        .route("/", get(pages::language::redirect_to_language))
        .route("/assets/{version}/{name}", get(pages::assets::get))
        .route("/embed/clauses/{id}", get(pages::embed::clause))
        .route("/embed/milestones/{id}", get(pages::embed::milestone))
        .route("/embed/timeline", get(pages::embed::timeline))
        .route("/oembed", get(pages::embed::oembed::get))
        .route("/favicon.ico", get(pages::assets::favicon))
        .route("/sitemap.xml", get(pages::sitemap::index))
        .route("/sitemaps/{file}", get(pages::sitemap::part));
    Language::ALL.into_iter().fold(router, |router, language| {
        let path = |rest: &str| format!("/{}{rest}", language.code());
        router
            .route(&path(""), get(async move |uri: Uri| Redirect::permanent(&join_query(&format!("{}/", language.code()), encoded_query(&uri).as_deref()))))
            .route(&path("/"), get(pages::home::show))
            .route(&path("/about"), get(pages::about::show))
            .route(&path("/statements"), get(pages::statements::list))
            .route(&path("/statements/{id}"), get(pages::statement::show))
            .route(&path("/statements/{id}/reading"), get(pages::reading::show))
            .route(&path("/milestones"), get(pages::milestones::list))
            .route(&path("/milestones/{id}"), get(pages::milestones::show))
            .route(&path("/locations"), get(pages::locations::list))
            .route(&path("/locations/{id}"), get(pages::locations::show))
            .route(&path("/actors"), get(pages::actors::list))
            .route(&path("/actors/{id}"), get(pages::actors::show))
            .route(&path("/notes"), get(pages::notes::list))
            .route(&path("/notes/{id}"), get(pages::notes::redirect))
            .route(&path("/clauses"), get(pages::statements::redirect))
            .route(&path("/clauses/{id}"), get(pages::clauses::show))
            .route(&path("/dates"), get(pages::statements::redirect))
            .route(&path("/dates/{id}"), get(pages::dates::show))
            .route(&path("/changes"), get(pages::changes::list))
            .route(&path("/changes/{id}"), get(pages::changes::show))
            .route(&path("/verify"), get(pages::verify::show).post(pages::verify::submit))
            .route(&path("/search"), get(pages::search::show))
    })
}

/// The whole service as a router, for tests and for programs that embed it.
pub fn router(app: AppState) -> Router {
    Router::new().fallback_service(service(app, Metrics::Public))
}

/// The service of the admin listener, as a connection calls it. It has no rate limit.
#[must_use]
pub fn admin_service(app: AppState) -> EdgeService<Router> {
    // A cache of its own, which stays empty: the other has the responses of the public routes.
    let cache = CacheService::new(admin_routes(app.clone()), Arc::default(), app.clock().clone(), app.site().clone(), error_response);
    EdgeService::unlimited(app, cache, error_response)
}

/// The whole service, as a connection calls it: the edge around the cache around the routes.
#[must_use]
pub fn service(app: AppState, metrics: Metrics) -> EdgeService<Router> {
    let cache = CacheService::new(routes(app.clone(), metrics), app.cache().clone(), app.clock().clone(), app.site().clone(), error_response);
    EdgeService::new(app, cache, error_response)
}

/// All routes, with the layers around them.
fn routes(app: AppState, metrics: Metrics) -> Router {
    let (api, document) = api_router(metrics);
    let (site, redirect) = (app.site().clone(), from_fn_with_state(app.clone(), redirect_to_canonical_path));
    let routes = api
        .merge(description_routes(document))
        .merge(page_routes())
        // Before the layers, so that a 404 and a 405 pass through them.
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(CatchPanicLayer::new())
        .layer(cors_layer())
        .layer(from_fn_with_state(app.clone(), problem_middleware))
        .with_state(app);
    // The path is rewritten before routing, so around the router rather than inside it.
    let rewrite = move |request| accept::strip_extension(strip_base_path(&site, request));
    Router::new().fallback_service(MapRequestLayer::new(rewrite).layer(routes)).layer(redirect)
}
