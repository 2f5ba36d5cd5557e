//! Following the file of the database while it is served: a new one is taken up, a damaged one is not read.

use std::{
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::storage::{Error, Found, failed, inspect, pool};
use crate::{config::limits::Limits, corpus::Corpus};

/// How often a new file is looked for.
const LOOK: Duration = Duration::from_millis(300);

/// Looks for a new file in the place of the database, for ever, and hands it on within a second. What cannot be served is
/// told of once, and the data that is `serving` stays; unless it is that very file that was written to, which nothing
/// more is read from then: words that were changed on the disk are no longer the source's.
pub async fn follow(path: PathBuf, limits: Limits, mut serving: Corpus, serve: impl Fn(Corpus)) {
    let mut seen = identity(&path);
    let (mut opened, mut told) = (seen, None);
    loop {
        tokio::time::sleep(LOOK).await;
        let found = identity(&path);
        if found == seen || found.is_none() {
            continue;
        }
        match reopen(&path, &limits).await {
            Ok(corpus) => {
                tracing::info!(revision = corpus.revision, "new data is served");
                serving = corpus.clone();
                serve(corpus);
                (seen, opened) = (found, found);
            }
            // What the system refuses now (out of file descriptors, no permission yet) it may grant in a moment.
            Err(cause @ (Error::File { .. } | Error::Unreadable(..))) => {
                if told != found {
                    tracing::error!(%cause, "the new file is not served yet; the old data stays, and the file is tried again");
                    told = found;
                }
            }
            Err(cause) => {
                seen = found;
                if found.map(|found| found.file) == opened.map(|opened| opened.file) {
                    tracing::error!(%cause, "the file was written to while it was served, and is not read any more; put a whole one in its place");
                    serving.pool.close().await;
                } else {
                    tracing::error!(%cause, "the new file is not served; the old data stays");
                }
            }
        }
    }
}

/// Opens a new file in the place of the database; nothing is built.
async fn reopen(path: &Path, limits: &Limits) -> Result<Corpus, Error> {
    let before = identity(path);
    let place = path.to_owned();
    // The whole file is read, which takes its time when it is large.
    let found = tokio::task::spawn_blocking(move || inspect(&place)).await;
    match found.unwrap_or_else(|cause| Err(failed(path, "read")(io::Error::other(cause))))? {
        Found::Current => {}
        Found::Nothing | Found::Older => return Err(Error::Other(path.to_owned())),
    }
    let corpus = pool::connect(path, limits).await.map_err(|cause| Error::Unreadable(path.to_owned(), cause))?;
    if identity(path) == before { Ok(corpus) } else { Err(failed(path, "read")(io::Error::other("it was replaced meanwhile"))) }
}

/// What tells one file at a path from the next, and from itself before it was written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The device and the number of the file. A number is given again once its file is gone.
    file: (u64, u64),
    /// When it was last changed in any way, in seconds and nanoseconds; no program can set this back.
    changed: (i64, i64),
}

/// The identity of the file at a path; none where there is none.
#[must_use]
pub fn identity(path: &Path) -> Option<Identity> {
    let file = fs::metadata(path).ok()?;
    Some(Identity { file: (file.dev(), file.ino()), changed: (file.ctime(), file.ctime_nsec()) })
}
