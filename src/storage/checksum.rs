//! The checksum trailer of a finished file: its last 80 bytes.
//!
//! 16 bytes mark the trailer; the SHA-256 of the migrations that built the file and the SHA-256 of everything before the trailer follow.
//! `SQLite` reads the size of a database from its header and ignores what comes after it.

use sha2::Sha256;

/// A SHA-256.
pub type Digest = [u8; 32];

/// The start of the trailer.
const MARK: &[u8; 16] = b"\nbayan sha-256:\n";
/// The length of the trailer, in bytes.
const LENGTH: usize = MARK.len() + 2 * size_of::<Digest>();

/// The trailer for this payload. `builder` is the digest of the migrations.
pub fn trailer(payload: &[u8], builder: &Digest) -> Vec<u8> {
    [MARK.as_slice(), builder, &digest(payload)].concat()
}

/// Verifies the trailer of a file and returns the digest of its migrations; `None` if the file is not as it was published.
pub fn verify(file: &[u8]) -> Option<Digest> {
    let trailer_bytes = file.get(file.len().checked_sub(LENGTH)?..)?;
    let builder = trailer_bytes.get(MARK.len()..MARK.len() + size_of::<Digest>())?.try_into().ok()?;
    (trailer_bytes == trailer(payload(file), &builder)).then_some(builder)
}

/// A finished file without its trailer.
pub fn payload(file: &[u8]) -> &[u8] {
    &file[..file.len().saturating_sub(LENGTH)]
}

fn digest(bytes: &[u8]) -> Digest {
    use sha2::Digest as _;
    Sha256::digest(bytes).into()
}
