//! What a text puts between quotation marks.

use crate::{package::original::Original, text::span::Span};

/// The quotation marks that a text may open a quotation with, and those that close it.
const PAIRS: [(char, char); 4] = [('“', '”'), ('«', '»'), ('„', '“'), ('"', '"')];

/// The words between quotation marks, paragraph by paragraph; a quotation without an end reaches to that of its paragraph.
#[must_use]
pub fn quotations(original: &Original) -> Vec<Span> {
    let mut quotations = Vec::new();
    for paragraph in original.paragraphs() {
        let mut open: Option<(usize, char)> = None;
        for (at, char) in (paragraph.start..).zip(original.slice(*paragraph).chars()) {
            match open {
                Some((start, close)) if char == close => {
                    quotations.push(Span { start, end: at });
                    open = None;
                }
                None => open = PAIRS.iter().find(|(opening, _)| *opening == char).map(|(_, close)| (at + 1, *close)),
                Some(_) => {}
            }
        }
        quotations.extend(open.map(|(start, _)| Span { start, end: paragraph.end }));
    }
    quotations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_between_marks_of_one_pair() {
        let original = Original::new("قال: “نص «داخلي» آخر”، ثم\nsaid \"one\" and \"two".to_owned());
        let words: Vec<&str> = quotations(&original).into_iter().map(|span| original.slice(span)).collect();
        assert_eq!(words, ["نص «داخلي» آخر", "one", "two"]);
    }
}
