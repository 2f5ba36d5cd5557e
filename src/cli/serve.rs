//! Without a subcommand: opens the database and serves it until a signal.

use std::{
    future,
    io::{self, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    pin::pin,
    thread,
};

use tokio::sync::mpsc;

use crate::{
    cli::{
        file_descriptors,
        signals::{OtherSignals, shutdown_signal},
        sockets::{self, InheritedSocket, Sockets},
        supervisor,
    },
    clock::Clock,
    config::{Limits, Seconds, Settings},
    http::{
        AppState,
        edge::{ConnectionInfo, client_key},
        router,
    },
    server::{ClientKey, ConnectionEvent, Server, ServerLimits},
    storage::{self, Database, WatchEvent},
    telemetry::{
        logging,
        metrics::{DropReason, Metrics},
    },
};

/// The connections of the admin listener, which have a bound of their own.
const ADMIN_CONNECTIONS: usize = 64;

/// Serves until the process gets SIGTERM, SIGINT or SIGQUIT.
///
/// # Errors
/// When the log filter is invalid, or the database or an address cannot be opened.
pub fn serve(settings: &Settings) -> anyhow::Result<()> {
    serve_with(settings, |_| {})
}

/// As [`serve`]; `on_start` gets the state before the first request.
///
/// # Errors
/// As [`serve`].
pub fn serve_with(settings: &Settings, on_start: impl FnOnce(AppState)) -> anyhow::Result<()> {
    let inherited = sockets::inherited()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let result = runtime.block_on(run(settings, inherited, on_start));
    // Work that blocks, such as reading from a file system that does not respond, does not delay the exit.
    runtime.shutdown_background();
    result
}

async fn run(settings: &Settings, inherited: Vec<InheritedSocket>, on_start: impl FnOnce(AppState)) -> anyhow::Result<()> {
    logging::init(&settings.log, settings.log_format)?;
    // Registered before anything slow, so that a signal ends the start as well.
    let mut signal = pin!(shutdown_signal()?);
    let other_signals = OtherSignals::register()?;
    let max_connections = file_descriptors::raise_limit(settings.limits.max_connections.get());
    let limits = &settings.limits;
    let open = async {
        let database = Database::open(&settings.database, limits).await?;
        let sockets = if inherited.is_empty() { Sockets::bind(&settings.listen, "--listen or BAYAN_LISTEN").await? } else { Sockets::adopt(inherited)? };
        let admin = Sockets::bind(settings.admin_listen.as_slice(), "--admin-listen or BAYAN_ADMIN_LISTEN").await?;
        anyhow::Ok((database, sockets, admin))
    };
    let (database, sockets, admin) = tokio::select! {
        opened = open => opened?,
        // The next start removes an unfinished build.
        () = &mut signal => return Ok(()),
    };
    // Behind a Unix socket alone there is a proxy, whose address only the public URL names.
    let address = sockets.tcp.first().copied().unwrap_or(SocketAddr::from((Ipv4Addr::UNSPECIFIED, 80)));
    let state = AppState::new(database.corpus.clone(), Clock::system(settings.today), settings.public_url.as_ref())
        .with_local_addr(address)
        .with_security_contacts(&settings.security_contact)
        .with_limits(limits.clone());
    if settings.public_url.is_none() {
        let root = state.local_site().root();
        tracing::warn!("BAYAN_PUBLIC_URL is not set: links in calendars, feeds, tables, citations and pages begin with {root}");
    }
    state.metrics().max_connections.set(max_connections.try_into().unwrap_or(i64::MAX));
    let (watched, (reload, reloads)) = (state.clone(), mpsc::channel(1));
    tokio::spawn(storage::watch(database, settings.database.clone(), limits.clone(), reloads, move |event| match event {
        WatchEvent::Data(corpus) => watched.replace(&corpus),
        WatchEvent::Rejected(is_rejected) => drop(watched.metrics().data_file_rejected.set(is_rejected.into())),
    }));
    tokio::spawn(other_signals.handle(reload));
    on_start(state.clone());
    print_line(startup_line(&state, &sockets, &admin));
    supervisor::notify("READY=1");

    let metrics = if admin.listeners.is_empty() { router::Metrics::Public } else { router::Metrics::Private };
    let (service, admin_service) = (router::service(state.clone(), metrics), router::admin_service(state.clone()));
    let public_server = Server {
        limits: ServerLimits { max_connections, ..server_limits(limits) },
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
    let admin_server = Server {
        limits: ServerLimits { max_connections: ADMIN_CONNECTIONS, ..server_limits(limits) },
        make_service: |peer, expires_at| admin_service.for_connection(ConnectionInfo { peer, expires_at }),
        on_parse_error: {
            let service = admin_service.clone();
            move |peer, status| service.on_parse_error(peer, status)
        },
        client_key: |_| None,
        on_event: |_| {},
    };
    let shutdown = async {
        signal.await;
        // A proxy that checks readiness sends new requests elsewhere before the listener closes.
        state.drain();
        tokio::time::sleep(limits.shutdown_delay.get()).await;
    };
    tokio::select! {
        () = public_server.run(sockets.listeners, shutdown) => {}
        // Monitoring goes on until the end.
        () = admin_server.run(admin.listeners, future::pending()) => {}
    }
    service.log_error_counts();
    Ok(())
}

/// Says where the service listens.
fn startup_line(state: &AppState, sockets: &Sockets, admin: &Sockets) -> String {
    let root = state.local_site().root();
    let first = if sockets.tcp.is_empty() { "Bayan".to_owned() } else { format!("Pages: {root}  API: {root}v1  Docs: {root}docs") };
    let others = sockets.addresses().skip(usize::from(!sockets.tcp.is_empty())).map(|address| format!("Also: {address}"));
    let admin = admin.addresses().map(|address| format!("Admin: {address}"));
    [first].into_iter().chain(others).chain(admin).collect::<Vec<_>>().join("  ")
}

/// Prints a line on standard output, if somebody reads it. Where nobody does, that neither ends nor delays the service.
fn print_line(line: String) {
    thread::spawn(move || {
        if let Err(cause) = writeln!(io::stdout(), "{line}") {
            tracing::debug!(%cause, "the address cannot be printed");
        }
    });
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
