//! Accepts connections until the shutdown, then lets the requests in flight finish.
//!
//! `axum::serve` has no bound of connections, and times out no client; this loop does. HTTP/1.1 only: HTTP/2 and TLS end at
//! the proxy.

use std::{
    convert::Infallible,
    error::Error,
    future::poll_fn,
    io,
    net::{IpAddr, SocketAddr},
    pin::pin,
    sync::Arc,
    task::Poll,
    time::{Duration, Instant},
};

use hyper::{
    HeaderMap, Request, Response, StatusCode,
    body::{Body, Incoming},
    server::conn::http1,
};
use tokio::{sync::watch, time};
use tower::Service;

use crate::server::{
    activity::PhaseTimeouts,
    connection::{ConnectionService, ConnectionTimeouts, Ending, drive_connection, keep_alive_value},
    listener::{Listener, Stream},
    open_connections::{Admission, ClientKey, OpenConnection, OpenConnections},
    parse_errors::ParseErrorRewriter,
    tracked_stream::TrackedStream,
};

/// Each kind of trouble with connections is logged at most once in this time, since it often comes in large numbers.
const LOG_INTERVAL: Duration = Duration::from_secs(1);
/// The pause after an error of `accept` that the next attempt would meet as well.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

/// The bounds of connections.
#[derive(Clone, Copy, Debug)]
pub struct ServerLimits {
    /// The time that a client has to send a header section, from its first byte.
    pub header_read_timeout: Duration,
    /// The time that a connection may stay idle.
    pub keep_alive_timeout: Duration,
    /// The time in which a client must take some bytes of a response.
    pub send_timeout: Duration,
    /// The buffer for a header section, in bytes. hyper accepts up to twice as much in one read.
    pub max_header_bytes: usize,
    /// The number of open connections.
    pub max_connections: usize,
    /// The number of open connections of one client.
    pub max_connections_per_client: usize,
    /// The age from which the service should close a connection.
    pub max_age: Duration,
    /// The time after which a connection is cut off, even in the middle of a request.
    pub max_duration: Duration,
    /// The time that connections have to finish after the shutdown.
    pub shutdown_timeout: Duration,
}

/// What happens to connections, for metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionEvent {
    /// A connection was opened.
    Opened,
    /// A connection was closed, for whatever reason.
    Closed,
    /// A connection was closed since its client did not send or take bytes in time.
    TimedOut,
    /// A connection was closed to make room for another.
    Evicted,
    /// A connection was refused, since its client has too many.
    Refused,
}

/// A server, before it runs.
#[derive(Debug)]
pub struct Server<M, P, K, E> {
    /// The bounds of connections.
    pub limits: ServerLimits,
    /// Makes the service for one connection, of the peer's address and the time at which the connection reaches its
    /// maximum age.
    pub make_service: M,
    /// Computes the header section and the body of the response to a request that hyper cannot parse.
    pub on_parse_error: P,
    /// Identifies the client whose connections are bounded; `None` for a peer without such a bound.
    pub client_key: K,
    /// Called when something happens to a connection.
    pub on_event: E,
}

impl<M, P, K, E> Server<M, P, K, E> {
    /// Accepts connections until `shutdown` is ready, then waits for the requests in flight.
    pub async fn run<S, B>(self, listeners: Vec<Listener>, shutdown: impl Future<Output = ()>)
    where
        M: Fn(SocketAddr, Instant) -> S,
        P: Fn(SocketAddr, StatusCode) -> (HeaderMap, Vec<u8>) + Clone + Send + Unpin + 'static,
        K: Fn(IpAddr) -> Option<ClientKey>,
        E: Fn(ConnectionEvent) + Clone + Send + 'static,
        S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible, Future: Send + Unpin> + Clone + Send + Unpin + 'static,
        B: Body<Data: Send, Error: Into<Box<dyn Error + Send + Sync>>> + Send + 'static,
    {
        let Self { limits, make_service, on_parse_error, client_key, on_event } = self;
        let phases = PhaseTimeouts { header_read: limits.header_read_timeout, keep_alive: limits.keep_alive_timeout, send: limits.send_timeout };
        let timeouts = ConnectionTimeouts { phases, max_duration: limits.max_duration };
        let keep_alive = keep_alive_value(limits.keep_alive_timeout);
        let mut http = http1::Builder::new();
        http.max_buf_size(limits.max_header_bytes)
            // The timeouts are those of `activity`; hyper's starts at the end of the last response.
            .header_read_timeout(None)
            // hyper's stands still when the clock is set back.
            .auto_date_header(false)
            // A client may half-close after its request; still send the response. A client that is gone altogether looks
            // the same, and gets its response within the same bounds.
            .half_close(true);
        let mut acceptor = Acceptor::new(listeners, OpenConnections::new(limits.max_connections, limits.max_connections_per_client));
        let (shutdown_sender, shutdown_receiver) = watch::channel(());
        let mut shutdown = pin!(shutdown);
        loop {
            let (stream, peer, connection) = tokio::select! {
                biased;
                () = &mut shutdown => break,
                accepted = acceptor.accept(&client_key, &on_event) => accepted,
            };
            let activity = connection.activity.clone();
            let service = ConnectionService::new(make_service(peer, Instant::now() + limits.max_age), activity.clone(), keep_alive.clone());
            let stream = TrackedStream { stream, activity: activity.clone() };
            let http = http.serve_connection(ParseErrorRewriter::new(stream, peer, on_parse_error.clone()), service);
            let (shutdown, on_event) = (shutdown_receiver.clone(), on_event.clone());
            tokio::spawn(async move {
                on_event(ConnectionEvent::Opened);
                match drive_connection(http, &activity, timeouts, shutdown).await {
                    Ending::TimedOut => on_event(ConnectionEvent::TimedOut),
                    Ending::Evicted => on_event(ConnectionEvent::Evicted),
                    Ending::Closed | Ending::Idle => {}
                }
                on_event(ConnectionEvent::Closed);
                drop(connection);
            });
        }
        drop((acceptor, shutdown_receiver));
        shutdown_sender.send_replace(());
        // Every connection holds a receiver. The end of the process cuts off those that remain.
        let _ = time::timeout(limits.shutdown_timeout, shutdown_sender.closed()).await;
    }
}

/// Accepts connections from several sockets, within the bounds.
struct Acceptor {
    listeners: Vec<Listener>,
    /// The socket that is asked first next time, so that a busy one does not starve the others.
    first: usize,
    connections: Arc<OpenConnections>,
    error_logged: LogThrottle,
    full_logged: LogThrottle,
    refused_logged: LogThrottle,
}

impl Acceptor {
    fn new(listeners: Vec<Listener>, connections: Arc<OpenConnections>) -> Self {
        let [error_logged, full_logged, refused_logged] = [const { LogThrottle(None) }; 3];
        Self { listeners, first: 0, connections, error_logged, full_logged, refused_logged }
    }

    /// The next connection that may be served.
    async fn accept(&mut self, client_key: impl Fn(IpAddr) -> Option<ClientKey>, on_event: impl Fn(ConnectionEvent)) -> (Stream, SocketAddr, OpenConnection) {
        loop {
            let (stream, peer) = match self.accept_any().await {
                Ok(accepted) => accepted,
                Err(cause) if concerns_one_connection(&cause) => continue,
                Err(cause) => {
                    if self.error_logged.is_due() {
                        tracing::warn!(%cause, "connections cannot be accepted");
                    }
                    // Most often the process is out of file descriptors.
                    self.connections.evict_longest_waiting();
                    time::sleep(ACCEPT_RETRY_DELAY).await;
                    continue;
                }
            };
            let client = client_key(peer.ip().to_canonical());
            loop {
                match self.connections.admit(client) {
                    Admission::Admitted(connection) => return (stream, peer, connection),
                    Admission::Replaced(connection) => {
                        self.log_client_bound(peer);
                        return (stream, peer, connection);
                    }
                    Admission::Refused => {
                        self.log_client_bound(peer);
                        on_event(ConnectionEvent::Refused);
                        break;
                    }
                    Admission::Full { is_evicting } => {
                        if self.full_logged.is_due() {
                            tracing::warn!(is_evicting, "the maximum number of connections is open; those that wait longest for their clients are closed");
                        }
                        self.connections.wait_for_room().await;
                    }
                }
            }
        }
    }

    async fn accept_any(&mut self) -> io::Result<(Stream, SocketAddr)> {
        self.first = (self.first + 1) % self.listeners.len().max(1);
        let (before, after) = self.listeners.split_at(self.first);
        poll_fn(|context| {
            let accepted = after.iter().chain(before).map(|listener| listener.poll_accept(context));
            accepted.into_iter().find(Poll::is_ready).unwrap_or(Poll::Pending)
        })
        .await
    }

    fn log_client_bound(&mut self, peer: SocketAddr) {
        if self.refused_logged.is_due() {
            tracing::warn!(client_ip = %peer.ip().to_canonical(), "a client has its maximum number of connections; its next ones replace its idle ones");
        }
    }
}

/// Whether an error of `accept` is about the connection that would have been accepted, so that the next one may succeed
/// (accept(2), "Error handling").
fn concerns_one_connection(cause: &io::Error) -> bool {
    use io::ErrorKind::{
        ConnectionAborted, ConnectionRefused, ConnectionReset, HostUnreachable, Interrupted, NetworkDown, NetworkUnreachable, PermissionDenied, TimedOut,
    };
    matches!(
        cause.kind(),
        ConnectionAborted
            | ConnectionRefused
            | ConnectionReset
            | HostUnreachable
            | Interrupted
            | NetworkDown
            | NetworkUnreachable
            | PermissionDenied
            | TimedOut
    )
}

/// Limits how often an event is logged.
struct LogThrottle(Option<Instant>);

impl LogThrottle {
    /// Whether the event should be logged now.
    fn is_due(&mut self) -> bool {
        let is_due = self.0.is_none_or(|logged_at| logged_at.elapsed() > LOG_INTERVAL);
        if is_due {
            self.0 = Some(Instant::now());
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_error_that_the_next_attempt_would_meet_as_well_pauses_accepting() {
        // ECONNABORTED, ECONNRESET, EPERM by a firewall, ENETUNREACH, EINTR.
        for number in [103, 104, 1, 101, 4] {
            assert!(concerns_one_connection(&io::Error::from_raw_os_error(number)), "{number}");
        }
        // EMFILE, ENFILE, ENOBUFS, ENOMEM, EINVAL.
        for number in [24, 23, 105, 12, 22] {
            assert!(!concerns_one_connection(&io::Error::from_raw_os_error(number)), "{number}");
        }
    }
}
