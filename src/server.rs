//! Accepts connections, and stops in good order.
//!
//! `axum::serve` gives hyper no timer, so that a slow header would be waited for without end; this loop does. HTTP/1.1
//! only: HTTP/2 and TLS end at the proxy.

use std::{future::Future, io, pin::pin, sync::Arc, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time,
};

/// How long a client may take over its request's head.
const HEADER_READ_TIMEOUT: Duration = Duration::from_secs(3);
/// How long a connection lives before it is asked to end after its next answer; clients open another.
const LIFETIME: Duration = Duration::from_secs(300);
/// How long a connection may take to end once it is asked to; a client that does not read is not waited for longer.
const GRACE: Duration = Duration::from_secs(8);
/// How many connections are open at a time; more wait in the kernel's queue.
const CONNECTIONS: usize = 4096;
/// How much of a request is held in memory at a time, in bytes.
const BUFFER: usize = 64 * 1024;

/// Serves until `stop` is ready, then finishes what is in flight; what does not end in time is cut off.
pub async fn run(listener: TcpListener, routes: Router, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER_READ_TIMEOUT).max_buf_size(BUFFER);
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let (stopping, stopped) = watch::channel(());
    let mut stop = pin!(stop);
    loop {
        let (stream, place) = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = accept(&listener, &places) => match accepted {
                Ok(accepted) => accepted,
                Err(cause) => {
                    tracing::warn!(%cause, "a connection could not be accepted");
                    // Out of file descriptors, most often: the next moment may have some.
                    time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes.clone()));
        let mut stopped = stopped.clone();
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            let ended = tokio::select! {
                ended = &mut connection => Some(ended),
                _ = stopped.changed() => None,
                () = time::sleep(LIFETIME) => None,
            };
            let ended = if let Some(ended) = ended {
                ended
            } else {
                connection.as_mut().graceful_shutdown();
                time::timeout(GRACE, connection).await.unwrap_or(Ok(()))
            };
            if let Err(cause) = ended {
                tracing::debug!(%cause, "a connection ended early");
            }
            drop((place, stopped));
        });
    }
    drop((listener, stopped));
    stopping.send_replace(());
    // Every connection holds a receiver, and none longer than the grace.
    stopping.closed().await;
}

/// A connection and its place; a place first, so that nothing is accepted that could not be served.
async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> io::Result<(TcpStream, OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.map_err(io::Error::other)?;
    let (stream, _) = listener.accept().await?;
    // Answers are small and whole: waiting for more to send would only delay them.
    stream.set_nodelay(true)?;
    Ok((stream, place))
}
