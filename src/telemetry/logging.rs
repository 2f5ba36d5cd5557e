//! The log, on standard error. Logging never blocks a request.
//!
//! A separate thread writes the lines. When the reader of standard error stalls, or lines arrive faster than the thread can
//! write them, lines are dropped and counted.

use std::{
    io::{self, IsTerminal, Write},
    sync::{
        atomic::{AtomicU64, Ordering},
        mpsc::{SyncSender, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::Context;
use tracing_subscriber::{Layer, filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::LogFormat;

/// The number of lines that wait to be written.
const MAX_QUEUED_LINES: usize = 10_000;
/// The time that the program waits for them when it ends.
const FLUSH_TIMEOUT: Duration = Duration::from_millis(300);

static QUEUED: AtomicU64 = AtomicU64::new(0);
static DROPPED: AtomicU64 = AtomicU64::new(0);

/// Starts the log. `filter` has the syntax of `RUST_LOG`: levels for targets, as in `warn,bayan=info`. Filters by span and by
/// field are not supported, since they would bring a regular-expression engine.
///
/// # Errors
/// When the filter is invalid.
pub fn init(filter: &str, format: LogFormat) -> anyhow::Result<()> {
    let filter: Targets = filter.parse().context("--log or BAYAN_LOG is invalid")?;
    let (sender, lines) = sync_channel::<Vec<u8>>(MAX_QUEUED_LINES);
    thread::Builder::new().name("log".to_owned()).spawn(move || {
        for line in lines {
            // When standard error is closed there is nowhere to report it.
            let _ = io::stderr().write_all(&line);
            QUEUED.fetch_sub(1, Ordering::Relaxed);
        }
    })?;
    let lines = tracing_subscriber::fmt::layer().with_ansi(io::stderr().is_terminal()).with_writer(move || ChannelWriter(sender.clone()));
    let lines = match format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().boxed(),
    };
    tracing_subscriber::registry().with(lines.with_filter(filter)).try_init()?;
    Ok(())
}

/// Waits until the queued lines are written, but only for a fraction of a second.
pub fn flush() {
    let deadline = Instant::now() + FLUSH_TIMEOUT;
    while QUEUED.load(Ordering::Relaxed) > 0 && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(2));
    }
}

/// The number of lines that were dropped since the start.
#[must_use]
pub fn dropped() -> u64 {
    DROPPED.load(Ordering::Relaxed)
}

/// Queues whole lines without blocking.
struct ChannelWriter(SyncSender<Vec<u8>>);

impl Write for ChannelWriter {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        QUEUED.fetch_add(1, Ordering::Relaxed);
        if self.0.try_send(line.to_owned()).is_err() {
            QUEUED.fetch_sub(1, Ordering::Relaxed);
            DROPPED.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
