//! How answers are kept, revalidated and expired, here and by whoever polls (RFC 9110, RFC 9111).
//!
//! An answer is prepared once: body, compressed forms, and an `ETag` for each. One function ([`Prepared::respond`]) makes
//! the GET, the HEAD and the 304 of it. [`Kept`] holds prepared answers, bounded in bytes, under two keys: the address as
//! it was asked, which costs no parsing, and the query that it means, so that two ways to ask share one answer.

use std::{
    io::Write,
    sync::{Arc, OnceLock},
};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header},
    response::IntoResponse,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use chrono::{DateTime, Utc};
use quick_cache::{Weighter, sync::Cache};
use sha2::{Digest, Sha256};

use crate::clock::Today;

/// How long an answer may be used without asking again, in seconds.
const MAX_AGE: i64 = 60;
/// How long after that it may still be shown while it is asked for again, in seconds.
const STALE: i64 = 600;
/// How much each of the two caches holds, in bytes.
const CAPACITY: u64 = 12 * 1024 * 1024;
/// About how many answers that is.
const ANSWERS: usize = 2_000;
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

/// A body as it goes over the wire, and its tag.
#[derive(Debug)]
struct Form {
    body: Bytes,
    tag: HeaderValue,
}

/// What an answer depends on besides the data.
#[derive(Clone, Copy, Debug)]
pub struct Expiry {
    /// When the data was published.
    pub published: DateTime<Utc>,
    /// The day that the answer is reckoned on, where it is another answer tomorrow.
    pub day: Option<Today>,
}

/// An answer, made once.
#[derive(Debug)]
pub struct Prepared {
    /// Which data it was made from.
    generation: u64,
    expiry: Expiry,
    /// The headers that every form shares.
    head: HeaderMap,
    plain: Form,
    compressed: [OnceLock<Option<Form>>; 3],
}

impl Prepared {
    /// Prepares an answer. `head` has its content type, links and the like.
    #[must_use]
    pub fn new(generation: u64, expiry: Expiry, mut head: HeaderMap, body: Vec<u8>) -> Arc<Self> {
        // Strong: derived from the bytes, and from nothing else (RFC 9110, section 8.8.1).
        let tag = tag(&BASE64.encode(&Sha256::digest(&body)[..15]));
        let modified = expiry.day.map_or(expiry.published, |day| day.began.max(expiry.published));
        head.insert(header::LAST_MODIFIED, value(&httpdate::fmt_http_date(modified.into())));
        head.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        head.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("etag,link,last-modified,content-location"));
        let plain = Form { body: body.into(), tag };
        Arc::new(Self { generation, expiry, head, plain, compressed: [const { OnceLock::new() }; 3] })
    }

    /// Whether it is still the answer.
    #[must_use]
    pub fn is_current(&self, generation: u64, now: DateTime<Utc>) -> bool {
        self.generation == generation && self.expiry.day.is_none_or(|day| day.began <= now && now < day.ends)
    }

    /// The answer to a GET or HEAD with these headers.
    #[must_use]
    pub fn respond(&self, method: &Method, asked: &HeaderMap, now: DateTime<Utc>) -> Response<Body> {
        let (form, encoding) = self.form(asked);
        let mut head = self.head.clone();
        head.insert(header::ETAG, form.tag.clone());
        head.insert(header::CACHE_CONTROL, self.cache_control(now));
        if self.is_unchanged(asked, &form.tag) {
            // What a 200 would have said of the cached copy (RFC 9110, section 15.4.5).
            head.remove(header::CONTENT_TYPE);
            return answer(StatusCode::NOT_MODIFIED, head, Body::empty());
        }
        if let Some(encoding) = encoding {
            head.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
        }
        head.insert(header::CONTENT_LENGTH, HeaderValue::from(form.body.len()));
        let body = if method == Method::HEAD { Body::empty() } else { Body::from(form.body.clone()) };
        answer(StatusCode::OK, head, body)
    }

    /// The form that the client prefers; the plain one where compressing is not worth it.
    fn form(&self, asked: &HeaderMap) -> (&Form, Option<Encoding>) {
        if self.plain.body.len() >= WORTH_COMPRESSING
            && let Some(encoding) = preferred(asked)
            && let Some(form) = self.compressed[encoding as usize].get_or_init(|| self.compress(encoding))
        {
            return (form, Some(encoding));
        }
        (&self.plain, None)
    }

    /// A compressed form, with a tag of its own: a client that changes its encoding has another representation.
    fn compress(&self, encoding: Encoding) -> Option<Form> {
        let body = encoding.compress(&self.plain.body).inspect_err(|cause| tracing::error!(%cause, "an answer could not be compressed")).ok()?;
        let plain = self.plain.tag.to_str().unwrap_or_default().trim_matches('"');
        Some(Form { body: body.into(), tag: tag(&format!("{plain}-{}", encoding.name())) })
    }

    /// Whether the client has this very form (RFC 9110, section 13.2.2: tags before times).
    fn is_unchanged(&self, asked: &HeaderMap, tag: &HeaderValue) -> bool {
        let mut tags = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).peekable();
        if tags.peek().is_some() {
            let tag = tag.to_str().unwrap_or_default();
            return tags.flat_map(|tags| tags.split(',')).map(str::trim).any(|given| given == "*" || given.trim_start_matches("W/") == tag);
        }
        let since = asked.get(header::IF_MODIFIED_SINCE).and_then(|value| httpdate::parse_http_date(value.to_str().ok()?).ok());
        let modified = self.head.get(header::LAST_MODIFIED).and_then(|value| httpdate::parse_http_date(value.to_str().ok()?).ok());
        matches!((since, modified), (Some(since), Some(modified)) if modified <= since)
    }

    /// How long others may keep it: never past the midnight that changes it.
    fn cache_control(&self, now: DateTime<Utc>) -> HeaderValue {
        let left = self.expiry.day.map_or(i64::MAX, |day| (day.ends - now).num_seconds().max(0));
        if left >= MAX_AGE + STALE {
            const { assert!(MAX_AGE == 60 && STALE == 600) };
            return HeaderValue::from_static("public, max-age=60, stale-while-revalidate=600");
        }
        let age = left.min(MAX_AGE);
        value(&format!("public, max-age={age}, stale-while-revalidate={}", (left - age).min(STALE)))
    }

    /// About what it takes in memory, compressed forms included, in bytes.
    fn weight(&self) -> u64 {
        2 * self.plain.body.len() as u64 + 2_048
    }
}

/// An answer with this head.
fn answer(status: StatusCode, head: HeaderMap, body: Body) -> Response<Body> {
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    *answer.headers_mut() = head;
    answer
}

/// A tag in its quotation marks.
fn tag(text: &str) -> HeaderValue {
    value(&format!("\"{text}\""))
}

/// A header's value of our own making.
pub fn value(text: &str) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

/// The encoding that a client likes best, of those that it accepts at all (RFC 9110, section 12.5.3).
fn preferred(asked: &HeaderMap) -> Option<Encoding> {
    let accepted = asked.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
    let codings: Vec<(&str, u16)> = accepted.split(',').filter_map(super::negotiation::weighted).collect();
    let quality = |encoding: Encoding| {
        // What names the coding counts before what names any.
        let named = |name: &str| codings.iter().find(|(coding, _)| coding.eq_ignore_ascii_case(name)).map(|(_, quality)| *quality);
        named(encoding.name()).or_else(|| named("*")).unwrap_or(0)
    };
    Encoding::ALL.into_iter().rev().max_by_key(|encoding| quality(*encoding)).filter(|encoding| quality(*encoding) > 0)
}

/// A handler's answer: prepared, and turned into a response by the [`super::front`].
#[derive(Clone, Debug)]
pub struct Answer(pub Arc<Prepared>);

impl IntoResponse for Answer {
    fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        response.extensions_mut().insert(self);
        response
    }
}

/// Weighs answers by what they hold.
#[derive(Clone, Copy, Debug)]
struct ByBytes;

impl Weighter<String, Arc<Prepared>> for ByBytes {
    fn weight(&self, key: &String, answer: &Arc<Prepared>) -> u64 {
        key.len() as u64 + answer.weight()
    }
}

/// Prepared answers. An answer that is asked for once does not push one out that is asked for often.
#[derive(Debug)]
pub struct Kept {
    as_asked: Cache<String, Arc<Prepared>, ByBytes>,
    as_meant: Cache<String, Arc<Prepared>, ByBytes>,
}

impl Default for Kept {
    fn default() -> Self {
        Self::holding(CAPACITY)
    }
}

impl Kept {
    /// Caches that hold so many bytes each.
    #[must_use]
    pub fn holding(capacity: u64) -> Self {
        let cache = || Cache::with_weighter(ANSWERS, capacity, ByBytes);
        Self { as_asked: cache(), as_meant: cache() }
    }

    /// The answer to what was asked in these very words.
    pub fn as_asked(&self, asked: &str) -> Option<Arc<Prepared>> {
        self.as_asked.get(asked)
    }

    /// Keeps the answer to what was asked in these very words.
    pub fn keep(&self, asked: String, answer: Arc<Prepared>) {
        self.as_asked.insert(asked, answer);
    }

    /// The answer to what was meant; made if there is none. Of many that want it at once, one makes it and the others wait.
    ///
    /// # Errors
    /// When it could not be made; nothing is kept then.
    pub async fn as_meant<E>(&self, meant: &str, make: impl Future<Output = Result<Arc<Prepared>, E>>) -> Result<Arc<Prepared>, E> {
        self.as_meant.get_or_insert_async(meant, make).await
    }

    /// Drops everything: the data has changed.
    pub fn clear(&self) {
        self.as_asked.clear();
        self.as_meant.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(length: usize) -> Arc<Prepared> {
        Prepared::new(1, Expiry { published: DateTime::UNIX_EPOCH, day: None }, HeaderMap::new(), vec![b'x'; length])
    }

    #[test]
    fn answers_asked_for_once_do_not_push_out_one_asked_for_often_and_memory_is_bounded() {
        let kept = Kept::holding(2 * 1024 * 1024);
        kept.keep("often".to_owned(), answer(10_000));
        for number in 0..20_000 {
            assert!(number < 100 || kept.as_asked("often").is_some(), "after {number} others");
            let _ = kept.as_asked("often");
            kept.keep(format!("once-{number}"), answer(10_000));
        }
        assert!(kept.as_asked.weight() <= 2 * 1024 * 1024);
    }
}
