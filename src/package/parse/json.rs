//! JSON (RFC 8259) as a tree with places, which `serde_json` has not. Strings and numbers are left to `serde_json`.

use crate::package::parse::{
    Counter, ErrorKind, MAX_DEPTH, SyntaxError,
    tree::{Entry, Node, Place, Value},
};

/// Parses a file of one value.
///
/// # Errors
/// The first place that is not JSON, or is more of it than a package may have.
pub fn parse(text: &str) -> Result<Node, SyntaxError> {
    // A byte order mark is reported where the file is loaded.
    let mut scanner = Scanner { text, at: text.len() - text.trim_start_matches('\u{feff}').len(), counter: Counter::default() };
    let node = scanner.value(0)?;
    scanner.skip_space();
    if scanner.at < text.len() { Err(scanner.expected("the end of the file")) } else { Ok(node) }
}

struct Scanner<'t> {
    text: &'t str,
    /// The next byte.
    at: usize,
    counter: Counter,
}

impl Scanner<'_> {
    fn expected(&self, what: &str) -> SyntaxError {
        let found = self.text[self.at..].chars().next().map_or("the end of the file".to_owned(), |char| format!("`{}`", char.escape_debug()));
        error(self.here(), format!("expected {what}, found {found}"))
    }

    /// The place of the next character.
    fn here(&self) -> Place {
        self.at..self.at + self.text[self.at..].chars().next().map_or(0, char::len_utf8)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Whether this byte is next, after space; it is consumed.
    fn take(&mut self, byte: u8) -> bool {
        self.skip_space();
        let next = self.peek() == Some(byte);
        self.at += usize::from(next);
        next
    }

    fn value(&mut self, depth: usize) -> Result<Node, SyntaxError> {
        self.skip_space();
        let start = self.at;
        if depth > MAX_DEPTH {
            return Err(error(self.here(), format!("values are nested more than {MAX_DEPTH} deep")));
        }
        let value = match self.peek() {
            Some(b'{') => self.map(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Value::Text(self.string()?),
            Some(b'-' | b'0'..=b'9' | b'a'..=b'z') => self.literal()?,
            _ => return Err(self.expected("a value")),
        };
        Ok(Node { place: start..self.at, value })
    }

    fn map(&mut self, depth: usize) -> Result<Value, SyntaxError> {
        self.at += 1;
        let mut entries = Vec::new();
        if self.take(b'}') {
            return Ok(Value::Map(entries));
        }
        loop {
            self.skip_space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.expected("a key in quotation marks"));
            }
            let key = self.string()?;
            let place = start..self.at;
            if !self.take(b':') {
                return Err(self.expected("`:`"));
            }
            self.counter.key(&place)?;
            entries.push(Entry { key, place, value: self.value(depth + 1)? });
            if self.take(b'}') {
                return Ok(Value::Map(entries));
            }
            if !self.take(b',') {
                return Err(self.expected("`,` or `}`"));
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, SyntaxError> {
        self.at += 1;
        let mut items = Vec::new();
        if self.take(b']') {
            return Ok(Value::List(items));
        }
        loop {
            self.counter.item(&self.here())?;
            items.push(self.value(depth + 1)?);
            if self.take(b']') {
                return Ok(Value::List(items));
            }
            if !self.take(b',') {
                return Err(self.expected("`,` or `]`"));
            }
        }
    }

    fn string(&mut self) -> Result<String, SyntaxError> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut end = start + 1;
        while bytes.get(end).is_some_and(|byte| *byte != b'"') {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        if end >= bytes.len() {
            return Err(error(start..start + 1, "this string has no closing quotation mark".to_owned()));
        }
        self.at = end + 1;
        let written = &self.text[start..self.at];
        // A lone surrogate, a control character or an unknown escape.
        serde_json::from_str(written).map_err(|cause| match lone_surrogate(written) {
            Some(at) => {
                let message = format!("`{}` is one half of a character, and the other half does not follow", &written[at..at + 6]);
                error(start + at..start + at + 6, message)
            }
            None => error(start..self.at, reason(&cause)),
        })
    }

    fn literal(&mut self) -> Result<Value, SyntaxError> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')) {
            self.at += 1;
        }
        let literal = &self.text[start..self.at];
        match serde_json::from_str(literal) {
            Ok(serde_json::Value::Null) => Ok(Value::Null),
            Ok(_) => Ok(Value::Literal(literal.to_owned())),
            Err(cause) => Err(error(start..self.at, reason(&cause))),
        }
    }
}

/// The place of the first `\\uD800` in a string that no other half of a pair follows, or precedes.
fn lone_surrogate(written: &str) -> Option<usize> {
    let unit = |at: usize| written.get(at..at + 6)?.strip_prefix("\\u").and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let mut at = 0;
    while at < written.len() {
        let length = match (unit(at), unit(at + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => return Some(at),
            _ if written.as_bytes()[at] == b'\\' => 2,
            _ => 1,
        };
        at += length;
    }
    None
}

fn error(place: Place, message: String) -> SyntaxError {
    SyntaxError { place, message, kind: ErrorKind::Json }
}

/// The message of `serde_json` without its line and column, which are those of a part.
fn reason(cause: &serde_json::Error) -> String {
    let message = cause.to_string();
    message.split(" at line ").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_bytes_and_escapes_are_read() {
        let text = "{\"id\": \"نهر\", \"list\": [1.5, {\"a/b\": \"\\ud83c\\udfde\\n\"}], \"no\": null}";
        let tree = parse(text).unwrap();
        let id = tree.get("id").unwrap();
        assert_eq!(&text[id.place.clone()], "\"نهر\"");
        let Value::List(items) = &tree.get("list").unwrap().value else { panic!("a list") };
        let escaped = items[1].get("a/b").unwrap();
        assert!(matches!(&escaped.value, Value::Text(text) if text == "🏞\n"));
        assert_eq!(tree.pointer(&escaped.place), "/list/1/a~1b");
        assert!(matches!(tree.get("no").unwrap().value, Value::Null) && matches!(&items[0].value, Value::Literal(number) if number == "1.5"));
    }

    #[test]
    fn what_is_not_json_is_rejected_at_its_place() {
        for (text, at) in [
            ("{\"a\": \"\\ud800\"}", 7),
            ("{\"a\": \"\\\\ud8 \\ud83c\\udfde نهر \\udc00\"}", 33),
            ("{\"a\": 1,}", 8),
            ("{\"a\" 1}", 5),
            ("{\"a\": tru}", 6),
            ("{\"a\": 1} x", 9),
            ("{\"a\": \"x", 6),
            ("{", 1),
        ] {
            assert_eq!(parse(text).unwrap_err().place.start, at, "{text}");
        }
    }
}
