//! Tokens: the words of a text with their positions; two spellings of the same word have equal keys.
//!
//! Numbers are one token, in words or in digits. A particle that is typed apart (`و الولايات`, `لـ 12`) belongs to its word.
//! Marks are between the tokens: see [`TokenizedText::gap`].

use std::ops::Range;

use crate::text::{
    fold::fold_char,
    marks::{fold_mark, is_apostrophe},
    normalize::{NormalizedChar, end_offset, is_alphanumeric, normalize},
    number_token::{self, NumberToken, Part},
};

/// Spelling variants: the first becomes the second.
const VARIANTS: [(&str, &str); 2] = [("اميرك", "امريك"), ("كورد", "كرد")];

/// A word or a number.
#[derive(Clone, Debug)]
pub struct Token {
    /// Its normalized characters, which lead back to code points.
    pub letters: Vec<NormalizedChar>,
    /// The key, by which words are compared: ta marbuta is ha, alef maqsura is ya. The key of a number is its value.
    pub key: String,
    /// The key without the hamzas that letters carry.
    pub careless_key: String,
    /// Its first code point.
    pub start: usize,
    /// The code point after its last, combining marks included.
    pub end: usize,
    /// The number that it is.
    pub number: Option<NumberToken>,
}

impl Token {
    /// A word of these letters between these code points.
    #[must_use]
    pub fn new(letters: Vec<NormalizedChar>, start: usize, end: usize) -> Self {
        let key = |letter: &dyn Fn(&NormalizedChar) -> char| fold_key(letters.iter().map(letter));
        let (key, careless_key) = (key(&|letter| letter.char), key(&|letter| letter.hamza_carrier));
        Self { letters, key, careless_key, start, end, number: None }
    }
}

/// A text, with its words.
#[derive(Clone, Debug)]
pub struct TokenizedText {
    chars: Vec<char>,
    /// The words, in order.
    pub tokens: Vec<Token>,
}

impl TokenizedText {
    /// Finds the words of a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let words = words(text, chars.len());
        let mut new = Self { chars, tokens: Vec::new() };
        new.tokens = new.join(words);
        new
    }

    /// How many code points it has.
    #[must_use]
    pub fn length(&self) -> usize {
        self.chars.len()
    }

    /// The text between two code points.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> String {
        self.chars[range].iter().collect()
    }

    /// The code points between a token and the one before it; after the last token, what ends the text.
    #[must_use]
    pub fn gap(&self, before: usize) -> &[char] {
        let start = before.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |last| last.end);
        let end = self.tokens.get(before).map_or(self.chars.len(), |token| token.start);
        // A ligature can be the end of one word and the start of the next.
        &self.chars[start.min(end)..end]
    }

    /// The text of these tokens, from the first to the last.
    #[must_use]
    pub fn words(&self, tokens: Range<usize>) -> String {
        match self.tokens.get(tokens) {
            Some([first, .., last]) => self.slice(first.start..last.end.max(first.start)),
            Some([only]) => self.slice(only.start..only.end),
            _ => String::new(),
        }
    }

    /// Joins particles to their words, and the words of a number to one token.
    fn join(&self, words: Vec<Token>) -> Vec<Token> {
        let groups = self.groups(&words);
        let mut words = words.into_iter();
        groups.into_iter().filter_map(|(length, number)| merge(words.by_ref().take(length), number)).collect()
    }

    /// How many words each token has, and the number that they are.
    fn groups(&self, words: &[Token]) -> Vec<(usize, Option<NumberToken>)> {
        let gaps: Vec<(String, bool)> = (0..words.len())
            .map(|at| {
                let start = at.checked_sub(1).map_or(0, |last| words[last].end);
                let gap = &self.chars[start.min(words[at].start)..words[at].start];
                (folded_marks(gap), gap.iter().any(|char| char.is_whitespace()))
            })
            .collect();
        let parts: Vec<Part<'_>> = words.iter().zip(&gaps).map(|(word, (marks, spaced))| Part { text: &word.key, marks, spaced: *spaced }).collect();
        let mut groups = Vec::with_capacity(words.len());
        let mut at = 0;
        while at < words.len() {
            let number = number_token::read(&parts[at..]);
            let is_particle = |word: &Token| matches!(word.key.as_str(), "و" | "ف" | "ب" | "ل" | "ك" | "ال");
            let apart = is_particle(&words[at]) && parts.get(at + 1).is_some_and(|next| next.marks.is_empty() && !next.is_digits());
            let length = number.as_ref().map_or(1 + usize::from(apart), |(_, length)| *length);
            groups.push((length, number.map(|(number, _)| number)));
            at += length;
        }
        groups
    }
}

/// One token of several words; `None` without any.
fn merge(mut words: impl Iterator<Item = Token>, number: Option<NumberToken>) -> Option<Token> {
    let mut merged = words.next()?;
    for word in words {
        merged.letters.extend(&word.letters);
        merged.key.push_str(&word.key);
        merged.careless_key.push_str(&word.careless_key);
        merged.end = word.end;
    }
    if let Some(number) = &number {
        merged.key = format!("{}{}{}", number.proclitics, if number.ordinal { '№' } else { '#' }, number.value);
        merged.careless_key.clone_from(&merged.key);
    }
    merged.number = number;
    Some(merged)
}

/// The runs of letters and the runs of digits of a text. An apostrophe between Latin letters is dropped.
fn words(text: &str, length: usize) -> Vec<Token> {
    let letters = normalize(text);
    let is_latin = |at: usize| letters.get(at).is_some_and(|letter| letter.char.is_ascii_alphabetic());
    let mut words: Vec<(Vec<NormalizedChar>, usize)> = Vec::new();
    // The last letter of the word that the next letter may belong to.
    let mut open: Option<char> = None;
    for (at, letter) in letters.iter().enumerate() {
        if !is_alphanumeric(letter.char) || is_apostrophe(letter.char) {
            let inside = is_apostrophe(letter.char) && at > 0 && is_latin(at - 1) && is_latin(at + 1);
            open = open.filter(|_| inside);
            continue;
        }
        let continues = open.is_some_and(|last| last.is_ascii_digit() == letter.char.is_ascii_digit());
        open = Some(letter.char);
        let end = end_offset(&letters, at + 1, length);
        match words.last_mut() {
            Some((word, last)) if continues => {
                word.push(*letter);
                *last = end;
            }
            _ => words.push((vec![*letter], end)),
        }
    }
    words
        .into_iter()
        .map(|(letters, end)| {
            let start = letters[0].at;
            Token::new(letters, start, end)
        })
        .collect()
}

/// The key of a word.
fn fold_key(letters: impl Iterator<Item = char>) -> String {
    let key: String = letters.map(fold_char).collect();
    VARIANTS.iter().fold(key, |key, (variant, usual)| if key.contains(variant) { key.replace(variant, usual) } else { key })
}

/// The key of a word that is given as text.
#[must_use]
pub fn key(word: &str) -> String {
    fold_key(normalize(word).iter().map(|letter| letter.char))
}

/// The marks of a gap between words in their folded form, without spaces and quotation marks.
#[must_use]
pub fn folded_marks(gap: &[char]) -> String {
    if gap.iter().all(|char| char.is_whitespace()) {
        return String::new();
    }
    let gap: String = gap.iter().collect();
    normalize(&gap).iter().filter(|mark| !mark.char.is_whitespace()).filter_map(|mark| fold_mark(mark.char)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        TokenizedText::new(text).tokens.into_iter().map(|token| token.key).collect()
    }

    #[test]
    fn spellings_of_the_same_words_have_the_same_keys() {
        for (one, other) in [
            ("العراق والولايات المتحدة", "العراق و الولايات المتحده"),
            ("الاثني عشر شهرًا", "الـ12 شهراً"),
            ("على مدى الأشهر التسعة", "علی مدى الأشهر الـ 9"),
            ("خلال ١٢ شهراً", "خلال 12شهراً"),
            ("الولايات المتحدة الأميركية", "الولايات المتحدة الأمريكية"),
            ("15-16 نيسان/أبريل ٢٠٢٤", "۱۵–۱۶ نیسان / أبریل 2024م"),
            ("it doesn't", "IT DOESNʼT"),
            ("over the twelve months", "over the 12 months"),
        ] {
            assert_eq!(keys(one), keys(other), "{one}");
        }
    }

    #[test]
    fn tokens_lead_back_to_their_code_points() {
        let text = TokenizedText::new("“بدأَت” في 15-16");
        let words: Vec<String> = text.tokens.iter().map(|token| text.slice(token.start..token.end)).collect();
        assert_eq!(words, ["بدأَت", "في", "15", "16"]);
        assert_eq!((text.gap(0), text.gap(1), text.gap(4)), (&['“'][..], &['”', ' '][..], &[][..]));
        assert_eq!(text.words(2..4), "15-16");
    }
}
