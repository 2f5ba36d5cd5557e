//! Opening the database, after building it where needed.

use std::{io, path::Path, sync::Arc};

use crate::{
    config::Limits,
    corpus::Corpus,
    storage::{
        builder::remove_stale_temp,
        database_file::{DatabaseFile, FileState, inspect},
        detached,
        error::{Error, io_error},
        file_version::file_version,
        migrations::schema_version,
        pool,
        publish::build,
    },
};

/// An open database.
#[derive(Debug)]
pub struct Database {
    /// The data.
    pub corpus: Corpus,
    /// The file that it is read from.
    pub(super) file: Arc<DatabaseFile>,
}

impl Database {
    /// Opens the database. Builds it first if there is none, or if the file is of an earlier version.
    ///
    /// # Errors
    /// When the file is not ours to serve, or cannot be read or written.
    pub async fn open(path: &Path, limits: &Limits) -> Result<Self, Error> {
        loop {
            let inspected = detach(path, |path| {
                let state = inspect(path)?;
                // A current file is opened without writing anything, so that a read-only file system works as well.
                if matches!(state, FileState::Current(_)) {
                    remove_stale_temp(path);
                }
                Ok(state)
            });
            match inspected.await? {
                FileState::Current(file) => {
                    if let Some(database) = Self::connect(path, file, limits).await? {
                        return Ok(database);
                    }
                }
                FileState::Older(_) | FileState::Missing => detach(path, build).await?,
            }
        }
    }

    /// Opens the current file at the path; never builds one. With `check`, the whole file is read first.
    ///
    /// # Errors
    /// When there is none.
    pub(super) async fn reopen(path: &Path, limits: &Limits, check: bool) -> Result<Self, Error> {
        let replaced = || io_error(path, "read")(io::Error::other("it was replaced meanwhile"));
        let inspected = detach(path, move |path| {
            let state = inspect(path)?;
            if let (FileState::Current(file), true) = (&state, check) {
                file.check(path)?;
            }
            Ok(state)
        });
        match inspected.await? {
            FileState::Current(file) => Self::connect(path, file, limits).await?.ok_or_else(replaced),
            FileState::Older(file) => Err(Error::SchemaTooOld { path: path.to_owned(), found: file.schema_version(), known: schema_version() }),
            FileState::Missing => Err(replaced()),
        }
    }

    /// Connects to an inspected file; `None` if another is at the path by now.
    async fn connect(path: &Path, file: DatabaseFile, limits: &Limits) -> Result<Option<Self>, Error> {
        let connected = pool::connect(path, file.version(), limits).await;
        if detach(path, |path| Ok(file_version(path))).await? != Some(file.version()) {
            return Ok(None);
        }
        let corpus = connected.map_err(|cause| Error::Unreadable(path.to_owned(), cause))?;
        Ok(Some(Self { corpus, file: Arc::new(file) }))
    }
}

/// Opens the database with the default limits.
///
/// # Errors
/// As [`Database::open`].
pub async fn open(path: &Path) -> Result<Corpus, Error> {
    Ok(Database::open(path, &Limits::DEFAULT).await?.corpus)
}

/// Runs an operation on the file at a path on a [thread of its own](detached::run).
async fn detach<T: Send + 'static>(path: &Path, operation: impl FnOnce(&Path) -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    let owned = path.to_owned();
    detached::run(move || operation(&owned)).await.map_err(io_error(path, "read"))?
}
