//! Values in the log: on one line, and of bounded length, whatever a client sent.

use std::fmt::{self, Write};

/// The longest value, in bytes.
pub const MAX_VALUE_BYTES: usize = 1024;
/// The end of a value that was cut.
const ELLIPSIS: &str = "...";

/// A value as it is logged: control characters and marks of direction are escaped, and what is longer than
/// [`MAX_VALUE_BYTES`] is cut. The work is bounded as well.
pub fn bounded(value: impl fmt::Display) -> String {
    let mut bounded = Bounded(String::new());
    if write!(bounded, "{value}").is_err() {
        bounded.0.push_str(ELLIPSIS);
    }
    bounded.0
}

/// Text that ends with an error when it is full.
struct Bounded(String);

impl Write for Bounded {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        // Most values are ASCII without control characters.
        if self.0.len() + text.len() <= MAX_VALUE_BYTES - ELLIPSIS.len() && text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            self.0.push_str(text);
            return Ok(());
        }
        for letter in text.chars() {
            let start = self.0.len();
            if is_invisible(letter) {
                self.0.extend(letter.escape_unicode());
            } else {
                self.0.push(letter);
            }
            if self.0.len() > MAX_VALUE_BYTES - ELLIPSIS.len() {
                self.0.truncate(start);
                return Err(fmt::Error);
            }
        }
        Ok(())
    }
}

/// Whether a character could end a line, or change how the rest of it looks.
fn is_invisible(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_one_visible_line() {
        assert_eq!(bounded("plain \u{628}\u{64e} \"quoted\" \\"), "plain \u{628}\u{64e} \"quoted\" \\");
        assert_eq!(bounded("a\r\nb\u{1b}[31m\u{85}\u{202e}\0"), "a\\u{d}\\u{a}b\\u{1b}[31m\\u{85}\\u{202e}\\u{0}");
    }

    #[test]
    fn a_long_value_is_cut_between_characters_and_escapes() {
        assert_eq!(bounded("x".repeat(1021)), "x".repeat(1021));
        assert_eq!(bounded("x".repeat(60_000)), "x".repeat(1021) + "...");
        assert_eq!(bounded("\u{628}".repeat(600)), "\u{628}".repeat(510) + "...");
        assert_eq!(bounded("\n".repeat(600)), "\\u{a}".repeat(204) + "...");
    }

    #[test]
    fn a_value_without_end_is_not_formatted_to_its_end() {
        struct Endless;
        impl fmt::Display for Endless {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                loop {
                    f.write_str("endless ")?;
                }
            }
        }
        assert_eq!(bounded(Endless).len(), 1024);
    }
}
