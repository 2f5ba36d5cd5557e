//! Normalization: maps spelling variants of a text to the same characters.
//!
//! Dropped: vowel marks and other combining marks, tatweel, and characters without a shape (joiners, bidirectional
//! controls). Folded: compatibility forms (NFKD), case, the alef forms, the carriers of hamza, the letters of Persian, Urdu
//! and Kurdish keyboards, and the decimal digits of every script. Ta marbuta and alef maqsura stay, since search and
//! verification fold them in their own ways.
//!
//! ```
//! use bayan::text::normalize::normalize;
//!
//! let text = |text: &str| normalize(text).iter().map(|normalized| normalized.char).collect::<String>();
//! assert_eq!(text("الأمريكيّـــة"), text("الامريكية"));
//! assert_eq!(text("مسؤول ٢٠٢٥"), text("مسئول 2025"));
//! assert_eq!(text("یک ۃ ے ھ ە"), "يك ة ي ه ه");
//! assert_ne!(text("مهمة"), text("مهمه"));
//! ```

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

const FATHATAN: char = '\u{64b}';
/// Madda, and hamza above and below: NFKD separates them from alef, waw and ya.
const HAMZA: [char; 3] = ['\u{653}', '\u{654}', '\u{655}'];
/// The zeros of the decimal digits (general category Nd) that NFKD leaves as they are. Each script's digits are consecutive.
const ZEROS: [u32; 49] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946,
    0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0x104a0, 0x10d30, 0x11066, 0x110f0,
    0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x1e950,
];

/// One normalized character: a letter, digit, space or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NormalizedChar {
    /// The folded character.
    pub char: char,
    /// The code point of the text that it comes from. One code point may become several characters.
    pub at: usize,
    /// The letter that carries a hamza, without it: careless spelling leaves the hamza out (ثنائية, ثنايية).
    pub hamza_carrier: char,
    /// It has a hamza or a madda. Such an alef is not part of an article.
    pub hamza: bool,
    /// It carries fathatan: the alef after or under it is an ending.
    pub tanwin: bool,
}

/// Normalizes a text.
#[must_use]
pub fn normalize(text: &str) -> Vec<NormalizedChar> {
    let mut normalized: Vec<NormalizedChar> = Vec::with_capacity(text.len() / 2);
    for (at, written) in text.chars().enumerate() {
        if is_plain(written) {
            let char = written.to_ascii_lowercase();
            normalized.push(NormalizedChar { char, hamza_carrier: char, at, hamza: false, tanwin: false });
            continue;
        }
        decompose_compatible(written, |char| {
            if HAMZA.contains(&char) {
                if let Some(last) = normalized.last_mut() {
                    last.hamza = true;
                    if matches!(last.char, 'و' | 'ي' | 'ى') {
                        last.char = 'ء';
                    }
                }
            } else if char == FATHATAN {
                if let Some(last) = normalized.last_mut() {
                    last.tanwin = true;
                }
            } else if !(is_combining_mark(char) || is_shapeless(char)) {
                let new = |char| NormalizedChar { char, hamza_carrier: char, at, hamza: false, tanwin: false };
                normalized.extend(fold(char).to_lowercase().map(new));
            }
        });
    }
    normalized
}

/// Whether a character is ASCII, or a letter of Arabic without a hamza: nothing of it is folded but its case. Most texts consist of these,
/// and the tables of Unicode need not be searched for them.
#[must_use]
pub const fn is_plain(char: char) -> bool {
    char.is_ascii() || is_plain_letter(char)
}

/// Whether a character is a letter or a digit.
#[must_use]
pub fn is_alphanumeric(char: char) -> bool {
    is_plain_letter(char) || char.is_alphanumeric()
}

const fn is_plain_letter(char: char) -> bool {
    matches!(char, 'ء' | 'ا'..='غ' | 'ف'..='ي')
}

/// The code point at which a word ends if the next character is `next`. Combining marks of its last letter are included, and
/// a ligature is not divided. `length` is that of the text, in code points.
#[must_use]
pub fn end_offset(normalized: &[NormalizedChar], next: usize, length: usize) -> usize {
    let last = next.checked_sub(1).and_then(|last| normalized.get(last)).map_or(0, |last| last.at + 1);
    normalized.get(next).map_or(length, |next| next.at).max(last)
}

/// The letter or digit that this one is a variant of.
fn fold(char: char) -> char {
    match char {
        'ٱ' => 'ا',
        'ی' | 'ې' | 'ے' | 'ێ' => 'ي',
        'ک' | 'ڪ' => 'ك',
        'ہ' | 'ھ' | 'ە' => 'ه',
        'ۃ' => 'ة',
        'ۆ' => 'و',
        '\u{660}'.. => decimal_digit(char).unwrap_or(char),
        other => other,
    }
}

/// The ASCII digit with the value of a decimal digit.
fn decimal_digit(char: char) -> Option<char> {
    let code = u32::from(char);
    let zero = ZEROS[..ZEROS.partition_point(|zero| *zero <= code)].last()?;
    char::from_digit(code - zero, 10)
}

/// Tatweel, and characters without a shape: soft hyphens, joiners, bidirectional controls, byte order marks.
fn is_shapeless(char: char) -> bool {
    matches!(char, 'ـ' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Whether a letter is of the Arabic script.
#[must_use]
pub fn is_arabic(char: char) -> bool {
    matches!(char, '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}' | '\u{6d5}' | '\u{6ee}'..='\u{6ef}' | '\u{6fa}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_plain_character_is_folded_but_its_case() {
        let plain: Vec<char> = ('\0'..='\u{ffff}').filter(|char| is_plain(*char)).collect();
        assert_eq!(plain.len(), 128 + 31);
        for char in plain {
            let (mut decomposed, mut lower) = (Vec::new(), fold(char).to_lowercase());
            decompose_compatible(char, |part| decomposed.push(part));
            assert_eq!(decomposed, [char]);
            assert!(!HAMZA.contains(&char) && !is_combining_mark(char) && !is_shapeless(char), "{char:?}");
            assert_eq!((lower.next(), lower.next()), (Some(char.to_ascii_lowercase()), None));
            assert_eq!(is_alphanumeric(char), char.is_alphanumeric(), "{char:?}");
        }
    }
}
