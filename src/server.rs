//! Accepts connections, and stops in good order.
//!
//! `axum::serve` gives hyper no timer, so that a slow header would be waited for without end; this loop does. HTTP/1.1
//! only: HTTP/2 and TLS end at the proxy.

use std::{future::Future, io, pin::pin, sync::Arc, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, sync::Semaphore, time};

/// How long a client may take over its request's head.
const HEADER_READ_TIMEOUT: Duration = Duration::from_secs(3);
/// How long requests in flight may take once the service stops.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(10);
/// How many connections are open at a time; more wait in the kernel's queue.
const CONNECTIONS: usize = 4096;
/// The largest head of a request, in bytes.
const HEAD: usize = 64 * 1024;

/// Serves until `stop` is ready, then finishes what is in flight.
///
/// # Errors
/// When requests in flight did not end in time.
pub async fn run(listener: TcpListener, routes: Router, stop: impl Future<Output = ()>) -> io::Result<()> {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER_READ_TIMEOUT).max_buf_size(HEAD);
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        // A place first, so that nothing is accepted that could not be served.
        let Ok(place) = connections.clone().acquire_owned().await else { break };
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(cause) => {
                    tracing::warn!(%cause, "a connection could not be accepted");
                    // Out of file descriptors, most often: the next moment may have some.
                    time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        // Answers are small and whole: waiting for more to send would only delay them.
        let _ = stream.set_nodelay(true);
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes.clone())));
        tokio::spawn(async move {
            if let Err(cause) = connection.await {
                tracing::debug!(%cause, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    time::timeout(DRAIN_TIMEOUT, graceful.shutdown()).await.map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "requests in flight did not end in time"))
}
