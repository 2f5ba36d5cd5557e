//! The state that every handler shares: the current data, the clock, the cached responses, the limits and the metrics.

use std::{
    net::SocketAddr,
    num::NonZero,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::available_parallelism,
    time::Instant,
};

use arc_swap::ArcSwap;
use tokio::{sync::Semaphore, time::timeout};

use crate::{
    clock::Clock,
    config::{Limits, PublicUrl, SecurityContact},
    corpus::Corpus,
    error::Error,
    formats::{Format, SiteUrl},
    http::cache::{
        response::{CachedResponse, Inputs},
        store::ResponseCache,
    },
    package::report,
    telemetry::metrics::Metrics,
};

/// The state of the application, which is cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState {
    snapshot: Arc<ArcSwap<Snapshot>>,
    clock: Clock,
    cache: Arc<ResponseCache>,
    runtime: Arc<Runtime>,
    /// The URLs of the service: absolute where a public URL is configured, else relative to the host.
    site: Arc<SiteUrl>,
    /// The URLs at the address that the service listens on; relative where it listens on none.
    local_site: Arc<SiteUrl>,
    security_contacts: Arc<[SecurityContact]>,
}

/// How many responses that cost much are computed at a time: they take at most half of the connections to the database, so that
/// the others have the rest.
const MAX_COSTLY: usize = 2;

/// What computing a response costs, by the kind of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// About a page of items.
    Little,
    /// More than that: a search, facets, or a whole list as a file. Verdicts have [permits](AppState::with_verdict_permit) of their own.
    Much,
}

/// The limits and the metrics of the service.
#[derive(Debug)]
struct Runtime {
    limits: Limits,
    /// One for each response that may be rendered at a time.
    render_permits: Semaphore,
    /// One for each processor: what a verdict compares takes megabytes.
    verdict_permits: Semaphore,
    /// One for each response that costs [much](Cost::Much) and may be rendered at a time.
    costly_permits: Semaphore,
    metrics: Metrics,
    is_draining: AtomicBool,
}

/// The data at one time. A response is rendered from exactly one of these, even if new data is published meanwhile.
#[derive(Debug)]
pub struct Snapshot {
    /// The data.
    pub corpus: Corpus,
    /// Counts the database files that were served, so that a response from an earlier file is never fresh.
    pub generation: u64,
    /// What the pages of a preview show.
    pub preview: Option<Arc<Preview>>,
}

/// A preview of a package: the pages say so, and what is wrong with it.
#[derive(Debug)]
pub struct Preview {
    /// The file of the package.
    pub file: String,
    /// What is wrong with it, in the order of the file.
    pub mistakes: Vec<report::Entry>,
}

impl Snapshot {
    /// What a response with these URLs is rendered from: absolute URLs depend on the configuration as well.
    #[must_use]
    pub fn inputs(&self, site: &SiteUrl) -> Inputs {
        let generation = self.generation;
        if site.is_absolute() { Inputs::DataAndProgram { generation } } else { Inputs::Data { generation, published: self.corpus.published } }
    }
}

impl Runtime {
    fn new(limits: Limits) -> Self {
        let render_permits = Semaphore::new(limits.max_in_flight.get().min(Semaphore::MAX_PERMITS));
        let verdict_permits = Semaphore::new(available_parallelism().map_or(1, NonZero::get));
        let costly_permits = Semaphore::new(MAX_COSTLY);
        Self { render_permits, verdict_permits, costly_permits, metrics: Metrics::default(), is_draining: AtomicBool::new(false), limits }
    }
}

impl AppState {
    /// The state on this data, with the default limits. `public_url` is the URL that clients use.
    #[must_use]
    pub fn new(corpus: Corpus, clock: Clock, public_url: Option<&PublicUrl>) -> Self {
        let site = Arc::new(public_url.map_or_else(SiteUrl::relative, |url| SiteUrl::new(url.as_str())));
        let snapshot = Arc::new(ArcSwap::from_pointee(Snapshot { corpus, generation: 0, preview: None }));
        let runtime = Arc::new(Runtime::new(Limits::DEFAULT));
        Self { snapshot, clock, cache: Arc::default(), runtime, local_site: Arc::new(SiteUrl::relative()), site, security_contacts: Arc::default() }
    }

    /// Replaces the limits.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.runtime = Arc::new(Runtime::new(limits));
        self
    }

    /// Sets the address that the service listens on. Without a public URL, links in calendars and other files point to it.
    #[must_use]
    pub fn with_local_addr(mut self, address: SocketAddr) -> Self {
        self.local_site = Arc::new(SiteUrl::at_address(address));
        self
    }

    /// Sets where to report a vulnerability, in the order of preference.
    #[must_use]
    pub fn with_security_contacts(mut self, contacts: &[SecurityContact]) -> Self {
        self.security_contacts = contacts.into();
        self
    }

    /// Where to report a vulnerability.
    #[must_use]
    pub fn security_contacts(&self) -> &[SecurityContact] {
        &self.security_contacts
    }

    /// The limits.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.runtime.limits
    }

    /// The metrics.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.runtime.metrics
    }

    /// The clock.
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The cached responses.
    #[must_use]
    pub const fn cache(&self) -> &Arc<ResponseCache> {
        &self.cache
    }

    /// The current data.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.load_full()
    }

    /// The URLs of the service: absolute where a public URL is configured, else relative to the host.
    #[must_use]
    pub fn site(&self) -> &SiteUrl {
        &self.site
    }

    /// The URLs of the service at the address that it listens on; relative where it listens on none.
    #[must_use]
    pub fn local_site(&self) -> &SiteUrl {
        &self.local_site
    }

    /// The absolute URLs of the service, for formats that are used outside the web: those of the public URL, else those at the
    /// address that it listens on.
    #[must_use]
    pub fn absolute_site(&self) -> &SiteUrl {
        if self.site.is_absolute() { &self.site } else { &self.local_site }
    }

    /// The URLs of the service as this format has them: only JSON may be relative to the host.
    #[must_use]
    pub fn site_for(&self, format: Format) -> &SiteUrl {
        if format == Format::Json { self.site() } else { self.absolute_site() }
    }

    /// Replaces the data. Responses that are being rendered still come from the old data, and are not cached.
    pub fn replace(&self, corpus: &Corpus) {
        self.start_generation(|current| Snapshot { corpus: corpus.clone(), generation: current.generation + 1, preview: current.preview.clone() });
    }

    /// Has the pages show a preview from now on.
    pub fn show_preview(&self, preview: Preview) {
        let preview = Arc::new(preview);
        self.start_generation(|current| Snapshot { corpus: current.corpus.clone(), generation: current.generation + 1, preview: Some(preview.clone()) });
    }

    /// Replaces the snapshot. Two threads may do so at a time, and each is a generation of its own.
    fn start_generation(&self, next: impl Fn(&Snapshot) -> Snapshot) {
        let replaced = self.snapshot.rcu(|current| next(current));
        self.cache.start_generation(replaced.generation + 1);
    }

    /// Reports the service as not ready from now on, since it will stop soon.
    pub fn drain(&self) {
        self.runtime.is_draining.store(true, Ordering::Relaxed);
    }

    /// Whether the service will stop soon.
    #[must_use]
    pub fn is_draining(&self) -> bool {
        self.runtime.is_draining.load(Ordering::Relaxed)
    }

    /// Runs a database query, and measures how long it takes.
    pub async fn timed_query<T>(&self, query: impl Future<Output = T>) -> T {
        let started = Instant::now();
        let result = query.await;
        self.metrics().database.observe(started.elapsed().as_secs_f64());
        result
    }

    /// The cached response under a canonical query, or a newly rendered one.
    ///
    /// # Errors
    /// When rendering fails, or when too many responses are being rendered.
    pub async fn get_or_render(&self, query: &str, cost: Cost, render: impl Future<Output = Result<CachedResponse, Error>>) -> Result<CachedResponse, Error> {
        let is_hit = AtomicBool::new(true);
        // On the heap: the future of a page is large, and would enlarge this future even if the page is cached.
        let render = Box::pin(async {
            is_hit.store(false, Ordering::Relaxed);
            self.with_render_permit(cost, render).await
        });
        let response = self.cache.get_or_render(query, render).await;
        self.metrics().canonical_lookup(is_hit.into_inner());
        response
    }

    /// A newly rendered response, which is not cached.
    ///
    /// # Errors
    /// When rendering fails, or when too many responses are being rendered.
    pub async fn render_uncached(&self, cost: Cost, render: impl Future<Output = Result<CachedResponse, Error>>) -> Result<CachedResponse, Error> {
        Ok(Box::pin(self.with_render_permit(cost, render)).await?.not_stored())
    }

    /// Renders, unless too many other responses are being rendered. Excess requests are shed: in a growing queue every request
    /// would time out. A response that costs much waits for its turn first, as long as for a connection.
    ///
    /// # Errors
    /// When rendering fails, or when too many responses are being rendered.
    pub async fn with_render_permit<T>(&self, cost: Cost, render: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        let shed = || {
            self.metrics().shed.inc();
            Error::Unavailable
        };
        let _costly_permit = match cost {
            Cost::Little => None,
            Cost::Much => {
                let permit = timeout(self.limits().db_acquire_timeout.get(), self.runtime.costly_permits.acquire()).await;
                Some(permit.ok().and_then(Result::ok).ok_or_else(shed)?)
            }
        };
        let _permit = self.runtime.render_permits.try_acquire().map_err(|_| shed())?;
        render.await
    }

    /// Computes a verdict, after those that others have begun: as many at a time as there are processors, so that their memory is
    /// bounded.
    ///
    /// # Errors
    /// When the computation fails.
    pub async fn with_verdict_permit<T>(&self, verdict: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        // The semaphore is never closed.
        let _permit = self.runtime.verdict_permits.acquire().await.map_err(|_| Error::Internal)?;
        verdict.await
    }
}
