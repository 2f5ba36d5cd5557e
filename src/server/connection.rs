//! One connection: serves its requests, and closes it so that the client can read the last response.

use std::{
    convert::Infallible,
    error::Error,
    future::poll_fn,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use hyper::{
    HeaderMap, Request, Response, StatusCode, Version,
    body::{Body, Incoming},
    header::{self, HeaderName, HeaderValue},
    server::conn::http1::Connection,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    sync::watch,
    time::{self, Instant},
};
use tower::Service;

use crate::server::{
    activity::{Activity, Phase, PhaseTimeouts},
    listener::Stream,
    parse_errors::ParseErrorRewriter,
};

/// The time for which input is discarded before a connection is closed, so that the client can read the response first.
const LINGER_TIMEOUT: Duration = Duration::from_secs(1);
/// A client is told to give up an idle connection this much earlier than the server does: whoever closes a connection while
/// the other sends a request loses that request.
const MAX_KEEP_ALIVE_MARGIN: Duration = Duration::from_secs(5);

/// A tower service as hyper calls it. The service must always be ready.
#[derive(Debug)]
pub struct ConnectionService<S> {
    service: S,
    activity: Arc<Activity>,
    /// The value of `Keep-Alive`.
    keep_alive: HeaderValue,
}

impl<S> ConnectionService<S> {
    /// Wraps the service of one connection. `keep_alive` is the value of the header of that name.
    pub const fn new(service: S, activity: Arc<Activity>, keep_alive: HeaderValue) -> Self {
        Self { service, activity, keep_alive }
    }
}

impl<S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible, Future: Unpin> + Clone, B> hyper::service::Service<Request<Incoming>>
    for ConnectionService<S>
{
    type Response = Response<B>;
    type Error = Infallible;
    type Future = ConnectionResponse<S::Future>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        self.activity.enter(Phase::Handling);
        let keep_alive = stays_open(&request).then(|| self.keep_alive.clone());
        ConnectionResponse { response: self.service.clone().call(request), activity: self.activity.clone(), keep_alive }
    }
}

/// Whether the client may send another request on the connection (RFC 9112, section 9.3), and reads `Keep-Alive`.
fn stays_open<B>(request: &Request<B>) -> bool {
    let is_close = |line: &HeaderValue| line.as_bytes().split(|byte| *byte == b',').any(|option| option.trim_ascii().eq_ignore_ascii_case(b"close"));
    request.version() == Version::HTTP_11 && !request.headers().get_all(header::CONNECTION).iter().any(is_close)
}

/// The response to a request, with the header fields about the connection.
#[derive(Debug)]
pub struct ConnectionResponse<F> {
    response: F,
    activity: Arc<Activity>,
    keep_alive: Option<HeaderValue>,
}

impl<F: Future<Output = Result<Response<B>, Infallible>> + Unpin, B> Future for ConnectionResponse<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Ok(mut response) = ready!(Pin::new(&mut self.response).poll(context));
        self.activity.enter(Phase::Writing);
        let headers = response.headers_mut();
        if self.activity.is_leaving() {
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        } else if let Some(keep_alive) = self.keep_alive.take()
            && !headers.contains_key(header::CONNECTION)
        {
            headers.insert(header::CONNECTION, HeaderValue::from_static("keep-alive"));
            headers.insert(HeaderName::from_static("keep-alive"), keep_alive);
        }
        Poll::Ready(Ok(response))
    }
}

/// The value of `Keep-Alive` (RFC 2068, section 19.7.1.1): for how many seconds at least an idle connection stays open.
pub fn keep_alive_value(timeout: Duration) -> HeaderValue {
    let promised = timeout.saturating_sub(MAX_KEEP_ALIVE_MARGIN.min(timeout / 4));
    HeaderValue::try_from(format!("timeout={}", promised.as_secs())).unwrap_or(HeaderValue::from_static(""))
}

/// The bounds of a connection.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionTimeouts {
    /// The time that it may stay in each phase.
    pub phases: PhaseTimeouts,
    /// The time after which it is cut off, whatever it does.
    pub max_duration: Duration,
}

/// Why a connection is no longer served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The client or the last response closed it.
    Closed,
    /// It was idle for too long, or the server shuts down.
    Idle,
    /// The client did not send or take bytes in time.
    TimedOut,
    /// It made room for another.
    Evicted,
}

/// Serves the requests of a connection until a response closes it, the client leaves or stalls, or the server shuts down.
pub async fn drive_connection<P, S, B>(
    mut connection: Connection<ParseErrorRewriter<P>, ConnectionService<S>>,
    activity: &Activity,
    timeouts: ConnectionTimeouts,
    shutdown: watch::Receiver<()>,
) -> Ending
where
    P: Fn(SocketAddr, StatusCode) -> (HeaderMap, Vec<u8>) + Unpin,
    S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible, Future: Unpin> + Clone + Unpin,
    B: Body<Error: Into<Box<dyn Error + Send + Sync>>> + 'static,
{
    let ending = serve_requests(&mut connection, activity, timeouts, shutdown).await;
    let stream = connection.into_parts().io.into_inner().stream;
    match ending {
        Ending::Closed | Ending::Idle => {
            activity.read_clock();
            activity.enter(Phase::Closing);
            tokio::select! {
                () = lingering_close(stream) => {}
                () = activity.evicted() => {}
            }
        }
        Ending::TimedOut | Ending::Evicted => {
            if activity.phase() == Phase::Writing {
                stream.discard_unsent();
            }
        }
    }
    ending
}

async fn serve_requests<P, S, B>(
    connection: &mut Connection<ParseErrorRewriter<P>, ConnectionService<S>>,
    activity: &Activity,
    timeouts: ConnectionTimeouts,
    mut shutdown: watch::Receiver<()>,
) -> Ending
where
    P: Fn(SocketAddr, StatusCode) -> (HeaderMap, Vec<u8>) + Unpin,
    S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible, Future: Unpin> + Clone + Unpin,
    B: Body<Error: Into<Box<dyn Error + Send + Sync>>> + 'static,
{
    let cut_off_at = Instant::now() + timeouts.max_duration;
    let mut timer = pin!(time::sleep_until(cut_off_at));
    let shutdown_flag = shutdown.clone();
    let mut woken = pin!(async {
        tokio::select! { _ = shutdown.changed() => {}, () = activity.evicted() => {} }
    });
    let mut is_first_poll = true;
    poll_fn(|context| {
        let mut now = activity.read_clock();
        if std::mem::take(&mut is_first_poll) {
            // Once: both wake this task, whose waker stays the same, and set a flag, which costs less to read than they to poll.
            let _ = woken.as_mut().poll(context);
        }
        // First, so that a request that has arrived counts before a timeout does.
        if let Poll::Ready(ended) = connection.poll_without_shutdown(context) {
            if let Err(cause) = ended {
                tracing::debug!(%cause, "a connection ended early");
            }
            return Poll::Ready(Ending::Closed);
        }
        if !activity.is_leaving() {
            if activity.is_evicted() && activity.phase() != Phase::Handling {
                return Poll::Ready(Ending::Evicted);
            }
            // A request that is being handled gets its response. The sender is dropped only after the shutdown.
            if activity.is_evicted() || shutdown_flag.has_changed().unwrap_or(true) {
                activity.leave();
            }
        }
        if activity.is_leaving() && activity.phase() == Phase::Idle {
            return Poll::Ready(Ending::Idle);
        }
        loop {
            let deadline = activity.deadline(&timeouts.phases).map_or(cut_off_at, |deadline| deadline.min(cut_off_at));
            if now >= deadline {
                return Poll::Ready(if activity.phase() == Phase::Idle { Ending::Idle } else { Ending::TimedOut });
            }
            // A deadline that moves away, as it does with every request, leaves the timer alone until it fires.
            if deadline < timer.deadline() || timer.is_elapsed() {
                timer.as_mut().reset(deadline);
            }
            ready!(timer.as_mut().poll(context));
            now = activity.read_clock();
        }
    })
    .await
}

/// Closes a connection once the client has read the response. The client may still be sending; closing a socket with unread
/// input makes the kernel reset the connection, and the client may lose the response (RFC 9112, section 9.6).
async fn lingering_close(mut stream: Stream) {
    // This fails if the client is gone.
    if stream.shutdown().await.is_err() {
        return;
    }
    let mut discarded = [0; 4096];
    let _ = time::timeout(LINGER_TIMEOUT, async { while matches!(stream.read(&mut discarded).await, Ok(length) if length > 0) {} }).await;
}
