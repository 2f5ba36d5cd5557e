//! `bayan withdraw`: takes a statement out of the database, with a reason for its readers.

use std::{
    io::{self, Write},
    path::Path,
};

use crate::{cli::import::report, clock::Clock, corpus::BilingualText, storage};

/// Withdraws a statement, or corrects the reason of one that is withdrawn.
///
/// # Errors
/// When there is no such statement, the next file cannot be built, or the output cannot be written.
pub fn withdraw(database: &Path, id: &str, reason: &BilingualText, clock: &Clock) -> anyhow::Result<()> {
    let withdrawn = storage::withdraw(database, id, reason, clock.now())?;
    let mut out = io::stdout().lock();
    report(&withdrawn, false, &mut out)?;
    Ok(out.flush()?)
}
