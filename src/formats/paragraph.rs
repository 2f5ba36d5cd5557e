//! Paragraphs that each have a language: descriptions in feeds and calendars mix Arabic and English.

use crate::{
    corpus::Language,
    text::{bidi::isolate, markup::escape_element_text},
};

/// A paragraph in one language, in plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// The language of the paragraph as a whole.
    pub language: Language,
    /// The text, on one line.
    pub text: String,
}

impl Paragraph {
    /// The text, with isolates around runs in the other direction. They also keep a paragraph that begins with such a run in
    /// its own direction, where the reader's software finds it by the first letter.
    fn isolated(&self) -> String {
        isolate(&self.text, self.language)
    }

    /// The paragraph as an element that is HTML and XHTML, with its direction.
    fn to_html(&self) -> String {
        let direction = match self.language {
            Language::Ar => "rtl",
            Language::En => "ltr",
        };
        let text = escape_element_text(&self.isolated());
        format!("<p dir=\"{direction}\" lang=\"{}\">{text}</p>", self.language.code())
    }
}

/// The paragraphs as HTML.
pub(super) fn html(paragraphs: &[Paragraph]) -> String {
    paragraphs.iter().map(Paragraph::to_html).collect()
}

/// The paragraphs as plain text, one a line.
pub(super) fn plain_text(paragraphs: &[Paragraph]) -> String {
    paragraphs.iter().map(Paragraph::isolated).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_paragraph_is_escaped_and_latin_words_in_arabic_are_isolated() {
        let paragraphs = [(Language::Ar, "«نص» <script>"), (Language::En, "a & b &amp; \"c\"")];
        let paragraphs = paragraphs.map(|(language, text)| Paragraph { language, text: text.to_owned() });
        let arabic = "<p dir=\"rtl\" lang=\"ar\">«نص» &lt;\u{2068}script\u{2069}&gt;</p>";
        let expected = format!("{arabic}<p dir=\"ltr\" lang=\"en\">a &amp; b &amp;amp; \"c\"</p>");
        assert_eq!(html(&paragraphs), expected);
        assert_eq!(plain_text(&paragraphs), "«نص» <\u{2068}script\u{2069}>\na & b &amp; \"c\"");
    }
}
