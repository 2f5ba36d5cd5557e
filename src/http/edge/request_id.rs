//! The id of a request: the client's `X-Request-Id`, or a new one.

use std::{
    hash::{BuildHasher, RandomState},
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::http::{HeaderMap, HeaderName, HeaderValue};

use crate::http::headers::{header_value, single_value};

/// The header of the id, in requests and responses.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The length of an id that a client chooses, in bytes.
const MAX_ID_BYTES: usize = 64;

/// The id that the client sent if it is the only one and valid, otherwise a new one.
pub fn request_id(headers: &HeaderMap) -> HeaderValue {
    static FIRST: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one("bayan"));
    static COUNT: AtomicU64 = AtomicU64::new(0);
    if let Some(id) = single_value(headers, &X_REQUEST_ID)
        && (1..=MAX_ID_BYTES).contains(&id.len())
        && id.as_bytes().iter().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(byte))
    {
        return id.clone();
    }
    // An odd factor is invertible modulo 2^64, so ids do not repeat.
    let number = FIRST.wrapping_add(COUNT.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    header_value(&format!("{number:016x}"))
}
