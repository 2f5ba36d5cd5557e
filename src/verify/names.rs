//! Names in texts: those of the registers of actors and places, and states and cities (`text/data/states.tsv`).

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    ops::Range,
};

use crate::text::{
    function_words::is_function_word,
    particles::bare_forms,
    tokenize::{Token, TokenizedText},
    tsv,
};

/// Names, ready to be found among the words of a text.
#[derive(Debug, Default)]
pub struct Names {
    /// The names by their first words.
    by_first_word: HashMap<String, Vec<Name>>,
    /// The words of all names of an item.
    words: HashMap<String, HashSet<String>>,
}

/// A name of an item.
#[derive(Debug)]
struct Name {
    /// The words after the first.
    rest: Vec<String>,
    /// The item: its id in a register, or the name itself.
    id: String,
}

impl Names {
    /// These names of items with these ids, and those of the table of states.
    #[must_use]
    pub fn new<'a>(names: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut new = Self::default();
        let states = tsv::rows(include_str!("../text/data/states.tsv")).flat_map(|row| row.last().copied().unwrap_or_default().split(';'));
        for (id, name) in names.chain(states.map(|name| (name.trim(), name))) {
            let words: Vec<String> = TokenizedText::new(name).tokens.into_iter().map(|word| word.key).collect();
            // IS and US are names in capitals only, which keys do not have.
            if let Some((first, rest)) = words.split_first().filter(|(first, rest)| !rest.is_empty() || !is_function_word(first)) {
                new.by_first_word.entry(first.clone()).or_default().push(Name { rest: rest.to_vec(), id: id.to_owned() });
                new.words.entry(id.to_owned()).or_default().extend(words);
            }
        }
        new
    }

    /// The positions of names among these words, the longest name at each. Particles before a name belong to it.
    #[must_use]
    pub fn spans(&self, words: &[Token]) -> Vec<Range<usize>> {
        (0..words.len()).filter_map(|at| Some(at..at + self.names_at(words, at).map(|name| name.rest.len()).max()? + 1)).collect()
    }

    /// The items that are named in words which overlap a range, in order: for each name the ids that it may stand for.
    #[must_use]
    pub fn items<'n>(&'n self, words: &[Token], within: &Range<usize>) -> Vec<BTreeSet<&'n str>> {
        let mut items = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let length = self.names_at(words, at).map(|name| name.rest.len()).max();
            if let Some(length) = length.filter(|length| at < within.end && at + length >= within.start) {
                items.push(self.names_at(words, at).filter(|name| name.rest.len() == length).map(|name| name.id.as_str()).collect());
            }
            at += length.unwrap_or(0) + 1;
        }
        items
    }

    /// Whether a word, by its key, is in a name of an item, or is an adjective of one: العراقي, "Iraqi".
    #[must_use]
    pub fn is_word_of(&self, id: &str, key: &str) -> bool {
        const ENDINGS: [&str; 10] = ["ي", "يه", "يين", "يون", "i", "n", "an", "ian", "s", "is"];
        let Some(words) = self.words.get(id) else { return false };
        let is_adjective = |form: &String| {
            words.iter().filter(|word| word.chars().count() >= 4).any(|word| form.strip_prefix(word.as_str()).is_some_and(|ending| ENDINGS.contains(&ending)))
        };
        let forms = bare_forms(key);
        let with_article = |form: &String| form.strip_prefix("ال").map(str::to_owned);
        forms.iter().any(|form| words.contains(form))
            || forms.iter().any(is_adjective)
            || forms.iter().filter_map(with_article).any(|form| words.contains(&form))
    }

    /// The names that begin with a word.
    fn names_at<'n, 'w>(&'n self, words: &'w [Token], at: usize) -> impl Iterator<Item = &'n Name> + use<'n, 'w> {
        let names = bare_forms(&words[at].key).into_iter().filter_map(|first| self.by_first_word.get(&first)).flatten();
        names.filter(move |name| {
            words.get(at + 1..=at + name.rest.len()).is_some_and(|words| words.iter().zip(&name.rest).all(|(word, name)| word.key == *name))
        })
    }
}

/// Whether two texts name the same items in the same order.
#[must_use]
pub fn are_same_items(one: &[BTreeSet<&str>], other: &[BTreeSet<&str>]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| !one.is_disjoint(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_with_their_particles_and_the_longest_first() {
        let names = Names::new([("us", "الولايات المتحدة"), ("us", "الولايات المتحدة الأمريكية"), ("coalition", "التحالف")].into_iter());
        let text = TokenizedText::new("ترتبط العراق والولايات المتحدة الأمريكية للتحالف");
        assert_eq!(names.spans(&text.tokens), [1..2, 2..5, 5..6]);
        assert_eq!(names.items(&text.tokens, &(3..4)), [BTreeSet::from(["us"])]);
    }

    #[test]
    fn an_adjective_belongs_to_its_name() {
        let names = Names::new([("iraq", "العراق"), ("iraq", "Iraq"), ("daesh", "داعش")].into_iter());
        for word in ["العراقي", "العراقيه", "iraqi", "iraqs", "للعراق"] {
            assert!(names.is_word_of("iraq", word), "{word}");
        }
        assert!(!names.is_word_of("daesh", "العراقي") && !names.is_word_of("iraq", "عرض"));
    }
}
