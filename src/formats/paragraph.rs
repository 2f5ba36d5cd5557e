//! Paragraphs that each have a language: descriptions in feeds and calendars mix Arabic and English.

use crate::{corpus::Language, text::bidi::isolate};

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
        let text = self.isolated().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
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
    fn markup_in_a_paragraph_is_escaped() {
        let paragraphs = [(Language::Ar, "«نص» <script>"), (Language::En, "a & b &amp; \"c\"")];
        let paragraphs = paragraphs.map(|(language, text)| Paragraph { language, text: text.to_owned() });
        let expected = r#"<p dir="rtl" lang="ar">«نص» &lt;script&gt;</p><p dir="ltr" lang="en">a &amp; b &amp;amp; "c"</p>"#;
        assert_eq!(html(&paragraphs), expected);
        assert_eq!(plain_text(&paragraphs), "«نص» <script>\na & b &amp; \"c\"");
    }
}
