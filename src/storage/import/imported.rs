//! What became of a package.

use crate::storage::import::changes::NewChange;

/// What became of a package.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The id of its statement.
    pub statement: String,
    /// Whether the database had the statement before.
    pub replaced: bool,
    /// How many items differ.
    pub differences: usize,
    /// What differs from the edition that was replaced. A new statement differs in everything, which is not repeated here.
    pub changes: Vec<NewChange>,
}
