//! The encodings of a body: as it is, and in each content coding, compressed quickly at first and as well as possible once the body
//! is requested again and again.
//!
//! Each encoding has an `ETag` of its own, since it has other bytes (RFC 9110, section 8.8.3.3). All are derived from the body
//! alone: two servers have the same ones, and a client's `ETag` says which of the two efforts its response was made with.

use std::sync::{
    OnceLock,
    atomic::{AtomicU32, Ordering},
};

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
};
use memchr::memmem;

use crate::http::{
    cache::coding::{AcceptedCodings, ContentCoding, Effort},
    headers::header_value,
};

/// Smaller bodies are sent uncompressed, in bytes.
const MIN_COMPRESS_BYTES: usize = 1_024;
/// How many responses in a coding are compressed quickly. A body that is requested more often is worth the best compression.
const QUICK_RESPONSES: u32 = 3;
/// The headers with the `ETag` that a client has.
const VALIDATORS: [HeaderName; 3] = [header::IF_NONE_MATCH, header::IF_MATCH, header::IF_RANGE];
/// The headers by which a request may be for less than the whole body: they do not count as requests for it.
const CONDITIONS: [HeaderName; 5] = [header::IF_NONE_MATCH, header::IF_MATCH, header::IF_MODIFIED_SINCE, header::IF_UNMODIFIED_SINCE, header::RANGE];

/// A body in all its encodings, each made when it is first needed.
#[derive(Debug)]
pub struct Encodings {
    is_compressible: bool,
    /// How many whole bodies were requested in each coding, up to [`QUICK_RESPONSES`].
    requests: [AtomicU32; 3],
    identity: EncodedBody,
    /// By coding, then by effort.
    compressed: [[Compressed; 2]; 3],
}

#[derive(Debug, Default)]
struct Compressed {
    etag: OnceLock<HeaderValue>,
    body: OnceLock<Option<EncodedBody>>,
}

/// A body in one content coding, with the header values that belong to it alone.
#[derive(Debug)]
pub struct EncodedBody {
    /// The bytes.
    pub body: Bytes,
    /// How many there are.
    pub content_length: HeaderValue,
    /// The entity tag.
    pub etag: HeaderValue,
    /// `None` for the body as it is.
    pub coding: Option<ContentCoding>,
}

/// Which encoding responds to a request; `None` for the body as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(Option<(ContentCoding, Effort)>);

impl Encodings {
    /// The encodings of a body with this entity tag. One that is a compressed format itself is not compressed again.
    #[must_use]
    pub fn new(etag: &str, body: Vec<u8>, is_compressed_format: bool) -> Self {
        let is_compressible = body.len() >= MIN_COMPRESS_BYTES && !is_compressed_format;
        Self { is_compressible, requests: Default::default(), identity: EncodedBody::new(header_value(etag), None, body), compressed: Default::default() }
    }

    /// The length of the body as it is, in bytes.
    #[must_use]
    pub const fn body_bytes(&self) -> usize {
        self.identity.body.len()
    }

    /// The encoding for a request: in the coding that the client prefers, and the one that it already has if it names its tag.
    #[must_use]
    pub fn select(&self, method: &Method, headers: &HeaderMap) -> Encoding {
        if !self.is_compressible {
            return Encoding(None);
        }
        let accepted = AcceptedCodings::of(headers);
        let Some(quick) = accepted.preferred(Effort::Quick) else { return Encoding(None) };
        let effort = self.effort(quick, method, headers);
        let with_effort = |effort| Encoding(accepted.preferred(effort).map(|coding| (coding, effort)));
        let selected = with_effort(effort);
        let has_tags = VALIDATORS.iter().any(|name| headers.contains_key(name));
        if has_tags && !names(headers, self.etag(selected)) {
            let other = with_effort(effort.other());
            if names(headers, self.etag(other)) {
                return other;
            }
        }
        selected
    }

    /// The effort that the body is worth by now to clients that get it in a coding at first.
    fn effort(&self, coding: ContentCoding, method: &Method, headers: &HeaderMap) -> Effort {
        let counter = &self.requests[coding as usize];
        let mut requests = counter.load(Ordering::Relaxed);
        if requests < QUICK_RESPONSES && *method == Method::GET && !CONDITIONS.iter().any(|name| headers.contains_key(name)) {
            requests = counter.fetch_add(1, Ordering::Relaxed);
        }
        if requests < QUICK_RESPONSES { Effort::Quick } else { Effort::Best }
    }

    /// The entity tag of an encoding, which need not be made for it.
    #[must_use]
    pub fn etag(&self, encoding: Encoding) -> &HeaderValue {
        let Some((coding, effort)) = encoding.0 else { return &self.identity.etag };
        self.compressed[coding as usize][effort as usize].etag.get_or_init(|| {
            let tag = self.identity.etag.to_str().unwrap_or_default().trim_matches('"');
            let suffix = if effort == Effort::Quick { "-quick" } else { "" };
            header_value(&format!("\"{tag}-{}{suffix}\"", coding.name()))
        })
    }

    /// An encoding; the body as it is where it cannot be made.
    #[must_use]
    pub fn get(&self, encoding: Encoding) -> &EncodedBody {
        let Some((coding, effort)) = encoding.0 else { return &self.identity };
        let compress = || {
            let body = coding.compress(effort, &self.identity.body);
            let body = body.inspect_err(|cause| tracing::error!(%cause, "a response could not be compressed")).ok()?;
            Some(EncodedBody::new(self.etag(encoding).clone(), Some(coding), body))
        };
        self.compressed[coding as usize][effort as usize].body.get_or_init(compress).as_ref().unwrap_or(&self.identity)
    }
}

impl EncodedBody {
    fn new(etag: HeaderValue, coding: Option<ContentCoding>, body: Vec<u8>) -> Self {
        Self { content_length: body.len().into(), etag, coding, body: body.into() }
    }
}

/// Whether a request names a tag in a condition. What that means is decided later.
fn names(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    VALIDATORS.iter().any(|name| headers.get_all(name).iter().any(|value| memmem::find(value.as_bytes(), etag.as_bytes()).is_some()))
}
