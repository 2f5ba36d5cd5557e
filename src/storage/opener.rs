//! Opening the database, after building it where needed.

use std::path::Path;

use crate::{
    config::Limits,
    corpus::Corpus,
    storage::{
        builder::{build, remove_stale_temp},
        error::Error,
        file_state::{FileState, inspect},
        file_version::file_version,
        pool,
    },
};

/// Opens the database. Builds it first if there is none, or if the file is of an earlier version.
///
/// # Errors
/// When the file is not ours to serve, or cannot be read or written.
pub async fn open(path: &Path) -> Result<Corpus, Error> {
    open_with_limits(path, &Limits::DEFAULT).await
}

/// As [`open`], with other limits than the default ones.
///
/// # Errors
/// As [`open`].
pub async fn open_with_limits(path: &Path, limits: &Limits) -> Result<Corpus, Error> {
    loop {
        let before = file_version(path);
        // A current file is opened without writing anything, so that a read-only file system works as well.
        if inspect(path)? == FileState::Current {
            remove_stale_temp(path);
            let corpus = pool::connect(path, limits).await.map_err(|cause| Error::Unreadable(path.to_owned(), cause))?;
            // The connections are to the inspected file, unless it was replaced meanwhile.
            if file_version(path) == before {
                return Ok(corpus);
            }
        } else {
            build(path).await?;
        }
    }
}
