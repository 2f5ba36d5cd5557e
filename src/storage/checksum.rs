//! The checksum trailer of a finished file: its last 112 bytes.
//!
//! 16 bytes mark the trailer. Two SHA-256 follow, of the migrations and of the analysis that built the file, and two XXH3 of
//! 128 bits: of everything before the trailer, and of the first page with the trailer itself. A start compares the last one
//! alone; the other is of the whole file, and is computed in the background.
//! `SQLite` reads the size of a database from its header and ignores what comes after it.

use std::{fs::File, io, os::unix::fs::FileExt};

use xxhash_rust::xxh3::Xxh3;

/// A SHA-256.
pub type Digest = [u8; 32];

/// The start of the trailer.
const MARK: &[u8; 16] = b"\nbayan xxh3-128\n";
/// The length of the trailer, in bytes.
pub const TRAILER_BYTES: u64 = 112;
/// How much of the start of a file the last digest covers, in bytes: its first page.
pub const ROOT_BYTES: u64 = 16_384;
/// How much of a file is in memory at a time, in bytes.
pub const CHUNK_BYTES: usize = 1 << 20;

/// The trailer of a finished file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trailer {
    /// The digest of the migrations that built the file.
    pub migrations: Digest,
    /// The digest of the analysis that its index was built with.
    pub analysis: Digest,
    /// The digest of everything before the trailer.
    pub payload: u128,
}

impl Trailer {
    /// Reads the trailer of a file of this length; `None` if its end is no trailer of this file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(file: &File, length: u64) -> io::Result<Option<Self>> {
        let Some(start) = length.checked_sub(TRAILER_BYTES) else { return Ok(None) };
        let (mut mark, mut trailer, mut payload) = ([0; MARK.len()], Self { migrations: Digest::default(), analysis: Digest::default(), payload: 0 }, [0; 16]);
        let mut root = [0; 16];
        let mut position = start;
        for part in [mark.as_mut_slice(), &mut trailer.migrations, &mut trailer.analysis, &mut payload, &mut root] {
            file.read_exact_at(part, position)?;
            position += part.len() as u64;
        }
        trailer.payload = u128::from_le_bytes(payload);
        let is_whole = mark == *MARK && trailer.root(file, start)? == u128::from_le_bytes(root);
        Ok(is_whole.then_some(trailer))
    }

    /// The bytes of the trailer of a file, whose database has this length.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn to_bytes(self, file: &File, payload_bytes: u64) -> io::Result<Vec<u8>> {
        let root = self.root(file, payload_bytes)?;
        Ok([self.covered().as_slice(), &root.to_le_bytes()].concat())
    }

    /// What the last digest covers of the trailer.
    fn covered(&self) -> Vec<u8> {
        [MARK.as_slice(), &self.migrations, &self.analysis, &self.payload.to_le_bytes()].concat()
    }

    /// The digest of the first page of a file and of the rest of the trailer.
    fn root(&self, file: &File, payload_bytes: u64) -> io::Result<u128> {
        let mut page = vec![0; usize::try_from(payload_bytes.min(ROOT_BYTES)).unwrap_or_default()];
        file.read_exact_at(&mut page, 0)?;
        let mut root = Xxh3::new();
        root.update(&page);
        root.update(&self.covered());
        Ok(root.digest128())
    }
}

/// The digest of the first bytes of a file, computed chunk by chunk.
pub struct Hashing {
    digest: Box<Xxh3>,
    position: u64,
    length: u64,
}

impl Hashing {
    /// Begins the digest of the first `length` bytes.
    #[must_use]
    pub fn new(length: u64) -> Self {
        Self { digest: Box::new(Xxh3::new()), position: 0, length }
    }

    /// Reads the next chunk of the file; `Some` of the digest after the last one.
    ///
    /// # Errors
    /// When the file cannot be read, or is shorter.
    pub fn step(&mut self, file: &File) -> io::Result<Option<u128>> {
        let mut chunk = vec![0; usize::try_from(self.length - self.position).unwrap_or(CHUNK_BYTES).min(CHUNK_BYTES)];
        file.read_exact_at(&mut chunk, self.position)?;
        self.digest.update(&chunk);
        self.position += chunk.len() as u64;
        Ok((self.position == self.length).then(|| self.digest.digest128()))
    }

    /// Reads the rest of the file.
    ///
    /// # Errors
    /// As [`Self::step`].
    pub fn finish(mut self, file: &File) -> io::Result<u128> {
        loop {
            if let Some(digest) = self.step(file)? {
                return Ok(digest);
            }
        }
    }
}
