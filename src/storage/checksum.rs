//! The checksum trailer of a finished file: its last 112 bytes.
//!
//! 16 bytes mark the trailer. Three SHA-256 follow: of the migrations and of the analysis that built the file, and of everything
//! before the trailer.
//! `SQLite` reads the size of a database from its header and ignores what comes after it.

use std::{fs::File, io, os::unix::fs::FileExt};

use sha2::{Digest as _, Sha256};

/// A SHA-256.
pub type Digest = [u8; 32];

/// The start of the trailer.
const MARK: &[u8; 16] = b"\nbayan sha-256:\n";
/// The length of the trailer, in bytes.
pub const TRAILER_BYTES: u64 = 112;
/// How much of a file is in memory at a time.
const CHUNK_BYTES: usize = 1 << 20;

/// The trailer of a finished file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trailer {
    /// The digest of the migrations that built the file.
    pub migrations: Digest,
    /// The digest of the analysis that its index was built with.
    pub analysis: Digest,
    /// The digest of everything before the trailer.
    pub payload: Digest,
}

impl Trailer {
    /// Reads the trailer of a file of this length; `None` if its end is no trailer.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(file: &File, length: u64) -> io::Result<Option<Self>> {
        let Some(start) = length.checked_sub(TRAILER_BYTES) else { return Ok(None) };
        let (mut mark, mut migrations, mut analysis, mut payload) = ([0; MARK.len()], Digest::default(), Digest::default(), Digest::default());
        file.read_exact_at(&mut mark, start)?;
        let mut position = start + mark.len() as u64;
        for digest in [&mut migrations, &mut analysis, &mut payload] {
            file.read_exact_at(digest, position)?;
            position += digest.len() as u64;
        }
        Ok((mark == *MARK).then_some(Self { migrations, analysis, payload }))
    }

    /// The bytes of the trailer.
    #[must_use]
    pub fn to_bytes(self) -> Vec<u8> {
        [MARK.as_slice(), &self.migrations, &self.analysis, &self.payload].concat()
    }
}

/// The digest of the first `length` bytes of a file, which is read in chunks.
///
/// # Errors
/// When the file cannot be read, or is shorter.
pub fn digest(file: &File, length: u64) -> io::Result<Digest> {
    let (mut digest, mut chunk, mut position) = (Sha256::new(), vec![0; CHUNK_BYTES], 0);
    while position < length {
        let rest = usize::try_from(length - position).unwrap_or(CHUNK_BYTES).min(CHUNK_BYTES);
        file.read_exact_at(&mut chunk[..rest], position)?;
        digest.update(&chunk[..rest]);
        position += rest as u64;
    }
    Ok(digest.finalize().into())
}
