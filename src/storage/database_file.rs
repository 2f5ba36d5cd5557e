//! The file at the path of the database.

use std::{
    cmp::Ordering,
    fs::{self, File, FileType, Metadata},
    io::{self, Read},
    os::unix::fs::{FileExt, FileTypeExt, OpenOptionsExt},
    path::Path,
};

use crate::storage::{
    analysis,
    checksum::{Hashing, TRAILER_BYTES, Trailer},
    error::{Error, io_error},
    file_version::FileVersion,
    migrations::{self, schema_version},
};

/// "Bayn": the `PRAGMA application_id` of our files, at byte 68 of the header.
pub const APPLICATION_ID: i32 = 0x4261_796e;
/// The start of every `SQLite` file.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// The length of the header of a `SQLite` file (sqlite.org/fileformat.html, section 1.3).
const HEADER_BYTES: usize = 100;

/// What is at the path of the database, if it is not an error.
#[derive(Debug)]
pub enum FileState {
    /// Nothing.
    Missing,
    /// A file of this version of the program.
    Current(DatabaseFile),
    /// A file of an earlier version, or one that other migrations or another analysis of words built.
    Older(DatabaseFile),
}

/// A database file, held open: it stays readable whatever takes its place.
#[derive(Debug)]
pub struct DatabaseFile {
    file: File,
    /// Its version when it was read.
    version: FileVersion,
    length: u64,
    schema_version: i64,
    trailer: Trailer,
}

/// Inspects the header, the size and the trailer of the file at a path, without `SQLite`: opening it could already change it. This can block for as long as the file
/// system likes.
///
/// # Errors
/// When the file is not ours to serve, or cannot be read.
pub fn inspect(path: &Path) -> Result<FileState, Error> {
    check_name(path)?;
    // Before it is opened, which can have an effect on a device.
    match fs::metadata(path) {
        Ok(metadata) => check_regular(path, &metadata)?,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(FileState::Missing),
        Err(cause) => return Err(io_error(path, "read")(cause)),
    }
    let file = match open_without_waiting(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(FileState::Missing),
        Err(cause) => return Err(io_error(path, "read")(cause)),
    };
    let metadata = file.metadata().map_err(io_error(path, "read"))?;
    check_regular(path, &metadata)?;
    let header = Header::read(&file, &metadata).map_err(io_error(path, "read"))?.ok_or_else(|| Error::NotBayan(path.to_owned()))?;
    let trailer = Trailer::read(&file, metadata.len()).map_err(io_error(path, "read"))?;
    let trailer = trailer.filter(|_| metadata.len() == header.database_bytes + TRAILER_BYTES).ok_or_else(|| Error::Damaged(path.to_owned()))?;
    let found = header.schema_version;
    // The version is that from before anything was read: a write meanwhile makes a new one.
    let file = DatabaseFile { version: FileVersion::of(&metadata), length: metadata.len(), schema_version: found, file, trailer };
    let known = schema_version();
    match found.cmp(&known) {
        Ordering::Greater => Err(Error::SchemaTooNew { path: path.to_owned(), found, known }),
        Ordering::Equal if trailer.migrations == migrations::digest() && trailer.analysis == analysis::digest() => Ok(FileState::Current(file)),
        Ordering::Less | Ordering::Equal => Ok(FileState::Older(file)),
    }
}

/// Opens a file for reading. A FIFO that has just taken its place is opened as well, rather than waited for.
fn open_without_waiting(path: &Path) -> io::Result<File> {
    File::options().read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY).open(path)
}

/// Rejects what is not a regular file: it may have no end, or wait for another process.
fn check_regular(path: &Path, metadata: &Metadata) -> Result<(), Error> {
    if metadata.is_file() { Ok(()) } else { Err(Error::NotRegularFile { path: path.to_owned(), found: kind(metadata.file_type()) }) }
}

/// What a file is that is not a regular one.
fn kind(file_type: FileType) -> &'static str {
    if file_type.is_dir() {
        "a folder"
    } else if file_type.is_fifo() {
        "a FIFO"
    } else if file_type.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

/// The header of a Bayan database.
struct Header {
    schema_version: i64,
    /// The size of the database in whole pages.
    database_bytes: u64,
}

impl Header {
    /// Reads the header; `None` if the file is not ours.
    fn read(file: &File, metadata: &Metadata) -> io::Result<Option<Self>> {
        let mut header = [0; HEADER_BYTES];
        if metadata.len() < HEADER_BYTES as u64 {
            return Ok(None);
        }
        file.read_exact_at(&mut header, 0)?;
        let number_at = |at: usize| i32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
        if !header.starts_with(MAGIC) || number_at(68) != APPLICATION_ID {
            return Ok(None);
        }
        let page_bytes = match u16::from_be_bytes([header[16], header[17]]) {
            1 => 65_536,
            bytes => u64::from(bytes),
        };
        Ok(Some(Self { schema_version: number_at(60).into(), database_bytes: page_bytes * u64::from(number_at(28).cast_unsigned()) }))
    }
}

impl DatabaseFile {
    /// The version of the file when it was inspected.
    #[must_use]
    pub const fn version(&self) -> FileVersion {
        self.version
    }

    /// The version of the schema and the data in it.
    #[must_use]
    pub const fn schema_version(&self) -> i64 {
        self.schema_version
    }

    /// The version of the file now, wherever it has been moved.
    ///
    /// # Errors
    /// When the file system fails.
    pub fn current_version(&self) -> io::Result<FileVersion> {
        self.file.metadata().map(|metadata| FileVersion::of(&metadata))
    }

    /// Whether the content is what was published. It reads the whole file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_intact(&self) -> io::Result<bool> {
        Ok(self.has_trailer()? && self.hashing().finish(&self.file)? == self.trailer.payload)
    }

    /// Checks the whole file before it is built on.
    ///
    /// # Errors
    /// When it is damaged, or cannot be read.
    pub fn check(&self, path: &Path) -> Result<(), Error> {
        if self.is_intact().map_err(io_error(path, "read"))? { Ok(()) } else { Err(Error::Damaged(path.to_owned())) }
    }

    /// Begins to hash the database.
    #[must_use]
    pub fn hashing(&self) -> Hashing {
        Hashing::new(self.length - TRAILER_BYTES)
    }

    /// Hashes the next chunk. After the last one: whether the content is what was published.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn step(&self, hashing: &mut Hashing) -> io::Result<Option<bool>> {
        let digest = hashing.step(&self.file)?;
        digest.map(|digest| Ok(digest == self.trailer.payload && self.has_trailer()?)).transpose()
    }

    /// Whether the size and the trailer are those of the inspected file.
    fn has_trailer(&self) -> io::Result<bool> {
        Ok(self.file.metadata()?.len() == self.length && Trailer::read(&self.file, self.length)? == Some(self.trailer))
    }

    /// The database in the file, without the trailer.
    pub fn payload(&self) -> impl Read {
        (&self.file).take(self.length - TRAILER_BYTES)
    }
}

/// Rejects names that are meant as something other than a file. What is read and built is a file, whatever its name.
fn check_name(path: &Path) -> Result<(), Error> {
    let name = path.as_os_str().as_encoded_bytes();
    let is_other = name == b":memory:" || [b"file:".as_slice(), b"sqlite:"].iter().any(|scheme| name.starts_with(scheme));
    if is_other { Err(Error::NotAFileName(path.to_owned())) } else { Ok(()) }
}
