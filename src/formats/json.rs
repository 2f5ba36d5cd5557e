//! JSON (RFC 8259): the format that everything can be had in.
//!
//! ```
//! use bayan::format::json;
//!
//! let item = serde_json::json!({"id": "iraq", "url": "actors/iraq", "name": {"ar": "العراق", "en": "Iraq"}});
//! let written = json::write(&item, "https://bayan.example/v1/", None)?;
//! assert_eq!(written, r#"{"id":"iraq","url":"https://bayan.example/v1/actors/iraq","name":{"ar":"العراق","en":"Iraq"}}"#.as_bytes());
//! # Ok::<(), serde_json::Error>(())
//! ```

use std::io::{self, Write};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{
    Value,
    ser::{Formatter, Serializer},
};

use crate::corpus::{Language, StoredJson};
use crate::formats::ListEnvelope;

/// The key of an address: within a string its quotation marks would be escaped, so it is found nowhere else.
const KEY: &str = r#""url":""#;

/// Writes a value. The addresses in it (`url`, `self`, `next`), which are relative to the root of the interface, become
/// whole; with a language, every text keeps only that one.
///
/// # Errors
/// When the value cannot be JSON, which none of ours is.
pub fn write(value: &impl Serialize, root: &str, language: Option<Language>) -> serde_json::Result<Vec<u8>> {
    let mut body = Vec::with_capacity(1024);
    let mut serializer = Serializer::with_formatter(&mut body, Addresses { root, in_key: false, at_address: false, at_start: false });
    match language {
        None => value.serialize(&mut serializer)?,
        Some(language) => {
            let mut value = serde_json::to_value(value)?;
            keep(&mut value, language);
            value.serialize(&mut serializer)?;
        }
    }
    Ok(body)
}

/// Writes a list of items as they are stored.
///
/// # Errors
/// When it cannot be JSON, which none of ours is.
pub fn page<T: DeserializeOwned>(items: &[StoredJson<T>], about: &ListEnvelope, root: &str, language: Option<Language>) -> serde_json::Result<Vec<u8>> {
    let length: usize = items.iter().map(|item| item.as_json().len()).sum();
    let mut body = Vec::with_capacity(length + length / 8 + 1024);
    body.extend_from_slice(br#"{"items":["#);
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            body.push(b',');
        }
        put(&mut body, item.as_json(), root, language)?;
    }
    body.extend_from_slice(b"],");
    // The rest of the envelope, after its opening brace.
    body.extend_from_slice(&write(about, root, None)?[1..]);
    Ok(body)
}

/// Writes an item as it is stored.
///
/// # Errors
/// When it is not JSON, which none of ours is.
pub fn item<T: DeserializeOwned>(item: &StoredJson<T>, root: &str, language: Option<Language>) -> serde_json::Result<Vec<u8>> {
    let mut body = Vec::with_capacity(item.as_json().len() + 1024);
    put(&mut body, item.as_json(), root, language)?;
    Ok(body)
}

/// Adds an item to a body, with whole addresses.
fn put(body: &mut Vec<u8>, item: &str, root: &str, language: Option<Language>) -> serde_json::Result<()> {
    if language.is_some() {
        body.extend_from_slice(&write(&serde_json::from_str::<Value>(item)?, root, language)?);
        return Ok(());
    }
    let mut rest = item;
    while let Some(at) = rest.find(KEY) {
        let (before, after) = rest.split_at(at + KEY.len());
        body.extend_from_slice(before.as_bytes());
        if !after.starts_with("https://") {
            body.extend_from_slice(root.as_bytes());
        }
        rest = after;
    }
    body.extend_from_slice(rest.as_bytes());
    Ok(())
}

/// Takes the other language out of every text: an object of `ar` and `en`, and of nothing else.
fn keep(value: &mut Value, language: Language) {
    match value {
        Value::Object(object) if object.len() == 2 && object.contains_key("ar") && object.contains_key("en") => {
            object.remove(match language {
                Language::Ar => "en",
                Language::En => "ar",
            });
        }
        Value::Object(object) => object.values_mut().for_each(|value| keep(value, language)),
        Value::Array(array) => array.iter_mut().for_each(|value| keep(value, language)),
        _ => {}
    }
}

/// Writes compactly, and puts the root of the interface before each address that has none.
struct Addresses<'a> {
    root: &'a str,
    in_key: bool,
    /// The last key was that of an address.
    at_address: bool,
    /// Nothing of the string has been written yet.
    at_start: bool,
}

impl Formatter for Addresses<'_> {
    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.in_key = true;
        if first { Ok(()) } else { writer.write_all(b",") }
    }

    fn end_object_key<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.in_key = false;
        Ok(())
    }

    fn begin_string<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.at_start = true;
        writer.write_all(b"\"")
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        if self.in_key {
            self.at_address = matches!(fragment, "url" | "self" | "next");
        } else if self.at_address && self.at_start && !fragment.contains("://") {
            writer.write_all(self.root.as_bytes())?;
        }
        self.at_start = false;
        writer.write_all(fragment.as_bytes())
    }

    fn end_string<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.at_address &= self.in_key;
        writer.write_all(b"\"")
    }
}
