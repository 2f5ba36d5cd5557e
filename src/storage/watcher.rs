//! Watching the database file: a new file is opened and served; a damaged one is not.

use std::{path::PathBuf, time::Duration};

use tokio::sync::{mpsc, oneshot};

use crate::{
    config::Limits,
    corpus::Corpus,
    storage::{detached, error::Error, file_version::file_version, opener::Database},
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
/// A new file at the path that cannot be served is logged once, and the old data stays in use. If a program writes to the file
/// that is being served, wherever it has been moved, its data may be corrupt: it is closed, and the closed data is reported, so
/// that no response from it stays in a cache.
pub async fn watch(mut database: Database, path: PathBuf, limits: Limits, mut reloads: mpsc::Receiver<Reload>, report: impl Fn(WatchEvent)) {
    // The versions that have been dealt with: of the file at the path, and of the file that is served. Both are those that were
    // inspected, so that what happened since is noticed.
    let (mut seen, mut intact) = (database.file.version(), Some(database.file.version()));
    // The last file that was rejected, and whether it was last reported to be at the path.
    let (mut rejected, mut is_rejected) = (None, false);
    loop {
        let reload = tokio::select! {
            () = tokio::time::sleep(WATCH_INTERVAL) => None,
            Some(reload) = reloads.recv() => Some(reload),
        };
        let (watched, served) = (path.clone(), database.file.clone());
        let look = detached::run(move || (file_version(&watched), served.current_version()));
        let Ok((at_path, Ok(mut current))) = look.await else { continue };
        if let Some(found) = at_path.filter(|found| reload.is_some() || *found != seen) {
            match Database::reopen(&path, &limits).await {
                Ok(new) => {
                    tracing::info!(revision = new.corpus.revision, "serving new data");
                    report(WatchEvent::Data(new.corpus.clone()));
                    current = new.file.version();
                    (seen, intact, rejected) = (current, Some(current), None);
                    database = new;
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
        if intact.is_some_and(|intact| intact != current) {
            let served = database.file.clone();
            intact = matches!(detached::run(move || served.is_intact()).await, Ok(Ok(true))).then_some(current);
            if intact.is_none() {
                tracing::error!("the file was changed while it was served, and is no longer read; replace it with an intact one");
                let closed = database.corpus.pool.close();
                report(WatchEvent::Data(database.corpus.clone()));
                closed.await;
            }
        }
        drop(reload);
    }
}
