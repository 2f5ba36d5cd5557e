//! Building a new database file beside the old one, and putting it in its place.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use sqlx::{
    Connection, SqliteConnection,
    sqlite::{SqliteJournalMode, SqliteSynchronous},
};

use crate::storage::{
    analysis,
    checksum::{Hashing, Trailer},
    database_file::{APPLICATION_ID, DatabaseFile},
    error::{Error, io_error},
    materialize::{clear, materialize},
    migrations, packages, pool,
    validate::{self, ValidationError},
};

/// How much of the new file is in memory, in KiB.
const CACHE_KIB: u32 = 256 * 1024;
/// Copying a file reads and writes each page once: a small cache is enough, and the memory of the large one is given back.
const COPY_CACHE: &str = "PRAGMA cache_size = -8192; PRAGMA shrink_memory";
/// How many statements stay prepared: those that insert rows have a form for each power of two.
const MAX_PREPARED: usize = 512;
/// How many rows the thread of the connection reads ahead.
const ROWS_AHEAD: usize = 1_000;
/// How many symbolic links may lead from one to the next: as many as Linux follows.
const MAX_LINKS: usize = 40;

/// Runs an operation on the file that a path leads to, one process at a time. It blocks its thread: while another process builds,
/// and for as long as the file system likes.
///
/// # Errors
/// When the file cannot be locked, and those of the operation.
pub fn locked<T>(path: &Path, operation: impl FnOnce(&Path) -> Result<T, Error>) -> Result<T, Error> {
    let path = &link_target(path).map_err(io_error(path, "read"))?;
    let _lock = lock(&sibling(path, ".lock"))?;
    operation(path)
}

/// A runtime for one operation.
///
/// # Errors
/// When there is none.
pub fn runtime(path: &Path) -> Result<tokio::runtime::Runtime, Error> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(io_error(path, "write"))
}

/// Builds the next file from the present one with a change to its data, under the lock. The change says whether the file is to
/// be published.
///
/// # Errors
/// When a file cannot be read or written, or the new data is invalid.
pub fn build_next<T>(
    path: &Path,
    present: Option<&DatabaseFile>,
    change: impl AsyncFnOnce(&mut SqliteConnection) -> Result<(T, bool), ValidationError>,
) -> Result<T, Error> {
    // Only the holder of the lock writes here, so an existing file was left by a killed process.
    let [temp, packed] = temporary(path);
    remove(&temp)?;
    remove(&packed)?;
    let build = || {
        if let Some(present) = present {
            copy_payload(present, &temp)?;
        }
        let (result, is_changed) = runtime(&temp)?.block_on(populate(&temp, &packed, change)).map_err(|cause| build_error(&temp, cause))?;
        remove(&temp)?;
        if is_changed {
            publish(&packed, path)?;
        }
        Ok(result)
    };
    build().inspect_err(|_| {
        // If an unfinished file cannot be removed now, the next start removes it.
        let _ = fs::remove_file(&temp);
        let _ = fs::remove_file(&packed);
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
    let Ok(path) = link_target(path) else { return };
    let temporary = temporary(&path);
    if temporary.iter().any(|temp| temp.exists())
        && let Ok(lock) = lock_options().open(sibling(&path, ".lock"))
        && lock.try_lock().is_ok()
    {
        for temp in temporary {
            // A file that cannot be removed does no harm.
            let _ = fs::remove_file(temp);
        }
    }
}

/// The path to which a path leads through symbolic links, of which the last may lead to nothing yet. A new file takes the place
/// of that one, so that the links stay.
fn link_target(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..MAX_LINKS {
        match fs::symlink_metadata(&target) {
            // A relative target counts from the folder of its link.
            Ok(metadata) if metadata.is_symlink() => target = target.parent().unwrap_or(Path::new("")).join(fs::read_link(&target)?),
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(cause),
            _ => return Ok(target),
        }
    }
    Err(io::Error::from_raw_os_error(libc::ELOOP))
}

/// The files beside the database that a build has: one that it fills, and one without the free pages of that.
fn temporary(path: &Path) -> [PathBuf; 2] {
    [".new", ".packed"].map(|suffix| sibling(path, suffix))
}

/// A path beside the database: its file name with a suffix.
fn sibling(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(suffix);
    path.with_file_name(name)
}

/// How a lock file is opened: a FIFO in its place is an error and is not waited for.
fn lock_options() -> fs::OpenOptions {
    let mut options = File::options();
    options.write(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY);
    options
}

/// Takes an exclusive lock, which lasts until the file is dropped.
fn lock(path: &Path) -> Result<File, Error> {
    let file = lock_options().create(true).truncate(false).open(path).map_err(io_error(path, "write"))?;
    match file.try_lock() {
        Ok(()) => return Ok(file),
        Err(TryLockError::Error(cause)) => return Err(io_error(path, "lock")(cause)),
        Err(TryLockError::WouldBlock) => tracing::info!(lock = %path.display(), "waiting for another process that builds the database"),
    }
    file.lock().map_err(io_error(path, "lock"))?;
    Ok(file)
}

/// Copies a database without its checksum trailer.
fn copy_payload(from: &DatabaseFile, to: &Path) -> Result<(), Error> {
    let mut file = File::create(to).map_err(io_error(to, "write"))?;
    io::copy(&mut from.payload(), &mut file).map_err(io_error(to, "write")).map(|_| ())
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
        _ if matches!(cause, ValidationError::UnknownStatement { .. }) => Error::Rejected(cause),
        _ => Error::InvalidData { path: path.to_owned(), cause },
    }
}

/// Migrates a file to the current schema and data, changes the data, validates it, and materializes its items. What is to be
/// published is written to `packed`.
async fn populate<T>(
    path: &Path,
    packed: &Path,
    change: impl AsyncFnOnce(&mut SqliteConnection) -> Result<(T, bool), ValidationError>,
) -> Result<(T, bool), ValidationError> {
    // No other process sees this file, and one that fails or that a killed process left is discarded: it needs no journal, which
    // would grow with the corpus, and one sync at the end.
    let options = pool::options(path)?
        .create_if_missing(true)
        // Most items fit on a page of this size without overflow pages.
        .page_size(16_384)
        .journal_mode(SqliteJournalMode::Off)
        .pragma("cache_size", format!("-{CACHE_KIB}"))
        .statement_cache_capacity(MAX_PREPARED)
        // Rows arrive a batch at a time: the thread of the connection need not be woken for each few.
        .row_buffer_size(ROWS_AHEAD)
        .synchronous(SqliteSynchronous::Off)
        .foreign_keys(true)
        .pragma("application_id", APPLICATION_ID.to_string())
        .pragma("user_version", migrations::schema_version().to_string());
    let mut database = SqliteConnection::connect_with(&options).await?;
    migrations::run(&mut database).await?;
    let (result, is_changed) = change(&mut database).await?;
    clear(&mut database).await?;
    validate::validate(&mut database).await?;
    if !is_changed {
        database.close().await?;
        return Ok((result, false));
    }
    packages::store_migrated(&mut database).await?;
    materialize(&mut database).await.map_err(ValidationError::Item)?;
    // Without the samples of stat4: with them, SQLite prepares a statement again each time that a value is bound.
    sqlx::raw_sql("PRAGMA analysis_limit = 1000; ANALYZE; DROP TABLE IF EXISTS sqlite_stat4").execute(&mut database).await?;
    // The new file would have a cache as large as the present one, and each index a sorter of that size beside it.
    sqlx::raw_sql(COPY_CACHE).execute(&mut database).await?;
    // Each page is written once: VACUUM alone writes them to a temporary file, and then back.
    let packed = std::path::absolute(packed).map_err(sqlx::Error::Io)?;
    sqlx::query("VACUUM INTO ?").bind(packed.to_str()).execute(&mut database).await?;
    database.close().await?;
    Ok((result, true))
}

/// Appends the checksum trailer to the new file, syncs it, renames it over the old one, and syncs the folder.
fn publish(temp: &Path, path: &Path) -> Result<(), Error> {
    let mut file = File::options().read(true).append(true).open(temp).map_err(io_error(temp, "write"))?;
    let length = file.metadata().map_err(io_error(temp, "read"))?.len();
    let payload = Hashing::new(length).finish(&file).map_err(io_error(temp, "read"))?;
    let trailer = Trailer { migrations: migrations::digest(), analysis: analysis::digest(), payload };
    let trailer = trailer.to_bytes(&file, length).map_err(io_error(temp, "read"))?;
    file.write_all(&trailer).and_then(|()| file.sync_all()).map_err(io_error(temp, "write"))?;
    fs::rename(temp, path).map_err(io_error(path, "replace"))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(io_error(folder, "sync"))
}
