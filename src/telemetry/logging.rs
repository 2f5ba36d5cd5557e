//! The log, on standard error. Logging never blocks a request.
//!
//! A separate thread writes the lines. When the reader of standard error stalls, or lines arrive faster than the thread can
//! write them, lines are dropped and counted.

use std::{
    io::{self, IsTerminal, Write},
    sync::{
        atomic::{AtomicU64, AtomicUsize, Ordering},
        mpsc::{Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::Context;
use tracing_subscriber::{filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

use crate::{
    config::LogFormat,
    telemetry::{line::LineFormat, repeated_causes::RepeatedCauses},
};

/// The bytes of the lines that wait to be written.
const MAX_QUEUED_BYTES: usize = 4 * 1024 * 1024;
/// About what a line takes in memory besides its text, in bytes.
const LINE_OVERHEAD_BYTES: usize = 64;
/// The time that the program waits for the lines when it ends.
const FLUSH_TIMEOUT: Duration = Duration::from_millis(300);

static QUEUED_BYTES: AtomicUsize = AtomicUsize::new(0);
static DROPPED_LINES: AtomicU64 = AtomicU64::new(0);

/// Starts the log. `filter` has the syntax of `RUST_LOG`: levels for targets, as in `warn,bayan=info`. Filters by span and by
/// field are not supported, since they would bring a regular-expression engine.
///
/// # Errors
/// When the filter is invalid.
pub fn init(filter: &str, format: LogFormat) -> anyhow::Result<()> {
    let filter: Targets = filter.parse().context("--log or BAYAN_LOG is invalid")?;
    let (sender, lines) = channel::<Vec<u8>>();
    thread::Builder::new().name("log".to_owned()).spawn(move || {
        for line in lines {
            // When standard error is closed there is nowhere to report it.
            let _ = io::stderr().write_all(&line);
            QUEUED_BYTES.fetch_sub(queued_bytes(&line), Ordering::Relaxed);
        }
    })?;
    let format = LineFormat(format);
    let lines = tracing_subscriber::fmt::layer().fmt_fields(format).event_format(format);
    let lines = lines.with_ansi(io::stderr().is_terminal()).with_writer(move || QueueWriter(sender.clone()));
    tracing_subscriber::registry().with(lines).with(filter).with(RepeatedCauses).try_init()?;
    Ok(())
}

/// Logs what was counted only, and waits until the queued lines are written, but only for a fraction of a second.
pub fn flush() {
    RepeatedCauses::end();
    let deadline = Instant::now() + FLUSH_TIMEOUT;
    while QUEUED_BYTES.load(Ordering::Relaxed) > 0 && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(2));
    }
}

/// The number of lines that were dropped since the start.
#[must_use]
pub fn dropped() -> u64 {
    DROPPED_LINES.load(Ordering::Relaxed)
}

/// What a line counts for in the queue, in bytes.
const fn queued_bytes(line: &[u8]) -> usize {
    line.len() + LINE_OVERHEAD_BYTES
}

/// Queues whole lines without blocking.
struct QueueWriter(Sender<Vec<u8>>);

impl Write for QueueWriter {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let bytes = queued_bytes(line);
        let reserve = |queued: usize| Some(queued + bytes).filter(|queued| *queued <= MAX_QUEUED_BYTES);
        let is_reserved = QUEUED_BYTES.fetch_update(Ordering::Relaxed, Ordering::Relaxed, reserve).is_ok();
        if !is_reserved || self.0.send(line.to_owned()).is_err() {
            DROPPED_LINES.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
