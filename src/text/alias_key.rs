//! Aliases as tokens of the index: a whole name is one token.

use crate::text::{
    units::{Unit, units},
    words::tokenize,
};

/// The maximum number of ways to read a name that are looked up.
const MAX_READINGS: usize = 8;

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
