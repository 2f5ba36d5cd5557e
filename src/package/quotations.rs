//! What a text puts between quotation marks.
//!
//! A quotation of several paragraphs is closed at the end of the last one only. Each of its paragraphs may begin with the opening mark
//! again (the rule in English, and of most newspapers in Arabic), with the closing one (after French), or with none.

use crate::{package::original::Original, text::span::Span};

/// The quotation marks that a text may open a quotation with, and those that close it.
const PAIRS: [(char, char); 4] = [('“', '”'), ('«', '»'), ('„', '“'), ('"', '"')];

/// The words between quotation marks, paragraph by paragraph. A quotation that nothing closes reaches to the end of its paragraph.
#[must_use]
pub fn quotations(original: &Original) -> Vec<Span> {
    let paragraphs: Vec<(usize, Vec<char>)> = original.paragraphs().iter().map(|span| (span.start, original.slice(*span).chars().collect())).collect();
    let mut quotations = Vec::new();
    // The marks of the quotation that an earlier paragraph has left open.
    let mut continued: Option<(char, char)> = None;
    for (number, (start, chars)) in paragraphs.iter().enumerate() {
        let mut at = 0;
        let mut open: Option<(usize, (char, char))> = None;
        if let Some(pair) = continued.take() {
            at = repeated_mark(chars, pair);
            open = Some((at, pair));
        }
        while let Some(char) = chars.get(at) {
            match open {
                Some((from, pair)) if *char == pair.1 => {
                    quotations.push(Span { start: start + from, end: start + at });
                    open = None;
                }
                None => open = PAIRS.iter().find(|(opening, _)| opening == char).map(|pair| (at + 1, *pair)),
                Some(_) => {}
            }
            at += 1;
        }
        if let Some((from, pair)) = open {
            quotations.push(Span { start: start + from, end: start + chars.len() });
            continued = Some(pair).filter(|pair| continues(&paragraphs[number + 1..], *pair));
        }
    }
    quotations.retain(|quotation| quotation.start < quotation.end);
    quotations
}

/// Whether a quotation that a paragraph leaves open goes on in the next: that repeats a mark, or the next mark of all closes it.
fn continues(rest: &[(usize, Vec<char>)], pair: (char, char)) -> bool {
    let Some((_, first)) = rest.first() else { return false };
    if repeated_mark(first, pair) > 0 {
        // A paragraph that is one quotation by itself repeats nothing, unless the mark that closes it is the only one.
        return pair.0 != pair.1 || first.iter().filter(|char| **char == pair.0).count() != 2 || is_later_closed(&rest[1..], pair);
    }
    is_later_closed(rest, pair)
}

/// Whether the next mark of the pair closes a quotation: it ends a word.
fn is_later_closed(rest: &[(usize, Vec<char>)], pair: (char, char)) -> bool {
    for (_, chars) in rest {
        if let Some(at) = chars.iter().position(|char| *char == pair.0 || *char == pair.1) {
            let ends_word = at > 0 && !chars[at - 1].is_whitespace() && chars.get(at + 1).is_none_or(|next| !next.is_alphanumeric());
            return chars[at] == pair.1 && ends_word;
        }
    }
    false
}

/// The number of code points of the mark with which a paragraph goes on with a quotation; 0 if it begins with none.
fn repeated_mark(chars: &[char], (opening, closing): (char, char)) -> usize {
    let lead = chars.iter().take_while(|char| char.is_whitespace()).count();
    if chars.get(lead).is_some_and(|first| *first == opening || *first == closing) { lead + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<String> {
        let original = Original::new(text.to_owned());
        quotations(&original).into_iter().map(|span| original.slice(span).to_owned()).collect()
    }

    #[test]
    fn quotations_are_between_marks_of_one_pair() {
        assert_eq!(quoted("قال: “نص «داخلي» آخر”، ثم\nsaid \"one\" and \"two"), ["نص «داخلي» آخر", "one", "two"]);
    }

    #[test]
    fn a_quotation_of_several_paragraphs_is_one() {
        // The mark is repeated, as in English and in Arabic; the last paragraph closes it.
        assert_eq!(quoted("He said: “One.\n“Two.\n“Three.” He left."), ["One.", "Two.", "Three."]);
        assert_eq!(quoted("وجاء في البيان: «أولاً.\n«ثانياً.\n«ثالثاً». وغادر."), ["أولاً.", "ثانياً.", "ثالثاً"]);
        // The closing mark is repeated.
        assert_eq!(quoted("وقال: «أولاً.\n»ثانياً».\nوغادر."), ["أولاً.", "ثانياً"]);
        // Nothing is repeated.
        assert_eq!(quoted("وأعلن: «أولاً.\nثانياً «كذا» هنا.\nثالثاً».\nوغادر."), ["أولاً.", "كذا"]);
        assert_eq!(quoted("وأعلن: «أولاً.\nثانياً هنا.\nثالثاً».\nوغادر."), ["أولاً.", "ثانياً هنا.", "ثالثاً"]);
        assert_eq!(quoted("It said: \"One.\n\"Two.\n\"Three.\" It ended."), ["One.", "Two.", "Three."]);
    }

    #[test]
    fn a_mark_that_somebody_forgot_reaches_no_further_than_its_paragraph() {
        assert_eq!(quoted("He said: “One.\nThen he left.\nShe said: “Two.”"), ["One.", "Two."]);
        assert_eq!(quoted("قال: «أولاً.\nثم غادر.\nوقالت: «ثانياً»."), ["أولاً.", "ثانياً"]);
        assert_eq!(quoted("“One.”\n“Two.”\nThree."), ["One.", "Two."]);
    }
}
