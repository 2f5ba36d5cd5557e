//! The log: on standard error, and never waited for.
//!
//! Lines are written on a thread of their own. Where whoever reads them stalls, they are dropped and counted, rather than
//! that requests wait for a log.

use std::{
    io::{self, IsTerminal},
    sync::OnceLock,
};

use anyhow::Context;
use tracing_appender::non_blocking::{ErrorCounter, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

/// How many lines wait to be written at the most.
const WAITING: usize = 10_000;

static DROPPED: OnceLock<ErrorCounter> = OnceLock::new();

/// Begins to log. What waits when the guard is dropped is still written, within about a second.
///
/// # Errors
/// When what to log is not understood.
pub fn start(config: &Config) -> anyhow::Result<WorkerGuard> {
    let filter = EnvFilter::try_new(&config.log).context("--log or BAYAN_LOG is not understood")?;
    let (writer, guard) = NonBlockingBuilder::default().buffered_lines_limit(WAITING).lossy(true).finish(io::stderr());
    DROPPED.get_or_init(|| writer.error_counter());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(io::stderr().is_terminal()).with_writer(writer);
    match config.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
    Ok(guard)
}

/// How many lines were dropped since the start.
#[must_use]
pub fn dropped() -> u64 {
    DROPPED.get().map_or(0, |dropped| dropped.dropped_lines().try_into().unwrap_or(u64::MAX))
}
