//! The seal of a finished file: its last 80 bytes. 16 mark it, then the digest of what made the file, then the SHA-256 of
//! everything before. `SQLite` takes the size of a database from its header and passes over what follows.

use sha2::Sha256;

/// A SHA-256.
pub type Digest = [u8; 32];

/// What the seal begins with.
const MARK: &[u8; 16] = b"\nbayan sha-256:\n";
/// Its length, in bytes.
const LENGTH: usize = MARK.len() + 2 * size_of::<Digest>();

/// The seal of this content, made by this.
pub fn of(content: &[u8], made_by: &Digest) -> Vec<u8> {
    [MARK.as_slice(), made_by, &digest(content)].concat()
}

/// What made the file, if its seal is whole and the content is what was sealed.
pub fn intact(file: &[u8]) -> Option<Digest> {
    let seal = file.get(file.len().checked_sub(LENGTH)?..)?;
    let made_by = seal.get(MARK.len()..MARK.len() + size_of::<Digest>())?.try_into().ok()?;
    (seal == of(content(file), &made_by)).then_some(made_by)
}

/// A sealed file without its seal.
pub fn content(file: &[u8]) -> &[u8] {
    &file[..file.len().saturating_sub(LENGTH)]
}

fn digest(content: &[u8]) -> Digest {
    use sha2::Digest as _;
    Sha256::digest(content).into()
}
