//! What stands before the routes: an answer that is kept is given without routing, parsing or asking the database.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{MatchedPath, Request},
    http::{HeaderMap, Method, Response, Uri, header},
};
use chrono::{DateTime, Utc};
use tower::Service;

use crate::error::Error;
use crate::http::{
    AppState,
    cache::response::{Answer, CachedResponse},
    refused, router,
};

/// The longest question that is remembered by its words, in bytes.
const LONGEST: usize = 1024;

/// The routes, and the kept answers before them.
#[derive(Clone, Debug)]
pub struct CacheService(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    app: AppState,
    routes: Router,
}

impl CacheService {
    /// Puts the kept answers before the routes.
    #[must_use]
    pub fn new(app: AppState) -> Self {
        Self(Arc::new(Inner { routes: router::routes(app.clone()), app }))
    }

    /// The answer that is kept.
    ///
    /// # Errors
    /// The question, where none is; and that is nothing where it is never kept.
    pub fn recall(&self, request: &Request) -> Result<(Response<Body>, Arc<CachedResponse>), Option<String>> {
        let app = &self.0.app;
        let Some(question) = question(request.method(), request.uri(), request.headers()) else { return Err(None) };
        let now = app.clock.now();
        match app.kept.as_asked(&question).filter(|kept| kept.is_current(app.data.load().generation, now)) {
            Some(kept) => {
                app.metrics().cache_hit();
                Ok((respond(&kept, request.method(), request.uri(), request.headers(), now), kept))
            }
            None => Err(Some(question)),
        }
    }

    /// Has the answer made, and keeps it.
    pub async fn make(self, request: Request, question: Option<String>) -> Response<Body> {
        let app = &self.0.app;
        let (method, uri, headers) = (request.method().clone(), request.uri().clone(), request.headers().clone());
        let Ok(mut response) = self.0.routes.clone().call(request).await;
        let Some(Answer { prepared, kept }) = response.extensions_mut().remove() else { return response };
        let route = response.extensions_mut().remove::<MatchedPath>();
        let mut response = respond(&prepared, &method, &uri, &headers, app.clock.now());
        if let Some(route) = route {
            prepared.belongs_to(route.clone());
            response.extensions_mut().insert(route);
        }
        if let Some(question) = question.filter(|_| kept) {
            app.metrics().cache_miss();
            app.kept.keep(question, prepared);
        }
        response
    }
}

/// The answer, unless the request asks for another than this one.
fn respond(answer: &CachedResponse, method: &Method, uri: &Uri, headers: &HeaderMap, now: DateTime<Utc>) -> Response<Body> {
    if answer.is_wanted(headers) { answer.respond(method, headers, now) } else { refused(Error::PreconditionFailed, method, uri) }
}

/// What was asked, word for word: the address, and what of the headers chooses the answer. None where it is not kept.
fn question(method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<String> {
    let address = uri.path_and_query()?.as_str();
    if !(matches!(*method, Method::GET | Method::HEAD) && address.len() <= LONGEST) {
        return None;
    }
    let mut question = address.to_owned();
    for accept in headers.get_all(header::ACCEPT) {
        // A line end stands in no address and in no header, so that two lines are never taken for one.
        question.push('\n');
        question.push_str(accept.to_str().ok().filter(|accept| accept.len() <= LONGEST)?);
    }
    Some(question)
}
