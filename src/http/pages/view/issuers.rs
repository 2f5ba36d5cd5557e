//! Who issued a statement, for its card and its page.

use std::collections::HashMap;

use crate::corpus::{NamedReference, Slug, works::Work};

/// The issuers of some statements.
#[derive(Clone, Debug, Default)]
pub struct Issuers(HashMap<Slug, Vec<NamedReference>>);

impl Issuers {
    /// Those of these works.
    pub fn of(works: Vec<Work>) -> Self {
        Self(works.into_iter().map(|work| (work.statement.id, work.issuers)).collect())
    }

    /// The issuers of a statement, in the order in which it names them.
    pub fn get(&self, statement: &Slug) -> &[NamedReference] {
        self.0.get(statement).map_or(&[], Vec::as_slice)
    }
}
