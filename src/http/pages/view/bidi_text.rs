//! Bidirectional text as HTML: each run in the other script is an element of its own, and the label of a clause links to
//! the clause.

use askama::{Template, filters::HtmlSafe};

use crate::text::{
    Language,
    bidi::{Segment, segments},
};

/// A text as HTML.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "bidi_text.html")]
pub struct BidiText<'t> {
    segments: Vec<Segment<'t>>,
    /// The language code of foreign segments.
    foreign: &'static str,
    /// The URL that a label links to, without the label; empty if labels are not links.
    clause_url: String,
}

/// The template escapes what it writes.
impl HtmlSafe for BidiText<'_> {}

impl<'t> BidiText<'t> {
    /// A text in a language.
    pub fn new(text: &'t str, language: Language) -> Self {
        Self { segments: segments(text, language), foreign: language.other().code(), clause_url: String::new() }
    }

    /// Links labels to the clauses of a statement, whose page is at `statements_url` and the statement's id; both are empty on the
    /// page with all its clauses.
    #[must_use]
    pub fn with_clauses_of(mut self, statements_url: &str, statement: &(impl std::fmt::Display + ?Sized)) -> Self {
        let statement = statement.to_string();
        // A long statement has several pages: the query leads to the one with the clause.
        self.clause_url = if statement.is_empty() { "#".to_owned() } else { format!("{statements_url}{statement}?clause=") };
        self
    }
}
