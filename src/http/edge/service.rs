//! The edge service: what happens to every request before and after the cache and the routes.

use std::{
    convert::Infallible,
    net::SocketAddr,
    sync::Arc,
    task::{Context, Poll},
    time::{Duration, Instant},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{MatchedPath, Request},
    http::{self, HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header},
};
use prometheus_client::metrics::gauge::Gauge;
use tower::{BoxError, Service};
use tracing::Instrument;

use crate::{
    config::Limits,
    error::{Error, Problem},
    http::{
        cache::{
            policy::CachePolicy,
            service::{CacheService, ErrorResponse, Lookup, Stored},
        },
        edge::{
            access_log::{AccessLogEntry, CacheStatus, log_parse_error},
            cache_buster::without_cache_buster,
            cors::is_preflight,
            error_log::ErrorLog,
            rate_limit::{Quota, RateLimiter},
            request_body::buffer_body,
            request_context::{ConnectionInfo, RequestContext},
            request_id::{X_REQUEST_ID, request_id},
            response_future::ResponseFuture,
            validate::{declared_body_bytes, validate_request},
        },
        headers::format_http_date,
        security_headers::apply_security_headers,
        state::AppState,
    },
};

/// A request costs one more request of the rate limit for each full block of its body, in bytes.
const BODY_BLOCK_BYTES: u64 = 8 * 1024;
/// Monitoring is never rate limited.
const UNLIMITED_PATHS: [&str; 3] = ["/health/live", "/health/ready", "/metrics"];

/// The service of one connection, or of requests from inside the process: the edge around the cache around the routes.
#[derive(Debug)]
pub struct EdgeService<S> {
    shared: Arc<Shared>,
    cache: CacheService<S>,
    connection: Option<ConnectionInfo>,
}

#[derive(Debug)]
struct Shared {
    state: AppState,
    rate_limiter: RateLimiter,
    error_log: ErrorLog,
    error_response: ErrorResponse,
}

impl<S> Clone for EdgeService<S> {
    fn clone(&self) -> Self {
        Self { shared: self.shared.clone(), cache: self.cache.clone(), connection: self.connection }
    }
}

impl<S: Service<Request, Response = Response<Body>, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static> EdgeService<S> {
    /// Puts the edge around the cache.
    #[must_use]
    pub fn new(state: AppState, cache: CacheService<S>, error_response: ErrorResponse) -> Self {
        let rate_limiter = RateLimiter::new(state.limits());
        Self { shared: Arc::new(Shared { state, rate_limiter, error_log: ErrorLog::default(), error_response }), cache, connection: None }
    }

    /// Puts an edge without a rate limit around the cache.
    #[must_use]
    pub fn unlimited(state: AppState, cache: CacheService<S>, error_response: ErrorResponse) -> Self {
        let rate_limiter = RateLimiter::new(&Limits { rate_limit: 0, ..state.limits().clone() });
        Self { shared: Arc::new(Shared { state, rate_limiter, error_log: ErrorLog::default(), error_response }), cache, connection: None }
    }

    /// The same service for the requests of a connection.
    #[must_use]
    pub fn for_connection(&self, connection: ConnectionInfo) -> Self {
        Self { connection: Some(connection), ..self.clone() }
    }

    /// Logs the number of errors of the present second that have no line of their own. Called when the service stops.
    pub fn log_error_counts(&self) {
        self.shared.error_log.end();
    }

    /// Counts and logs a request that the HTTP parser rejected. Returns the headers and the body of the response.
    #[must_use]
    pub fn on_parse_error(&self, peer: SocketAddr, status: StatusCode) -> (HeaderMap, Vec<u8>) {
        let state = &self.shared.state;
        state.metrics().record_request(None, status, Duration::ZERO);
        let request_id = request_id(&HeaderMap::new());
        if self.shared.error_log.has_line(status, Instant::now()) {
            log_parse_error(status, &request_id, peer.ip().to_canonical());
        }
        let (mut headers, body) = Problem::from_status(status).parts();
        headers.insert(header::DATE, date(state));
        apply_security_headers(&mut headers);
        add_cache_headers(request_id, &mut headers);
        (headers, body)
    }

    /// Handles a request. A cached response is ready at once.
    fn handle(&self, mut request: Request) -> ResponseFuture {
        let shared = self.shared.clone();
        let mut context = RequestContext::new(self.connection, request.headers(), shared.state.limits());
        if let Err(error) = shared.check_admission(&mut context, &request) {
            let mut response = (shared.error_response)(shared.state.site(), error, request.method(), request.uri());
            shared.finish(context, request.method(), request.uri(), None, CacheStatus::Miss, &mut response);
            return ResponseFuture::ready(response);
        }
        let (cache, method, uri) = (self.cache.clone(), request.method().clone(), request.uri().clone());
        if let Some(uri) = without_cache_buster(&uri) {
            *request.uri_mut() = uri;
        }
        // A body is read first, since it may not be allowed.
        let key = match request.body().is_end_stream().then(|| cache.lookup(&request)) {
            Some(Lookup::Hit(mut response, cached)) => {
                shared.state.metrics().cache_hit();
                shared.finish(context, &method, &uri, cached.route(), CacheStatus::Hit, &mut response);
                return ResponseFuture::ready(response);
            }
            Some(Lookup::Miss(key)) => key,
            None => None,
        };
        // Log events of the request carry its id.
        let span = tracing::error_span!("request", request_id = context.request_id.to_str().unwrap_or_default());
        let response = async move {
            let in_flight = InFlightGuard::new(&shared.state.metrics().in_flight);
            let mut response = match buffer_body(request, shared.state.limits()).await {
                Ok(request) => cache.fetch(request, key).await,
                Err(error) => {
                    // The rest of the body is unread, so the start of the next request is unknown.
                    context.close_connection();
                    (shared.error_response)(shared.state.site(), error, &method, &uri)
                }
            };
            drop(in_flight);
            if response.extensions_mut().remove::<Stored>().is_some() {
                shared.state.metrics().cache_miss();
            }
            let route = response.extensions_mut().remove::<MatchedPath>();
            shared.finish(context, &method, &uri, route.as_ref(), CacheStatus::Miss, &mut response);
            response
        };
        ResponseFuture::Pending(Box::pin(response.instrument(span)))
    }
}

impl Shared {
    /// Validates the request and charges it to its client. A request from inside the process is trusted.
    fn check_admission(&self, context: &mut RequestContext, request: &Request) -> Result<(), Error> {
        let Some(client) = context.client else { return self.check_uri(request.uri()) };
        let limits = self.state.limits();
        let valid = validate_request(request, limits);
        if valid.is_err() || declared_body_bytes(request.headers()).is_none() {
            // Where the next request starts is ambiguous (RFC 9112, section 6.1), or the body stays unread.
            context.close_connection();
        }
        // The browser sends a preflight, and not the script; if it were rejected, the script could read no response. Its response
        // needs no data.
        let is_preflight = valid.is_ok() && is_preflight(request.method(), request.headers());
        // Invalid requests count as well.
        if !is_preflight && !UNLIMITED_PATHS.contains(&self.state.site().strip_base_path(request.uri().path())) {
            let max_body_bytes = limits.max_body_bytes as u64;
            // A chunked body declares no length; it costs as much as the longest.
            let has_body = valid.is_ok() && request.method() == Method::POST;
            let body_bytes = if has_body { declared_body_bytes(request.headers()).unwrap_or(max_body_bytes) } else { 0 };
            context.quota = self.rate_limiter.check(client, 1 + body_bytes / BODY_BLOCK_BYTES, context.started_at);
        }
        if let Some(Quota { allowed: false, reset, .. }) = context.quota {
            if !request.body().is_end_stream() {
                context.close_connection();
            }
            self.state.metrics().limited.inc();
            return Err(Error::TooManyRequests(reset));
        }
        if !is_preflight {
            self.check_uri(request.uri())?;
        }
        valid
    }

    fn check_uri(&self, uri: &Uri) -> Result<(), Error> {
        let max_uri_bytes = self.state.limits().max_uri_bytes;
        if uri.path_and_query().is_some_and(|uri| uri.as_str().len() > max_uri_bytes) { Err(Error::UriTooLong(max_uri_bytes)) } else { Ok(()) }
    }

    /// Counts and logs a request, and adds the headers about it to the response.
    fn finish(&self, context: RequestContext, method: &Method, uri: &Uri, route: Option<&MatchedPath>, cache: CacheStatus, response: &mut Response<Body>) {
        let finished_at = Instant::now();
        let duration = finished_at - context.started_at;
        self.state.metrics().record_request(route.map(MatchedPath::as_str), response.status(), duration);
        let client_ip = context.client.map(|client| client.ip);
        let status = response.status();
        if !(status.is_client_error() || status.is_server_error()) || self.error_log.has_line(status, finished_at) {
            AccessLogEntry { method, uri, response, duration, cache, request_id: &context.request_id, client_ip }.log();
        }
        self.add_response_headers(context, finished_at, response.headers_mut());
    }

    fn add_response_headers(&self, context: RequestContext, now: Instant, headers: &mut HeaderMap) {
        add_cache_headers(context.request_id, headers);
        headers.insert(header::DATE, date(&self.state));
        // A connection that closes between two requests may lose the second; one that announces it does not (RFC 9112, section 9.6).
        if context.close_after.is_some_and(|close_after| close_after <= now || self.state.is_draining()) {
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        if let (Some(quota), Some(client)) = (context.quota, context.client) {
            self.rate_limiter.add_headers(quota, client, headers);
        }
    }
}

/// Forbids caches to store the response where nothing else is said, and then adds the id of the request.
///
/// A cache would send a stored id to other clients. `no-cache="x-request-id"` would prevent it (RFC 9111, section 5.2.2.4), but
/// common caches take that for `no-cache`, and store nothing.
fn add_cache_headers(request_id: HeaderValue, headers: &mut HeaderMap) {
    let no_store = CachePolicy::NoStore.cache_control();
    if *headers.entry(header::CACHE_CONTROL).or_insert_with(|| no_store.clone()) == no_store {
        headers.insert(X_REQUEST_ID, request_id);
    }
}

/// The `Date` of a response that is sent now (RFC 9110, section 6.6.1). hyper's own is computed once a second, and stands still
/// after the clock is set back.
fn date(state: &AppState) -> HeaderValue {
    format_http_date(state.clock().now().into())
}

/// Counts a response while it is computed.
struct InFlightGuard(Gauge);

impl InFlightGuard {
    fn new(in_flight: &Gauge) -> Self {
        in_flight.inc();
        Self(in_flight.clone())
    }
}

impl Drop for InFlightGuard {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl<S, B> Service<http::Request<B>> for EdgeService<S>
where
    S: Service<Request, Response = Response<Body>, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static,
    B: HttpBody<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = ResponseFuture;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<B>) -> ResponseFuture {
        // Most requests have no body; an empty one needs no allocation.
        self.handle(request.map(|body| if body.is_end_stream() { Body::empty() } else { Body::new(body) }))
    }
}
