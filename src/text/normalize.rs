//! Letters: a text without what is only another way to write the same.
//!
//! Dropped: vowel marks and other combining marks, tatweel, and characters that are not seen (joiners, bidirectional
//! controls). Made one: compatibility forms (NFKD), upper and lower case, the alef forms, the carriers of hamza, the
//! letters of Persian and Urdu keyboards, and the digits of every script. Ta marbuta and alef maqsura stay: a search
//! sees through them too, but a quotation that changes them is changed.
//!
//! ```
//! use bayan::language::letters::letters;
//!
//! let plain = |text: &str| letters(text).iter().map(|letter| letter.char).collect::<String>();
//! assert_eq!(plain("الأمريكيّـــة"), plain("الامريكية"));
//! assert_eq!(plain("مسؤول ٢٠٢٥"), plain("مسئول 2025"));
//! assert_ne!(plain("مهمة"), plain("مهمه"));
//! ```

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

const FATHATAN: char = '\u{64b}';
/// Madda, and hamza above and below: NFKD takes them off alef, waw and ya.
const HAMZA: [char; 3] = ['\u{653}', '\u{654}', '\u{655}'];

/// One letter, digit, space or sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter {
    /// In its plain form.
    pub char: char,
    /// The code point that it comes from. One code point may be several letters.
    pub at: usize,
    /// The letter under a hamza that is written on it, which careless writing leaves alone (ثنائية, ثنايية).
    pub seat: char,
    /// It was written with a hamza or a madda: such an alef is no part of an article.
    pub hamza: bool,
    /// It carries fathatan: the alef after or under it is an ending.
    pub tanwin: bool,
}

/// The letters of a text.
#[must_use]
pub fn letters(text: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::with_capacity(text.len() / 2);
    for (at, written) in text.chars().enumerate() {
        decompose_compatible(written, |char| {
            if HAMZA.contains(&char) {
                if let Some(last) = letters.last_mut() {
                    last.hamza = true;
                    if matches!(last.char, 'و' | 'ي' | 'ى') {
                        last.char = 'ء';
                    }
                }
            } else if char == FATHATAN {
                if let Some(last) = letters.last_mut() {
                    last.tanwin = true;
                }
            } else if !(is_combining_mark(char) || is_unseen(char)) {
                let letter = |char| Letter { char, seat: char, at, hamza: false, tanwin: false };
                letters.extend(plain(char).to_lowercase().map(letter));
            }
        });
    }
    letters
}

/// Where what ends before the letter `next` ends in a text of so many code points: at that letter, so that the marks of the
/// last one are inside; a ligature is not divided.
#[must_use]
pub fn end(letters: &[Letter], next: usize, length: usize) -> usize {
    let last = next.checked_sub(1).and_then(|last| letters.get(last)).map_or(0, |letter| letter.at + 1);
    letters.get(next).map_or(length, |letter| letter.at).max(last)
}

/// The letter that a letter is another form of.
fn plain(char: char) -> char {
    match char {
        'ٱ' => 'ا',
        'ی' | 'ې' => 'ي',
        'ک' | 'ڪ' => 'ك',
        'ہ' | 'ھ' => 'ه',
        '٠'..='٩' => ascii_digit(char, '٠'),
        '۰'..='۹' => ascii_digit(char, '۰'),
        other => other,
    }
}

/// The ASCII digit with the same value.
fn ascii_digit(digit: char, zero: char) -> char {
    char::from_digit(u32::from(digit) - u32::from(zero), 10).unwrap_or(digit)
}

/// Tatweel, and what has no shape of its own: soft hyphens, joiners, bidirectional controls, byte order marks.
fn is_unseen(char: char) -> bool {
    matches!(char, 'ـ' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Whether a letter is of the Arabic script.
#[must_use]
pub fn is_arabic(char: char) -> bool {
    matches!(char, '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}' | '\u{6d5}' | '\u{6ee}'..='\u{6ef}' | '\u{6fa}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}
