//! The words of passages that may be quoted, as tokens of an index: a quotation has at least one token of each word in common
//! with the passage that it is from, however it is spelled.
//!
//! The tokens of a word of a passage are the keys by which it is [compared](crate::text::vocabulary), and those without the
//! particles that a quotation may leave off.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap},
};

use crate::text::{
    tokenize::{Token, TokenizedText},
    vocabulary::{has_other_key, keys},
};

/// Distinguishes these tokens from the stems of a search.
const MARK: char = '=';
/// What a quotation may leave off the first word of its passage.
const PARTICLES: [&str; 9] = ["و", "ف", "ب", "ل", "ك", "ول", "وب", "فل", "فب"];
/// The minimum length of a word without its particle, in letters.
const MIN_LETTERS: usize = 2;
/// How many spellings are remembered at most.
const MAX_SPELLINGS: usize = 400_000;

/// The numbers of the words of passages. Most words have occurred before, and their tokens need not be found again.
#[derive(Debug, Default)]
pub struct PassageWords {
    by_spelling: HashMap<String, u32>,
    spelling: String,
}

impl PassageWords {
    /// The numbers of the words of a passage; `number` is that of the word with these tokens.
    pub fn numbers(&mut self, text: &str, mut number: impl FnMut(&[String]) -> u32) -> Vec<u32> {
        let of = |word: &Token| {
            if has_other_key(word) {
                return number(&tokens_in_passage(word));
            }
            self.spelling.clear();
            self.spelling.push_str(&word.key);
            self.spelling.push(MARK);
            self.spelling.push_str(&word.careless_key);
            if let Some(number) = self.by_spelling.get(&self.spelling) {
                return *number;
            }
            if self.by_spelling.len() == MAX_SPELLINGS {
                self.by_spelling.clear();
            }
            let number = number(&tokens_in_passage(word));
            self.by_spelling.insert(self.spelling.clone(), number);
            number
        };
        TokenizedText::new(text).tokens.iter().map(of).collect()
    }
}

/// The tokens that a word of a quotation is looked for by.
#[must_use]
pub fn quotation_tokens(word: &Token) -> BTreeSet<String> {
    keys(word).map(|key| marked(&key)).collect()
}

fn tokens_in_passage(word: &Token) -> Vec<String> {
    let mut tokens = quotation_tokens(word);
    if word.number.is_none() {
        for key in keys(word) {
            tokens.extend(without_particles(&key).iter().map(|rest| marked(rest)));
        }
    }
    tokens.into_iter().collect()
}

fn marked(key: &str) -> String {
    format!("{MARK}{key}")
}

fn without_particles(key: &str) -> Vec<Cow<'_, str>> {
    let rests = PARTICLES.iter().filter_map(|particle| key.strip_prefix(particle)).map(Cow::Borrowed);
    // The article loses its alef after ل: للانسحاب is ل and الانسحاب, للجنة is ل and اللجنة.
    let noun = key.strip_prefix(['و', 'ف']).unwrap_or(key).strip_prefix("لل");
    let with_article = noun.into_iter().flat_map(|noun| [format!("ال{noun}"), format!("الل{noun}")]).map(Cow::Owned);
    rests.chain(with_article).filter(|rest| rest.chars().count() >= MIN_LETTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage_tokens(text: &str) -> Vec<Vec<String>> {
        TokenizedText::new(text).tokens.iter().map(tokens_in_passage).collect()
    }

    #[test]
    fn a_spelling_that_occurred_before_is_the_same_word() {
        let text = "هيأة العراق هياة العراق 12 اثنا عشر twelve العراق هيأة";
        let (mut known, mut words) = (Vec::<Vec<String>>::new(), PassageWords::default());
        let mut number = |tokens: &[String]| {
            let at = known.iter().position(|one| one == tokens).unwrap_or(known.len());
            if at == known.len() {
                known.push(tokens.to_vec());
            }
            u32::try_from(at).unwrap()
        };
        let expected: Vec<u32> = passage_tokens(text).iter().map(|tokens| number(tokens)).collect();
        for _ in 0..2 {
            assert_eq!(words.numbers(text, &mut number), expected);
        }
    }

    #[test]
    fn a_word_of_a_quotation_shares_a_token_with_that_of_its_passage() {
        let shares = |passage: &str, quotation: &str| {
            let words = TokenizedText::new(quotation).tokens;
            words.iter().all(|word| passage_tokens(passage).iter().flatten().any(|token| quotation_tokens(word).contains(token)))
        };
        for (passage, quotation) in [
            ("وفي موعد أقصاه", "في"),
            ("وفي موعد أقصاه", "اقصاه"),
            ("استعداداً للانسحاب", "الانسحاب"),
            ("وللجنة العسكرية", "اللجنة"),
            ("الـ12 شهراً", "الاثني عشر شهرًا"),
            ("the Twelve months", "12 MONTHS"),
        ] {
            assert!(shares(passage, quotation), "{quotation} in {passage}");
        }
        assert!(!shares("في العراق", "العراقي") && !shares("وزير", "يزير"));
    }
}
