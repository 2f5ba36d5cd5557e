//! The cache in front of the routes: a stored response is sent without routing, parsing or querying.

use std::{convert::Infallible, sync::Arc};

use axum::{
    body::Body,
    extract::{MatchedPath, Request},
    http::{HeaderMap, Method, Response, Uri, header},
};
use chrono::{DateTime, Utc};
use tower::Service;

use crate::{
    clock::Clock,
    error::Error,
    formats::SiteUrl,
    http::cache::{response::CachedResponse, store::ResponseCache},
};

/// Requests with a longer URI or `Accept` line are not cached by URI, in bytes.
const MAX_KEY_PART_BYTES: usize = 1024;

/// A service, and the cached responses in front of it.
#[derive(Debug)]
pub struct CacheService<S>(Arc<Inner<S>>);

#[derive(Debug)]
struct Inner<S> {
    service: S,
    cache: Arc<ResponseCache>,
    clock: Clock,
    site: SiteUrl,
    error_response: ErrorResponse,
}

/// Renders the response for an error. The caller supplies it, since neither the cache nor the edge knows how an error is
/// rendered.
pub type ErrorResponse = fn(&SiteUrl, Error, &Method, &Uri) -> Response<Body>;

/// The request as a key: the URI, then the `Accept` lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheKey(String);

/// The result of a cache lookup.
#[derive(Debug)]
pub enum Lookup {
    /// The response to the request, and the stored one that it was made from.
    Hit(Response<Body>, CachedResponse),
    /// Nothing. Without a key, the response is not stored either.
    Miss(Option<CacheKey>),
}

/// In the extensions of a response that [`CacheService::fetch`] has stored: the next such request is a hit.
#[derive(Clone, Copy, Debug)]
pub struct Stored;

impl<S> Clone for CacheService<S> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<S: Service<Request, Response = Response<Body>, Error = Infallible> + Clone> CacheService<S> {
    /// Puts a cache in front of a service.
    #[must_use]
    pub fn new(service: S, cache: Arc<ResponseCache>, clock: Clock, site: SiteUrl, error_response: ErrorResponse) -> Self {
        Self(Arc::new(Inner { service, cache, clock, site, error_response }))
    }

    /// Looks a request up by its URI.
    #[must_use]
    pub fn lookup(&self, request: &Request) -> Lookup {
        let Some(CacheKey(key)) = CacheKey::of(request) else { return Lookup::Miss(None) };
        let now = self.0.clock.now();
        match self.0.cache.get(&key, now) {
            Some(cached) => Lookup::Hit(self.respond(&cached, request.method(), request.uri(), request.headers(), now), cached),
            None => Lookup::Miss(Some(CacheKey(key))),
        }
    }

    /// Has the inner service respond, and stores the response under the key where it may be stored.
    pub async fn fetch(self, request: Request, key: Option<CacheKey>) -> Response<Body> {
        let (method, uri, headers) = (request.method().clone(), request.uri().clone(), request.headers().clone());
        let Ok(mut response) = self.0.service.clone().call(request).await;
        let Some(cached) = response.extensions_mut().remove::<CachedResponse>() else { return response };
        let route = response.extensions_mut().remove::<MatchedPath>();
        let mut response = self.respond(&cached, &method, &uri, &headers, self.0.clock.now());
        if let Some(route) = route {
            cached.set_route(route.clone());
            response.extensions_mut().insert(route);
        }
        if let Some(CacheKey(key)) = key.filter(|_| cached.is_stored) {
            self.0.cache.insert(key, cached);
            response.extensions_mut().insert(Stored);
        }
        response
    }

    fn respond(&self, cached: &CachedResponse, method: &Method, uri: &Uri, headers: &HeaderMap, now: DateTime<Utc>) -> Response<Body> {
        cached.respond(method, headers, now).unwrap_or_else(|error| (self.0.error_response)(&self.0.site, error, method, uri))
    }
}

impl CacheKey {
    /// The key of a GET or HEAD; `None` if the parts of the key are too long.
    fn of(request: &Request) -> Option<Self> {
        let uri = request.uri().path_and_query()?.as_str();
        if !(matches!(*request.method(), Method::GET | Method::HEAD) && uri.len() <= MAX_KEY_PART_BYTES) {
            return None;
        }
        let mut key = uri.to_owned();
        for accept in request.headers().get_all(header::ACCEPT) {
            // No URI and no header contains a line feed, so that different requests never have the same key.
            key.push('\n');
            key.push_str(accept.to_str().ok().filter(|accept| accept.len() <= MAX_KEY_PART_BYTES)?);
        }
        Some(Self(key))
    }
}
