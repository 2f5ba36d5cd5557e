//! Names in texts: those of the registers of actors and places, and states and cities (`text/data/states.tsv`).

use std::{collections::HashMap, ops::Range};

use crate::text::{
    function_words::is_function_word,
    tokenize::{Token, TokenizedText},
    tsv,
};

/// Names, ready to be found among the words of a text.
#[derive(Debug, Default)]
pub struct Names {
    /// The words of each name, by its first word.
    by_first_word: HashMap<String, Vec<Vec<String>>>,
}

impl Names {
    /// These names, and those of the table of states.
    #[must_use]
    pub fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut new = Self::default();
        let states = tsv::rows(include_str!("../text/data/states.tsv")).flat_map(|row| row.last().copied().unwrap_or_default().split(';'));
        for name in names.chain(states) {
            let words: Vec<String> = TokenizedText::new(name).tokens.into_iter().map(|word| word.key).collect();
            // IS and US are names in capitals only, which keys do not have.
            if let Some((first, rest)) = words.split_first().filter(|(first, rest)| !rest.is_empty() || !is_function_word(first)) {
                new.by_first_word.entry(first.clone()).or_default().push(rest.to_vec());
            }
        }
        new
    }

    /// The positions of names among these words, the longest name at each. Particles before a name belong to it.
    #[must_use]
    pub fn spans(&self, words: &[Token]) -> Vec<Range<usize>> {
        let longest = |at: usize| {
            let rests = bare_forms(&words[at].key).into_iter().filter_map(|first| self.by_first_word.get(&first)).flatten();
            let is_here =
                |rest: &&Vec<String>| words.get(at + 1..=at + rest.len()).is_some_and(|words| words.iter().zip(*rest).all(|(word, name)| word.key == *name));
            rests.filter(is_here).map(Vec::len).max().map(|length| at..at + length + 1)
        };
        (0..words.len()).filter_map(longest).collect()
    }
}

/// A word (by its key) unchanged, and without the particles that it may begin with.
#[must_use]
pub fn bare_forms(key: &str) -> Vec<String> {
    const PARTICLES: [&str; 7] = ["و", "ف", "ب", "ل", "ك", "ول", "وب"];
    let mut forms = vec![key.to_owned()];
    for rest in PARTICLES.iter().filter_map(|particle| key.strip_prefix(particle)).filter(|rest| rest.chars().count() > 2) {
        forms.push(rest.to_owned());
        // The article loses its alef after ل.
        forms.extend(rest.strip_prefix('ل').map(|noun| format!("ال{noun}")));
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_with_their_particles_and_the_longest_first() {
        let names = Names::new(["الولايات المتحدة", "الولايات المتحدة الأمريكية", "التحالف"].into_iter());
        let text = TokenizedText::new("ترتبط العراق والولايات المتحدة الأمريكية للتحالف");
        assert_eq!(names.spans(&text.tokens), [1..2, 2..5, 5..6]);
    }
}
