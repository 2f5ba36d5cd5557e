//! A drawing as SVG 1.1, with text that stays text: it can be read aloud, searched and copied.
//!
//! The renderer takes every line for left-to-right, whatever `direction` says. So a line in Arabic stands in an embedding (U+202B …
//! U+202C, Unicode Standard Annex #9), runs against the direction are isolated in each line, and `text-anchor` names the edge that the line
//! touches. Browsers draw the same: their base direction is left-to-right as well, since the drawing names none.

use std::fmt::Write;

use crate::{
    picture::font::Face,
    text::{Language, bidi::isolate_all, markup::escape_attribute},
};

/// RIGHT-TO-LEFT EMBEDDING: the text after it runs from right to left.
const RIGHT_TO_LEFT_EMBEDDING: char = '\u{202b}';
/// POP DIRECTIONAL FORMATTING: ends an embedding.
const POP_DIRECTIONAL_FORMATTING: char = '\u{202c}';

/// A place in a drawing, in pixels from its upper left corner.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// From the left.
    pub x: f32,
    /// From above; of a line of text, its baseline.
    pub y: f32,
}

/// Which edge of a line of text is at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// The left one.
    Left,
    /// The middle.
    Middle,
    /// The right one.
    Right,
}

impl Edge {
    /// The edge at which a line in a language begins.
    #[must_use]
    pub const fn start(language: Language) -> Self {
        match language {
            Language::Ar => Self::Right,
            Language::En => Self::Left,
        }
    }

    /// The other edge.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Middle => Self::Middle,
            Self::Right => Self::Left,
        }
    }

    const fn anchor(self) -> &'static str {
        match self {
            Self::Left => "start",
            Self::Middle => "middle",
            Self::Right => "end",
        }
    }
}

/// How a line of text is set.
#[derive(Clone, Copy, Debug)]
pub struct TextStyle {
    /// The font.
    pub face: Face,
    /// Its size, in pixels.
    pub size: f32,
    /// The colour.
    pub colour: &'static str,
}

/// A drawing.
#[derive(Debug)]
pub struct Drawing {
    width: f32,
    height: f32,
    elements: String,
}

impl Drawing {
    /// An empty drawing of this size, in pixels, on a ground.
    #[must_use]
    pub fn new(width: f32, height: f32, ground: &str) -> Self {
        let mut drawing = Self { width, height, elements: String::new() };
        drawing.rect(Point { x: 0.0, y: 0.0 }, width, height, ground);
        drawing
    }

    /// Adds an element that is written elsewhere; its text must be escaped.
    pub fn element(&mut self, element: std::fmt::Arguments<'_>) {
        // A `String` takes everything.
        let _ = self.elements.write_fmt(element);
        self.elements.push('\n');
    }

    /// Draws a rectangle from its upper left corner.
    pub fn rect(&mut self, at: Point, width: f32, height: f32, fill: &str) {
        self.element(format_args!(r#"<rect x="{}" y="{}" width="{width}" height="{height}" fill="{fill}"/>"#, at.x, at.y));
    }

    /// Sets a line of text in a language, on its baseline.
    pub fn line(&mut self, line: &str, language: Language, edge: Edge, at: Point, style: TextStyle) {
        let (isolated, code) = (escape(&isolate_all(line, language)), language.code());
        let text = match language {
            Language::Ar => format!("{RIGHT_TO_LEFT_EMBEDDING}{isolated}{POP_DIRECTIONAL_FORMATTING}"),
            Language::En => isolated,
        };
        let TextStyle { face, size, colour } = style;
        self.element(format_args!(
            r#"<text x="{}" y="{}" text-anchor="{}" font-family="{}" font-weight="{}" font-size="{size}" fill="{colour}" xml:lang="{code}">{text}</text>"#,
            at.x,
            at.y,
            edge.anchor(),
            face.family(),
            face.weight()
        ));
    }

    /// Sets lines of text below each other; `top` is the upper edge of the first. Returns the lower edge of the last.
    pub fn lines(&mut self, lines: &[String], language: Language, edge: Edge, top: Point, style: TextStyle, leading: f32) -> f32 {
        let mut y = top.y;
        for line in lines {
            // The baseline is where the letters are about in the middle of their line.
            let baseline = y + style.size * (leading / 2.0 + 0.32);
            self.line(line, language, edge, Point { x: top.x, y: baseline }, style);
            y += style.size * leading;
        }
        y
    }

    /// The drawing as SVG, with a title and a description for those who do not see it.
    #[must_use]
    pub fn finish(self, title: &str, description: &str, language: Language) -> String {
        let Self { width, height, elements } = self;
        let (title, description, code) = (escape(title), escape(description), language.code());
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title description" xml:lang="{code}">
<title id="title">{title}</title>
<desc id="description">{description}</desc>
{elements}</svg>
"#
        )
    }
}

/// Text for XML, without the characters that XML forbids (XML 1.0, section 2.2).
fn escape(text: &str) -> String {
    let allowed = text.chars().filter(|character| !matches!(character, '\u{fffe}' | '\u{ffff}'));
    escape_attribute(&allowed.map(|character| if character.is_control() { ' ' } else { character }).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: TextStyle = TextStyle { face: Face::Reading, size: 20.0, colour: "#000" };

    #[test]
    fn arabic_lines_are_embedded_and_anchored_at_the_right() {
        let mut drawing = Drawing::new(100.0, 50.0, "#fff");
        let at = Point { x: 90.0, y: 30.0 };
        drawing.line("في 2025 (6c)", Language::Ar, Edge::start(Language::Ar), at, STYLE);
        drawing.line("in 2025 «سبتمبر»", Language::En, Edge::start(Language::En), at, STYLE);
        let svg = drawing.finish("t", "d", Language::Ar);
        assert!(svg.contains("text-anchor=\"end\""), "{svg}");
        assert!(svg.contains("xml:lang=\"ar\">\u{202b}في \u{2068}2025\u{2069} (\u{2068}6c\u{2069})\u{202c}</text>"), "{svg}");
        assert!(svg.contains("xml:lang=\"en\">in 2025 «\u{2068}سبتمبر\u{2069}»</text>"), "{svg}");
    }

    #[test]
    fn markup_in_text_is_escaped_and_control_characters_are_left_out() {
        let mut drawing = Drawing::new(10.0, 10.0, "#fff");
        drawing.line("<script>\u{1}&\u{ffff}", Language::En, Edge::Left, Point { x: 0.0, y: 0.0 }, STYLE);
        let svg = drawing.finish("\"<", ">", Language::En);
        assert!(svg.contains("&lt;script&gt; &amp;</text>") && svg.contains("<title id=\"title\">&quot;&lt;</title>"), "{svg}");
    }
}
