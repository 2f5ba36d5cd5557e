//! Breaks text into lines by the widths of its words.

use crate::picture::font::Face;

/// A longer word is broken, in characters: a URL must not run out of the picture.
const MAX_WORD_CHARS: usize = 24;
/// The rest of a longer text is never drawn, in characters: no picture has space for it.
const MAX_CHARS: usize = 4_000;
/// A space at which no line is broken.
const NO_BREAK_SPACE: char = '\u{a0}';

/// A text whose words are measured in a font.
#[derive(Debug)]
pub struct Measured<'t> {
    words: Vec<Word<'t>>,
    /// The width of a space, in ems.
    space: f32,
    face: Face,
    /// Whether these are all the words of the text.
    is_whole: bool,
}

/// A word, or a part of a long one.
#[derive(Debug)]
struct Word<'t> {
    text: &'t str,
    /// In ems.
    advance: f32,
    /// Whether it continues the word before it.
    is_continued: bool,
}

/// Lines of a text at a size.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// The size of the font, in pixels.
    pub size: f32,
    /// The lines, in order.
    pub lines: Vec<String>,
}

impl<'t> Measured<'t> {
    /// Measures the words of a text.
    #[must_use]
    pub fn new(text: &'t str, face: Face) -> Self {
        let end = text.char_indices().nth(MAX_CHARS).map(|(end, _)| end);
        let words = text[..end.unwrap_or(text.len())]
            .split(|character: char| character.is_whitespace() && character != NO_BREAK_SPACE)
            .flat_map(unbroken)
            .filter(|word| !word.is_empty())
            .flat_map(|word| parts(word).enumerate().map(|(index, text)| Word { text, advance: face.advance(&with_spaces(text)), is_continued: index > 0 }));
        Self { words: words.collect(), space: face.advance(" "), face, is_whole: end.is_none() }
    }

    /// The lines at a size in pixels, none wider than `width`.
    #[must_use]
    pub fn lines(&self, size: f32, width: f32) -> Vec<String> {
        self.ranges(size, width).into_iter().map(|range| join(&self.words[range])).collect()
    }

    /// How many lines there are at a size in pixels, none wider than `width`.
    #[must_use]
    pub fn line_count(&self, size: f32, width: f32) -> usize {
        self.ranges(size, width).len()
    }

    /// The lines at the largest of these sizes at which they have no more than `height`, each as high as `leading` times the size; none if
    /// there is no such size. `sizes` begins with the largest.
    #[must_use]
    pub fn fit(&self, sizes: &[f32], leading: f32, width: f32, height: f32) -> Option<Fitted> {
        if !self.is_whole {
            return None;
        }
        sizes.iter().find_map(|&size| {
            let lines = self.lines(size, width);
            (height_of(lines.len(), size * leading) <= height).then_some(Fitted { size, lines })
        })
    }

    /// The first lines at a size: at least one, and no more than have space. Where words are left out, the last line ends with
    /// `cut_end`.
    #[must_use]
    pub fn cut(&self, size: f32, leading: f32, width: f32, height: f32, cut_end: &str) -> Fitted {
        let ranges = self.ranges(size, width);
        let has_space = |count: usize| height_of(count, size * leading) <= height;
        let count = (1..=ranges.len()).rev().find(|count| has_space(*count)).unwrap_or(1).min(ranges.len());
        let mut lines: Vec<String> = ranges.iter().take(count).map(|range| join(&self.words[range.clone()])).collect();
        if (count < ranges.len() || !self.is_whole)
            && let (Some(range), Some(last)) = (ranges.get(count.saturating_sub(1)), lines.last_mut())
        {
            let end_width = self.face.advance(cut_end);
            let mut words = &self.words[range.clone()];
            while let [shorter @ .., _] = words
                && !shorter.is_empty()
                && (self.width(words) + end_width) * size > width
            {
                words = shorter;
            }
            // No punctuation stands before the ellipsis.
            *last = format!("{}{cut_end}", join(words).trim_end_matches([',', '.', ';', ':', '،', '؛', '-', '–']));
        }
        Fitted { size, lines }
    }

    /// The words of each line.
    fn ranges(&self, size: f32, width: f32) -> Vec<std::ops::Range<usize>> {
        let mut ranges = Vec::new();
        let mut start = 0;
        for end in 1..=self.words.len() {
            // A line has at least one word, however wide it is.
            if end - 1 > start && self.width(&self.words[start..end]) * size > width {
                ranges.push(start..end - 1);
                start = end - 1;
            }
        }
        if start < self.words.len() {
            ranges.push(start..self.words.len());
        }
        ranges
    }

    /// The width of words beside each other, in ems.
    fn width(&self, words: &[Word<'_>]) -> f32 {
        words.iter().enumerate().map(|(index, word)| word.advance + if index > 0 && !word.is_continued { self.space } else { 0.0 }).sum()
    }
}

/// Words that stay on a line: those between no-break spaces, unless they are too long together.
fn unbroken(words: &str) -> impl Iterator<Item = &str> {
    let is_broken = words.chars().count() > MAX_WORD_CHARS;
    words.split(move |character: char| is_broken && character == NO_BREAK_SPACE)
}

/// Words with plain spaces: the fonts have no other.
fn with_spaces(words: &str) -> String {
    words.replace(NO_BREAK_SPACE, " ")
}

/// The parts of a word, each of at most [`MAX_WORD_CHARS`].
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let end = rest.char_indices().nth(MAX_WORD_CHARS).map_or(rest.len(), |(end, _)| end);
        let (part, after) = rest.split_at(end);
        rest = after;
        (!part.is_empty()).then_some(part)
    })
}

/// The height of lines.
fn height_of(count: usize, leading: f32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a picture has tens of lines")]
    let count = count as f32;
    count * leading
}

/// The words as one line.
fn join(words: &[Word<'_>]) -> String {
    let mut line = String::new();
    for word in words {
        if !(line.is_empty() || word.is_continued) {
            line.push(' ');
        }
        line.push_str(&with_spaces(word.text));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "إنهاء المهمة العسكرية للتحالف في العراق خلال الأشهر الاثني عشر المقبلة، وفي موعد أقصاه نهاية سبتمبر 2025";

    #[test]
    fn lines_have_all_words_in_order_and_none_is_too_wide() {
        let measured = Measured::new(TEXT, Face::Reading);
        for width in [120.0, 300.0, 900.0, 5_000.0] {
            let lines = measured.lines(40.0, width);
            assert_eq!(lines.join(" "), TEXT);
            for line in lines.iter().filter(|line| line.contains(' ')) {
                let wide: f32 = line.split(' ').map(|word| Face::Reading.advance(word)).sum();
                assert!(wide * 40.0 <= width, "{line} in {width}");
            }
        }
        assert_eq!(measured.lines(40.0, 5_000.0).len(), 1);
        assert!(Measured::new(" \u{2028} ", Face::Labels).lines(40.0, 100.0).is_empty());
    }

    #[test]
    fn the_largest_size_that_fits_is_chosen_and_none_where_none_fits() {
        let measured = Measured::new(TEXT, Face::Reading);
        let fitted = measured.fit(&[60.0, 40.0, 20.0], 1.6, 1000.0, 130.0).unwrap();
        assert_eq!((fitted.size, fitted.lines.len()), (40.0, 2));
        assert!(measured.fit(&[60.0, 40.0], 1.6, 400.0, 100.0).is_none());
        assert!(Measured::new(&"كلمة ".repeat(2_000), Face::Reading).fit(&[1.0], 1.0, 1e6, 1e6).is_none(), "a text that is not measured whole never fits");
    }

    #[test]
    fn a_cut_is_at_a_word_and_marked() {
        let measured = Measured::new(TEXT, Face::Reading);
        let cut = measured.cut(40.0, 1.6, 420.0, 130.0, "…»");
        assert_eq!(cut.lines.len(), 2);
        let shown = cut.lines.join(" ");
        let words = shown.strip_suffix("…»").unwrap();
        assert!(TEXT.strip_prefix(words).unwrap().starts_with([' ', '،']), "{shown}");
        assert_eq!(measured.cut(40.0, 1.6, 5_000.0, 130.0, "…").lines, [TEXT], "nothing is cut where there is space");
        assert_eq!(measured.cut(40.0, 1.6, 5_000.0, 1.0, "…").lines.len(), 1, "there is always a line");
    }

    #[test]
    fn no_line_is_broken_at_a_no_break_space_unless_nothing_else_fits() {
        let lines = Measured::new("المدينة والبلدان 4a\u{a0}و4b", Face::Labels).lines(20.0, 150.0);
        assert_eq!(lines, ["المدينة والبلدان", "4a و4b"]);
        let many = vec!["12a"; 20].join("\u{a0}");
        assert!(Measured::new(&many, Face::Labels).lines(20.0, 200.0).len() > 3);
    }

    #[test]
    fn a_word_that_is_too_long_is_broken() {
        let url = format!("https://example.org/{}", "a".repeat(100));
        let lines = Measured::new(&url, Face::Labels).lines(20.0, 300.0);
        assert!(lines.len() > 2);
        assert_eq!(lines.concat(), url);
    }
}
