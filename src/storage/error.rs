//! Errors of opening and building a database.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::storage::validate::ValidationError;

/// Why a database cannot be served. Each message is one line that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file is not a Bayan database.
    #[error("{} is not a Bayan database and was left unchanged. Name another file with --database or BAYAN_DATABASE", .0.display())]
    NotBayan(PathBuf),
    /// The path is a name to which `SQLite`, or a program that takes URLs, gives another meaning than that of a file.
    #[error("{} does not name a file; a file of that name is ./{}. Name a file with --database or BAYAN_DATABASE", .0.display(), .0.display())]
    NotAFileName(PathBuf),
    /// The path leads to something that is not a regular file.
    #[error("{} is {found} and not a file. Name a file with --database or BAYAN_DATABASE", path.display())]
    NotRegularFile {
        /// The path.
        path: PathBuf,
        /// What is there.
        found: &'static str,
    },
    /// An older version of the program built the file, or another analysis its index, which a running service does not rebuild.
    #[error("{} was built by another version of Bayan (schema {found}; this version knows {known}). Restart Bayan to have it rebuilt, or put a current file there", path.display())]
    SchemaTooOld {
        /// The file.
        path: PathBuf,
        /// Its schema version.
        found: i64,
        /// The schema version of this program.
        known: i64,
    },
    /// A newer version of the program built the file.
    #[error("{} was built by a newer version of Bayan (schema {found}; this version knows {known}) and was left unchanged. Use that version, or name another file", path.display())]
    SchemaTooNew {
        /// The file.
        path: PathBuf,
        /// Its schema version.
        found: i64,
        /// The schema version of this program.
        known: i64,
    },
    /// The file is not as it was published.
    #[error("{} is damaged or was changed after it was built, and was left unchanged. Move it away, and Bayan builds a new one", .0.display())]
    Damaged(PathBuf),
    /// Other migrations built the file, and it has no packages to build the next one from.
    #[error("{} was built by another Bayan, without packages that this version could carry over, and was left unchanged. Export what was imported with that version, move the file away, and import it again", .0.display())]
    MigrationMismatch(PathBuf),
    /// The file is intact, but `SQLite` cannot open it.
    #[error("cannot open {path}: {cause}", path = .0.display(), cause = .1)]
    Unreadable(PathBuf, sqlx::Error),
    /// A file operation failed.
    #[error("cannot {operation} {}: {cause}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The operation, as a verb.
        operation: &'static str,
        /// The error of the operating system.
        cause: io::Error,
    },
    /// The request cannot be carried out; the data has no fault.
    #[error(transparent)]
    Rejected(ValidationError),
    /// The new data is invalid.
    #[error("the new database {} was not published: {cause}", path.display())]
    InvalidData {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        cause: ValidationError,
    },
}

/// Makes the error of a failed file operation.
pub fn io_error(path: &Path, operation: &'static str) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |cause| Error::File { path, operation, cause }
}
