//! Accepts connections, and stops in good order.
//!
//! `axum::serve` gives hyper no timer, so that a slow header would be waited for without end; this loop does. HTTP/1.1
//! only: HTTP/2 and TLS end at the proxy.

mod parse_errors;

use parse_errors::ParseErrorRewriter;

use std::{
    convert::Infallible,
    future::{Future, poll_fn},
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{body::Body, http::Response};
use hyper::{Request, body::Incoming, server::conn::http1};
use hyper_util::rt::TokioTimer;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time,
};

use crate::{
    config::limits::Seconds,
    http::edge::{ConnectionInfo, EdgeService, ResponseFuture},
};

/// How often trouble with accepting is logged at the most.
const TELL: Duration = Duration::from_secs(1);
/// How long what a client still sends is thrown away before its connection is closed, so that it reads its answer first.
const LINGER: Duration = Duration::from_secs(1);

/// Serves until `stop` is ready, then says that it is not ready, then finishes what is in flight; what does not end in
/// time is cut off.
pub async fn run(listener: TcpListener, gate: EdgeService, stop: impl Future<Output = ()>) {
    let limits = gate.app().limits().clone();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.header_timeout.get())
        .max_buf_size(limits.head_size)
        // Who has said all that there is to say may still want the answer. So who has gone altogether is answered as well,
        // within the same bounds.
        .half_close(true);
    let longest = [limits.connection_lifetime, limits.header_timeout, limits.request_timeout, limits.grace].map(Seconds::get).into_iter().sum();
    let places = Arc::new(Semaphore::new(limits.connections.min(Semaphore::MAX_PERMITS)));
    let (stopping, stopped) = watch::channel(());
    let mut told = None;
    let drained = async {
        stop.await;
        gate.app().drain();
        time::sleep(limits.drain.get()).await;
    };
    let mut drained = pin!(drained);
    loop {
        let (stream, peer, place) = tokio::select! {
            biased;
            () = &mut drained => break,
            accepted = accept(&listener, &places) => match accepted {
                Ok(accepted) => accepted,
                Err(cause) => {
                    // Out of file descriptors, most often, and then this comes in floods.
                    if told.is_none_or(|told: Instant| told.elapsed() > TELL) {
                        tracing::warn!(%cause, "connections cannot be accepted");
                        told = Some(Instant::now());
                    }
                    // The next moment may have some.
                    time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let from = ConnectionInfo { peer, ends: Some(Instant::now() + limits.connection_lifetime.get()) };
        let connection = http.serve_connection(ParseErrorRewriter::new(stream, gate.clone(), peer), ConnectionService { gate: gate.clone(), from });
        let (app, stopped) = (gate.app().clone(), stopped.clone());
        tokio::spawn(async move {
            app.connections(1);
            // Cut off even where a client reads nothing, after a last head, a last answer and the time to read it.
            let _ = time::timeout(longest, converse(connection, stopped)).await;
            app.connections(-1);
            drop(place);
        });
    }
    drop((listener, stopped));
    stopping.send_replace(());
    // Every connection holds a receiver; what is left after that ends with the program.
    let _ = time::timeout(limits.grace.get(), stopping.closed()).await;
}

/// Answers the requests of a connection, until an answer says that it is the last, the client goes, or the service stops.
async fn converse(mut connection: http1::Connection<ParseErrorRewriter, ConnectionService>, mut stopped: watch::Receiver<()>) {
    let ended = tokio::select! {
        ended = poll_fn(|context| connection.poll_without_shutdown(context)) => Some(ended),
        _ = stopped.changed() => None,
    };
    let ended = if let Some(ended) = ended {
        ended
    } else {
        Pin::new(&mut connection).graceful_shutdown();
        poll_fn(|context| connection.poll_without_shutdown(context)).await
    };
    if let Err(cause) = &ended {
        tracing::debug!(%cause, "a connection ended early");
    }
    let mut stream = connection.into_parts().io.into_inner();
    // Where that fails the client is gone already, and who sent no head in time was answered nothing.
    if stream.shutdown().await.is_ok() && !ended.is_err_and(|cause| cause.is_timeout()) {
        linger(stream).await;
    }
}

/// Waits until a client has read what it was answered. It may still be sending, and with bytes left unread the kernel would
/// reset the connection at once (RFC 9112, section 9.6).
async fn linger(mut stream: TcpStream) {
    let mut rest = [0; 4096];
    let _ = time::timeout(LINGER, async { while matches!(stream.read(&mut rest).await, Ok(read) if read > 0) {} }).await;
}

/// A connection and its place; a place first, so that nothing is accepted that could not be served.
async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    // Answers are small and whole: waiting for more to send would only delay them.
    stream.set_nodelay(true)?;
    Ok((stream, peer, place))
}

/// The service on one connection.
#[derive(Debug)]
struct ConnectionService {
    gate: EdgeService,
    from: ConnectionInfo,
}

impl hyper::service::Service<Request<Incoming>> for ConnectionService {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = ResponseFuture;

    fn call(&self, request: Request<Incoming>) -> ResponseFuture {
        // Bodies are not read; a request that has one is refused by its head.
        self.gate.answer(Some(self.from), request.map(|_| Body::empty()))
    }
}
