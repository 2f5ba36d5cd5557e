//! JSON (RFC 8259): the format that every resource is available in.
//!
//! ```
//! use bayan::formats::json;
//!
//! let item = serde_json::json!({"id": "iraq", "url": "actors/iraq", "name": {"ar": "العراق", "en": "Iraq"}});
//! let written = json::write(&item, "https://bayan.example/v1/", None)?;
//! assert_eq!(written, r#"{"id":"iraq","url":"https://bayan.example/v1/actors/iraq","name":{"ar":"العراق","en":"Iraq"}}"#.as_bytes());
//! # Ok::<(), serde_json::Error>(())
//! ```

use std::{
    io::{self, Write},
    sync::LazyLock,
};

use memchr::memmem::Finder;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{
    Value,
    ser::{Formatter, Serializer},
};

use crate::corpus::{Language, StoredJson};
use crate::formats::envelope::ListEnvelope;

/// The start of a URL member in stored JSON. Inside a string its quotation marks would be escaped, so it is unambiguous.
const URL_KEY: &[u8] = br#""url":""#;
/// Finds it. Preparing the search takes longer than one in a short item.
static URL_KEY_FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(URL_KEY));

/// Writes a value. URLs (`url`, `self`, `next`) that are relative to the API become absolute; with a language, every
/// bilingual text retains only that language.
///
/// # Errors
/// If the value cannot be represented as JSON.
pub fn write(value: &impl Serialize, base_url: &str, language: Option<Language>) -> serde_json::Result<Vec<u8>> {
    let mut body = Vec::with_capacity(1024);
    let mut serializer = Serializer::with_formatter(&mut body, UrlRebaser { base_url, in_key: false, in_url: false, at_start: false });
    match language {
        None => value.serialize(&mut serializer)?,
        Some(language) => {
            let mut value = serde_json::to_value(value)?;
            retain_language(&mut value, language);
            value.serialize(&mut serializer)?;
        }
    }
    Ok(body)
}

/// Writes a list of items as they are stored.
///
/// # Errors
/// If a stored item is not JSON.
pub fn write_list<T: DeserializeOwned>(
    items: &[StoredJson<T>],
    envelope: &ListEnvelope,
    base_url: &str,
    language: Option<Language>,
) -> serde_json::Result<Vec<u8>> {
    let length: usize = items.iter().map(|item| item.as_json().len()).sum();
    let mut body = Vec::with_capacity(length + length / 8 + 1024);
    body.extend_from_slice(br#"{"items":["#);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            body.push(b',');
        }
        write_rebased(&mut body, item.as_json(), base_url, language)?;
    }
    body.extend_from_slice(b"],");
    // The envelope without its opening brace.
    body.extend_from_slice(&write(envelope, base_url, None)?[1..]);
    Ok(body)
}

/// Writes an item as it is stored.
///
/// # Errors
/// If the stored item is not JSON.
pub fn write_item<T: DeserializeOwned>(item: &StoredJson<T>, base_url: &str, language: Option<Language>) -> serde_json::Result<Vec<u8>> {
    let mut body = Vec::with_capacity(item.as_json().len() + 1024);
    write_rebased(&mut body, item.as_json(), base_url, language)?;
    Ok(body)
}

/// Appends stored JSON with absolute URLs. Without a language, this copies and does not parse.
fn write_rebased(body: &mut Vec<u8>, json: &[u8], base_url: &str, language: Option<Language>) -> serde_json::Result<()> {
    if language.is_some() {
        body.extend_from_slice(&write(&serde_json::from_slice::<Value>(json)?, base_url, language)?);
        return Ok(());
    }
    let mut written = 0;
    for at in URL_KEY_FINDER.find_iter(json) {
        let url = at + URL_KEY.len();
        body.extend_from_slice(&json[written..url]);
        if !json[url..].starts_with(b"https://") {
            body.extend_from_slice(base_url.as_bytes());
        }
        written = url;
    }
    body.extend_from_slice(&json[written..]);
    Ok(())
}

/// Removes the other language from every bilingual text: an object with the members `ar` and `en` and no others.
fn retain_language(value: &mut Value, language: Language) {
    match value {
        Value::Object(object) if object.len() == 2 && object.contains_key("ar") && object.contains_key("en") => {
            object.remove(language.other().code());
        }
        Value::Object(object) => object.values_mut().for_each(|value| retain_language(value, language)),
        Value::Array(array) => array.iter_mut().for_each(|value| retain_language(value, language)),
        _ => {}
    }
}

/// A compact formatter that prepends the base URL to relative URLs.
struct UrlRebaser<'a> {
    base_url: &'a str,
    in_key: bool,
    /// The last key names a URL.
    in_url: bool,
    /// No fragment of the current string is written yet.
    at_start: bool,
}

impl Formatter for UrlRebaser<'_> {
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
            self.in_url = matches!(fragment, "url" | "self" | "next");
        } else if self.in_url && self.at_start && !fragment.contains("://") {
            writer.write_all(self.base_url.as_bytes())?;
        }
        self.at_start = false;
        writer.write_all(fragment.as_bytes())
    }

    fn end_string<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.in_url &= self.in_key;
        writer.write_all(b"\"")
    }
}
