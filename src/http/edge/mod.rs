//! Where a request comes in and its answer goes out: who asks and how often, the request's id, the log and the metrics.

pub mod rate_limit;
pub mod security_headers;
pub mod validate;

use std::{
    convert::Infallible,
    hash::{BuildHasher, RandomState},
    net::SocketAddr,
    pin::Pin,
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
    time::{Duration, Instant},
};

use axum::{
    body::{Body, HttpBody},
    extract::{ConnectInfo, MatchedPath, Request},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri, header},
};
use percent_encoding::{CONTROLS, utf8_percent_encode};
use tower::Service;
use tracing::Instrument;

use crate::error::{Error, Problem};
use crate::{
    http::{
        AppState,
        cache::{response::value, service::CacheService},
        edge::rate_limit::{Client, Quota},
        refused,
    },
    telemetry::metrics::Metrics,
};

/// A request's id, given or made.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// How long an id may be that a client gives, in bytes.
const LONGEST_ID: usize = 64;
/// How much of an address is logged, in bytes.
const LOGGED: usize = 1024;

/// The service, as a connection sees it.
#[derive(Clone, Debug)]
pub struct EdgeService {
    app: AppState,
    front: CacheService,
}

impl EdgeService {
    /// The service of this application.
    #[must_use]
    pub fn new(app: AppState) -> Self {
        Self { front: CacheService::new(app.clone()), app }
    }

    /// The application.
    #[must_use]
    pub const fn app(&self) -> &AppState {
        &self.app
    }

    /// Answers a request. One that did not come over a connection was made in this process, and is taken as it is.
    pub fn answer(&self, from: Option<ConnectionInfo>, request: Request) -> ResponseFuture {
        let mut visit = RequestContext {
            begun: Instant::now(),
            client: from.map(|from| self.app.clients().client(from.peer.ip(), request.headers())),
            ends: from.and_then(|from| from.ends),
            id: identity(request.headers()),
            left: None,
        };
        if let Err(error) = self.admit(&mut visit, &request) {
            let mut response = refused(error, request.method(), request.uri());
            visit.end(&self.app, request.method(), request.uri(), &mut response);
            return ResponseFuture::Ready(Some(response));
        }
        let question = match self.front.recall(&request) {
            Ok((mut response, answer)) => {
                visit.end_kept(&self.app, &request, &mut response, answer.series(self.app.metrics()));
                return ResponseFuture::Ready(Some(response));
            }
            Err(question) => question,
        };
        let (app, method, uri) = (self.app.clone(), request.method().clone(), request.uri().clone());
        let made = self.front.clone().make(request, question);
        // Whatever is logged meanwhile carries the id.
        let span = tracing::error_span!("request", id = visit.id.to_str().unwrap_or_default());
        ResponseFuture::Pending(Box::pin(
            async move {
                let in_flight = InFlightGuard::new(app.metrics());
                let mut response = made.await;
                drop(in_flight);
                visit.end(&app, &method, &uri, &mut response);
                response
            }
            .instrument(span),
        ))
    }

    /// Counts and logs what was refused before it was a request: a head that cannot be read, or is too large. Gives
    /// the headers and the body of the answer.
    pub fn unreadable(&self, peer: SocketAddr, status: StatusCode) -> (HeaderMap, Vec<u8>) {
        self.app.metrics().observe(None, status, Duration::ZERO);
        let id = identity(&HeaderMap::new());
        tracing::info!(target: "bayan::request", status = status.as_u16(), id = id.to_str().unwrap_or_default(), client = %peer.ip().to_canonical(), "refused by its head");
        let (mut headers, body) = Problem::from_status(status).parts();
        headers.extend([(REQUEST_ID, id), (header::DATE, value(&httpdate::fmt_http_date(self.app.clock.now().into())))]);
        security_headers::protect(&mut headers);
        (headers, body)
    }

    /// Whether a request is dealt with at all.
    fn admit(&self, visit: &mut RequestContext, request: &Request) -> Result<(), Error> {
        let framed = if visit.client.is_some() { validate::check(request, self.app.limits()) } else { Ok(()) };
        if framed.is_err() {
            // Where it ends is what two readers could see differently.
            visit.ends = Some(visit.begun);
        }
        // Who watches the service sees it whatever happens.
        if let Some(client) = visit.client
            && !matches!(request.uri().path(), "/health/live" | "/health/ready" | "/metrics")
        {
            visit.left = self.app.clients().count(client, visit.begun);
        }
        if let Some(Quota { admitted: false, seconds, .. }) = visit.left {
            self.app.metrics().limited.inc();
            return Err(Error::TooManyRequests(seconds));
        }
        let longest = self.app.limits().address_size;
        if request.uri().path_and_query().is_some_and(|address| address.as_str().len() > longest) {
            return Err(Error::UriTooLong(longest));
        }
        framed
    }
}

/// The connection that a request comes over.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionInfo {
    /// The other end.
    pub peer: SocketAddr,
    /// When it has been open for long enough: the next answer after that says that it is the last.
    pub ends: Option<Instant>,
}

/// What is known of a request when it comes in.
#[derive(Debug)]
struct RequestContext {
    begun: Instant,
    client: Option<Client>,
    /// When its connection ends.
    ends: Option<Instant>,
    id: HeaderValue,
    left: Option<Quota>,
}

/// Writes a request's line in the log.
macro_rules! line {
    ($level:ident, $visit:ident, $method:expr, $uri:expr, $response:ident, $took:ident, $kept:literal) => {
        tracing::$level!(
            target: "bayan::request",
            method = %$method,
            address = %logged($uri),
            status = $response.status().as_u16(),
            bytes = $response.body().size_hint().exact().unwrap_or_default(),
            ms = $took.as_secs_f64() * 1e3,
            kept = $kept,
            id = $visit.id.to_str().unwrap_or_default(),
            client = $visit.client.map(|client| tracing::field::display(client.address)),
        )
    };
}

impl RequestContext {
    /// The end of a request whose answer was made.
    fn end(self, app: &AppState, method: &Method, uri: &Uri, response: &mut Response<Body>) {
        let took = self.begun.elapsed();
        let route = response.extensions_mut().remove::<MatchedPath>();
        app.metrics().observe(route.as_ref().map(MatchedPath::as_str), response.status(), took);
        line!(info, self, method, uri, response, took, false);
        self.sign(app, response.headers_mut());
    }

    /// The end of a request whose answer was kept: most of them, so that they are logged where more than usual is.
    fn end_kept(self, app: &AppState, request: &Request, response: &mut Response<Body>, series: &crate::telemetry::metrics::RouteHistograms) {
        let took = self.begun.elapsed();
        series.observe(response.status(), took);
        line!(debug, self, request.method(), request.uri(), response, took, true);
        self.sign(app, response.headers_mut());
    }

    /// What every answer says of its request.
    fn sign(self, app: &AppState, headers: &mut HeaderMap) {
        headers.insert(REQUEST_ID, self.id);
        // Told rather than closed between two requests: the one that is on its way would be lost (RFC 9112, section 9.6).
        if self.ends.is_some_and(|ends| ends <= Instant::now() || app.is_draining()) {
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        if let Some(left) = self.left {
            app.clients().tell(left, headers);
        }
    }
}

/// An address as it is logged: in printable ASCII, and not without end.
fn logged(uri: &Uri) -> impl std::fmt::Display {
    let address = uri.path_and_query().map_or("*", |address| address.as_str());
    let end = (0..=address.len().min(LOGGED)).rev().find(|end| address.is_char_boundary(*end)).unwrap_or(0);
    utf8_percent_encode(&address[..end], CONTROLS)
}

/// The id that the client gave, where it is one; else a new one.
fn identity(headers: &HeaderMap) -> HeaderValue {
    static FIRST: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one("bayan"));
    static NEXT: AtomicU64 = AtomicU64::new(0);
    if let Some(given) = headers.get(REQUEST_ID)
        && (1..=LONGEST_ID).contains(&given.len())
        && given.as_bytes().iter().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(byte))
    {
        return given.clone();
    }
    // An odd factor, so that no number comes twice.
    let number = FIRST.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    value(&format!("{number:016x}"))
}

/// Counts an answer while it is being made.
struct InFlightGuard(prometheus_client::metrics::gauge::Gauge);

impl InFlightGuard {
    fn new(metrics: &Metrics) -> Self {
        metrics.in_flight.inc();
        Self(metrics.in_flight.clone())
    }
}

impl Drop for InFlightGuard {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// An answer that is there already, or is being made.
pub enum ResponseFuture {
    /// It is there, until it is taken.
    Ready(Option<Response<Body>>),
    /// It is being made.
    Pending(Pin<Box<dyn Future<Output = Response<Body>> + Send>>),
}

impl Future for ResponseFuture {
    type Output = Result<Response<Body>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(Ok(match &mut *self {
            Self::Ready(response) => response.take().unwrap_or_default(),
            Self::Pending(made) => ready!(made.as_mut().poll(context)),
        }))
    }
}

impl Service<Request> for EdgeService {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = ResponseFuture;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let from = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| ConnectionInfo { peer: *peer, ends: None });
        self.answer(from, request)
    }
}
