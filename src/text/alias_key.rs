//! Aliases as tokens of the index: a whole name is one token.

use crate::text::{
    units::{Unit, units},
    words::tokenize,
};

/// The maximum number of ways to read a name that are looked up.
const MAX_READINGS: usize = 8;
/// The same for the names in a text, of which there are many.
const MAX_TEXT_READINGS: usize = 2;

/// The maximum number of words in a name that is looked up as a whole.
pub const MAX_NAME_WORDS: usize = 6;

/// The key that a name is indexed by.
#[must_use]
pub fn alias_key(name: &str) -> String {
    let words = tokenize(name);
    let stems: Vec<String> = units(&words).iter().filter_map(|unit| unit.light_stems().into_iter().next()).collect();
    format!("_{}", stems.join("_"))
}

/// The keys of a name in each way that its words can be read, the likeliest first.
#[must_use]
pub fn alias_keys(units: &[Unit<'_>]) -> Vec<String> {
    let mut keys = vec![String::new()];
    for unit in units {
        let stems = unit.light_stems();
        keys = keys.iter().flat_map(|key| stems.iter().map(move |stem| format!("{key}_{stem}"))).take(MAX_READINGS).collect();
    }
    keys
}

/// The keys of all names that words of a text can be, the likeliest readings only.
#[must_use]
pub fn name_keys(text: &str) -> Vec<String> {
    let words = tokenize(text);
    let units = units(&words);
    let runs = (0..units.len()).flat_map(|first| (first + 1..=units.len().min(first + MAX_NAME_WORDS)).map(move |end| first..end));
    runs.flat_map(|run| alias_keys(&units[run]).into_iter().take(MAX_TEXT_READINGS)).collect()
}
