//! Reads the body of a request into memory, within its limits.

use std::{future::poll_fn, pin::Pin, time::Duration};

use axum::{
    body::{Body, HttpBody},
    extract::Request,
    http::Method,
};
use tokio::time::timeout;

use crate::{config::Limits, error::Error};

/// Which body a request with a method may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyRule {
    /// One of a bounded length.
    Bounded,
    /// None, or an empty chunked one.
    Empty,
    /// Any, which is not read: no resource has the method.
    Unread,
}

impl BodyRule {
    /// The rule for a method.
    pub fn of(method: &Method) -> Self {
        match *method {
            Method::POST => Self::Bounded,
            Method::GET | Method::HEAD | Method::OPTIONS => Self::Empty,
            _ => Self::Unread,
        }
    }
}

/// Reads the body of a request, so that the handler has all of it. Only POST may have a body; some clients send an empty
/// chunked one with a GET (RFC 9112, section 7.1). The body of a method that no resource has is not read: the response is a 405.
///
/// # Errors
/// When the body is too long, not allowed, malformed or incomplete, or does not arrive within the request timeout.
pub async fn buffer_body(request: Request, limits: &Limits) -> Result<Request, Error> {
    if request.body().is_end_stream() {
        return Ok(request);
    }
    let (parts, body) = request.into_parts();
    let (max_body_bytes, beyond) = match BodyRule::of(&parts.method) {
        BodyRule::Bounded => (limits.max_body_bytes, Error::BodyTooLarge(limits.max_body_bytes)),
        BodyRule::Empty => (0, Error::UnexpectedBody),
        BodyRule::Unread => return Ok(Request::from_parts(parts, Body::empty())),
    };
    let request_timeout: Duration = limits.request_timeout.get();
    let body = timeout(request_timeout, read(body, max_body_bytes, beyond)).await.map_err(|_| Error::RequestTimeout(request_timeout.as_secs_f64()))??;
    Ok(Request::from_parts(parts, Body::from(body)))
}

/// Reads a body; `beyond` is the error of a longer one. The length of a chunked body is known only at its end.
async fn read(mut body: Body, max_body_bytes: usize, beyond: Error) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame = frame.map_err(|_| Error::BadRequest("The request body is malformed or incomplete."))?;
        // Trailers are ignored.
        let Ok(data) = frame.into_data() else { continue };
        if bytes.len() + data.len() > max_body_bytes {
            return Err(beyond);
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}
