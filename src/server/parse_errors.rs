//! A connection on which hyper's own refusals say what is wrong.
//!
//! What hyper cannot read it answers by itself, with a status and no body, and offers no way to say more. Ours always have
//! a body; so a refusal whose length is 0 is hyper's, and is replaced by the same one as a problem.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll, ready},
};

use axum::http::{HeaderMap, StatusCode};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::http::edge::EdgeService;

/// A connection, and what is to be written instead of a refusal.
#[derive(Debug)]
pub struct ParseErrorRewriter {
    stream: TokioIo<TcpStream>,
    gate: EdgeService,
    peer: SocketAddr,
    instead: Vec<u8>,
    written: usize,
}

impl ParseErrorRewriter {
    /// A connection on which nothing was written yet.
    pub fn new(stream: TcpStream, gate: EdgeService, peer: SocketAddr) -> Self {
        Self { stream: TokioIo::new(stream), gate, peer, instead: Vec::new(), written: 0 }
    }

    /// The connection itself.
    pub fn into_inner(self) -> TcpStream {
        self.stream.into_inner()
    }

    /// Writes what stands instead of this head; nothing where it is no bare refusal.
    fn poll_instead(&mut self, context: &mut Context<'_>, head: &[u8]) -> Poll<Option<io::Result<usize>>> {
        if self.instead.is_empty() {
            let Some(status) = refusal(head) else { return Poll::Ready(None) };
            self.instead = written(status, self.gate.unreadable(self.peer, status));
        }
        while self.written < self.instead.len() {
            match ready!(Pin::new(&mut self.stream).poll_write(context, &self.instead[self.written..])) {
                Ok(0) => return Poll::Ready(Some(Err(io::ErrorKind::WriteZero.into()))),
                Ok(more) => self.written += more,
                Err(cause) => return Poll::Ready(Some(Err(cause))),
            }
        }
        (self.instead, self.written) = (Vec::new(), 0);
        Poll::Ready(Some(Ok(head.len())))
    }
}

/// The status of a bare refusal.
fn refusal(head: &[u8]) -> Option<StatusCode> {
    // What almost every answer fails, first.
    let status = head.strip_prefix(b"HTTP/1.1 4")?.get(..2)?;
    let bare = b"\r\ncontent-length: 0\r\n";
    let ends = head.ends_with(b"\r\n\r\n") && head.windows(bare.len()).any(|part| part == bare);
    StatusCode::from_bytes(&[b'4', status[0], status[1]]).ok().filter(|_| ends)
}

/// A refusal that says what is wrong. The connection ends with it.
fn written(status: StatusCode, (head, body): (HeaderMap, Vec<u8>)) -> Vec<u8> {
    let mut written = format!("HTTP/1.1 {} {}\r\nconnection: close\r\n", status.as_str(), status.canonical_reason().unwrap_or_default()).into_bytes();
    for (name, value) in &head {
        written.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    written.extend(b"\r\n");
    written.extend(body);
    written
}

impl Read for ParseErrorRewriter {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl Write for ParseErrorRewriter {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &[u8]) -> Poll<io::Result<usize>> {
        match ready!(self.poll_instead(context, buffer)) {
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
        // A head alone, as a refusal without a body is.
        let head = if let [head] = buffers { &**head } else { &[] };
        match ready!(self.poll_instead(context, head)) {
            Some(written) => Poll::Ready(written),
            None => Pin::new(&mut self.stream).poll_write_vectored(context, buffers),
        }
    }
}
