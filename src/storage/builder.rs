//! Building a new database file and publishing it.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::{
    Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use crate::storage::{
    checksum,
    error::{Error, io_error},
    file_state::{APPLICATION_ID, FileState, inspect},
    materialize::materialize,
    migrations,
    validate::{self, ValidationError},
};

/// How often to try a lock that another process holds.
const LOCK_RETRY_INTERVAL: Duration = Duration::from_millis(20);

/// Builds the database and publishes it, one process at a time.
pub async fn build(path: &Path) -> Result<(), Error> {
    let _lock = lock(sibling(path, ".lock")).await?;
    // Another process may have built the file while this one waited for the lock.
    let state = inspect(path)?;
    if state == FileState::Current {
        return Ok(());
    }
    build_next(path, &state, async |_: &mut SqliteConnection| Ok(((), true))).await
}

/// Builds the next file from the present one with a change to its data, one process at a time. The change says whether the
/// file is to be published.
pub async fn rebuild<T>(path: &Path, change: impl AsyncFnOnce(&mut SqliteConnection) -> Result<(T, bool), ValidationError>) -> Result<T, Error> {
    let _lock = lock(sibling(path, ".lock")).await?;
    let state = inspect(path)?;
    build_next(path, &state, change).await
}

/// Builds the next file under the lock.
async fn build_next<T>(
    path: &Path,
    state: &FileState,
    change: impl AsyncFnOnce(&mut SqliteConnection) -> Result<(T, bool), ValidationError>,
) -> Result<T, Error> {
    // Only the holder of the lock writes here, so an existing file was left by a killed process.
    let temp = sibling(path, ".new");
    remove(&temp)?;
    let built = async {
        if *state != FileState::Missing {
            copy_payload(path, &temp)?;
        }
        let (result, is_changed) = populate(&temp, change).await.map_err(|cause| build_error(&temp, cause))?;
        if is_changed { publish(&temp, path)? } else { remove(&temp)? }
        Ok(result)
    };
    built.await.inspect_err(|_| {
        // If the unfinished file cannot be removed now, the next start removes it.
        let _ = fs::remove_file(&temp);
    })
}

/// Removes a file, if there is one.
fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(io_error(path, "remove")(cause)),
        _ => Ok(()),
    }
}

/// Removes what a killed process left, unless another process is building or the folder is read-only.
pub fn remove_stale_temp(path: &Path) {
    let temp = sibling(path, ".new");
    if temp.exists()
        && let Ok(lock) = File::options().write(true).open(sibling(path, ".lock"))
        && lock.try_lock().is_ok()
    {
        // A file that cannot be removed does no harm.
        let _ = fs::remove_file(temp);
    }
}

/// A path beside the database: its file name with a suffix.
fn sibling(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(suffix);
    path.with_file_name(name)
}

/// Takes an exclusive lock, which lasts until the file is dropped. It is polled, because a blocking wait for another process
/// could not be interrupted by a shutdown.
async fn lock(path: PathBuf) -> Result<File, Error> {
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(io_error(&path, "write"))?;
    let mut reported = false;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(cause)) => return Err(io_error(&path, "lock")(cause)),
            Err(TryLockError::WouldBlock) => {}
        }
        if !reported {
            tracing::info!(lock = %path.display(), "waiting for another process that builds the database");
            reported = true;
        }
        tokio::time::sleep(LOCK_RETRY_INTERVAL).await;
    }
}

/// Copies a database without its checksum trailer.
fn copy_payload(from: &Path, to: &Path) -> Result<(), Error> {
    let bytes = fs::read(from).map_err(io_error(from, "read"))?;
    fs::write(to, checksum::payload(&bytes)).map_err(io_error(to, "write"))
}

/// The error of a failed build: of the disk, if that is what failed, or of the data.
fn build_error(path: &Path, cause: ValidationError) -> Error {
    let code = match &cause {
        ValidationError::Database(sqlx::Error::Database(error)) => error.code().and_then(|code| code.parse::<u32>().ok()),
        _ => None,
    };
    // The primary result code is the low byte of the extended one (sqlite.org/rescode.html).
    match code.map(|code| code & 0xff) {
        // SQLITE_FULL
        Some(13) => io_error(path, "write")(io::ErrorKind::StorageFull.into()),
        // SQLITE_READONLY, SQLITE_IOERR, SQLITE_CANTOPEN
        Some(8 | 10 | 14) => io_error(path, "write")(io::Error::other(cause.to_string())),
        _ => Error::InvalidData { path: path.to_owned(), cause },
    }
}

/// Migrates a file to the current schema and data, changes the data, materializes its items, and validates it. A file that
/// is not to be published is left as it is.
async fn populate<T>(
    path: &Path,
    change: impl AsyncFnOnce(&mut SqliteConnection) -> Result<(T, bool), ValidationError>,
) -> Result<(T, bool), ValidationError> {
    // No other process sees this file, and one that a killed process left is discarded: it needs no journal, and one sync
    // at the end.
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        // Most items fit on a page of this size without overflow pages.
        .page_size(16_384)
        .journal_mode(SqliteJournalMode::Memory)
        .synchronous(SqliteSynchronous::Off)
        .foreign_keys(true)
        .pragma("application_id", APPLICATION_ID.to_string())
        .pragma("user_version", migrations::schema_version().to_string());
    let mut database = SqliteConnection::connect_with(&options).await?;
    migrations::run(&mut database).await?;
    let (result, is_changed) = change(&mut database).await?;
    if !is_changed {
        database.close().await?;
        return Ok((result, false));
    }
    materialize(&mut database).await.map_err(ValidationError::Item)?;
    // Without the samples of stat4: with them, SQLite prepares a statement again each time that a value is bound.
    sqlx::raw_sql("ANALYZE; DROP TABLE IF EXISTS sqlite_stat4; VACUUM").execute(&mut database).await?;
    validate::validate(&mut database).await?;
    database.close().await?;
    Ok((result, true))
}

/// Appends the checksum trailer to the new file, syncs it, renames it over the old one, and syncs the folder.
fn publish(temp: &Path, path: &Path) -> Result<(), Error> {
    let payload = fs::read(temp).map_err(io_error(temp, "read"))?;
    let mut file = File::options().append(true).open(temp).map_err(io_error(temp, "write"))?;
    file.write_all(&checksum::trailer(&payload, &migrations::digest())).and_then(|()| file.sync_all()).map_err(io_error(temp, "write"))?;
    fs::rename(temp, path).map_err(io_error(path, "replace"))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(io_error(folder, "sync"))
}
