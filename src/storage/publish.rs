//! What publishes a new database file: the first build, an upgrade, an import and a withdrawal.
//!
//! Each blocks its thread: while another process builds, and for as long as the file system likes. None may be called from an
//! asynchronous thread.

use std::{io, path::Path};

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use crate::{
    corpus::BilingualText,
    package::{Package, known::Moved},
    storage::{
        builder::{build_next, locked, runtime},
        database_file::{DatabaseFile, FileState, inspect},
        error::{Error, io_error},
        import::{Imported, Plan, carry_over, insert_all, plan, withdraw_statement},
        validate::ValidationError,
    },
};

/// Builds the database, if there is no current one.
///
/// # Errors
/// When the file at the path is not ours to replace, a file cannot be read or written, or the new data is invalid.
pub fn build(path: &Path) -> Result<(), Error> {
    // Another process may have built the file while this one waited for the lock.
    locked(path, |path| match inspect(path)? {
        FileState::Current(_) => Ok(()),
        FileState::Older(file) => build_from_older(path, &file),
        FileState::Missing => build_next(path, None, async |_: &mut SqliteConnection| Ok(((), true))),
    })
}

/// Builds the next file from one of an older format, if that is what is at the path. Returns whether it was.
///
/// # Errors
/// When the file at the path is not ours to replace, a file cannot be read or written, or the new data is invalid, and when
/// there is no file.
pub fn upgrade(path: &Path) -> Result<bool, Error> {
    match inspect(path)? {
        FileState::Current(_) => Ok(false),
        FileState::Older(_) => build(path).map(|()| true),
        FileState::Missing => Err(io_error(path, "read")(io::ErrorKind::NotFound.into())),
    }
}

/// Builds the next file with the statements of these packages. Where nothing differs, or in a dry run, the file stays as it is.
/// One package is in memory at a time; the first that has an error, or was not checked, ends the import. `moved` are the entries that
/// pass from one of the statements to another.
///
/// # Errors
/// As [`upgrade`], and when a package has an error; the file stays as it is then.
pub fn import(path: &Path, packages: impl Iterator<Item = Package>, moved: &Moved, now: DateTime<Utc>, dry_run: bool) -> Result<Vec<Imported>, Error> {
    rebuild(path, async |database: &mut SqliteConnection| {
        let imported = insert_all(database, packages, moved, now).await?;
        let publish = !dry_run && imported.iter().any(|package| package.differences > 0);
        Ok((imported, publish))
    })
}

/// Builds the next file without a statement. One that is withdrawn already stays so.
///
/// # Errors
/// As [`upgrade`], and when there is no such statement; the file stays as it is then.
pub fn withdraw(path: &Path, id: &str, reason: &BilingualText, now: DateTime<Utc>) -> Result<Imported, Error> {
    rebuild(path, async |database: &mut SqliteConnection| {
        let withdrawn = withdraw_statement(database, id, reason, now).await?;
        let publish = withdrawn.differences > 0;
        Ok((withdrawn, publish))
    })
}

/// Builds the next file from the present one with a change to its data. The change says whether the file is to be published.
fn rebuild<T>(path: &Path, change: impl AsyncFnOnce(&mut SqliteConnection) -> Result<(T, bool), ValidationError>) -> Result<T, Error> {
    locked(path, |path| {
        if let FileState::Older(file) = inspect(path)? {
            build_from_older(path, &file)?;
        }
        match inspect(path)? {
            FileState::Current(file) => {
                file.check(path)?;
                build_next(path, Some(&file), change)
            }
            FileState::Missing => build_next(path, None, change),
            FileState::Older(_) => Err(io_error(path, "read")(io::Error::other("it was replaced meanwhile"))),
        }
    })
}

/// Builds the next file from one of an older format, under the lock: from a copy that is migrated, or from its packages.
fn build_from_older(path: &Path, older: &DatabaseFile) -> Result<(), Error> {
    older.check(path)?;
    match runtime(path)?.block_on(plan(path)).map_err(|cause| Error::Unreadable(path.to_owned(), cause))? {
        Plan::Migrate => {
            tracing::info!(database = %path.display(), "another version built the database; migrating a copy");
            build_next(path, Some(older), async |_: &mut SqliteConnection| Ok(((), true)))
        }
        Plan::CarryOver => {
            tracing::info!(database = %path.display(), "other migrations built the database; carrying its packages over");
            let packages = build_next(path, None, async |new: &mut SqliteConnection| Ok((carry_over(new, path).await?, true)))?;
            tracing::info!(database = %path.display(), packages, "carried the packages over");
            Ok(())
        }
        Plan::Impossible => Err(Error::MigrationMismatch(path.to_owned())),
    }
}
