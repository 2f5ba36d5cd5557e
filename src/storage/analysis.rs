//! What an index was built with: the analysis of words, which decides what tokens they have.

use sha2::{Digest as _, Sha256};

use crate::storage::checksum::Digest;

/// The digest of the analysis: of its code and its tables, as `build.rs` found them. An index that another analysis built would
/// miss words.
#[must_use]
pub fn digest() -> Digest {
    Sha256::digest(env!("BAYAN_ANALYSIS")).into()
}
