//! What became of a package.

use crate::storage::import::changes::NewChange;

/// What became of a package.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The id of its statement.
    pub statement: String,
    /// Whether the database had the statement before.
    pub replaced: bool,
    /// Whether the statement is withdrawn.
    pub withdrawn: bool,
    /// How many items differ.
    pub differences: usize,
    /// What differs from the edition that was replaced. A new statement differs in everything, which is not repeated here.
    pub changes: Vec<NewChange>,
}

impl Imported {
    /// A statement that the database had as it is.
    #[must_use]
    pub fn unchanged(statement: &str) -> Self {
        Self { statement: statement.to_owned(), replaced: true, withdrawn: false, differences: 0, changes: Vec::new() }
    }
}
