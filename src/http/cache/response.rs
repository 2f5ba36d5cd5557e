//! A response that is rendered once and sent many times.
//!
//! One function ([`CachedResponse::respond`]) makes the 200, the response to a HEAD, the 206 and the 304 (RFC 9110, RFC 9111).

use std::{
    sync::{Arc, OnceLock},
    time::{Duration, SystemTime},
};

use axum::{
    body::Body,
    extract::MatchedPath,
    http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header},
    response::IntoResponse,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use chrono::{DateTime, Utc};
use xxhash_rust::xxh3::xxh3_128;

use crate::{
    error::Error,
    http::{
        cache::{
            conditional::{not_modified, preconditions_hold, range_applies},
            encodings::{EncodedBody, Encodings},
            policy::CachePolicy,
            range::{RequestedRange, requested_range},
        },
        headers::{format_http_date, header_value},
        security_headers::apply_security_headers,
    },
};

/// The media types that are compressed formats themselves.
const COMPRESSED_TYPES: [&[u8]; 2] = [b"image/png", b"font/woff2"];
/// How many headers a response has, at most, besides those that its copies share: about its body, its connection and its client.
const HEADERS_OF_ONE_RESPONSE: usize = 10;

/// What a response was rendered from: when it is stale, and what its `Last-Modified` may say.
#[derive(Clone, Copy, Debug)]
pub enum Inputs {
    /// The program and its configuration.
    Program,
    /// The data, and what changes at other times: the program or its configuration.
    DataAndProgram {
        /// Counts the database files that this process has served.
        generation: u64,
    },
    /// The data.
    Data {
        /// Counts the database files that this process has served.
        generation: u64,
        /// When the data was published.
        published: DateTime<Utc>,
    },
}

impl Inputs {
    /// The generation of the data; `None` if the response does not depend on the data.
    const fn generation(self) -> Option<u64> {
        match self {
            Self::Program => None,
            Self::DataAndProgram { generation } | Self::Data { generation, .. } => Some(generation),
        }
    }

    /// When the response last changed, to the second, as HTTP dates are. `None` if more than the data decides that: a date
    /// that is too early would confirm a response that has changed (RFC 9110, section 8.8.2.1).
    #[must_use]
    pub fn last_modified(self, policy: CachePolicy) -> Option<SystemTime> {
        let (Self::Data { published, .. }, CachePolicy::Default) = (self, policy) else { return None };
        Some(SystemTime::UNIX_EPOCH + Duration::from_secs(published.timestamp().try_into().ok()?))
    }
}

/// A rendered response, which is cheap to clone. A handler returns it, and the [cache service](super::service) turns it
/// into the response to the request at hand.
#[derive(Clone, Debug)]
pub struct CachedResponse {
    representation: Arc<Representation>,
    /// Whether the server caches it.
    pub is_stored: bool,
}

#[derive(Debug)]
struct Representation {
    /// `None` if the response does not depend on the data.
    generation: Option<u64>,
    policy: CachePolicy,
    last_modified: Option<SystemTime>,
    /// The headers that all encodings share.
    headers: HeaderMap,
    /// Those of them that a 304 has.
    not_modified_headers: OnceLock<HeaderMap>,
    body: Encodings,
    route: OnceLock<MatchedPath>,
}

impl CachedResponse {
    /// A response of the program to the data, of which only the coding is negotiated: a page, say.
    #[must_use]
    pub fn of_data_and_program(generation: u64, policy: CachePolicy, headers: impl IntoIterator<Item = (HeaderName, HeaderValue)>, body: Vec<u8>) -> Self {
        let mut all = HeaderMap::new();
        all.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        all.extend(headers);
        Self::new(Inputs::DataAndProgram { generation }, policy, all, body)
    }

    /// A response under a policy. `headers` has its content type and its links, for example.
    #[must_use]
    pub fn new(inputs: Inputs, policy: CachePolicy, mut headers: HeaderMap, body: Vec<u8>) -> Self {
        // Strong: derived from the bytes, and from nothing else (RFC 9110, section 8.8.1).
        let etag = format!("\"{}\"", BASE64.encode(xxh3_128(&body).to_be_bytes()));
        let last_modified = inputs.last_modified(policy);
        if let Some(last_modified) = last_modified {
            headers.insert(header::LAST_MODIFIED, format_http_date(last_modified));
        }
        headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        headers.insert(header::CACHE_CONTROL, policy.cache_control());
        apply_security_headers(&mut headers);
        // A copy has room for as many, so that adding those of one response does not hash all names again.
        headers.reserve(HEADERS_OF_ONE_RESPONSE);
        let is_compressed_format = headers.get(header::CONTENT_TYPE).is_some_and(|kind| COMPRESSED_TYPES.contains(&kind.as_bytes()));
        let representation = Representation {
            generation: inputs.generation(),
            policy,
            last_modified,
            headers,
            not_modified_headers: OnceLock::new(),
            body: Encodings::new(&etag, body, is_compressed_format),
            route: OnceLock::new(),
        };
        Self { representation: Arc::new(representation), is_stored: true }
    }

    /// A response that depends on the program alone, and not on the data.
    #[must_use]
    pub fn of_program(content_type: &'static str, policy: CachePolicy, body: Vec<u8>) -> Self {
        let headers =
            HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(content_type)), (header::VARY, HeaderValue::from_static("accept-encoding"))]);
        Self::new(Inputs::Program, policy, headers, body)
    }

    /// The same response, never stored in the server's cache: too many different ones are possible, such as searches.
    #[must_use]
    pub fn not_stored(self) -> Self {
        Self { is_stored: false, ..self }
    }

    /// Whether the response is fresh now, for this generation of the data.
    #[must_use]
    pub fn is_fresh(&self, generation: u64, now: DateTime<Utc>) -> bool {
        self.representation.generation.is_none_or(|made_from| made_from == generation) && self.representation.policy.is_fresh(now)
    }

    /// The response to a GET or HEAD with these headers.
    ///
    /// # Errors
    /// When a precondition does not hold (412), or the representation has no byte of the requested range (416).
    pub fn respond(&self, method: &Method, headers: &HeaderMap, now: DateTime<Utc>) -> Result<Response<Body>, Error> {
        let Representation { last_modified, headers: shared, policy, body, .. } = &*self.representation;
        let encoding = body.select(method, headers);
        let etag = body.etag(encoding);
        if !preconditions_hold(headers, etag, *last_modified) {
            return Err(Error::PreconditionFailed);
        }
        let mut response = Response::new(Body::empty());
        if not_modified(headers, etag, *last_modified) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            *response.headers_mut() = self.representation.not_modified_headers(etag);
        } else {
            let encoded = body.get(encoding);
            *response.headers_mut() = encoded.headers(shared);
            if method == Method::GET {
                *response.body_mut() = Body::from(encoded.body.clone());
                // Only a GET has ranges (section 14.2).
                if headers.contains_key(header::RANGE) && range_applies(headers, &encoded.etag, *last_modified) {
                    encoded.select_range(headers, &mut response)?;
                }
            }
        }
        if let Some(clamped) = policy.clamped_cache_control(now) {
            response.headers_mut().insert(header::CACHE_CONTROL, clamped);
        }
        Ok(response)
    }

    /// The route of the handler that rendered it, by which the edge counts its hits.
    #[must_use]
    pub fn route(&self) -> Option<&MatchedPath> {
        self.representation.route.get()
    }

    /// Sets the route; the first one stays.
    pub fn set_route(&self, route: MatchedPath) {
        let _ = self.representation.route.set(route);
    }

    /// Its approximate size in memory, compressed encodings included, in bytes. Measured: the headers take about 4 KB, and three
    /// compressed encodings together less than the body; hardly a body is requested in more.
    #[must_use]
    pub fn weight(&self) -> u64 {
        2 * self.representation.body.body_bytes() as u64 + 4_096
    }
}

impl Representation {
    /// The headers of a 304: those that the RFC lists, and nothing else about the representation (RFC 9110, section 15.4.5).
    /// A script that sent the condition itself reads this response (Fetch, section 4.6), and so needs the CORS headers.
    fn not_modified_headers(&self, etag: &HeaderValue) -> HeaderMap {
        let listed = || {
            let mut headers = HeaderMap::with_capacity(HEADERS_OF_ONE_RESPONSE);
            let cors = [header::ACCESS_CONTROL_ALLOW_ORIGIN, header::ACCESS_CONTROL_EXPOSE_HEADERS];
            for name in [header::CACHE_CONTROL, header::VARY, header::CONTENT_LOCATION].into_iter().chain(cors) {
                if let Some(value) = self.headers.get(&name) {
                    headers.insert(name, value.clone());
                }
            }
            headers
        };
        let mut headers = self.not_modified_headers.get_or_init(listed).clone();
        headers.insert(header::ETAG, etag.clone());
        headers
    }
}

impl EncodedBody {
    /// The headers of a 200.
    fn headers(&self, shared: &HeaderMap) -> HeaderMap {
        let mut headers = shared.clone();
        if let Some(coding) = self.coding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
        }
        headers.insert(header::CONTENT_LENGTH, self.content_length.clone());
        headers.insert(header::ETAG, self.etag.clone());
        headers
    }

    /// Makes a 200 a 206 with the bytes that `Range` asks for (RFC 9110, section 15.3.7); the 200 stays where it is ignored.
    fn select_range(&self, headers: &HeaderMap, response: &mut Response<Body>) -> Result<(), Error> {
        let length = self.body.len();
        let bytes = match requested_range(headers, length) {
            RequestedRange::Whole => return Ok(()),
            RequestedRange::Unsatisfiable => return Err(Error::RangeNotSatisfiable(length)),
            RequestedRange::Part(bytes) => bytes,
        };
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let content_range = format!("bytes {}-{}/{length}", bytes.start, bytes.end - 1);
        response.headers_mut().insert(header::CONTENT_RANGE, header_value(&content_range));
        response.headers_mut().insert(header::CONTENT_LENGTH, bytes.len().into());
        *response.body_mut() = Body::from(self.body.slice(bytes));
        Ok(())
    }
}

impl IntoResponse for CachedResponse {
    fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        response.extensions_mut().insert(self);
        response
    }
}
