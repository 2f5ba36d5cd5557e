//! Reads the body of a request into memory, within its limits.

use std::{future::poll_fn, pin::Pin, time::Duration};

use axum::{
    body::{Body, HttpBody},
    extract::Request,
};
use tokio::time::timeout;

use crate::{config::Limits, error::Error};

/// Reads the body of a request, so that the handler has all of it.
///
/// # Errors
/// When the body is too long, malformed or incomplete, or does not arrive within the request timeout.
pub async fn buffer_body(request: Request, limits: &Limits) -> Result<Request, Error> {
    if request.body().is_end_stream() {
        return Ok(request);
    }
    let (parts, body) = request.into_parts();
    let request_timeout: Duration = limits.request_timeout.get();
    let body = timeout(request_timeout, read(body, limits.max_body_bytes)).await.map_err(|_| Error::RequestTimeout(request_timeout.as_secs_f64()))??;
    Ok(Request::from_parts(parts, Body::from(body)))
}

/// Reads a body. The length of a chunked body is known only at its end.
async fn read(mut body: Body, max_body_bytes: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame = frame.map_err(|_| Error::BadRequest("The request body is malformed or incomplete."))?;
        // Trailers are ignored.
        let Ok(data) = frame.into_data() else { continue };
        if bytes.len() + data.len() > max_body_bytes {
            return Err(Error::BodyTooLarge(max_body_bytes));
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}
