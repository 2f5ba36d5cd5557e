//! The text of a source, in code points: its paragraphs, and where words stand in it.

use crate::text::span::Span;

/// A text that quotes are looked for in.
#[derive(Clone, Debug)]
pub struct Original {
    text: String,
    /// The byte at which each code point begins, and the length in bytes.
    bytes: Vec<usize>,
    /// The paragraphs: the lines that have words.
    paragraphs: Vec<Span>,
}

impl Original {
    /// Divides a text into paragraphs.
    #[must_use]
    pub fn new(text: String) -> Self {
        let bytes = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
        let (mut paragraphs, mut start) = (Vec::new(), 0);
        for line in text.split('\n') {
            let end = start + line.chars().count();
            if !line.trim().is_empty() {
                paragraphs.push(Span { start, end });
            }
            start = end + 1;
        }
        Self { text, bytes, paragraphs }
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The span of the whole text.
    #[must_use]
    pub const fn span(&self) -> Span {
        Span { start: 0, end: self.bytes.len() - 1 }
    }

    /// The paragraphs, in order.
    #[must_use]
    pub fn paragraphs(&self) -> &[Span] {
        &self.paragraphs
    }

    /// A paragraph, by its number from 1.
    #[must_use]
    pub fn paragraph(&self, number: usize) -> Option<Span> {
        self.paragraphs.get(number.checked_sub(1)?).copied()
    }

    /// The number of the paragraph that has this code point, from 1.
    #[must_use]
    pub fn paragraph_at(&self, at: usize) -> usize {
        self.paragraphs.partition_point(|paragraph| paragraph.start <= at)
    }

    /// The words between two code points.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        let byte = |at: usize| self.bytes[at.min(self.bytes.len() - 1)];
        &self.text[byte(span.start)..byte(span.end)]
    }

    /// The bytes between two code points.
    #[must_use]
    pub fn byte_range(&self, span: Span) -> std::ops::Range<usize> {
        self.bytes[span.start]..self.bytes[span.end]
    }

    /// Every place of these words inside a span, overlapping ones included, up to a maximum.
    #[must_use]
    pub fn find(&self, words: &str, within: Span, max: usize) -> Vec<Span> {
        let length = words.chars().count();
        let (first, last) = (self.bytes[within.start], self.bytes[within.end]);
        let (mut places, mut from) = (Vec::new(), first);
        while length > 0
            && places.len() < max
            && let Some(found) = self.text[from..last].find(words)
        {
            let start = self.bytes.partition_point(|byte| *byte < from + found);
            places.push(Span { start, end: start + length });
            from = self.bytes[start + 1];
        }
        places
    }

    /// A span with some of its surroundings in one line, the words between brackets.
    #[must_use]
    pub fn in_context(&self, span: Span, context: usize) -> String {
        let (start, end) = (span.start.saturating_sub(context), (span.end + context).min(self.span().end));
        let edge = |is_cut: bool| if is_cut { "…" } else { "" };
        let line = format!(
            "{}{}[{}]{}{}",
            edge(start > 0),
            self.slice(Span { start, end: span.start }),
            shorten(self.slice(span)),
            self.slice(Span { start: span.end, end }),
            edge(end < self.span().end)
        );
        line.replace('\n', " ")
    }
}

/// The maximum length of words that a message repeats, in code points.
const MAX_SHOWN: usize = 120;

/// Words for a message: a long text is cut in the middle.
#[must_use]
pub fn shorten(words: &str) -> String {
    let length = words.chars().count();
    if length <= MAX_SHOWN {
        return words.replace('\n', "\\n");
    }
    let half = MAX_SHOWN / 2;
    let (head, tail): (String, String) = (words.chars().take(half).collect(), words.chars().skip(length - half).collect());
    format!("{head} … {tail}").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_lines_with_words_and_offsets_are_code_points() {
        let original = Original::new("أول 🏞 نص\n\n  \nثان\n".to_owned());
        assert_eq!(original.paragraphs(), [Span { start: 0, end: 8 }, Span { start: 13, end: 16 }]);
        assert_eq!(original.slice(Span { start: 4, end: 5 }), "🏞");
        assert_eq!((original.paragraph_at(3), original.paragraph_at(13), original.paragraph(3)), (1, 2, None));
        assert_eq!(original.find("ن", original.span(), 9).len(), 2);
    }

    #[test]
    fn overlapping_places_are_found_and_none_outside_the_span() {
        let original = Original::new("aaaa baaa".to_owned());
        assert_eq!(original.find("aa", Span { start: 0, end: 4 }, 9).len(), 3);
        assert_eq!(original.find("aa", original.span(), 4).len(), 4);
        assert_eq!(original.find("", original.span(), 4).len(), 0);
        assert_eq!(original.in_context(Span { start: 5, end: 6 }, 3), "…aa [b]aaa");
    }
}
