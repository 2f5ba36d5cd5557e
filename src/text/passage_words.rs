//! The words of passages that may be quoted, as tokens of an index: a quotation has at least one token of each word in common
//! with the passage that it is from, however it is spelled.
//!
//! The tokens of a word of a passage are the keys by which it is [compared](crate::text::vocabulary), and those without the
//! particles that a quotation may leave off.

use std::{borrow::Cow, collections::BTreeSet};

use crate::text::{
    tokenize::{Token, TokenizedText},
    vocabulary::keys,
};

/// Distinguishes these tokens from the stems of a search.
const MARK: char = '=';
/// What a quotation may leave off the first word of its passage.
const PARTICLES: [&str; 9] = ["و", "ف", "ب", "ل", "ك", "ول", "وب", "فل", "فب"];
/// The minimum length of a word without its particle, in letters.
const MIN_LETTERS: usize = 2;

/// The tokens of each word of a passage.
#[must_use]
pub fn passage_tokens(text: &str) -> Vec<Vec<String>> {
    TokenizedText::new(text).tokens.iter().map(tokens_in_passage).collect()
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
