//! A text as a package can have it: without what `check` rejects in every text.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Removes byte order marks, carriage returns, controls of direction and characters that readers do not have. Returns the text
/// and, where something was removed, what.
#[must_use]
pub fn clean(text: &str) -> (String, Vec<String>) {
    let mut counts = [0_usize; 4];
    let mut cleaned = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            // Old files end their lines with it alone.
            '\r' => {
                counts[0] += 1;
                if chars.peek() != Some(&'\n') {
                    cleaned.push('\n');
                }
            }
            '\u{feff}' => counts[1] += 1,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => counts[2] += 1,
            '\n' | '\t' => cleaned.push(char),
            '\u{fffd}' => counts[3] += 1,
            _ if is_unreadable(char) => counts[3] += 1,
            _ => cleaned.push(char),
        }
    }
    let what = ["carriage returns", "byte order marks", "controls of direction", "characters that no reader has"];
    let removed = what.iter().zip(counts).filter(|(_, count)| *count > 0);
    (cleaned, removed.map(|(what, count)| format!("{what} were left out of the text: {count}")).collect())
}

fn is_unreadable(char: char) -> bool {
    !char.is_ascii_graphic()
        && char != ' '
        && matches!(char.general_category(), GeneralCategory::Control | GeneralCategory::Unassigned | GeneralCategory::PrivateUse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_package_can_have_is_left_out_and_counted() {
        let (text, remarks) = clean("\u{feff}a\r\nb\rc\u{202e}\u{0}\u{200f}\td");
        assert_eq!(text, "a\nb\nc\u{200f}\td");
        assert_eq!(remarks.len(), 4);
        assert_eq!(clean("نصّ “سليم”"), ("نصّ “سليم”".to_owned(), vec![]));
    }
}
