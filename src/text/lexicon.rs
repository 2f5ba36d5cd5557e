//! The lexicon: exceptions that the letters of an Arabic word do not show. The words are data: `data/arabic_exceptions.tsv`
//! and `data/function_words.tsv` explain each class.

use std::{collections::HashSet, sync::LazyLock};

use crate::text::{fold::folded, tsv};

/// The endings that an inflected form of a word of the lexicon may have.
const INFLECTIONS: [&str; 31] = [
    "", "ه", "ا", "ات", "ان", "ين", "ون", "ي", "يه", "ها", "هم", "هما", "نا", "كم", "ته", "تها", "تهم", "تنا", "تي", "تين", "تان", "اته", "اتها", "اتهم",
    "اتنا", "ت", "وا", "يين", "يون", "يا", "يات",
];

/// The words of each class, folded.
#[derive(Debug, Default)]
struct Lexicon {
    proclitic_exceptions: HashSet<String>,
    article_exceptions: HashSet<String>,
    suffix_exceptions: HashSet<String>,
    adjectives: HashSet<String>,
    short_nouns: HashSet<String>,
    masculine_in_at: HashSet<String>,
    people: HashSet<String>,
    names_in_alef: HashSet<String>,
    light: HashSet<String>,
    prepositions: HashSet<String>,
    verbal: HashSet<String>,
    function: HashSet<String>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    for row in tsv::rows(include_str!("data/arabic_exceptions.tsv")).chain(tsv::rows(include_str!("data/function_words.tsv"))) {
        if let [class, words] = row[..]
            && let Some(set) = lexicon.class(class)
        {
            set.extend(words.split_whitespace().map(folded));
        }
    }
    lexicon
});

impl Lexicon {
    /// The words of a class, by the name that the tables give it.
    fn class(&mut self, name: &str) -> Option<&mut HashSet<String>> {
        Some(match name {
            "proclitic" => &mut self.proclitic_exceptions,
            "article" => &mut self.article_exceptions,
            "suffix" => &mut self.suffix_exceptions,
            "adjective" => &mut self.adjectives,
            "short" => &mut self.short_nouns,
            "at" => &mut self.masculine_in_at,
            "person" => &mut self.people,
            "name" => &mut self.names_in_alef,
            "light" => &mut self.light,
            "preposition" => &mut self.prepositions,
            "verbal" => &mut self.verbal,
            "function" => &mut self.function,
            _ => return None,
        })
    }
}

/// Whether the first letter of a word belongs to it, although it looks like a particle.
#[must_use]
pub fn is_proclitic_exception(word: &[char]) -> bool {
    is_form_of(&LEXICON.proclitic_exceptions, word)
}

/// Whether a word begins with an alef and a lam that are not the article.
#[must_use]
pub fn is_article_exception(word: &[char]) -> bool {
    is_form_of(&LEXICON.article_exceptions, word)
}

/// Whether the last letters of a word belong to it, although they look like an ending.
#[must_use]
pub fn is_suffix_exception(word: &[char]) -> bool {
    has(&LEXICON.suffix_exceptions, word)
}

/// Whether this is an adjective whose feminine in ta marbuta is the same word.
#[must_use]
pub fn is_adjective(word: &[char]) -> bool {
    has(&LEXICON.adjectives, word)
}

/// Whether this is a noun of three letters that newspapers use in the dual and in the sound plural.
#[must_use]
pub fn is_short_noun(word: &[char]) -> bool {
    has(&LEXICON.short_nouns, word)
}

/// Whether this begins with mim and has its plural in ات without being feminine.
#[must_use]
pub fn is_masculine_in_at(word: &[char]) -> bool {
    has(&LEXICON.masculine_in_at, word)
}

/// Whether this is a word for people, whose plural in a construct ends in ya or waw.
#[must_use]
pub fn is_person(word: &[char]) -> bool {
    has(&LEXICON.people, word)
}

/// Whether this is a name in alef, which its adjective drops.
#[must_use]
pub fn is_name_in_alef(word: &[char]) -> bool {
    has(&LEXICON.names_in_alef, word)
}

/// Whether this Arabic or English function word is optional in a query with other words.
#[must_use]
pub fn is_light(word: &str) -> bool {
    LEXICON.light.contains(word)
}

/// Whether a noun follows this word, which is itself neither verb nor noun.
#[must_use]
pub fn is_preposition(word: &[char]) -> bool {
    has(&LEXICON.prepositions, word)
}

/// Whether a verb follows this word where one can.
#[must_use]
pub fn is_verbal(word: &[char]) -> bool {
    has(&LEXICON.verbal, word)
}

/// Whether this function word is never a form of a verb or of a plural.
#[must_use]
pub fn is_function_word(word: &[char]) -> bool {
    has(&LEXICON.function, word) || is_preposition(word)
}

/// Whether this is one of the words, without inflection.
fn has(words: &HashSet<String>, word: &[char]) -> bool {
    words.contains(&word.iter().collect::<String>())
}

/// Whether this is an inflected form of one of the words.
fn is_form_of(words: &HashSet<String>, word: &[char]) -> bool {
    let text: String = word.iter().collect();
    let is = |stem: &str, ending: &str| words.contains(stem) || (!ending.is_empty() && words.contains(&format!("{stem}ه")));
    INFLECTIONS.iter().any(|ending| text.strip_suffix(ending).is_some_and(|stem| is(stem, ending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_names_a_class_and_has_words() {
        for table in [include_str!("data/arabic_exceptions.tsv"), include_str!("data/function_words.tsv")] {
            for row in tsv::rows(table) {
                assert!(row.len() == 2 && !row[1].is_empty(), "{row:?}");
                assert!(Lexicon::default().class(row[0]).is_some(), "{row:?}");
            }
        }
    }
}
