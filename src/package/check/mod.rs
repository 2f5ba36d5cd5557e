//! The rules of a package, one file for each group. Every rule runs, whatever the others find; what only follows from another
//! mistake is left out.

mod characters;
mod composed_ids;
mod coverage;
mod date_words;
mod dates;
mod duplicates;
mod in_use;
mod known_ids;
mod mentions;
mod milestones;
mod quotation_marks;
mod registers;
mod source_text;
mod text_place;
mod unknown_ids;
mod values;
mod voices;
mod withdrawal;

use crate::package::{diagnostic::Log, document::Document, known::Known, original::Original, parse::Node, resolve::Places};

pub use text_place::TextPlace;

/// What is known of a package when its rules are checked.
pub struct Subject<'p> {
    /// The document.
    pub document: &'p Document,
    /// The text of the source.
    pub original: &'p Original,
    /// Where that text stands.
    pub text_place: &'p TextPlace<'p>,
    /// The places of everything in the text.
    pub places: &'p Places,
}

/// Checks the characters of every value; this needs no document.
pub fn check_characters(file: &str, tree: &Node, log: &mut Log) {
    characters::check(file, tree, log);
}

/// Checks what needs no text.
pub fn check_document(document: &Document, known: &Known, log: &mut Log) {
    withdrawal::check(document, known, log);
    in_use::check(document, known, log);
    duplicates::check(document, log);
    composed_ids::check(document, known, log);
    known_ids::check(document, known, log);
    registers::check(document, known, log);
    values::check(document, log);
    voices::check(document, log);
    dates::check(document, log);
}

/// Checks the text itself. Returns whether quotes can be looked for in it.
pub fn check_source(document: &Document, original: &Original, place: &TextPlace<'_>, known: &Known, log: &mut Log) -> bool {
    source_text::check(document, original, place, known, log)
}

/// Checks what needs the text.
pub fn check_text(subject: &Subject<'_>, log: &mut Log) {
    date_words::check(subject, log);
    coverage::check(subject, log);
    mentions::check(subject, log);
    quotation_marks::check(subject, log);
    milestones::check(subject, log);
}
