//! Example JSON for readers: short values are on one line, and long texts are cut.

use serde_json::Value;

/// The longest line for a whole object or list, in characters.
const MAX_LINE_CHARS: usize = 100;
/// The longest text that is shown whole, in characters.
const MAX_TEXT_CHARS: usize = 100;

/// Writes a value for readers. Texts that are cut end in an ellipsis.
#[must_use]
pub fn write(value: &Value) -> String {
    let mut written = String::new();
    write_indented(value, 0, &mut written);
    written
}

fn write_indented(value: &Value, depth: usize, written: &mut String) {
    let line = on_one_line(value);
    let (open, close, members): (char, char, Vec<(String, &Value)>) = match value {
        Value::Object(object) => ('{', '}', object.iter().map(|(name, member)| (format!("{}: ", quoted(name)), member)).collect()),
        Value::Array(items) => ('[', ']', items.iter().map(|item| (String::new(), item)).collect()),
        _ => return written.push_str(&line),
    };
    if line.chars().count() + 2 * depth <= MAX_LINE_CHARS {
        return written.push_str(&line);
    }
    written.push(open);
    for (number, (name, member)) in members.iter().enumerate() {
        written.push_str(if number == 0 { "\n" } else { ",\n" });
        written.push_str(&"  ".repeat(depth + 1));
        written.push_str(name);
        write_indented(member, depth + 1, written);
    }
    written.push('\n');
    written.push_str(&"  ".repeat(depth));
    written.push(close);
}

fn on_one_line(value: &Value) -> String {
    match value {
        Value::Object(object) => {
            let members = object.iter().map(|(name, member)| format!("{}: {}", quoted(name), on_one_line(member)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(on_one_line).collect::<Vec<_>>().join(", ")),
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

fn quoted(text: &str) -> String {
    let cut = text.char_indices().nth(MAX_TEXT_CHARS).map(|(end, _)| format!("{}…", &text[..end]));
    Value::from(cut.as_deref().unwrap_or(text)).to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn short_values_stand_on_one_line_and_nothing_is_lost() {
        assert_eq!(write(&json!({"a": [1, "x"], "b": null})), r#"{"a": [1, "x"], "b": null}"#);
        let value = json!({"name": {"ar": "بغداد", "en": "Baghdad"}, "words": ["w".repeat(60), "\"quoted\""], "more": "m".repeat(60)});
        let written = write(&value);
        assert!(written.starts_with("{\n  \"name\": {\"ar\": \"بغداد\", \"en\": \"Baghdad\"},\n  \"words\": ["), "{written}");
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value);
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(write(&json!("ب".repeat(200))), format!("\"{}…\"", "ب".repeat(MAX_TEXT_CHARS)));
    }
}
