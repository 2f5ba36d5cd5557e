//! Tokens: the words and the signs of a text, for comparing quotations, where every comma counts.

use crate::text::normalize::{end_offset, normalize};

/// A word or a sign of a text.
#[derive(Debug)]
pub struct Token {
    /// In its plain form.
    pub text: String,
    /// The same with each hamza left off its hamza_carrier.
    pub careless: String,
    /// The number of its text among those of the source; none where it is not there.
    pub number: Option<usize>,
    /// Its first code point.
    pub start: usize,
    /// The code point after its last, marks included.
    pub end: usize,
    /// Whether it is a word.
    pub word: bool,
}

/// The words and signs of a text, without spaces and quotation marks.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let letters = normalize(text);
    let length = text.chars().count();
    let mut tokens: Vec<Token> = Vec::new();
    for (at, letter) in letters.iter().enumerate() {
        let word = letter.char.is_alphanumeric();
        if !word && (letter.char.is_whitespace() || is_quotation_mark(letter.char)) {
            continue;
        }
        match tokens.last_mut() {
            Some(last) if word && last.word && letters[at - 1].char.is_alphanumeric() => {
                last.text.push(letter.char);
                last.careless.push(letter.hamza_carrier);
                last.end = end_offset(&letters, at + 1, length);
            }
            _ => tokens.push(Token {
                number: None,
                text: letter.char.to_string(),
                careless: letter.hamza_carrier.to_string(),
                start: letter.at,
                end: end_offset(&letters, at + 1, length),
                word,
            }),
        }
    }
    tokens
}

fn is_quotation_mark(char: char) -> bool {
    matches!(char, '"' | '\'' | '`' | '«' | '»' | '‘'..='‟' | '‹' | '›' | '＂' | '＇' | '「' | '」')
}
