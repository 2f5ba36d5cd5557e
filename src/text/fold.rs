//! The folded form of an Arabic word, in which words are compared: ta marbuta is written as ha, alef maqsura as ya.

use crate::text::normalize::{NormalizedChar, is_plain, normalize};

/// The folded letters of a word.
#[must_use]
pub fn fold(letters: &[NormalizedChar]) -> Vec<char> {
    letters.iter().map(|letter| fold_char(letter.char)).collect()
}

/// The folded form of a letter.
#[must_use]
pub const fn fold_char(char: char) -> char {
    match char {
        'ة' => 'ه',
        'ى' => 'ي',
        other => other,
    }
}

/// The folded form of a word as it is printed.
#[must_use]
pub fn folded(word: &str) -> String {
    if word.chars().all(is_plain) {
        return word.chars().map(|char| fold_char(char.to_ascii_lowercase())).collect();
    }
    fold(&normalize(word)).into_iter().collect()
}
