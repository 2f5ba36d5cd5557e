//! Accepts connections until the shutdown, then lets the requests in flight finish.
//!
//! `axum::serve` gives hyper no timer, so it never times out a slow header section; this loop does. HTTP/1.1 only: HTTP/2
//! and TLS end at the proxy.

use std::{
    convert::Infallible,
    error::Error,
    io,
    net::SocketAddr,
    pin::pin,
    sync::Arc,
    time::{Duration, Instant},
};

use hyper::{
    HeaderMap, Request, Response, StatusCode,
    body::{Body, Incoming},
    server::conn::http1,
};
use hyper_util::rt::TokioTimer;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time,
};
use tower::Service;

use crate::server::{
    connection::{ConnectionService, drive_connection},
    parse_errors::ParseErrorRewriter,
};

/// Errors of `accept` are logged at most once in this time, since they often come in large numbers.
const ACCEPT_LOG_INTERVAL: Duration = Duration::from_secs(1);
/// The pause after an error of `accept`. Most often the process is out of file descriptors.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

/// The bounds of connections.
#[derive(Clone, Copy, Debug)]
pub struct ServerLimits {
    /// The time that a client has to send a header section, and that a connection may stay idle.
    pub header_read_timeout: Duration,
    /// The buffer for a header section, in bytes. hyper accepts up to twice as much in one read.
    pub max_header_bytes: usize,
    /// The number of open connections.
    pub max_connections: usize,
    /// The age from which the service should close a connection.
    pub max_age: Duration,
    /// The time after which a connection is cut off, even in the middle of a request.
    pub max_duration: Duration,
    /// The time that connections have to finish after the shutdown.
    pub shutdown_timeout: Duration,
}

/// A server, before it runs.
#[derive(Debug)]
pub struct Server<M, P, C> {
    /// The bounds of connections.
    pub limits: ServerLimits,
    /// Makes the service for one connection, of the peer's address and the time at which the connection reaches its
    /// maximum age.
    pub make_service: M,
    /// Computes the header section and the body of the response to a request that hyper cannot parse.
    pub on_parse_error: P,
    /// Called with the change in the number of open connections: 1 or -1.
    pub on_connection_count: C,
}

impl<M, P, C> Server<M, P, C> {
    /// Accepts connections until `shutdown` is ready, then waits for the requests in flight.
    pub async fn run<S, B>(self, listener: TcpListener, shutdown: impl Future<Output = ()>)
    where
        M: Fn(SocketAddr, Instant) -> S,
        P: Fn(SocketAddr, StatusCode) -> (HeaderMap, Vec<u8>) + Clone + Send + Unpin + 'static,
        C: Fn(i64) + Clone + Send + 'static,
        S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible, Future: Send + Unpin> + Clone + Send + Unpin + 'static,
        B: Body<Data: Send, Error: Into<Box<dyn Error + Send + Sync>>> + Send + 'static,
    {
        let Self { limits, make_service, on_parse_error, on_connection_count } = self;
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(limits.header_read_timeout)
            .max_buf_size(limits.max_header_bytes)
            // A client may half-close after its request; still send the response. A client that is gone altogether looks
            // the same, and gets its response within the same bounds.
            .half_close(true);
        let connection_permits = Arc::new(Semaphore::new(limits.max_connections.min(Semaphore::MAX_PERMITS)));
        let (shutdown_sender, shutdown_receiver) = watch::channel(());
        let mut logged_at = None;
        let mut shutdown = pin!(shutdown);
        loop {
            let (stream, peer, permit) = tokio::select! {
                biased;
                () = &mut shutdown => break,
                accepted = accept(&listener, &connection_permits) => match accepted {
                    Ok(accepted) => accepted,
                    Err(cause) => {
                        if logged_at.is_none_or(|logged_at: Instant| logged_at.elapsed() > ACCEPT_LOG_INTERVAL) {
                            tracing::warn!(%cause, "connections cannot be accepted");
                            logged_at = Some(Instant::now());
                        }
                        time::sleep(ACCEPT_RETRY_DELAY).await;
                        continue;
                    }
                },
            };
            let service = ConnectionService::new(make_service(peer, Instant::now() + limits.max_age));
            let connection = http.serve_connection(ParseErrorRewriter::new(stream, peer, on_parse_error.clone()), service);
            let (shutdown, on_connection_count) = (shutdown_receiver.clone(), on_connection_count.clone());
            tokio::spawn(async move {
                on_connection_count(1);
                // A client that does not read its responses is cut off as well.
                let _ = time::timeout(limits.max_duration, drive_connection(connection, shutdown)).await;
                on_connection_count(-1);
                drop(permit);
            });
        }
        drop((listener, shutdown_receiver));
        shutdown_sender.send_replace(());
        // Every connection holds a receiver. The end of the process cuts off those that remain.
        let _ = time::timeout(limits.shutdown_timeout, shutdown_sender.closed()).await;
    }
}

/// Takes a permit, then accepts a connection: a connection that could not be served waits in the kernel's queue.
async fn accept(listener: &TcpListener, permits: &Arc<Semaphore>) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let permit = permits.clone().acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    // A response is written whole: Nagle's algorithm would only delay it.
    stream.set_nodelay(true)?;
    Ok((stream, peer, permit))
}
