//! Characters that no text should have, and what its editor has marked as not done.

use unicode_normalization::is_nfc;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use crate::package::{
    diagnostic::{Code, Log},
    parse::{Node, Place, Value},
};

/// Checks the values of a file. The text of the source is checked by itself.
pub fn check(file: &str, tree: &Node, log: &mut Log) {
    let text = tree.get("source").and_then(|source| source.get("text")).map(|text| text.place.clone());
    walk(file, tree, text.as_ref(), false, log);
}

fn walk(file: &str, node: &Node, text: Option<&Place>, is_quoted: bool, log: &mut Log) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| walk(file, item, text, is_quoted, log)),
        Value::Map(entries) => entries.iter().for_each(|entry| {
            // Words of the text may have the word TODO; whether they are there is checked elsewhere.
            walk(file, &entry.value, text, matches!(entry.key.as_str(), "quote" | "prefix" | "suffix"), log);
        }),
        Value::Text(value) | Value::Plain(value) if Some(&node.place) != text => {
            if is_todo(value) && (!is_quoted || value.trim() == "TODO") {
                log.add(Code::Todo, &node.place, "this is marked `TODO`: finish it, or leave the key out");
            }
            let written = file.get(node.place.clone()).unwrap_or_default();
            for (code, char, message) in bad_characters(value) {
                // An escape has no character of its own.
                let escape = format!("\\u{:04x}", u32::from(char));
                let literal = written.find(char).map(|at| at..at + char.len_utf8());
                let found = literal.or_else(|| written.to_ascii_lowercase().find(&escape).map(|at| at..at + escape.len()));
                let place = found.map_or_else(|| node.place.clone(), |found| node.place.start + found.start..node.place.start + found.end);
                log.add(code, &place, message);
            }
            if !is_nfc(value) {
                log.add(Code::NotNfc, &node.place, "this is not in Unicode's composed form (NFC)");
            }
        }
        _ => {}
    }
}

/// Whether a value has the word `TODO`.
fn is_todo(value: &str) -> bool {
    value.split(|char: char| !char.is_alphanumeric()).any(|word| word == "TODO")
}

/// The characters of a text that are errors or warnings, each once.
pub fn bad_characters(text: &str) -> Vec<(Code, char, String)> {
    let mut found: Vec<(Code, char, String)> = Vec::new();
    for char in text.chars().filter(|char| !char.is_ascii_graphic() && *char != ' ') {
        if let Some((code, what)) = fault(char)
            && !found.iter().any(|(_, other, _)| *other == char)
        {
            found.push((code, char, format!("U+{:04X} is {what}", u32::from(char))));
        }
    }
    found
}

fn fault(char: char) -> Option<(Code, &'static str)> {
    match char {
        '\n' | '\t' | '\r' => None,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some((Code::BidiControl, "a bidirectional control: it hides the order of the text around it")),
        '\u{200e}' | '\u{200f}' | '\u{61c}' => Some((Code::BidiMark, "a mark of direction; is it in the source?")),
        '\u{feff}' => Some((Code::BadCharacter, "a byte order mark")),
        '\u{fffd}' => Some((Code::BadCharacter, "what a program puts in place of a character that it cannot read")),
        _ => match char.general_category() {
            GeneralCategory::Control => Some((Code::BadCharacter, "a control character")),
            GeneralCategory::Unassigned => Some((Code::BadCharacter, "not assigned to any character")),
            GeneralCategory::PrivateUse => Some((Code::BadCharacter, "a private character, which readers do not have")),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_unassigned_code_points_are_found_and_letters_are_not() {
        let codes = |text: &str| bad_characters(text).into_iter().map(|(code, ..)| code).collect::<Vec<_>>();
        assert_eq!(codes("بيان، “نصّ” — ok\u{200c}\n🏞"), []);
        assert_eq!(codes("a\u{202e}b\u{2066}"), [Code::BidiControl, Code::BidiControl]);
        assert_eq!(codes("\u{200f}\u{0}\u{378}\u{fffe}\u{e000}\u{fffd}\u{85}"), [[Code::BidiMark].as_slice(), &[Code::BadCharacter; 6]].concat());
        assert!(is_todo("TODO: voice") && is_todo("(TODO)") && !is_todo("todo") && !is_todo("TODOS"));
    }
}
