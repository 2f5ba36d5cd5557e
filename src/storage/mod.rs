//! How a database file is built, checked, published and opened.
//!
//! A file is never changed in place. A new one is built beside the old one under a lock, checked, sealed with its own
//! SHA-256, synced, and renamed over the old one; whatever happens meanwhile leaves the old one whole. The server opens
//! only a file whose seal is intact, and only for reading.

mod checksum;
pub mod materialize;
mod pool;
pub mod search_index;
mod watcher;

use std::{
    cmp::Ordering,
    fs::{self, File, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use sha2::{Digest, Sha256};
use sqlx::{
    Connection, SqliteConnection,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

pub use watcher::{Identity, follow, identity};

use crate::{config::limits::Limits, corpus::Corpus, storage::materialize::ValidationError};

/// The data that the program carries. `SQLite` has no lock that sqlx could take; ours is a file's.
static MIGRATIONS: Migrator = Migrator { locking: false, ..sqlx::migrate!() };

/// "Bayn" in the header of a database file (`PRAGMA application_id`, at byte 68) tells that it is ours.
const APPLICATION: i32 = 0x4261_796e;
/// How often a lock is asked for that another process has.
const LOOK_AGAIN: Duration = Duration::from_millis(20);
/// How every `SQLite` file begins.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Why there is no database to serve. Each is one line that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is something else.
    #[error("{} is not a Bayan database; it is left as it is. Name another file with --database or BAYAN_DATABASE", .0.display())]
    Foreign(PathBuf),
    /// It was made by a later version of the program.
    #[error("{} was built by a newer version of Bayan (its schema is {found}, this one knows {known}); it is left as it is. Use that version, or name another file", path.display())]
    Newer {
        /// Where it is.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The program's.
        known: i64,
    },
    /// It is not what was published.
    #[error("{} is damaged, or was changed after it was built; it is left as it is. Move it away, and Bayan builds it anew", .0.display())]
    Damaged(PathBuf),
    /// It has the version of this program, but other migrations made it.
    #[error("{} was built by another Bayan of the same version; it is left as it is. Move it away, and Bayan builds it anew", .0.display())]
    Other(PathBuf),
    /// It is whole, and `SQLite` cannot read it all the same.
    #[error("{path} cannot be opened: {cause}", path = .0.display(), cause = .1)]
    Unreadable(PathBuf, sqlx::Error),
    /// The file system refuses.
    #[error("cannot {what} {}: {cause}", path.display())]
    File {
        /// Where.
        path: PathBuf,
        /// What was tried.
        what: &'static str,
        /// What the system says.
        cause: io::Error,
    },
    /// The new data is flawed.
    #[error("the new database {} was not published: {flaw}", path.display())]
    Flawed {
        /// Where it is.
        path: PathBuf,
        /// What is wrong with it.
        flaw: ValidationError,
    },
}

/// What stands at the path of the database.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    Nothing,
    /// Ours, whole, and of this version of the program.
    Current,
    /// Ours, whole, and of an earlier version.
    Older,
}

/// The version of the schema and the data that the program carries: its last migration.
#[must_use]
pub fn version() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// Opens the database, after building it where there is none and bringing it up to date where it is older.
///
/// # Errors
/// When what stands there is not ours to serve, or cannot be read or written.
pub async fn open(path: &Path) -> Result<Corpus, Error> {
    open_within(path, &Limits::DEFAULT).await
}

/// The same, with other limits than the usual ones.
///
/// # Errors
/// The same.
pub async fn open_within(path: &Path, limits: &Limits) -> Result<Corpus, Error> {
    loop {
        let before = identity(path);
        // Where the file is ready nothing is written, so that a read-only file system serves as well.
        if inspect(path)? == Found::Current {
            sweep(path);
            let corpus = pool::connect(path, limits).await.map_err(|cause| Error::Unreadable(path.to_owned(), cause))?;
            // Every connection is to the file that was inspected, unless it was replaced meanwhile.
            if identity(path) == before {
                return Ok(corpus);
            }
        } else {
            build(path).await?;
        }
    }
}

/// Looks at what stands there, without `SQLite`: opening could already change it.
fn inspect(path: &Path) -> Result<Found, Error> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(cause) => return Err(failed(path, "read")(cause)),
    };
    let number = |at: usize| bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(i32::from_be_bytes);
    let ours = bytes.starts_with(MAGIC) && number(68) == Some(APPLICATION);
    let (true, Some(found)) = (ours, number(60).map(i64::from)) else {
        return Err(Error::Foreign(path.to_owned()));
    };
    let made_by = checksum::intact(&bytes).ok_or_else(|| Error::Damaged(path.to_owned()))?;
    match found.cmp(&version()) {
        Ordering::Greater => Err(Error::Newer { path: path.to_owned(), found, known: version() }),
        Ordering::Less => Ok(Found::Older),
        Ordering::Equal if made_by == migrations() => Ok(Found::Current),
        Ordering::Equal => Err(Error::Other(path.to_owned())),
    }
}

/// The digest of the migrations that the program carries.
fn migrations() -> checksum::Digest {
    let mut digest = Sha256::new();
    MIGRATIONS.iter().for_each(|migration| digest.update(&migration.checksum));
    digest.finalize().into()
}

/// A file beside the database.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}

/// Removes what a killed run left, unless somebody is building now or nothing can be written here.
fn sweep(path: &Path) {
    let new = beside(path, ".new");
    if new.exists()
        && let Ok(lock) = File::options().write(true).open(beside(path, ".lock"))
        && lock.try_lock().is_ok()
    {
        // What cannot be removed now can wait.
        let _ = fs::remove_file(new);
    }
}

/// The error of something that was tried at a path.
fn failed(path: &Path, what: &'static str) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |cause| Error::File { path, what, cause }
}

/// Builds the database and publishes it, one process at a time.
async fn build(path: &Path) -> Result<(), Error> {
    let _lock = lock(beside(path, ".lock")).await?;
    // Another process may have finished while this one waited.
    let found = inspect(path)?;
    if found == Found::Current {
        return Ok(());
    }
    // Only the holder of the lock writes here: what is there is a killed run's.
    let new = beside(path, ".new");
    match fs::remove_file(&new) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(failed(&new, "remove")(cause)),
        _ => {}
    }
    let built = async {
        if found == Found::Older {
            copy_content(path, &new)?;
        }
        fill(&new).await.map_err(|flaw| refused(&new, flaw))?;
        publish(&new, path)
    };
    built.await.inspect_err(|_| {
        // The new file is worth nothing; if it cannot be removed now, the next start does.
        let _ = fs::remove_file(&new);
    })
}

/// An exclusive lock, held until the file is dropped. Asked for again and again, since who waits in the kernel for another
/// process cannot be told to stop.
async fn lock(path: PathBuf) -> Result<File, Error> {
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(failed(&path, "write"))?;
    let mut told = false;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(cause)) => return Err(failed(&path, "lock")(cause)),
            Err(TryLockError::WouldBlock) => {}
        }
        if !told {
            tracing::info!(lock = %path.display(), "another process has the lock of the database; waiting for it");
            told = true;
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

/// Copies a database without its seal.
fn copy_content(from: &Path, to: &Path) -> Result<(), Error> {
    let bytes = fs::read(from).map_err(failed(from, "read"))?;
    fs::write(to, checksum::content(&bytes)).map_err(failed(to, "write"))
}

/// Why the new file could not be filled: the disk, most often, and then that is what has to be said.
fn refused(path: &Path, flaw: ValidationError) -> Error {
    let code = match &flaw {
        ValidationError::Database(sqlx::Error::Database(error)) => error.code().and_then(|code| code.parse::<u32>().ok()),
        _ => None,
    };
    // The primary result code is the low byte of the extended one (sqlite.org/rescode.html).
    match code.map(|code| code & 0xff) {
        Some(13) => failed(path, "write")(io::ErrorKind::StorageFull.into()),
        Some(8 | 10 | 14) => failed(path, "write")(io::Error::other(flaw.to_string())),
        _ => Error::Flawed { path: path.to_owned(), flaw },
    }
}

/// Brings a file up to date, puts its items together, and checks it.
async fn fill(path: &Path) -> Result<(), ValidationError> {
    // Nobody else sees this file, and a killed run's is thrown away: no journal, and one sync at the end.
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        // Most items fit on a page of this size, and need not be put together from several.
        .page_size(16_384)
        .journal_mode(SqliteJournalMode::Memory)
        .synchronous(SqliteSynchronous::Off)
        .foreign_keys(true)
        .pragma("application_id", APPLICATION.to_string())
        .pragma("user_version", version().to_string());
    let mut database = SqliteConnection::connect_with(&options).await?;
    MIGRATIONS.run(&mut database).await.map_err(|cause| match cause {
        sqlx::migrate::MigrateError::Execute(cause) | sqlx::migrate::MigrateError::ExecuteMigration(cause, _) => cause,
        other => sqlx::Error::Migrate(Box::new(other)),
    })?;
    materialize::put_together(&mut database).await?;
    // Without the samples of stat4, for which SQLite would prepare a statement anew each time that a value is bound.
    sqlx::raw_sql("ANALYZE; DROP TABLE IF EXISTS sqlite_stat4; VACUUM").execute(&mut database).await?;
    materialize::check(&mut database).await?;
    Ok(database.close().await?)
}

/// Seals the new file, syncs it, puts it in the place of the old one, and syncs the folder.
fn publish(new: &Path, path: &Path) -> Result<(), Error> {
    let content = fs::read(new).map_err(failed(new, "read"))?;
    let mut file = File::options().append(true).open(new).map_err(failed(new, "write"))?;
    file.write_all(&checksum::of(&content, &migrations())).and_then(|()| file.sync_all()).map_err(failed(new, "write"))?;
    fs::rename(new, path).map_err(failed(path, "replace"))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed(folder, "sync"))
}
