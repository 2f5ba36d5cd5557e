//! Watching the database file: a new file is opened and served; a damaged one is not.

use std::{path::PathBuf, time::Duration};

use tokio::sync::{mpsc, oneshot};

use crate::{
    config::Limits,
    corpus::Corpus,
    storage::{detached, error::Error, file_version::file_version, opener::Database, scrub::scrub},
};

/// How often to look for a new file.
const WATCH_INTERVAL: Duration = Duration::from_millis(300);

/// What the watcher reports.
#[derive(Debug)]
pub enum WatchEvent {
    /// The data to serve from now on: that of a new file, or closed data, after a program has written to the served file.
    Data(Corpus),
    /// Whether the file at the path is, from now on, one that cannot be served.
    Rejected(bool),
}

/// A request to open the file at the path again at once, even if it looks unchanged. It is dropped when that is done.
pub type Reload = oneshot::Sender<()>;

/// Watches an open database, and reports new data within a second. It never returns.
///
/// A new file at the path that cannot be served is logged once, and the old data stays in use. If the file that is being served
/// is not what was published any more, wherever it has been moved, it is closed, and the closed data is reported, so that no
/// response from it stays in a cache. That shows when a program has written to it, when a value that is read differs from its
/// digest, or when the scrub has read the whole of it.
pub async fn watch(mut database: Database, path: PathBuf, limits: Limits, mut reloads: mpsc::Receiver<Reload>, report: impl Fn(WatchEvent)) {
    // The versions that have been dealt with: of the file at the path, and of the file that is served. Both are those that were
    // inspected, so that what happened since is noticed.
    let (mut seen, mut intact) = (database.file.version(), Some(database.file.version()));
    // The last file that was rejected, and whether it was last reported to be at the path.
    let (mut rejected, mut is_rejected) = (None, false);
    // Whether the served file is known to be damaged and is not closed yet.
    let mut is_damaged = false;
    let mut scrubbing = Box::pin(scrub(database.file.clone(), limits.scrub_rate));
    loop {
        let mut reload = None;
        tokio::select! {
            () = tokio::time::sleep(WATCH_INTERVAL) => {}
            Some(request) = reloads.recv() => reload = Some(request),
            () = database.corpus.damaged(), if intact.is_some() => is_damaged = true,
            () = &mut scrubbing, if intact.is_some() => is_damaged = true,
        }
        let (watched, served) = (path.clone(), database.file.clone());
        let look = detached::run(move || (file_version(&watched), served.current_version()));
        let Ok((at_path, Ok(mut current))) = look.await else { continue };
        if is_damaged {
            rejected = at_path.filter(|found| found.is_same_file(current));
        }
        if let Some(found) = at_path.filter(|found| reload.is_some() || *found != seen) {
            // The file that is served may have been changed in place.
            match Database::reopen(&path, &limits, found.is_same_file(current)).await {
                Ok(new) => {
                    tracing::info!(revision = new.corpus.revision, "serving new data");
                    report(WatchEvent::Data(new.corpus.clone()));
                    current = new.file.version();
                    (seen, intact, rejected, is_damaged) = (current, Some(current), None, false);
                    database = new;
                    scrubbing = Box::pin(scrub(database.file.clone(), limits.scrub_rate));
                }
                // These errors may be temporary: the process is out of file descriptors, or the file is not readable yet.
                Err(cause @ (Error::File { .. } | Error::Unreadable(..))) => {
                    if rejected.replace(found) != Some(found) {
                        tracing::error!(%cause, "cannot open the new file yet; serving the old data and trying again");
                    }
                }
                Err(cause) => {
                    (seen, rejected) = (found, Some(found));
                    if !found.is_same_file(current) {
                        tracing::error!(%cause, "cannot serve the new file; serving the old data");
                    }
                }
            }
        }
        if is_rejected != (rejected.is_some() && rejected == at_path) {
            is_rejected = !is_rejected;
            report(WatchEvent::Rejected(is_rejected));
        }
        // `None` if the served file is closed.
        if let Some(known) = intact {
            let served = database.file.clone();
            let is_intact = !is_damaged && (known == current || matches!(detached::run(move || served.is_intact()).await, Ok(Ok(true))));
            intact = is_intact.then_some(current);
            if !is_intact {
                tracing::error!("the file was changed or damaged while it was served, and is no longer read; replace it with an intact one");
                database.corpus.pool.close();
                report(WatchEvent::Data(database.corpus.clone()));
            }
        }
        is_damaged = false;
        drop(reload);
    }
}
