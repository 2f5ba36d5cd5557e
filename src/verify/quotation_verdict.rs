//! Verifies one quotation.

use crate::verify::{comparison::ComparisonError, judge::Judge, library::StoredLibrary, outcome::Asked, params::VerifyParams, verdict::Verdict};

/// Why a verdict could not be given.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The quotation is too long, or the comparison was stopped.
    #[error(transparent)]
    Comparison(#[from] ComparisonError),
    /// A stored item does not have its type.
    #[error("a stored item cannot be read: {0}")]
    Stored(#[from] serde_json::Error),
}

/// The verdict on a quotation. The computation may take long; it ends soon after `stop` returns true.
///
/// # Errors
/// When the quotation is too long, the comparison was stopped, or a stored item cannot be read.
pub fn verify(library: &StoredLibrary, params: &VerifyParams, revision: i64, stop: &dyn Fn() -> bool) -> Result<Verdict, VerifyError> {
    let library = library.read()?;
    let names = library.registers.names();
    let asked = Asked { voice: params.voice, speaker: params.speaker.clone() };
    let judge = Judge::new(&library, &names);
    let outcome = judge.judge_by_candidates(&params.text, &asked, stop)?;
    Ok(Verdict::new(&outcome, &asked, &library.registers, revision))
}
