//! How long a response may be reused (RFC 9111, RFC 5861): what a handler chooses, and the one place that writes `Cache-Control`.

use axum::http::{HeaderMap, HeaderValue, header};
use chrono::{DateTime, Utc};

use crate::{clock::LocalDay, http::headers::header_value};

/// How long a response is fresh, in seconds.
const MAX_AGE: i64 = 60;
/// How long after that a cache may still serve it while it revalidates, in seconds.
const STALE_WHILE_REVALIDATE: i64 = 600;
/// The two as a header.
const DEFAULT_CACHE_CONTROL: HeaderValue = HeaderValue::from_static("public, max-age=60, stale-while-revalidate=600");

/// How long a response may be reused. A handler attaches it to its response; a response without one is [`Self::NoStore`].
#[derive(Clone, Copy, Debug)]
pub enum CachePolicy {
    /// For a minute, and for ten more while it is revalidated.
    Default,
    /// As the default, but only in the client's own cache: the URI has words that are the user's business.
    Private,
    /// As the default, but never past the end of this day, when the response changes.
    UntilMidnight(LocalDay),
    /// For a day: an older response is as good.
    OneDay,
    /// For a year: its URI has a version, and never names another response.
    Immutable,
    /// Never.
    NoStore,
}

impl CachePolicy {
    /// The `Cache-Control` that holds unless the end of the day is near.
    pub const fn cache_control(self) -> HeaderValue {
        match self {
            Self::Default | Self::UntilMidnight(_) => DEFAULT_CACHE_CONTROL,
            Self::Private => HeaderValue::from_static("private, max-age=60, stale-while-revalidate=600"),
            Self::OneDay => HeaderValue::from_static("public, max-age=86400"),
            Self::Immutable => HeaderValue::from_static("public, max-age=31536000, immutable"),
            Self::NoStore => HeaderValue::from_static("no-store"),
        }
    }

    /// The `Cache-Control` if the end of the day is so near that the default one would reach past it.
    pub fn clamped_cache_control(self, now: DateTime<Utc>) -> Option<HeaderValue> {
        let Self::UntilMidnight(day) = self else { return None };
        let left = (day.end - now).num_seconds().max(0);
        let age = left.min(MAX_AGE);
        (left < MAX_AGE + STALE_WHILE_REVALIDATE).then(|| header_value(&format!("public, max-age={age}, stale-while-revalidate={}", left - age)))
    }

    /// Writes the header into a response that is sent now.
    pub fn apply(self, headers: &mut HeaderMap, now: DateTime<Utc>) {
        headers.insert(header::CACHE_CONTROL, self.clamped_cache_control(now).unwrap_or_else(|| self.cache_control()));
    }

    /// Whether these headers, into which a policy was written, let a shared cache store the response.
    pub fn is_shared(headers: &HeaderMap) -> bool {
        headers.get(header::CACHE_CONTROL).is_some_and(|value| value.as_bytes().starts_with(b"public"))
    }

    /// Whether a response with this policy is still fresh.
    pub fn is_fresh(self, now: DateTime<Utc>) -> bool {
        if let Self::UntilMidnight(day) = self { day.start <= now && now < day.end } else { true }
    }
}
