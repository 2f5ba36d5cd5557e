//! What is offered over HTTP: the routes, what they ask for, and how an answer is made.

pub mod api;
mod cache;
pub mod edge;
mod extract;
mod pages;
pub mod router;

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use arc_swap::ArcSwap;
use axum::{
    body::Body,
    extract::{MatchedPath, OriginalUri, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::telemetry::metrics::Metrics;
use crate::{
    clock::{Clock, LocalDay},
    config::Limits,
    corpus::Corpus,
    error::{Error, Problem},
    formats::{Format, RenderContext},
};
use cache::{
    response::{self as caching, Answer, CachedResponse, Freshness},
    store::ResponseCache,
};
use edge::security_headers as security;
use tokio::{sync::Semaphore, time::timeout};

/// The longest address that an answer's headers repeat for each of its formats, in bytes. Proxies take heads of 4 or 8 KB,
/// and clients do not read lines without end; what leads on to the next page is always given.
const LONGEST_REPEATED: usize = 512;

/// What every handler works with.
#[derive(Clone, Debug)]
pub struct AppState {
    data: Arc<ArcSwap<Snapshot>>,
    clock: Clock,
    kept: Arc<ResponseCache>,
    running: Arc<Runtime>,
    /// The address of `/v1/`: whole where a public address is configured, else relative to the host.
    root: Arc<str>,
    /// The same for formats that leave the web, and cannot be relative to it.
    away: Arc<str>,
}

/// What holds the service up, and tells how it does.
#[derive(Debug)]
struct Runtime {
    limits: Limits,
    /// A place for each answer that may be made at a time.
    places: Semaphore,
    metrics: Metrics,
    /// Whether the service was told to stop.
    draining: AtomicBool,
}

impl Runtime {
    fn new(limits: Limits) -> Self {
        let places = Semaphore::new(limits.max_in_flight.min(Semaphore::MAX_PERMITS));
        Self { places, metrics: Metrics::default(), draining: AtomicBool::new(false), limits }
    }
}

/// The data of this moment.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub(crate) corpus: Corpus,
    /// Counts the files that were served, so that no answer from one is taken for another's.
    generation: u64,
}

impl AppState {
    /// An application on this data. `public_url` is the address that clients use, without a slash at its end.
    #[must_use]
    pub fn new(corpus: Corpus, clock: Clock, public_url: Option<&str>) -> Self {
        let root: Arc<str> = format!("{}/v1/", public_url.unwrap_or_default().trim_end_matches('/')).into();
        let data = Arc::new(ArcSwap::from_pointee(Snapshot { corpus, generation: 0 }));
        let running = Arc::new(Runtime::new(Limits::DEFAULT));
        Self { data, clock, kept: Arc::default(), running, away: root.clone(), root }
    }

    /// Sets other limits than the usual ones.
    #[must_use]
    pub fn within(mut self, limits: Limits) -> Self {
        self.running = Arc::new(Runtime::new(limits));
        self
    }

    /// The limits.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.running.limits
    }

    /// What is counted and measured.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.running.metrics
    }

    /// Says from now on that it is not ready: it will stop soon.
    pub fn drain(&self) {
        self.running.draining.store(true, Ordering::Relaxed);
    }

    /// Whether it was told to stop.
    fn is_draining(&self) -> bool {
        self.running.draining.load(Ordering::Relaxed)
    }

    /// Counts the connections that are open.
    pub fn connections(&self, more: i64) {
        self.metrics().connections.inc_by(more);
    }

    /// Asks the database, and measures how long that takes.
    async fn ask<T>(&self, query: impl Future<Output = T>) -> T {
        let begun = Instant::now();
        let answer = query.await;
        self.metrics().database.observe(begun.elapsed().as_secs_f64());
        answer
    }

    /// Tells the address that is listened on. Where no public one is configured, calendars and the like point there.
    #[must_use]
    pub fn listening_on(mut self, address: SocketAddr) -> Self {
        if self.root.starts_with('/') {
            self.away = format!("http://{address}{}", self.root).into();
        }
        self
    }

    /// The address of `/v1/` in a format.
    fn root(&self, format: Format) -> &str {
        if format == Format::Json { &self.root } else { &self.away }
    }

    /// Serves other data from now on. Answers that are being made are made from the old data, and not kept.
    pub fn replace(&self, corpus: Corpus) {
        let generation = self.data.load().generation + 1;
        self.data.store(Arc::new(Snapshot { corpus, generation }));
        self.kept.clear();
    }

    /// The data of this moment; an answer is made from one of these, whatever is published meanwhile.
    pub(crate) fn data(&self) -> Arc<Snapshot> {
        self.data.load_full()
    }

    /// The answer to what was meant, kept or made.
    async fn answer(&self, data: &Snapshot, meant: RepresentationSpec<'_>, make: impl Future<Output = Result<Rendered, Error>>) -> Result<Answer, Error> {
        let day = meant.day.map_or_else(String::new, |today| today.date.to_string());
        let key = format!("{} {day} {:?} {} {}", data.generation, meant.format, meant.suffixed, meant.address);
        let make = async {
            let Rendered { body, next } = make.await?;
            let mut head = HeaderMap::new();
            head.insert(header::CONTENT_TYPE, HeaderValue::from_static(meant.format.content_type()));
            head.insert(header::VARY, HeaderValue::from_static(if meant.suffixed { "accept-encoding" } else { "accept, accept-encoding" }));
            let context = RenderContext { base_url: &self.root, language: None, published: data.corpus.published, bom: false, works: &[] };
            let short = meant.address.len() <= LONGEST_REPEATED;
            if short {
                head.insert(header::CONTENT_LOCATION, caching::value(&context.url_in_format(meant.address, meant.format)));
            }
            if meant.format.is_reference() {
                head.insert(header::CONTENT_DISPOSITION, caching::value(&format!("inline; filename=\"{}\"", meant.file_name())));
            }
            let mut links: Vec<String> = next.iter().map(|next| format!("<{next}>; rel=\"next\"")).collect();
            let others = meant.offered.iter().filter(|format| short && **format != meant.format);
            links.extend(
                others.map(|format| format!("<{}>; rel=\"alternate\"; type=\"{}\"", context.url_in_format(meant.address, *format), format.media_type())),
            );
            if !links.is_empty() {
                head.insert(header::LINK, caching::value(&links.join(", ")));
            }
            Ok(CachedResponse::new(data.generation, Freshness { published: data.corpus.published, day: meant.day }, head, body))
        };
        self.give(meant.kept.then_some(&key), make).await
    }

    /// The answer that is kept under a key, or made; without a key it is made anew each time.
    async fn give(&self, key: Option<&String>, make: impl Future<Output = Result<Arc<CachedResponse>, Error>>) -> Result<Answer, Error> {
        let found = AtomicBool::new(true);
        // On the heap, since what makes a page is large, and is carried along even where the page is kept.
        let make = Box::pin(async {
            found.store(false, Ordering::Relaxed);
            // Refused rather than queued: a queue that grows serves nobody in time.
            let Ok(_place) = self.running.places.try_acquire() else {
                self.metrics().shed.inc();
                return Err(Error::Unavailable);
            };
            make.await
        });
        let Some(key) = key else { return make.await.map(Answer::once) };
        let answer = self.kept.as_meant(key, make).await;
        self.metrics().canonical_lookup(found.into_inner());
        answer.map(Answer::kept)
    }
}

/// What a request means.
#[derive(Clone, Copy, Debug)]
struct RepresentationSpec<'a> {
    /// Its address in one canonical form, relative to the interface.
    address: &'a str,
    format: Format,
    /// Whether the address, rather than the Accept header, says the format.
    suffixed: bool,
    /// What it could be had as.
    offered: &'a [Format],
    /// The day that it is reckoned on, where it is another answer tomorrow.
    day: Option<LocalDay>,
    /// Whether the answer may be kept.
    kept: bool,
}

impl RepresentationSpec<'_> {
    /// What a file of it is called: the last name of the path, and the suffix.
    fn file_name(&self) -> String {
        let path = self.address.split('?').next().unwrap_or_default();
        format!("{}.{}", path.rsplit('/').next().unwrap_or_default(), self.format.extension())
    }
}

/// A body that was made, and where the list goes on.
struct Rendered {
    body: Vec<u8>,
    next: Option<String>,
}

/// Gives everything that is no success the one shape of an error; under the pages, that of a page.
pub async fn problems(State(app): State<AppState>, OriginalUri(uri): OriginalUri, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response = if request.method() == Method::OPTIONS && route.is_none() {
        // What may be asked of an address that there is not is not asked of the layers, which would answer.
        StatusCode::NOT_FOUND.into_response()
    } else {
        timeout(app.limits().request_timeout.get(), next.run(request)).await.unwrap_or_else(|_| {
            tracing::error!("the answer took too long to make");
            Error::Unavailable.into_response()
        })
    };
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        response = problem(response, &uri);
    }
    if response.extensions().get::<Answer>().is_none() {
        security::protect(response.headers_mut());
    }
    if let Some(route) = route {
        response.extensions_mut().insert(route);
    }
    response
}

/// The problem that an answer stands for.
fn problem(mut response: Response, uri: &Uri) -> Response {
    let status = response.status();
    let problem = response.extensions_mut().remove::<Problem>().unwrap_or_else(|| Problem::from_status(status));
    let mut answer = answered(problem, uri.path());
    // The Allow of a 405 (RFC 9110, section 15.5.6) and whatever else the router knew.
    for (name, value) in response.headers() {
        answer.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    answer
}

/// A problem as people get it, which is a page, and programs, which is the document.
fn answered(problem: Problem, path: &str) -> Response {
    pages::error_page(&problem, path).unwrap_or_else(|| problem.into_response(path))
}

/// The answer to what is refused outside the routes.
fn refused(error: Error, method: &Method, uri: &Uri) -> Response {
    let mut response = answered(error.problem(), uri.path());
    security::protect(response.headers_mut());
    if method == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    response
}

/// The answer where there is nothing.
pub async fn nothing() -> impl IntoResponse {
    StatusCode::NOT_FOUND
}
