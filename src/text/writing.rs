//! How two texts write the same words: vowel marks and letters, spaces, punctuation, numerals.

use crate::text::{
    marks::{changes_sentence, is_quotation_mark},
    tokenize::{TokenizedText, folded_marks},
};

/// The kind of a difference in writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// Marks on letters, forms of letters, case.
    Spelling,
    /// The position and the kind of spaces.
    Spacing,
    /// The marks between words.
    Punctuation,
    /// A number in other digits, or in words.
    Numeral,
}

/// The same words, written in two ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenDifference {
    /// The kind of the difference.
    pub writing: Writing,
    /// As the quotation has them.
    pub given: String,
    /// As the source has them.
    pub source: String,
    /// It changes the meaning: a question mark, a different mark between two digits.
    pub is_change: bool,
    /// The word of the quotation at which the difference is.
    pub at: usize,
}

/// How the writing of these equal words differs, in order. `start` is the first code point of the source that is compared.
#[must_use]
pub fn written_differences(given: &TokenizedText, source: &TokenizedText, same: &[(usize, usize)], start: usize) -> Vec<WrittenDifference> {
    let mut differences: Vec<WrittenDifference> = Vec::new();
    for (place, (word, at)) in same.iter().copied().enumerate() {
        if place > 0 && same[place - 1] == (word.wrapping_sub(1), at.wrapping_sub(1)) {
            differences.extend(between(given, source, word, at));
        }
        let (one, other) = (&given.tokens[word], &source.tokens[at]);
        let begin = if place == 0 { start.max(other.start) } else { other.start };
        let (written, printed) = (given.slice(one.start..one.end), source.slice(begin..other.end.max(begin)));
        if written == printed {
            continue;
        }
        let without_spaces = |text: &str| -> String { text.chars().filter(|char| !char.is_whitespace()).collect() };
        let writing = match (&one.number, &other.number) {
            (Some(_), Some(_)) => Writing::Numeral,
            _ if without_spaces(&written) == without_spaces(&printed) => Writing::Spacing,
            _ => Writing::Spelling,
        };
        let continued = differences.last_mut().filter(|last| writing == Writing::Spelling && last.writing == writing && last.at + 1 == word && at > 0);
        match continued {
            // A text without vowel marks differs in every word: consecutive differences are reported as one.
            Some(last) => {
                last.given = format!("{} {written}", last.given);
                last.source = format!("{} {printed}", last.source);
                last.at = word;
            }
            None => differences.push(WrittenDifference { writing, given: written, source: printed, is_change: false, at: word }),
        }
    }
    differences
}

/// How the gap between two words differs from the same gap of the source.
fn between(given: &TokenizedText, source: &TokenizedText, word: usize, at: usize) -> Option<WrittenDifference> {
    let (written, printed) = (given.gap(word), source.gap(at));
    if written == printed {
        return None;
    }
    let text = |gap: &[char]| gap.iter().collect::<String>();
    let marks = |gap: &[char]| -> String { gap.iter().filter(|char| !char.is_whitespace() && !is_unseen(**char)).collect() };
    if marks(written) == marks(printed) {
        let writing = Writing::Spacing;
        return Some(WrittenDifference { writing, given: text(written), source: text(printed), is_change: false, at: word });
    }
    let (folded, expected) = (folded_marks(written), folded_marks(printed));
    let is_digit = |text: &TokenizedText, at: usize| text.tokens[at].number.as_ref().is_some_and(|number| number.digits);
    let between_digits = is_digit(given, word - 1) && is_digit(given, word) && is_digit(source, at - 1) && is_digit(source, at);
    let asks = |marks: &str| marks.chars().filter(|mark| changes_sentence(*mark)).collect::<String>();
    let is_change = asks(&folded) != asks(&expected) || (between_digits && folded != expected);
    Some(WrittenDifference { writing: Writing::Punctuation, given: marks(written), source: marks(printed), is_change, at: word })
}

/// Whether a character has neither a shape nor a width.
fn is_unseen(char: char) -> bool {
    !is_quotation_mark(char) && crate::text::normalize::normalize(&char.to_string()).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(given: &str, source: &str) -> Vec<(Writing, String, String)> {
        let (given, source) = (TokenizedText::new(given), TokenizedText::new(source));
        let same: Vec<(usize, usize)> = (0..given.tokens.len()).map(|at| (at, at)).collect();
        written_differences(&given, &source, &same, 0).into_iter().map(|difference| (difference.writing, difference.given, difference.source)).collect()
    }

    #[test]
    fn each_way_of_writing_is_told_apart() {
        for (given, source, writing, one, other) in [
            ("الى تعزيز", "إلى تعزيز", Writing::Spelling, "الى", "إلى"),
            ("العراق و الولايات", "العراق والولايات", Writing::Spacing, "و الولايات", "والولايات"),
            ("نهاية\u{2009}سبتمبر", "نهاية سبتمبر", Writing::Spacing, "\u{2009}", " "),
            ("بقليل, ومن", "بقليل، ومن", Writing::Punctuation, ",", "،"),
            ("نيوز يوم", "نيوز، يوم", Writing::Punctuation, "", "،"),
            ("15–16", "15-16", Writing::Punctuation, "–", "-"),
            ("خلال ١٢ شهرا", "خلال 12 شهرا", Writing::Numeral, "١٢", "12"),
            ("مدى الـ12", "مدى الاثني عشر", Writing::Numeral, "الـ12", "الاثني عشر"),
            ("وقد بدأَت الخطوَات", "وقد بدأت الخطوات", Writing::Spelling, "بدأَت الخطوَات", "بدأت الخطوات"),
        ] {
            assert_eq!(kinds(given, source), [(writing, one.to_owned(), other.to_owned())], "{given}");
        }
    }
}
