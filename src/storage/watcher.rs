//! Watching the database file: a new file is opened and served; a damaged one is not.

use std::{path::PathBuf, sync::Arc, time::Duration};

use tokio::sync::Notify;

use crate::{
    config::Limits,
    corpus::Corpus,
    storage::{detached, error::Error, file_version::file_version, opener::Database},
};

/// How often to look for a new file.
const WATCH_INTERVAL: Duration = Duration::from_millis(300);

/// Watches an open database and passes new data to `serve` within a second. It never returns.
///
/// `reload` has the file at the path opened again at once, even if it looks unchanged.
///
/// A new file at the path that cannot be served is logged once, and the old data stays in use. If a program writes to the file
/// that is being served, wherever it has been moved, its data may be corrupt: it is closed, and the closed data is passed to
/// `serve`, so that no response from it stays in a cache.
pub async fn watch(mut database: Database, path: PathBuf, limits: Limits, reload: Arc<Notify>, serve: impl Fn(Corpus)) {
    // The versions that have been dealt with: of the file at the path, and of the file that is served. Both are those that were
    // inspected, so that what happened since is noticed.
    let (mut seen, mut intact) = (database.file.version(), Some(database.file.version()));
    let mut reported = None;
    loop {
        let is_asked = tokio::select! {
            () = tokio::time::sleep(WATCH_INTERVAL) => false,
            () = reload.notified() => true,
        };
        let (watched, served) = (path.clone(), database.file.clone());
        let look = detached::run(move || (file_version(&watched), served.current_version()));
        let Ok((at_path, Ok(current))) = look.await else { continue };
        if let Some(found) = at_path.filter(|found| is_asked || *found != seen) {
            match Database::reopen(&path, &limits).await {
                Ok(new) => {
                    tracing::info!(revision = new.corpus.revision, "serving new data");
                    serve(new.corpus.clone());
                    (seen, intact) = (new.file.version(), Some(new.file.version()));
                    database = new;
                    continue;
                }
                // These errors may be temporary: the process is out of file descriptors, or the file is not readable yet.
                Err(cause @ (Error::File { .. } | Error::Unreadable(..))) => {
                    if reported != Some(found) {
                        tracing::error!(%cause, "cannot open the new file yet; serving the old data and trying again");
                        reported = Some(found);
                    }
                }
                Err(cause) => {
                    seen = found;
                    if !found.is_same_file(current) {
                        tracing::error!(%cause, "cannot serve the new file; serving the old data");
                    }
                }
            }
        }
        // `None` if the served file is closed.
        if intact.is_some_and(|intact| intact != current) {
            let served = database.file.clone();
            intact = matches!(detached::run(move || served.is_intact()).await, Ok(Ok(true))).then_some(current);
            if intact.is_none() {
                tracing::error!("the file was changed while it was served, and is no longer read; replace it with an intact one");
                let closed = database.corpus.pool.close();
                serve(database.corpus.clone());
                closed.await;
            }
        }
    }
}
