//! A file as a tree of values, each with its place: what YAML and JSON have in common.

use std::{fmt::Write as _, ops::Range};

/// A place in a file: bytes, 0-based and half-open.
pub type Place = Range<usize>;

/// A value, and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its place.
    pub place: Place,
    /// What it is.
    pub value: Value,
}

/// A value of a file.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing: `null`, `~`, or a key without a value.
    Null,
    /// Text in quotation marks or as a block.
    Text(String),
    /// YAML without quotation marks: text, a number or a truth value, as its field wants it. So `edtf: 2025` and `no` are text.
    Plain(String),
    /// A number or a truth value of JSON, as it is written.
    Literal(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values, in order; a key may be repeated.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The place of the key.
    pub place: Place,
    /// The value.
    pub value: Node,
}

impl Value {
    /// What it is, in words.
    #[must_use]
    pub const fn describe(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Text(_) | Self::Plain(_) => "text",
            Self::Literal(_) => "a number or a truth value",
            Self::List(_) => "a list",
            Self::Map(_) => "keys and values",
        }
    }
}

impl Node {
    /// The JSON pointer (RFC 6901) of the smallest value that contains a place; empty for the whole file.
    #[must_use]
    pub fn pointer(&self, place: &Place) -> String {
        let (mut node, mut pointer) = (self, String::new());
        loop {
            let contains = |start: usize, end: usize| start <= place.start && place.end <= end;
            node = match &node.value {
                Value::Map(entries) => {
                    let Some(entry) = entries.iter().rev().find(|entry| contains(entry.place.start, entry.value.place.end)) else { return pointer };
                    let _ = write!(pointer, "/{}", entry.key.replace('~', "~0").replace('/', "~1"));
                    &entry.value
                }
                Value::List(items) => {
                    let Some(at) = items.iter().rposition(|item| contains(item.place.start, item.place.end)) else { return pointer };
                    let _ = write!(pointer, "/{at}");
                    &items[at]
                }
                _ => return pointer,
            };
        }
    }

    /// The value of a key, of a map that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value),
            _ => None,
        }
    }
}
