//! The log, on standard error. Logging never blocks a request.
//!
//! A separate thread writes the lines, in batches: after it wrote some, it waits a little, so that busy times do not wake it for
//! each line. When the reader of standard error stalls, or lines arrive faster than the thread can write them, lines are dropped
//! and counted.

use std::{
    io::{self, IsTerminal, Write},
    mem,
    sync::{
        Condvar, LazyLock, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
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
/// How long the thread waits after a batch before it writes the next one.
const BATCH_INTERVAL: Duration = Duration::from_millis(10);
/// A longer buffer is not used again, in bytes.
const MAX_REUSED_BYTES: usize = 64 * 1024;
/// The time that the program waits for the lines when it ends.
const FLUSH_TIMEOUT: Duration = Duration::from_millis(300);

static QUEUE: LazyLock<Queue> = LazyLock::new(Queue::default);
static DROPPED_LINES: AtomicU64 = AtomicU64::new(0);

/// The lines that wait to be written.
#[derive(Default)]
struct Queue {
    state: Mutex<QueueState>,
    /// Notified when the first line arrives while the thread waits for one.
    has_lines: Condvar,
}

#[derive(Default)]
struct QueueState {
    lines: Vec<u8>,
    /// How many bytes of lines the thread has taken, and not yet written.
    taken_bytes: usize,
    /// Whether the thread waits for a line.
    is_idle: bool,
}

impl Queue {
    fn state(&self) -> MutexGuard<'_, QueueState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a whole line, unless too many wait. Never blocks for longer than a line is copied.
    fn push(&self, line: &[u8]) -> bool {
        let mut state = self.state();
        if state.taken_bytes + state.lines.len() + line.len() > MAX_QUEUED_BYTES {
            return false;
        }
        state.lines.extend_from_slice(line);
        let is_idle = mem::take(&mut state.is_idle);
        drop(state);
        if is_idle {
            self.has_lines.notify_one();
        }
        true
    }

    /// Waits for lines, and takes all of them. `buffer` is used for the next ones.
    fn take(&self, buffer: Vec<u8>) -> Vec<u8> {
        let mut state = self.state();
        while state.lines.is_empty() {
            state.is_idle = true;
            state = self.has_lines.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.is_idle = false;
        state.taken_bytes = state.lines.len();
        mem::replace(&mut state.lines, buffer)
    }

    fn is_empty(&self) -> bool {
        let state = self.state();
        state.lines.is_empty() && state.taken_bytes == 0
    }
}

/// Starts the log. `filter` has the syntax of `RUST_LOG`: levels for targets, as in `warn,bayan=info`. Filters by span and by
/// field are not supported, since they would bring a regular-expression engine.
///
/// # Errors
/// When the filter is invalid.
pub fn init(filter: &str, format: LogFormat) -> anyhow::Result<()> {
    let filter: Targets = filter.parse().context("--log or BAYAN_LOG is invalid")?;
    thread::Builder::new().name("log".to_owned()).spawn(|| {
        let mut lines = Vec::new();
        loop {
            lines = QUEUE.take(lines);
            // When standard error is closed there is nowhere to report it.
            let _ = io::stderr().write_all(&lines);
            lines.clear();
            lines.shrink_to(MAX_REUSED_BYTES);
            QUEUE.state().taken_bytes = 0;
            thread::sleep(BATCH_INTERVAL);
        }
    })?;
    let format = LineFormat(format);
    let lines = tracing_subscriber::fmt::layer().fmt_fields(format).event_format(format);
    let lines = lines.with_ansi(io::stderr().is_terminal()).with_writer(|| QueueWriter);
    tracing_subscriber::registry().with(lines).with(filter).with(RepeatedCauses).try_init()?;
    Ok(())
}

/// Logs what was counted only, and waits until the queued lines are written, but only for a fraction of a second.
pub fn flush() {
    RepeatedCauses::end();
    let deadline = Instant::now() + FLUSH_TIMEOUT;
    while !QUEUE.is_empty() && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(2));
    }
}

/// The number of lines that were dropped since the start.
#[must_use]
pub fn dropped() -> u64 {
    DROPPED_LINES.load(Ordering::Relaxed)
}

/// Queues whole lines without blocking.
struct QueueWriter;

impl Write for QueueWriter {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if !QUEUE.push(line) {
            DROPPED_LINES.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_taken_in_order_and_those_beyond_the_bound_are_rejected() {
        let queue = Queue::default();
        assert!(queue.is_empty() && queue.push(b"one\n") && queue.push(b"two\n") && !queue.is_empty());
        let taken = queue.take(Vec::new());
        assert_eq!(taken, b"one\ntwo\n");
        assert!(!queue.is_empty(), "the lines are not written yet");
        assert!(queue.push(&vec![b'x'; MAX_QUEUED_BYTES - taken.len()]) && !queue.push(b"y"));
        assert_eq!(queue.take(taken).len(), MAX_QUEUED_BYTES - 8);
    }

    #[test]
    fn a_line_wakes_the_thread_that_waits_for_it() {
        let queue = LazyLock::new(Queue::default);
        thread::scope(|scope| {
            let taken = scope.spawn(|| queue.take(Vec::new()));
            while !queue.state().is_idle {
                thread::yield_now();
            }
            assert!(queue.push(b"one\n") && !queue.state().is_idle);
            assert_eq!(taken.join().unwrap(), b"one\n");
        });
    }
}
