//! The folded form of an Arabic word, in which words are compared: ta marbuta is written as ha, alef maqsura as ya.

use crate::text::normalize::{NormalizedChar, normalize};

/// The folded letters of a word.
#[must_use]
pub fn fold(letters: &[NormalizedChar]) -> Vec<char> {
    let fold = |letter: &NormalizedChar| match letter.char {
        'ة' => 'ه',
        'ى' => 'ي',
        other => other,
    };
    letters.iter().map(fold).collect()
}

/// The folded form of a word as it is printed.
#[must_use]
pub fn folded(word: &str) -> String {
    fold(&normalize(word)).into_iter().collect()
}
