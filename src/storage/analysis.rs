//! What an index was built with: the analysis of words, which changes what tokens they have.

use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

use crate::{
    storage::checksum::Digest,
    text::{matcher::AnalyzedText, tables::TABLES},
};

/// Words whose tokens depend on most rules of the analysis.
const SAMPLE: &str = include_str!("../text/data/homographs.tsv");

static DIGEST: LazyLock<Digest> = LazyLock::new(|| {
    let mut digest = Sha256::new();
    digest.update(env!("CARGO_PKG_VERSION"));
    for text in TABLES.into_iter().chain(AnalyzedText::new(SAMPLE).stems()) {
        digest.update(text);
        digest.update([0]);
    }
    digest.finalize().into()
});

/// The digest of the analysis: of its tables, of the tokens of a sample, and of the version of the program. An index that
/// another analysis built would miss words.
#[must_use]
pub fn digest() -> Digest {
    *DIGEST
}
