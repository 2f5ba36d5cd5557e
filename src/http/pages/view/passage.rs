//! A clause in its paragraph: the paragraph divided at the bounds of the clause and of its sentence.

use crate::corpus::{Quote, statements::Paragraph};

/// A paragraph of a source, divided into parts that together are its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage<'t> {
    /// The text before the sentence.
    pub before: &'t str,
    /// The beginning of the sentence, before the clause.
    pub sentence_start: &'t str,
    /// The words of the clause.
    pub words: &'t str,
    /// The end of the sentence, after the clause.
    pub sentence_end: &'t str,
    /// The text after the sentence.
    pub after: &'t str,
}

impl<'t> Passage<'t> {
    /// A clause in the paragraph that contains it. A clause of several sentences has them all as its sentence.
    pub fn new(paragraph: &'t Paragraph, quote: &Quote) -> Self {
        let text = paragraph.text.as_str();
        let byte = |at: u32| text.char_indices().nth(at.saturating_sub(paragraph.start) as usize).map_or(text.len(), |(byte, _)| byte);
        let (start, end) = (byte(quote.start), byte(quote.end).max(byte(quote.start)));
        let ends = sentence_ends(text);
        let first = ends.iter().copied().rfind(|at| *at <= start).unwrap_or(0);
        let last = ends.iter().copied().find(|at| *at >= end).unwrap_or(text.len());
        let sentence = &text[first..];
        let first = first + (sentence.len() - sentence.trim_start().len()).min(start - first);
        Self { before: &text[..first], sentence_start: &text[first..start], words: &text[start..end], sentence_end: &text[end..last], after: &text[last..] }
    }
}

/// Where the sentences of a text end: after a full stop, an exclamation mark or a question mark with a space behind it, and what closes
/// a quotation between the two.
fn sentence_ends(text: &str) -> Vec<usize> {
    let closes = |rest: &str| rest.trim_start_matches(['”', '"', '»', '’', ')']).len();
    let marks = text.char_indices().filter(|(_, mark)| matches!(mark, '.' | '!' | '?' | '؟'));
    let end = |(at, mark): (usize, char)| text.len() - closes(&text[at + mark.len_utf8()..]);
    marks.map(end).filter(|end| text[*end..].starts_with(char::is_whitespace)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_is_shown_in_its_sentence_and_its_paragraph() {
        let paragraph = |text: &str| Paragraph { number: 1, start: 10, end: 10 + u32::try_from(text.chars().count()).unwrap(), text: text.to_owned() };
        let text = "أولاً 1.5 كم. ثانياً هنا، “ثالثاً.” رابعاً؟ خامساً";
        for (words, expected) in [
            ("هنا", ["أولاً 1.5 كم. ", "ثانياً ", "هنا", "، “ثالثاً.”", " رابعاً؟ خامساً"]),
            ("أولاً 1.5 كم", ["", "", "أولاً 1.5 كم", ".", " ثانياً هنا، “ثالثاً.” رابعاً؟ خامساً"]),
            ("ثالثاً.” رابعاً", ["أولاً 1.5 كم. ", "ثانياً هنا، “", "ثالثاً.” رابعاً", "؟", " خامساً"]),
            ("خامساً", ["أولاً 1.5 كم. ثانياً هنا، “ثالثاً.” رابعاً؟ ", "", "خامساً", "", ""]),
        ] {
            let start = 10 + u32::try_from(text[..text.find(words).unwrap()].chars().count()).unwrap();
            let end = start + u32::try_from(words.chars().count()).unwrap();
            let quote = Quote { start, end, exact: words.to_owned(), prefix: String::new(), suffix: String::new() };
            let paragraph = paragraph(text);
            let Passage { before, sentence_start, words, sentence_end, after } = Passage::new(&paragraph, &quote);
            assert_eq!([before, sentence_start, words, sentence_end, after], expected);
        }
    }
}
