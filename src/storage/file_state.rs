//! The state of the file at the path of the database.

use std::{cmp::Ordering, fs, io, path::Path};

use crate::storage::{
    checksum,
    error::{Error, io_error},
    migrations::{self, schema_version},
};

/// "Bayn": the `PRAGMA application_id` of our files, at byte 68 of the header.
pub const APPLICATION_ID: i32 = 0x4261_796e;
/// The start of every `SQLite` file.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// The state of the file at the path of the database, if it is not an error.
#[derive(Debug, PartialEq, Eq)]
pub enum FileState {
    /// Nothing.
    Missing,
    /// An intact file of this version of the program.
    Current,
    /// An intact file of an earlier version.
    Older,
}

/// Inspects the file at a path, without `SQLite`: opening it could already change it.
pub fn inspect(path: &Path) -> Result<FileState, Error> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(FileState::Missing),
        Err(cause) => return Err(io_error(path, "read")(cause)),
    };
    let number_at = |at: usize| bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(i32::from_be_bytes);
    let is_ours = bytes.starts_with(MAGIC) && number_at(68) == Some(APPLICATION_ID);
    let (true, Some(found)) = (is_ours, number_at(60).map(i64::from)) else {
        return Err(Error::NotBayan(path.to_owned()));
    };
    let builder = checksum::verify(&bytes).ok_or_else(|| Error::Damaged(path.to_owned()))?;
    match found.cmp(&schema_version()) {
        Ordering::Greater => Err(Error::SchemaTooNew { path: path.to_owned(), found, known: schema_version() }),
        Ordering::Less => Ok(FileState::Older),
        Ordering::Equal if builder == migrations::digest() => Ok(FileState::Current),
        Ordering::Equal => Err(Error::MigrationMismatch(path.to_owned())),
    }
}
