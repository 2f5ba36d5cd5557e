//! Metrics for Prometheus. The labels are few and closed: a route is its template.

use std::{
    collections::HashMap,
    fmt,
    sync::{
        OnceLock, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use http::StatusCode;
use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

use crate::telemetry::{logging, prometheus_text::prometheus_text};

/// The upper bounds of the histograms' buckets in seconds: from a response from memory to the longest timeout.
const BUCKETS: [f64; 15] = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
/// The `route` label of requests that match no route, so that scanners create no series.
const NO_ROUTE: &str = "none";
/// The `status` label of each class of statuses.
const STATUS_CLASSES: [&str; 4] = ["2xx", "3xx", "4xx", "5xx"];

/// The metrics.
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Histogram>,
    requests_by_route: RwLock<HashMap<String, RouteHistograms>>,
    cache: Family<CacheLabels, Counter>,
    uri_cache_hits: Counter,
    /// The duration of queries, including the wait for a connection.
    pub database: Histogram,
    /// The responses that are being computed.
    pub in_flight: Gauge,
    /// The responses that were not computed because too many others were.
    pub shed: Counter,
    /// The requests that exceeded their client's rate limit.
    pub limited: Counter,
    dropped_log_lines: Counter,
    /// The open connections.
    pub connections: Gauge,
    /// The maximum number of open connections.
    pub max_connections: Gauge,
    dropped_connections: Family<DropLabels, Counter>,
    /// 1 while the service can respond from its data and is not stopping, else 0.
    pub ready: Gauge,
    /// 1 while the file at the path of the database is one that cannot be served, else 0.
    pub data_file_rejected: Gauge,
    revision: Gauge,
    uptime: Gauge<f64, AtomicU64>,
    started_at: Instant,
}

/// A text format of metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricsFormat {
    /// Prometheus' own, version 0.0.4.
    Prometheus,
    /// Its successor, version 1.0.0.
    OpenMetrics,
}

/// The labels of a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    /// The template of the route, or [`NO_ROUTE`].
    route: String,
    /// One of [`STATUS_CLASSES`].
    status: &'static str,
}

/// The labels of a cache lookup.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CacheLabels {
    /// `uri` or `canonical`: the key of the lookup.
    cache: &'static str,
    /// `hit` or `miss`.
    result: &'static str,
}

/// The label of connections that the service closed early or refused.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct DropLabels {
    reason: &'static str,
}

/// Why the service closed a connection early, or refused it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DropReason {
    /// The client did not send or take bytes in time.
    Timeout,
    /// It made room for another.
    Evicted,
    /// Its client had too many.
    Refused,
}

impl DropReason {
    const fn label(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Evicted => "evicted",
            Self::Refused => "refused",
        }
    }
}

/// The label of the build.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct BuildLabels {
    version: &'static str,
}

/// The histograms of one route, by class of status. Each exists from its first response on.
#[derive(Debug, Default)]
struct RouteHistograms([OnceLock<Histogram>; STATUS_CLASSES.len()]);

impl Default for Metrics {
    fn default() -> Self {
        let histogram = || Histogram::new(BUCKETS);
        let cache = Family::<CacheLabels, Counter>::default();
        let uri_cache_hits = cache.get_or_create_owned(&CacheLabels { cache: "uri", result: "hit" });
        let metrics = Self {
            registry: Registry::with_prefix("bayan"),
            requests: Family::new_with_constructor(histogram),
            requests_by_route: RwLock::default(),
            cache,
            uri_cache_hits,
            database: histogram(),
            in_flight: Gauge::default(),
            shed: Counter::default(),
            limited: Counter::default(),
            dropped_log_lines: Counter::default(),
            connections: Gauge::default(),
            max_connections: Gauge::default(),
            dropped_connections: Family::default(),
            ready: Gauge::default(),
            data_file_rejected: Gauge::default(),
            revision: Gauge::default(),
            uptime: Gauge::default(),
            started_at: Instant::now(),
        };
        metrics.register()
    }
}

impl Metrics {
    /// Registers each metric under its name.
    fn register(mut self) -> Self {
        let registry = &mut self.registry;
        registry.register_with_unit("http_request_duration", "The duration of requests", Unit::Seconds, self.requests.clone());
        registry.register("cache_lookups", "Lookups of cached responses", self.cache.clone());
        registry.register_with_unit(
            "database_query_duration",
            "The duration of database queries, including the wait for a connection",
            Unit::Seconds,
            self.database.clone(),
        );
        registry.register("http_requests_in_flight", "Responses that are being computed", self.in_flight.clone());
        registry.register("http_requests_shed", "Requests rejected because too many responses were being computed", self.shed.clone());
        registry.register("http_requests_limited", "Requests rejected because their client exceeded its rate limit", self.limited.clone());
        registry.register("log_lines_dropped", "Log lines dropped because too many were queued", self.dropped_log_lines.clone());
        registry.register("connections_open", "Open connections", self.connections.clone());
        registry.register("connections_max", "The maximum number of open connections", self.max_connections.clone());
        registry.register("connections_dropped", "Connections that the service closed early or refused", self.dropped_connections.clone());
        registry.register("ready", "Whether the service can respond from its data and is not stopping: 1 or 0", self.ready.clone());
        registry.register("data_file_rejected", "Whether the file at the path of the database cannot be served: 1 or 0", self.data_file_rejected.clone());
        registry.register("data_revision", "The revision of the data that is served", self.revision.clone());
        registry.register_with_unit("uptime", "The age of the process", Unit::Seconds, self.uptime.clone());
        let build = Family::<BuildLabels, Gauge>::default();
        build.get_or_create(&BuildLabels { version: env!("CARGO_PKG_VERSION") }).set(1);
        registry.register("build_info", "The version of the program", build);
        for reason in [DropReason::Timeout, DropReason::Evicted, DropReason::Refused] {
            drop(self.dropped_connections.get_or_create(&DropLabels { reason: reason.label() }));
        }
        for (cache, result) in [("uri", "miss"), ("canonical", "hit"), ("canonical", "miss")] {
            drop(self.cache.get_or_create(&CacheLabels { cache, result }));
        }
        self
    }

    /// Records a request by the template of its route, its status and its duration.
    pub fn record_request(&self, route: Option<&str>, status: StatusCode, duration: Duration) {
        let route = route.unwrap_or(NO_ROUTE);
        let class = usize::from(status.as_u16() / 100).clamp(2, 5) - 2;
        let observe = |histograms: &RouteHistograms| {
            let labels = || RequestLabels { route: route.to_owned(), status: STATUS_CLASSES[class] };
            histograms.0[class].get_or_init(|| self.requests.get_or_create_owned(&labels())).observe(duration.as_secs_f64());
        };
        // The route is almost always in the map, so that a cache hit neither allocates nor hashes labels.
        if let Some(histograms) = self.requests_by_route.read().unwrap_or_else(PoisonError::into_inner).get(route) {
            return observe(histograms);
        }
        observe(self.requests_by_route.write().unwrap_or_else(PoisonError::into_inner).entry(route.to_owned()).or_default());
    }

    /// Counts a connection that the service closed early or refused.
    pub fn connection_dropped(&self, reason: DropReason) {
        self.dropped_connections.get_or_create(&DropLabels { reason: reason.label() }).inc();
    }

    /// Counts a hit of the cache by URI.
    pub fn cache_hit(&self) {
        self.uri_cache_hits.inc();
    }

    /// Counts a miss of the cache by URI.
    pub fn cache_miss(&self) {
        self.cache.get_or_create(&CacheLabels { cache: "uri", result: "miss" }).inc();
    }

    /// Counts a lookup by the canonical query.
    pub fn canonical_lookup(&self, is_hit: bool) {
        self.cache.get_or_create(&CacheLabels { cache: "canonical", result: if is_hit { "hit" } else { "miss" } }).inc();
    }

    /// All metrics in a text format.
    ///
    /// # Errors
    /// When a metric cannot be formatted.
    pub fn encode(&self, revision: i64, format: MetricsFormat) -> Result<String, fmt::Error> {
        self.revision.set(revision);
        self.dropped_log_lines.inner().store(logging::dropped(), Ordering::Relaxed);
        self.uptime.set(self.started_at.elapsed().as_secs_f64());
        let mut encoded = String::new();
        text::encode(&mut encoded, &self.registry)?;
        Ok(if format == MetricsFormat::Prometheus { prometheus_text(&encoded) } else { encoded })
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}
