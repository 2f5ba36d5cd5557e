//! Reporting words: they attribute a quotation to a speaker (`text/data/reporting.tsv`).

use std::{collections::HashSet, sync::LazyLock};

use crate::text::{tokenize::key, tsv};

/// Whether a word, by its key, is a reporting verb.
#[must_use]
pub fn is_reporting_verb(word: &str) -> bool {
    static VERBS: LazyLock<HashSet<String>> = LazyLock::new(|| words("verb"));
    has(&VERBS, word)
}

/// Whether a word, by its key, names a source after it: "according to".
#[must_use]
pub fn is_source_preposition(word: &str) -> bool {
    static PREPOSITIONS: LazyLock<HashSet<String>> = LazyLock::new(|| words("preposition"));
    has(&PREPOSITIONS, word)
}

/// Whether a word, by its key, introduces the second of two quotations: "while".
#[must_use]
pub fn is_lead_conjunction(word: &str) -> bool {
    static CONJUNCTIONS: LazyLock<HashSet<String>> = LazyLock::new(|| words("conjunction"));
    CONJUNCTIONS.contains(word)
}

/// The words of a kind, by their keys.
fn words(kind: &str) -> HashSet<String> {
    let rows = tsv::rows(include_str!("data/reporting.tsv")).filter(|row| row.first() == Some(&kind));
    rows.flat_map(|row| row.last().copied().unwrap_or_default().split(' ')).map(key).collect()
}

/// Whether a word is among these, with or without a conjunction before it.
fn has(words: &HashSet<String>, word: &str) -> bool {
    ["", "و", "ف"].iter().filter_map(|conjunction| word.strip_prefix(conjunction)).any(|word| words.contains(word))
}
