//! Files as trees of values with their places: YAML for people, JSON for programs.

mod json;
mod tree;
mod yaml;

pub use tree::{Entry, Node, Place, Value};

/// The maximum depth of nested values.
pub const MAX_DEPTH: usize = 32;

/// A file that is neither YAML nor JSON.
#[derive(Debug)]
pub struct SyntaxError {
    /// Where.
    pub place: Place,
    /// Why.
    pub message: String,
}

/// Parses a file. One that begins with a brace is JSON; every other is YAML.
///
/// # Errors
/// The first place that cannot be read.
pub fn parse(text: &str) -> Result<Node, SyntaxError> {
    if text.trim_start_matches([' ', '\t', '\r', '\n', '\u{feff}']).starts_with('{') { json::parse(text) } else { yaml::parse(text) }
}
