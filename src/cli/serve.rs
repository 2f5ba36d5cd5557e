//! Without a subcommand: opens the database and serves it until a signal.

use std::{
    io::{self, Write},
    net::IpAddr,
    pin::pin,
};

use anyhow::Context;
use tokio::{net::TcpListener, signal::unix};

use crate::{
    clock::Clock,
    config::{Limits, Seconds, Settings},
    http::{
        AppState,
        edge::{ConnectionInfo, client_key},
        router,
    },
    server::{ClientKey, ConnectionEvent, Listener, Server, ServerLimits},
    storage::{self, Database},
    telemetry::{
        logging,
        metrics::{DropReason, Metrics},
    },
};

/// Serves until the process gets SIGTERM or SIGINT.
///
/// # Errors
/// When the log filter is invalid, or the database or the address cannot be opened.
#[tokio::main]
pub async fn serve(settings: &Settings) -> anyhow::Result<()> {
    let limits = &settings.limits;
    logging::init(&settings.log, settings.log_format)?;
    // Registered before anything slow, so that a signal ends the start as well.
    let mut signal = pin!(shutdown_signal()?);
    let database = tokio::select! {
        database = Database::open(&settings.database, limits) => database?,
        // The next start removes an unfinished build.
        () = &mut signal => return Ok(()),
    };
    let listener = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("cannot listen on {}; choose another address with --listen or BAYAN_LISTEN", settings.listen))?;
    let address = listener.local_addr()?;
    let state = AppState::new(database.corpus.clone(), Clock::system(settings.today), settings.public_url.as_ref())
        .with_local_addr(address)
        .with_limits(limits.clone());
    let root = state.local_site().root();
    if settings.public_url.is_none() {
        tracing::warn!("BAYAN_PUBLIC_URL is not set: links in calendars, feeds, tables, citations and pages begin with {root}");
    }
    let replaced = state.clone();
    tokio::spawn(storage::watch(database, settings.database.clone(), limits.clone(), move |corpus| replaced.replace(corpus)));
    writeln!(io::stdout(), "Pages: {root}  API: {root}v1  Docs: {root}docs")?;
    state.metrics().max_connections.set(limits.max_connections.get().try_into().unwrap_or(i64::MAX));
    let service = router::service(state.clone());
    let server = Server {
        limits: server_limits(limits),
        make_service: |peer, expires_at| service.for_connection(ConnectionInfo { peer, expires_at }),
        on_parse_error: {
            let service = service.clone();
            move |peer, status| service.on_parse_error(peer, status)
        },
        client_key: |ip| bounded_client(ip, limits),
        on_event: {
            let state = state.clone();
            move |event| record_connection(state.metrics(), event)
        },
    };
    let shutdown = async {
        signal.await;
        // A proxy that checks readiness sends new requests elsewhere before the listener closes.
        state.drain();
        tokio::time::sleep(limits.shutdown_delay.get()).await;
    };
    server.run(vec![Listener::Tcp(listener)], shutdown).await;
    Ok(())
}

/// The client whose connections are bounded; `None` for a trusted proxy, which has many clients, and for a network without a
/// rate limit.
fn bounded_client(ip: IpAddr, limits: &Limits) -> Option<ClientKey> {
    let is_unbounded = limits.trusted_proxies.contains(ip) || limits.rate_limit_exempt.contains(ip);
    (!is_unbounded).then(|| client_key(ip))
}

fn record_connection(metrics: &Metrics, event: ConnectionEvent) {
    match event {
        ConnectionEvent::Opened => drop(metrics.connections.inc()),
        ConnectionEvent::Closed => drop(metrics.connections.dec()),
        ConnectionEvent::TimedOut => metrics.connection_dropped(DropReason::Timeout),
        ConnectionEvent::Evicted => metrics.connection_dropped(DropReason::Evicted),
        ConnectionEvent::Refused => metrics.connection_dropped(DropReason::Refused),
    }
}

/// The limits of connections.
fn server_limits(limits: &Limits) -> ServerLimits {
    // A connection at its maximum age may still be idle, send a header section and a body, and read a response.
    let lasts =
        [limits.max_connection_age, limits.keep_alive_timeout, limits.header_read_timeout, limits.request_timeout, limits.request_timeout, limits.send_timeout];
    ServerLimits {
        header_read_timeout: limits.header_read_timeout.get(),
        keep_alive_timeout: limits.keep_alive_timeout.get(),
        send_timeout: limits.send_timeout.get(),
        max_header_bytes: limits.max_header_bytes,
        max_connections: limits.max_connections.get(),
        max_connections_per_client: limits.max_connections_per_client.get(),
        max_age: limits.max_connection_age.get(),
        max_duration: lasts.map(Seconds::get).into_iter().sum(),
        shutdown_timeout: limits.shutdown_timeout.get(),
    }
}

/// A future that is ready when the process gets SIGTERM or SIGINT.
fn shutdown_signal() -> io::Result<impl Future<Output = ()>> {
    let mut terminate = unix::signal(unix::SignalKind::terminate())?;
    let mut interrupt = unix::signal(unix::SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {},
            _ = interrupt.recv() => {},
        }
        tracing::info!("shutting down; requests in flight are finished");
    })
}
