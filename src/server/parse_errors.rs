//! A connection that gives a body to hyper's own error responses.
//!
//! hyper responds to a request that it cannot parse with a bare status, and has no hook to change that. All other
//! responses of an error have a body; so a response with an error status and `content-length: 0` is hyper's own, and is
//! replaced on its way out.

use std::{
    io,
    mem::MaybeUninit,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll, ready},
};

use hyper::{
    HeaderMap, StatusCode,
    rt::{Read, ReadBufCursor, Write},
};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, ReadBuf};

use crate::server::{request_scanner::RequestScanner, tracked_stream::TrackedStream};

/// The bytes that are read at once. hyper's buffer has the same length at the start.
const READ_BYTES: usize = 8 * 1024;

/// A connection that replaces hyper's own error responses.
#[derive(Debug)]
pub struct ParseErrorRewriter<P> {
    stream: TokioIo<TrackedStream>,
    scanner: RequestScanner,
    peer: SocketAddr,
    on_parse_error: P,
    /// The response that is being written in place of hyper's; empty for none.
    replacement: Vec<u8>,
    /// How much of it is written.
    written: usize,
}

impl<P: Fn(SocketAddr, StatusCode) -> (HeaderMap, Vec<u8>) + Unpin> ParseErrorRewriter<P> {
    /// Wraps a new connection. `on_parse_error` computes the header section and the body of a replacement.
    pub fn new(stream: TrackedStream, peer: SocketAddr, on_parse_error: P) -> Self {
        Self { stream: TokioIo::new(stream), scanner: RequestScanner::new(), peer, on_parse_error, replacement: Vec::new(), written: 0 }
    }

    /// The connection itself.
    pub fn into_inner(self) -> TrackedStream {
        self.stream.into_inner()
    }

    /// Writes the replacement of this output; `None` if the output needs none.
    fn poll_write_replacement(&mut self, context: &mut Context<'_>, output: &[u8]) -> Poll<Option<io::Result<usize>>> {
        if self.replacement.is_empty() {
            let Some(status) = bodyless_error_status(output) else { return Poll::Ready(None) };
            let (headers, body) = (self.on_parse_error)(self.peer, status);
            self.replacement = serialize_response(status, &headers, &body);
        }
        while self.written < self.replacement.len() {
            match ready!(Pin::new(&mut self.stream).poll_write(context, &self.replacement[self.written..])) {
                Ok(0) => return Poll::Ready(Some(Err(io::ErrorKind::WriteZero.into()))),
                Ok(length) => self.written += length,
                Err(cause) => return Poll::Ready(Some(Err(cause))),
            }
        }
        (self.replacement, self.written) = (Vec::new(), 0);
        Poll::Ready(Some(Ok(output.len())))
    }
}

/// The status of a client error without a body; `None` for any other output.
fn bodyless_error_status(output: &[u8]) -> Option<StatusCode> {
    // The check that almost every output fails comes first.
    let status = output.strip_prefix(b"HTTP/1.1 4")?.get(..2)?;
    let content_length = b"\r\ncontent-length: 0\r\n";
    let is_bodyless = output.ends_with(b"\r\n\r\n") && output.windows(content_length.len()).any(|window| window == content_length);
    StatusCode::from_bytes(&[b'4', status[0], status[1]]).ok().filter(|_| is_bodyless)
}

/// A response as bytes. It closes the connection.
fn serialize_response(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Vec<u8> {
    let mut response = format!("HTTP/1.1 {} {}\r\nconnection: close\r\n", status.as_str(), status.canonical_reason().unwrap_or_default()).into_bytes();
    for (name, value) in headers {
        response.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    response.extend(b"\r\n");
    response.extend(body);
    response
}

impl<P: Unpin> Read for ParseErrorRewriter<P> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, mut buffer: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        let mut bytes = [const { MaybeUninit::uninit() }; READ_BYTES];
        let length = bytes.len().min(buffer.remaining());
        let mut read = ReadBuf::uninit(&mut bytes[..length]);
        ready!(Pin::new(self.stream.inner_mut()).poll_read(context, &mut read))?;
        self.scanner.scan(read.filled_mut());
        buffer.put_slice(read.filled());
        Poll::Ready(Ok(()))
    }
}

impl<P: Fn(SocketAddr, StatusCode) -> (HeaderMap, Vec<u8>) + Unpin> Write for ParseErrorRewriter<P> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &[u8]) -> Poll<io::Result<usize>> {
        match ready!(self.poll_write_replacement(context, buffer)) {
            Some(written) => Poll::Ready(written),
            None => Pin::new(&mut self.stream).poll_write(context, buffer),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffers: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        // An error response without a body is a single buffer.
        let output = if let [output] = buffers { &**output } else { &[] };
        match ready!(self.poll_write_replacement(context, output)) {
            Some(written) => Poll::Ready(written),
            None => Pin::new(&mut self.stream).poll_write_vectored(context, buffers),
        }
    }
}
