//! The link to a clause: its label is the fragment of the statement's page, and it has a page of its own.

use crate::corpus::{Slug, notes::Note};

/// The link to a clause.
#[derive(Clone, Debug)]
pub struct ClauseLink {
    /// The path below the language, with the fragment.
    pub path: String,
    /// The path of the clause's own page, below the language.
    pub page: String,
    /// The label of the clause.
    pub label: String,
}

impl ClauseLink {
    /// The link to a clause of a statement. A long statement has several pages: the query leads to the one with the clause. The
    /// id of a clause is the id of the statement and the label.
    pub fn new(clause: &Slug, statement: &Slug) -> Self {
        let label = clause.below(statement).to_owned();
        Self { path: format!("statements/{statement}?clause={label}#{label}"), page: format!("clauses/{clause}"), label }
    }

    /// A note, with the link to its clause.
    pub fn with_note(note: Note) -> (Note, Self) {
        let link = Self::new(&note.target, &note.statement);
        (note, link)
    }
}
