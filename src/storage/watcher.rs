//! Watching the database file: a new file is opened and served; a damaged one is not.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::storage::{
    error::{Error, io_error},
    file_state::{FileState, inspect},
    file_version::file_version,
    pool,
};
use crate::{config::Limits, corpus::Corpus};

/// How often to look for a new file.
const WATCH_INTERVAL: Duration = Duration::from_millis(300);

/// Watches the path of the database and passes a new file to `serve` within a second. It never returns.
///
/// A file that cannot be served is logged once, and the old data stays in use. If a program writes to the file that is being
/// served, the file is closed, since its data may be corrupt.
pub async fn watch(path: PathBuf, limits: Limits, mut serving: Corpus, serve: impl Fn(Corpus)) {
    let mut seen = file_version(&path);
    let (mut opened, mut reported) = (seen, None);
    loop {
        tokio::time::sleep(WATCH_INTERVAL).await;
        let found = file_version(&path);
        if found == seen || found.is_none() {
            continue;
        }
        match reopen(&path, &limits).await {
            Ok(corpus) => {
                tracing::info!(revision = corpus.revision, "serving new data");
                serving = corpus.clone();
                serve(corpus);
                (seen, opened) = (found, found);
            }
            // These errors may be temporary: the process is out of file descriptors, or the file is not readable yet.
            Err(cause @ (Error::File { .. } | Error::Unreadable(..))) => {
                if reported != found {
                    tracing::error!(%cause, "cannot open the new file yet; serving the old data and trying again");
                    reported = found;
                }
            }
            Err(cause) => {
                seen = found;
                if found.zip(opened).is_some_and(|(found, opened)| found.is_same_file(opened)) {
                    tracing::error!(%cause, "the file was changed while it was served, and is no longer read; replace it with an intact one");
                    let closed = serving.pool.close();
                    // A new generation: what is cached may have been rendered from the changed data.
                    serve(serving.clone());
                    closed.await;
                } else {
                    tracing::error!(%cause, "cannot serve the new file; serving the old data");
                }
            }
        }
    }
}

/// Opens the new file at the path of the database; never builds one.
async fn reopen(path: &Path, limits: &Limits) -> Result<Corpus, Error> {
    let before = file_version(path);
    let inspected = path.to_owned();
    // The whole file is read, which blocks for a while if it is large.
    let state = tokio::task::spawn_blocking(move || inspect(&inspected)).await;
    match state.unwrap_or_else(|cause| Err(io_error(path, "read")(io::Error::other(cause))))? {
        FileState::Current => {}
        FileState::Missing | FileState::Older => return Err(Error::MigrationMismatch(path.to_owned())),
    }
    let corpus = pool::connect(path, limits).await.map_err(|cause| Error::Unreadable(path.to_owned(), cause))?;
    if file_version(path) == before { Ok(corpus) } else { Err(io_error(path, "read")(io::Error::other("it was replaced meanwhile"))) }
}
