//! One connection: serves its requests, and closes it so that the client can read the last response.

use std::{convert::Infallible, error::Error, future::poll_fn, net::SocketAddr, pin::Pin, time::Duration};

use hyper::{
    HeaderMap, Request, Response, StatusCode,
    body::{Body, Incoming},
    server::conn::http1::Connection,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::watch,
    time,
};
use tower::Service;

use crate::server::parse_errors::ParseErrorRewriter;

/// The time for which input is discarded before a connection is closed, so that the client can read the response first.
const LINGER_TIMEOUT: Duration = Duration::from_secs(1);

/// A tower service as hyper calls it. The service must always be ready.
#[derive(Debug)]
pub struct ConnectionService<S>(S);

impl<S> ConnectionService<S> {
    /// Wraps the service of one connection.
    pub const fn new(service: S) -> Self {
        Self(service)
    }
}

impl<S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible> + Clone, B> hyper::service::Service<Request<Incoming>> for ConnectionService<S> {
    type Response = Response<B>;
    type Error = Infallible;
    type Future = S::Future;

    fn call(&self, request: Request<Incoming>) -> S::Future {
        self.0.clone().call(request)
    }
}

/// Serves the requests of a connection until a response closes it, the client leaves, or the server shuts down.
pub async fn drive_connection<P, S, B>(mut connection: Connection<ParseErrorRewriter<P>, ConnectionService<S>>, mut shutdown: watch::Receiver<()>)
where
    P: Fn(SocketAddr, StatusCode) -> (HeaderMap, Vec<u8>) + Unpin,
    S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible, Future: Unpin> + Clone + Unpin,
    B: Body<Error: Into<Box<dyn Error + Send + Sync>>> + 'static,
{
    let ended = tokio::select! {
        ended = poll_fn(|context| connection.poll_without_shutdown(context)) => Some(ended),
        _ = shutdown.changed() => None,
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
    // A failed shutdown means that the client is gone. After a header read timeout there is no response to read.
    if stream.shutdown().await.is_ok() && !ended.is_err_and(|cause| cause.is_timeout()) {
        lingering_close(stream).await;
    }
}

/// Waits until the client has read the response. The client may still be sending; closing a socket with unread input makes
/// the kernel reset the connection, and the client may lose the response (RFC 9112, section 9.6).
async fn lingering_close(mut stream: TcpStream) {
    let mut discarded = [0; 4096];
    let _ = time::timeout(LINGER_TIMEOUT, async { while matches!(stream.read(&mut discarded).await, Ok(length) if length > 0) {} }).await;
}
