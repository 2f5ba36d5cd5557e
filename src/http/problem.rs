//! Every error response becomes a problem document (RFC 9457), or a page under the paths of the pages.

use axum::{
    body::Body,
    extract::{MatchedPath, OriginalUri, Request, State},
    http::{Method, StatusCode, Uri},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::time::timeout;

use crate::{
    error::{Error, Problem},
    formats::SiteUrl,
    http::{
        cache::{policy::CachePolicy, response::CachedResponse},
        pages,
        security_headers::apply_security_headers,
        state::AppState,
    },
};

/// Renders errors as problems, limits the time that a response may take, and adds the headers of every response.
pub async fn problem_middleware(State(app): State<AppState>, OriginalUri(uri): OriginalUri, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response = if request.method() == Method::OPTIONS && route.is_none() {
        // For unknown routes return 404 before the CORS layer can answer OPTIONS.
        StatusCode::NOT_FOUND.into_response()
    } else {
        timeout(app.limits().request_timeout.get(), next.run(request)).await.unwrap_or_else(|_| {
            tracing::error!("the request timed out");
            Error::Unavailable.into_response()
        })
    };
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        response = render_problem(app.site(), response, &uri);
    }
    if response.extensions().get::<CachedResponse>().is_none() {
        if let Some(policy) = response.extensions_mut().remove::<CachePolicy>() {
            policy.apply(response.headers_mut(), app.clock().now());
        }
        apply_security_headers(response.headers_mut());
    }
    if let Some(route) = route {
        response.extensions_mut().insert(route);
    }
    response
}

/// The response to a request that is rejected outside the routes.
pub fn error_response(site: &SiteUrl, error: Error, method: &Method, uri: &Uri) -> Response {
    let mut response = problem_response(site, error.problem(), uri.path());
    apply_security_headers(response.headers_mut());
    if method == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    response
}

/// The 404 of an unknown route.
pub async fn not_found() -> StatusCode {
    StatusCode::NOT_FOUND
}

/// The 405 of a route that does not support the method.
pub async fn method_not_allowed() -> StatusCode {
    StatusCode::METHOD_NOT_ALLOWED
}

/// The problem that a bodyless error response stands for.
fn render_problem(site: &SiteUrl, mut response: Response, uri: &Uri) -> Response {
    let status = response.status();
    let problem = response.extensions_mut().remove::<Problem>().unwrap_or_else(|| Problem::from_status(status));
    let mut rendered = problem_response(site, problem, uri.path());
    // The Allow of a 405 (RFC 9110, section 15.5.6) and the other headers that the router set.
    for (name, value) in response.headers() {
        rendered.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    rendered
}

/// A problem as a page for people, and as a document for programs.
fn problem_response(site: &SiteUrl, problem: Problem, path: &str) -> Response {
    pages::error_page(&problem, site.strip_base_path(path)).unwrap_or_else(|| problem.into_response(&site.public_path(path)))
}
