//! Negations (`data/negations.tsv`).

use std::{collections::HashSet, sync::LazyLock};

use crate::text::{tokenize::key, tsv};

/// The words of the table, by their keys.
static WORDS: LazyLock<HashSet<String>> =
    LazyLock::new(|| tsv::rows(include_str!("data/negations.tsv")).flat_map(|row| row.last().copied().unwrap_or_default().split(' ')).map(key).collect());

/// Whether a word, by its key, is a negation. Particles before it do not change that.
#[must_use]
pub fn is_negation(word: &str) -> bool {
    const PARTICLES: [&str; 8] = ["", "و", "ف", "ب", "ل", "ك", "ول", "وب"];
    PARTICLES.iter().filter_map(|particle| word.strip_prefix(particle)).any(|word| WORDS.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negations_are_known_with_their_particles() {
        for word in ["لا", "ولم", "فلن", "عدم", "لعدم", "وليس", "بلا", "not", "cannot"] {
            assert!(is_negation(word), "{word}");
        }
        for word in ["لنا", "لما", "بلاد", "ولايه", "notice", "لمن", "العدم", "كلام"] {
            assert!(!is_negation(word), "{word}");
        }
    }
}
