//! Descriptions as the OpenAPI document has them, which is Markdown: paragraphs, and code between backticks.

/// A paragraph in pieces: text, and whether it is code.
pub type Prose<'a> = Vec<(&'a str, bool)>;

/// Splits a paragraph at its backticks.
#[must_use]
pub fn prose(text: &str) -> Prose<'_> {
    text.split('`').enumerate().map(|(number, piece)| (piece, number % 2 == 1)).filter(|(piece, _)| !piece.is_empty()).collect()
}

/// The paragraphs of a description.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Prose<'_>> {
    text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()).map(prose).collect()
}

#[cfg(test)]
mod tests {
    use super::{paragraphs, prose};

    #[test]
    fn backticks_become_code_and_blank_lines_paragraphs() {
        assert_eq!(prose("the `q` of a `list`"), [("the ", false), ("q", true), (" of a ", false), ("list", true)]);
        assert_eq!(paragraphs("one\n\ntwo `x`"), [vec![("one", false)], vec![("two ", false), ("x", true)]]);
        assert_eq!(paragraphs(""), Vec::<Vec<(&str, bool)>>::new());
    }
}
