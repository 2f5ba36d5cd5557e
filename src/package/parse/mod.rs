//! Files as trees of values with their places: YAML for people, JSON for programs.

mod json;
mod tree;
mod yaml;

use std::path::Path;

pub use tree::{Entry, Node, Place, Value};

/// The maximum depth of nested values.
pub const MAX_DEPTH: usize = 32;

/// The maximum number of items of lists in a package. The article of the seed has about 700.
pub const MAX_ITEMS: usize = 20_000;
/// The maximum number of keys in a package: each item may have its twenty.
pub const MAX_KEYS: usize = 20 * MAX_ITEMS;

/// A file that is neither YAML nor JSON.
#[derive(Debug)]
pub struct SyntaxError {
    /// Where.
    pub place: Place,
    /// Why.
    pub message: String,
    /// What rule it breaks.
    pub kind: ErrorKind,
}

/// What rule a file breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// One of YAML.
    Yaml,
    /// One of JSON.
    Json,
    /// It is more than a package may have.
    TooLarge,
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON.
    Json,
    /// YAML, which has most of JSON in it.
    Yaml,
    /// What its first character says.
    Unknown,
}

impl Format {
    /// The format that the name of a file says.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let name = path.as_os_str().to_string_lossy().to_lowercase();
        let has = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        if has(&[".yaml", ".yml"]) {
            Self::Yaml
        } else if has(&[".json", ".jsonl", ".jsonl.zst"]) {
            Self::Json
        } else {
            Self::Unknown
        }
    }
}

/// Parses a file. One that begins with a brace is JSON, unless it is YAML by its name and by what it has.
///
/// # Errors
/// The first place that cannot be read.
pub fn parse(text: &str, format: Format) -> Result<Node, SyntaxError> {
    let has_brace = text.trim_start_matches([' ', '\t', '\r', '\n', '\u{feff}']).starts_with('{');
    match format {
        Format::Json => json::parse(text),
        _ if !has_brace => yaml::parse(text),
        Format::Unknown => json::parse(text),
        Format::Yaml => match json::parse(text) {
            Err(SyntaxError { kind: ErrorKind::Json, .. }) => yaml::parse(text),
            parsed => parsed,
        },
    }
}

/// Counts what a file has, while it is parsed: what is too large is not held in memory first.
#[derive(Debug, Default)]
struct Counter {
    items: usize,
    keys: usize,
}

impl Counter {
    /// One item of a list more.
    fn item(&mut self, place: &Place) -> Result<(), SyntaxError> {
        self.items += 1;
        within(self.items, MAX_ITEMS, "items of lists", place)
    }

    /// One key more.
    fn key(&mut self, place: &Place) -> Result<(), SyntaxError> {
        self.keys += 1;
        within(self.keys, MAX_KEYS, "keys", place)
    }
}

fn within(count: usize, max: usize, what: &str, place: &Place) -> Result<(), SyntaxError> {
    if count <= max {
        return Ok(());
    }
    Err(SyntaxError { place: place.clone(), message: format!("the file has more than {max} {what}, and a package at most so many"), kind: ErrorKind::TooLarge })
}
