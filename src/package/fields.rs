//! Reading a tree into types. What is wrong is recorded and left out, so that one run finds everything.

use std::{collections::HashSet, fmt::Display, str::FromStr};

use serde::de::DeserializeOwned;

use crate::{
    corpus::parse_enum,
    package::{
        diagnostic::{Code, Log},
        nearest::nearest_word,
        parse::{Entry, Node, Place, Value},
        spanned::{Spanned, Text},
    },
};

/// What can be read from a node.
pub trait Read: Sized {
    /// The value; `None` if the node is not one, which is recorded.
    fn read(node: &Node, log: &mut Log) -> Option<Self>;
}

/// The keys and values of one object.
pub struct Fields<'n, 'l> {
    /// The place of the object.
    pub place: Place,
    /// Where mistakes are recorded.
    pub log: &'l mut Log,
    what: &'static str,
    entries: &'n [Entry],
    known: Vec<&'static str>,
    explained: Vec<(&'static str, &'static str)>,
    missing: Vec<Missing>,
}

/// A key that is missing, unless another is a miswritten form of it.
struct Missing {
    keys: &'static str,
    code: Code,
    place: Place,
    message: String,
}

impl<'n, 'l> Fields<'n, 'l> {
    /// The fields of a node; `None` if it has none, which is recorded. `what` names the object: "a clause".
    pub fn of(node: &'n Node, what: &'static str, log: &'l mut Log) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            log.add(Code::WrongType, &node.place, format!("expected {what}, with keys and values, found {}", node.value.describe()));
            return None;
        };
        let mut earlier = HashSet::new();
        for entry in entries {
            if !earlier.insert(entry.key.as_str()) {
                log.add(Code::DuplicateKey, &entry.place, format!("the key `{}` is here a second time", entry.key));
            }
        }
        Some(Self { place: node.place.clone(), log, what, entries, known: Vec::new(), explained: Vec::new(), missing: Vec::new() })
    }

    /// The value of a key; `None` if there is none, or nothing.
    fn take(&mut self, key: &'static str) -> Option<&'n Entry> {
        self.known.push(key);
        if self.is_todo(key) {
            self.log.mark_unread(&self.place, key);
        }
        self.entries.iter().find(|entry| entry.key == key).filter(|entry| !matches!(entry.value.value, Value::Null) && !is_todo(&entry.value))
    }

    /// Whether the value of a key is still to be written. That is reported once, for the value itself.
    #[must_use]
    pub fn is_todo(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key && is_todo(&entry.value))
    }

    /// Whether the list of a key has items, whatever they are.
    #[must_use]
    pub fn has_items(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key && matches!(&entry.value.value, Value::List(items) if !items.is_empty()))
    }

    /// Whether the key is there, even with nothing.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }

    /// The value of a key that may be missing.
    pub fn optional<T: Read>(&mut self, key: &'static str) -> Option<T> {
        let entry = self.take(key)?;
        self.value(key, entry)
    }

    /// Reads a value. One that is there and wrong is not missing.
    fn value<T: Read>(&mut self, key: &'static str, entry: &Entry) -> Option<T> {
        let value = T::read(&entry.value, self.log);
        if value.is_none() {
            self.log.mark_unread(&self.place, key);
        }
        value
    }

    /// Whether the value of a key is there, and is wrong or still to be written.
    #[must_use]
    pub fn is_unread(&self, key: &str) -> bool {
        self.log.is_unread(&self.place, key)
    }

    /// The value of a key that must be there.
    pub fn required<T: Read>(&mut self, key: &'static str) -> Option<T> {
        let Some(entry) = self.take(key) else {
            if !self.is_todo(key) {
                self.missing(key);
            }
            return None;
        };
        self.value(key, entry)
    }

    /// One of a closed set, which must be there.
    pub fn choice<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<Spanned<T>> {
        let text: Text = self.required(key)?;
        let value = choice(&text, self.log);
        self.unless_read(key, value)
    }

    /// One of a closed set, which may be missing.
    pub fn optional_choice<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<Spanned<T>> {
        let text: Text = self.optional(key)?;
        let value = choice(&text, self.log);
        self.unless_read(key, value)
    }

    /// Text that is parsed, such as a day; it may be missing.
    pub fn optional_parsed<T: FromStr<Err: Display>>(&mut self, key: &'static str) -> Option<Spanned<T>> {
        let text: Text = self.optional(key)?;
        let value = parsed(&text, self.log);
        self.unless_read(key, value)
    }

    fn unless_read<T>(&mut self, key: &str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.log.mark_unread(&self.place, key);
        }
        value
    }

    /// Records that a key is missing, or one of several: "role` or a `quote".
    pub fn missing(&mut self, keys: &'static str) {
        self.lacks(keys, Code::MissingKey, format!("{} needs `{keys}`", self.what));
    }

    /// Records that a key is missing, with a message of its own.
    pub fn lacks(&mut self, keys: &'static str, code: Code, message: String) {
        let place = self.key_place(keys);
        self.missing.push(Missing { keys, code, place, message });
    }

    /// The place of a key; where it is missing, of the first key.
    #[must_use]
    pub fn key_place(&self, key: &str) -> Place {
        self.entries.iter().find(|entry| entry.key == key).map_or_else(|| self.head(), |entry| entry.place.clone())
    }

    /// The first key, where a mistake of the whole object is shown.
    #[must_use]
    pub fn head(&self) -> Place {
        self.entries.first().map_or_else(|| self.place.clone(), |entry| entry.place.clone())
    }

    /// The items of a list, which may be missing.
    pub fn list<T: Read>(&mut self, key: &'static str) -> Vec<T> {
        let Some(entry) = self.take(key) else { return Vec::new() };
        match &entry.value.value {
            Value::List(items) => items.iter().filter(|item| !is_todo(item)).filter_map(|item| T::read(item, self.log)).collect(),
            other => {
                self.log.add(Code::WrongType, &entry.value.place, format!("expected a list, found {}", other.describe()));
                self.log.mark_unread(&self.place, key);
                Vec::new()
            }
        }
    }

    /// Says what helps those who write a key that the object does not have.
    pub fn explain(&mut self, key: &'static str, help: &'static str) {
        self.explained.push((key, help));
    }

    /// Records the keys that nobody asked for.
    pub fn finish(self) {
        let mut miswritten: Vec<&str> = Vec::new();
        for entry in self.entries.iter().filter(|entry| !self.known.contains(&entry.key.as_str())) {
            if self.log.is_full(Code::UnknownKey) {
                self.log.add(Code::UnknownKey, &entry.place, "unknown");
                continue;
            }
            let near = nearest_word(&entry.key, self.known.iter().copied());
            if let Some(near) = near {
                self.log.mark_unread(&self.place, near);
                miswritten.push(near);
            }
            let explained = self.explained.iter().find(|(key, _)| *key == entry.key).map(|(_, help)| (*help).to_owned());
            let nearest = || near.map(|near| format!("did you mean `{near}`?"));
            let help = explained.or_else(nearest).unwrap_or_else(|| format!("{} has: {}", self.what, self.known.join(", ")));
            self.log.add_with_help(Code::UnknownKey, &entry.place, format!("{} has no key `{}`", self.what, entry.key), vec![help]);
        }
        let is_word = |char: char| char.is_ascii_alphanumeric() || char == '_';
        for Missing { keys, code, place, message } in self.missing {
            if !keys.split(|char| !is_word(char)).any(|key| miswritten.contains(&key)) {
                self.log.add(code, &place, message);
            }
        }
    }
}

/// Whether a value is a place that its editor has left open.
fn is_todo(node: &Node) -> bool {
    matches!(&node.value, Value::Text(text) | Value::Plain(text) if text.trim() == "TODO")
}

impl Read for Text {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        match &node.value {
            Value::Text(text) | Value::Plain(text) => Some(Self { value: text.clone(), place: node.place.clone() }),
            other => {
                let is_bilingual = matches!(other, Value::Map(entries) if entries.iter().any(|entry| matches!(entry.key.as_str(), "ar" | "en")));
                let help = if is_bilingual { "this is one text, in its own language, and not `{en, ar}`".to_owned() } else { String::new() };
                log.add_with_help(Code::WrongType, &node.place, format!("expected text, found {}", other.describe()), vec![help]);
                None
            }
        }
    }
}

/// Reads a number or a truth value.
fn literal<T: FromStr>(node: &Node, expected: &str, log: &mut Log) -> Option<Spanned<T>> {
    let value = match &node.value {
        Value::Plain(text) | Value::Literal(text) => text.parse().ok(),
        _ => None,
    };
    if value.is_none() {
        let found = match &node.value {
            Value::Plain(text) | Value::Literal(text) | Value::Text(text) => format!("`{text}`"),
            other => other.describe().to_owned(),
        };
        log.add(Code::WrongType, &node.place, format!("expected {expected}, found {found}"));
    }
    value.map(|value| Spanned { value, place: node.place.clone() })
}

impl Read for Spanned<u32> {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        literal(node, "a whole number", log)
    }
}

impl Read for Spanned<f64> {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        literal(node, "a number", log).filter(|number: &Self| number.value.is_finite())
    }
}

impl Read for Spanned<bool> {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        literal(node, "true or false", log)
    }
}

/// One of a closed set, such as a voice.
fn choice<T: DeserializeOwned>(text: &Text, log: &mut Log) -> Option<Spanned<T>> {
    match parse_enum(text.as_str()) {
        Ok(value) => Some(Spanned { value, place: text.place.clone() }),
        Err(cause) => {
            let message = cause.to_string();
            // serde names the values between backticks, after the one that was given.
            let allowed: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
            let help = nearest_word(text.as_str(), allowed.iter().copied()).map(|near| format!("did you mean `{near}`?"));
            log.add_with_help(Code::UnknownValue, &text.place, format!("`{}` is not one of {}", text.value, allowed.join(", ")), help.into_iter().collect());
            None
        }
    }
}

/// Text that is parsed, such as a day.
fn parsed<T: FromStr<Err: Display>>(text: &Text, log: &mut Log) -> Option<Spanned<T>> {
    match text.as_str().parse() {
        Ok(value) => Some(Spanned { value, place: text.place.clone() }),
        Err(cause) => {
            log.add(Code::BadValue, &text.place, format!("`{}` is not {cause}", text.value));
            None
        }
    }
}
