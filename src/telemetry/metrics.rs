//! Metrics: what the service does, for Prometheus. The labels are few and closed: a route is its template.

use std::{
    fmt,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use axum::http::StatusCode;
use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

use super::logging;

/// What is counted and measured.
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Histogram>,
    cache: Family<CacheLabels, Counter>,
    as_asked: Counter,
    /// How long queries took, the wait for a connection included.
    pub database: Histogram,
    /// Answers that are being made.
    pub in_flight: Gauge,
    /// Answers that were refused since too many were being made.
    pub shed: Counter,
    /// Requests that were refused since their client made too many.
    pub limited: Counter,
    /// Lines that were not logged, as of when this was last written.
    dropped: Counter,
    /// Connections that are open.
    pub connections: Gauge,
    revision: Gauge,
    uptime: Gauge<f64, AtomicU64>,
    begun: Instant,
}

/// What tells requests apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    /// The template of the route; `none` where there is none.
    route: String,
    /// The class of the status: `2xx`.
    status: &'static str,
}

/// What tells look-ups apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CacheLabels {
    /// `as_asked` or `as_meant`.
    cache: &'static str,
    /// `hit` or `miss`.
    result: &'static str,
}

/// How the program was built.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Build {
    version: &'static str,
}

/// The series that kept answers of a route are counted in, found once.
#[derive(Clone, Debug)]
pub struct RouteHistograms {
    whole: Histogram,
    unchanged: Histogram,
    refused: Histogram,
}

impl RouteHistograms {
    /// Counts an answer.
    pub fn observe(&self, status: StatusCode, took: Duration) {
        let series = match status {
            StatusCode::NOT_MODIFIED => &self.unchanged,
            StatusCode::PRECONDITION_FAILED => &self.refused,
            _ => &self.whole,
        };
        series.observe(took.as_secs_f64());
    }
}

impl Default for Metrics {
    fn default() -> Self {
        // From a tenth of a millisecond, which is an answer from memory, to the longest that is waited for.
        let histogram = || Histogram::new([0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0]);
        let cache = Family::<CacheLabels, Counter>::default();
        let as_asked = cache.get_or_create_owned(&CacheLabels { cache: "as_asked", result: "hit" });
        let metrics = Self {
            registry: Registry::with_prefix("bayan"),
            requests: Family::new_with_constructor(histogram),
            cache,
            as_asked,
            database: histogram(),
            in_flight: Gauge::default(),
            shed: Counter::default(),
            limited: Counter::default(),
            dropped: Counter::default(),
            connections: Gauge::default(),
            revision: Gauge::default(),
            uptime: Gauge::default(),
            begun: Instant::now(),
        };
        metrics.registered()
    }
}

impl Metrics {
    /// Gives each its name.
    fn registered(mut self) -> Self {
        let registry = &mut self.registry;
        registry.register_with_unit("http_request_duration", "How long requests took", Unit::Seconds, self.requests.clone());
        registry.register("cache_lookups", "Look-ups of kept answers", self.cache.clone());
        registry.register_with_unit(
            "database_query_duration",
            "How long queries took, the wait for a connection included",
            Unit::Seconds,
            self.database.clone(),
        );
        registry.register("http_requests_in_flight", "Answers that are being made", self.in_flight.clone());
        registry.register("http_requests_shed", "Answers refused since too many were being made", self.shed.clone());
        registry.register("http_requests_limited", "Requests refused since their client made too many", self.limited.clone());
        registry.register("log_lines_dropped", "Lines that were not logged, since too many waited to be written", self.dropped.clone());
        registry.register("connections_open", "Connections that are open", self.connections.clone());
        registry.register("data_revision", "The revision of the data that is served", self.revision.clone());
        registry.register_with_unit("uptime", "How long the process has run", Unit::Seconds, self.uptime.clone());
        let build = Family::<Build, Gauge>::default();
        build.get_or_create(&Build { version: env!("CARGO_PKG_VERSION") }).set(1);
        registry.register("build_info", "How the program was built", build);
        for (cache, result) in [("as_asked", "miss"), ("as_meant", "hit"), ("as_meant", "miss")] {
            drop(self.cache.get_or_create(&CacheLabels { cache, result }));
        }
        self
    }

    /// The series of a route's kept answers.
    pub fn series(&self, route: &str) -> RouteHistograms {
        let of = |status| self.requests.get_or_create_owned(&RequestLabels { route: route.to_owned(), status });
        RouteHistograms { whole: of("2xx"), unchanged: of("3xx"), refused: of("4xx") }
    }

    /// Counts a request by the template of its route.
    pub fn observe(&self, route: Option<&str>, status: StatusCode, took: Duration) {
        let status = match status.as_u16() / 100 {
            2 => "2xx",
            3 => "3xx",
            4 => "4xx",
            _ => "5xx",
        };
        let labels = RequestLabels { route: route.unwrap_or("none").to_owned(), status };
        self.requests.get_or_create(&labels).observe(took.as_secs_f64());
    }

    /// Counts an answer that was found by the words of the question.
    pub fn as_asked(&self) {
        self.as_asked.inc();
    }

    /// Counts an answer that was not.
    pub fn not_as_asked(&self) {
        self.cache.get_or_create(&CacheLabels { cache: "as_asked", result: "miss" }).inc();
    }

    /// Counts an answer that was found, or not, by what the question means.
    pub fn as_meant(&self, found: bool) {
        self.cache.get_or_create(&CacheLabels { cache: "as_meant", result: if found { "hit" } else { "miss" } }).inc();
    }

    /// Everything, written in the text format.
    ///
    /// # Errors
    /// When a metric cannot be formatted.
    pub fn write(&self, revision: i64) -> Result<String, fmt::Error> {
        self.revision.set(revision);
        self.dropped.inner().store(logging::dropped(), Ordering::Relaxed);
        self.uptime.set(self.begun.elapsed().as_secs_f64());
        let mut written = String::new();
        text::encode(&mut written, &self.registry)?;
        Ok(written)
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}
