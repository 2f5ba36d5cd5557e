//! How answers are kept, revalidated and expired, here and by whoever polls (RFC 9110, RFC 9111).
//!
//! An answer is prepared once: body, compressed forms, and an `ETag` for each. One function ([`CachedResponse::respond`]) makes
//! the GET, the HEAD and the 304 of it.

use std::{
    io::Write,
    sync::{Arc, OnceLock},
    time::{Duration, SystemTime},
};

use axum::{
    body::{Body, Bytes},
    extract::MatchedPath,
    http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header},
    response::IntoResponse,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use chrono::{DateTime, Utc};
use xxhash_rust::xxh3::xxh3_128;

use crate::clock::LocalDay;
use crate::http::{
    edge::security_headers,
    extract::accept::{members, weighted},
};

/// How long an answer may be used without asking again, in seconds.
const MAX_AGE: i64 = 60;
/// How long after that it may still be shown while it is asked for again, in seconds.
const STALE: i64 = 600;
/// The two, as they are usually said.
const USUAL: &str = "public, max-age=60, stale-while-revalidate=600";
/// Bodies below this are sent as they are, in bytes.
const WORTH_COMPRESSING: usize = 1_024;

/// The encodings that an answer can be sent in; the smallest form first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Brotli,
    Zstd,
    Gzip,
}

impl Encoding {
    const ALL: [Self; 3] = [Self::Brotli, Self::Zstd, Self::Gzip];

    /// Its name in `Accept-Encoding` and `Content-Encoding`.
    const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
        }
    }

    fn compress(self, body: &[u8]) -> std::io::Result<Vec<u8>> {
        match self {
            Self::Brotli => {
                let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 22);
                writer.write_all(body)?;
                Ok(writer.into_inner())
            }
            Self::Zstd => zstd::encode_all(body, 6),
            Self::Gzip => {
                let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
                writer.write_all(body)?;
                writer.finish()
            }
        }
    }
}

/// A body as it goes over the wire, and what is said of it and of no other form.
#[derive(Debug)]
struct EncodedBody {
    body: Bytes,
    length: HeaderValue,
    tag: HeaderValue,
    encoding: Option<Encoding>,
}

impl EncodedBody {
    /// A form of an answer, in an encoding if that is given.
    fn new(tag: &str, encoding: Option<Encoding>, body: Vec<u8>) -> Self {
        Self { length: body.len().into(), tag: value(tag), encoding, body: body.into() }
    }

    /// The headers of a 200. `shared` is what all forms say.
    fn head(&self, shared: &HeaderMap) -> HeaderMap {
        let mut head = shared.clone();
        if let Some(encoding) = self.encoding {
            head.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
        }
        head.insert(header::CONTENT_LENGTH, self.length.clone());
        head.insert(header::ETAG, self.tag.clone());
        head
    }

    /// Those of a 304: what the RFC lists, and nothing else of the representation (RFC 9110, section 15.4.5).
    fn unchanged(&self, shared: &HeaderMap) -> HeaderMap {
        let mut head = HeaderMap::with_capacity(8);
        for name in [header::CACHE_CONTROL, header::VARY, header::CONTENT_LOCATION, header::ACCESS_CONTROL_ALLOW_ORIGIN] {
            if let Some(value) = shared.get(&name) {
                head.insert(name, value.clone());
            }
        }
        head.insert(header::ETAG, self.tag.clone());
        head
    }
}

/// What an answer depends on besides the data.
#[derive(Clone, Copy, Debug)]
pub struct Freshness {
    /// When the data was published.
    pub published: DateTime<Utc>,
    /// The day that the answer is reckoned on, where it is another answer tomorrow.
    pub day: Option<LocalDay>,
}

/// An answer, made once.
#[derive(Debug)]
pub struct CachedResponse {
    /// Which data it was made from.
    generation: u64,
    expiry: Freshness,
    /// When it last changed, to the second.
    modified: SystemTime,
    /// The headers that every form shares.
    head: HeaderMap,
    plain: EncodedBody,
    compressed: [OnceLock<Option<EncodedBody>>; 3],
    /// Its route.
    route: OnceLock<MatchedPath>,
}

impl CachedResponse {
    /// Prepares an answer. `head` has its content type, links and the like, and `Cache-Control` where that is not the usual.
    #[must_use]
    pub fn new(generation: u64, expiry: Freshness, mut head: HeaderMap, body: Vec<u8>) -> Arc<Self> {
        // Strong: derived from the bytes, and from nothing else (RFC 9110, section 8.8.1).
        let tag = format!("\"{}\"", BASE64.encode(xxh3_128(&body).to_be_bytes()));
        let modified: SystemTime = expiry.day.map_or(expiry.published, |day| day.start.max(expiry.published)).into();
        head.insert(header::LAST_MODIFIED, value(&httpdate::fmt_http_date(modified)));
        head.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(USUAL));
        security_headers::protect(&mut head);
        let plain = EncodedBody::new(&tag, None, body);
        // HTTP dates have no fractions of a second.
        let modified = SystemTime::UNIX_EPOCH + Duration::from_secs(modified.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs());
        Arc::new(Self { generation, expiry, modified, head, plain, compressed: [const { OnceLock::new() }; 3], route: OnceLock::new() })
    }

    /// Tells the route that it is the answer of.
    pub fn belongs_to(&self, route: MatchedPath) {
        let _ = self.route.set(route);
    }

    /// Its route.
    pub fn route(&self) -> Option<&MatchedPath> {
        self.route.get()
    }

    /// Whether it is still the answer.
    #[must_use]
    pub fn is_current(&self, generation: u64, now: DateTime<Utc>) -> bool {
        self.generation == generation && self.expiry.day.is_none_or(|day| day.start <= now && now < day.end)
    }

    /// The answer to a GET or HEAD with these headers.
    #[must_use]
    pub fn respond(&self, method: &Method, asked: &HeaderMap, now: DateTime<Utc>) -> Response<Body> {
        let form = self.form(asked);
        let unchanged = self.is_unchanged(asked, &form.tag);
        let body = if unchanged || method == Method::HEAD { Body::empty() } else { Body::from(form.body.clone()) };
        let mut answer = Response::new(body);
        if unchanged {
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
        }
        *answer.headers_mut() = if unchanged { form.unchanged(&self.head) } else { form.head(&self.head) };
        if let Some(shorter) = self.shorter(now) {
            answer.headers_mut().insert(header::CACHE_CONTROL, shorter);
        }
        answer
    }

    /// The form that the client prefers; the plain one where compressing is not worth it.
    fn form(&self, asked: &HeaderMap) -> &EncodedBody {
        if self.plain.body.len() >= WORTH_COMPRESSING
            && let Some(encoding) = preferred(asked)
            && let Some(form) = self.compressed[encoding as usize].get_or_init(|| self.compress(encoding))
        {
            return form;
        }
        &self.plain
    }

    /// A compressed form, with a tag of its own: a client that changes its encoding has another representation.
    fn compress(&self, encoding: Encoding) -> Option<EncodedBody> {
        let body = encoding.compress(&self.plain.body).inspect_err(|cause| tracing::error!(%cause, "an answer could not be compressed")).ok()?;
        let plain = self.plain.tag.to_str().unwrap_or_default().trim_matches('"');
        Some(EncodedBody::new(&format!("\"{plain}-{}\"", encoding.name()), Some(encoding), body))
    }

    /// Whether the client wants this form, or only another that it knows (RFC 9110, section 13.2.2, steps 1 and 2).
    pub fn is_wanted(&self, asked: &HeaderMap) -> bool {
        if asked.contains_key(header::IF_MATCH) {
            // Compared strongly: a weak tag is no form's (section 13.1.1).
            let tag = &self.form(asked).tag;
            return names(asked, &header::IF_MATCH, |given| tag == given);
        }
        time(asked, &header::IF_UNMODIFIED_SINCE).is_none_or(|since| self.modified <= since)
    }

    /// Whether the client has this very form (RFC 9110, section 13.2.2: tags before times).
    fn is_unchanged(&self, asked: &HeaderMap, tag: &HeaderValue) -> bool {
        if asked.contains_key(header::IF_NONE_MATCH) {
            return names(asked, &header::IF_NONE_MATCH, |given| tag == given.strip_prefix("W/").unwrap_or(given));
        }
        time(asked, &header::IF_MODIFIED_SINCE).is_some_and(|since| self.modified <= since)
    }

    /// How long others may keep it, where that is less than usual: never past the midnight that changes it.
    fn shorter(&self, now: DateTime<Utc>) -> Option<HeaderValue> {
        let left = (self.expiry.day?.end - now).num_seconds().max(0);
        let age = left.min(MAX_AGE);
        (left < MAX_AGE + STALE).then(|| value(&format!("public, max-age={age}, stale-while-revalidate={}", left - age)))
    }

    /// About what it takes in memory, compressed forms included, in bytes. Measured: a head takes some 4 KB, and the three
    /// forms together less than the body again.
    #[must_use]
    pub fn weight(&self) -> u64 {
        2 * self.plain.body.len() as u64 + 4_096
    }
}

/// A header's value of our own making.
pub fn value(text: &str) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

/// Whether a condition names the form whose tag this is, or any by a `*` that stands alone (RFC 9110, section 13.1).
fn names(asked: &HeaderMap, condition: &HeaderName, is_tag: impl Fn(&str) -> bool) -> bool {
    asked.get(condition).is_some_and(|any| any == "*") || members(asked, condition).map(str::trim).any(is_tag)
}

/// The time in a condition; none where it cannot be read (RFC 9110, section 13.1.3).
fn time(asked: &HeaderMap, name: &HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(asked.get(name)?.to_str().ok()?).ok()
}

/// The encoding that a client likes best, of those that it accepts at all (RFC 9110, section 12.5.3). None where it would
/// rather have the body as it is.
fn preferred(asked: &HeaderMap) -> Option<Encoding> {
    let codings: Vec<(&str, u16)> = members(asked, &header::ACCEPT_ENCODING).filter_map(weighted).collect();
    let named = |name: &str| codings.iter().find(|(coding, _)| coding.eq_ignore_ascii_case(name)).map(|(_, quality)| *quality);
    // What names the coding counts before what names any.
    let quality = |encoding: &Encoding| named(encoding.name()).or_else(|| named("*")).unwrap_or(0);
    let least = named("identity").unwrap_or(0).max(1);
    Encoding::ALL.into_iter().rev().max_by_key(quality).filter(|encoding| quality(encoding) >= least)
}

/// A handler's answer: prepared, and turned into a response by the [`super::front`].
#[derive(Clone, Debug)]
pub struct Answer {
    /// The answer.
    pub prepared: Arc<CachedResponse>,
    /// Whether it may be kept.
    pub kept: bool,
}

impl Answer {
    /// An answer that may be given again.
    #[must_use]
    pub const fn kept(prepared: Arc<CachedResponse>) -> Self {
        Self { prepared, kept: true }
    }

    /// An answer that is made anew each time.
    #[must_use]
    pub const fn once(prepared: Arc<CachedResponse>) -> Self {
        Self { prepared, kept: false }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        response.extensions_mut().insert(self);
        response
    }
}
