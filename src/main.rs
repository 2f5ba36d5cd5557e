//! The program: configuration, log, database, service, straight down.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    pin::pin,
    time::Duration,
};

use anyhow::{Context, bail};
use bayan::{
    AppState,
    clock::Clock,
    config::{Command, Config},
    http::edge::EdgeService,
    server, storage,
    telemetry::logging,
};
use clap::Parser;
use tokio::{net::TcpListener, signal::unix};

fn main() -> std::process::ExitCode {
    let config = Config::parse();
    let done = match config.command {
        Some(Command::Health) => health(config.listen),
        None => serve(&config),
    };
    logging::finish();
    match done {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(cause) => {
            // One line, whatever the cause.
            let _ = writeln!(io::stderr(), "bayan: {cause:#}");
            std::process::ExitCode::FAILURE
        }
    }
}

/// Serves until it is told to stop.
#[tokio::main]
async fn serve(config: &Config) -> anyhow::Result<()> {
    logging::start(config)?;
    // Before anything that takes time: whoever starts the process may already ask it to stop.
    let mut stop = pin!(stop()?);
    let corpus = tokio::select! {
        corpus = storage::open_with_limits(&config.database, &config.limits) => corpus?,
        // What is left of a build that does not end is swept by the next one.
        () = &mut stop => return Ok(()),
    };
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("cannot listen on {}; choose another address with --listen or BAYAN_LISTEN", config.listen))?;
    let address = listener.local_addr()?;
    let state = AppState::new(corpus.clone(), Clock::system(config.today), config.public_url.as_deref()).listening_on(address).within(config.limits.clone());
    let served = state.clone();
    tokio::spawn(storage::watch(config.database.clone(), config.limits.clone(), corpus, move |corpus| served.replace(corpus)));
    writeln!(io::stdout(), "bayan answers at http://{address}/v1 and explains itself at http://{address}/docs/")?;
    server::run(listener, EdgeService::new(state), stop).await;
    Ok(())
}

/// Ready when the process is told to stop.
fn stop() -> io::Result<impl Future<Output = ()>> {
    let mut terminate = unix::signal(unix::SignalKind::terminate())?;
    let mut interrupt = unix::signal(unix::SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {},
            _ = interrupt.recv() => {},
        }
        tracing::info!("stopping; requests in flight are finished");
    })
}

/// Asks the service on this machine whether it can answer.
fn health(listen: SocketAddr) -> anyhow::Result<()> {
    let limit = Duration::from_secs(3);
    let host = if listen.ip().is_unspecified() { SocketAddr::from(([127, 0, 0, 1], listen.port())) } else { listen };
    let mut stream = TcpStream::connect_timeout(&host, limit).with_context(|| format!("nothing answers at {host}"))?;
    stream.set_read_timeout(Some(limit))?;
    write!(stream, "GET /health/ready HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut head = [0; 12];
    stream.read_exact(&mut head)?;
    if head.ends_with(b" 200") { Ok(()) } else { bail!("the service at {host} cannot answer") }
}
