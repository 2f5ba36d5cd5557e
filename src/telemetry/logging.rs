//! The log: on standard error, and never waited for.
//!
//! Lines are written on a thread of their own. Where whoever reads them stalls, or more come than can be written, they are
//! dropped and counted, rather than that requests wait for a log.

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
use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

/// How many lines wait to be written at the most.
const MOST: usize = 10_000;
/// How long the end of the program waits for them.
const PATIENCE: Duration = Duration::from_millis(300);

static WAITING: AtomicU64 = AtomicU64::new(0);
static DROPPED: AtomicU64 = AtomicU64::new(0);

/// Begins to log.
///
/// # Errors
/// When what to log is not understood.
pub fn start(config: &Config) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.log).context("--log or BAYAN_LOG is not understood")?;
    let (lines, waiting) = sync_channel::<Vec<u8>>(MOST);
    thread::Builder::new().name("log".to_owned()).spawn(move || {
        for line in waiting {
            // Where standard error is closed nobody can be told.
            let _ = io::stderr().write_all(&line);
            WAITING.fetch_sub(1, Ordering::Relaxed);
        }
    })?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(io::stderr().is_terminal()).with_writer(move || Lines(lines.clone()));
    match config.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
    Ok(())
}

/// Waits until what was logged is written, but not for whoever does not read.
pub fn finish() {
    let until = Instant::now() + PATIENCE;
    while WAITING.load(Ordering::Relaxed) > 0 && Instant::now() < until {
        thread::sleep(Duration::from_millis(2));
    }
}

/// How many lines were dropped since the start.
#[must_use]
pub fn dropped() -> u64 {
    DROPPED.load(Ordering::Relaxed)
}

/// Takes lines, each whole, and lets whoever logs go on.
struct Lines(SyncSender<Vec<u8>>);

impl Write for Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        WAITING.fetch_add(1, Ordering::Relaxed);
        if self.0.try_send(line.to_owned()).is_err() {
            WAITING.fetch_sub(1, Ordering::Relaxed);
            DROPPED.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
