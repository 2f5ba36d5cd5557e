//! The words of the search index: a number for each different set of tokens.

use std::collections::HashMap;

/// The words, with their numbers from 1.
#[derive(Debug, Default)]
pub struct Vocabulary {
    numbers: HashMap<String, u32>,
}

impl Vocabulary {
    /// The number of the word that has these tokens; 0 without tokens. A token has no space.
    pub fn number(&mut self, tokens: &[String]) -> u32 {
        match tokens {
            [] => 0,
            [token] => self.number_of_joined(token),
            several => {
                let mut sorted: Vec<&str> = several.iter().map(String::as_str).collect();
                sorted.sort_unstable();
                sorted.dedup();
                self.number_of_joined(&sorted.join(" "))
            }
        }
    }

    fn number_of_joined(&mut self, tokens: &str) -> u32 {
        if let Some(number) = self.numbers.get(tokens) {
            return *number;
        }
        let next = u32::try_from(self.numbers.len() + 1).unwrap_or(u32::MAX);
        self.numbers.insert(tokens.to_owned(), next);
        next
    }

    /// Each token with each of its words, in order.
    pub fn into_tokens(self) -> Vec<(String, u32)> {
        let of_word = |(tokens, number): (String, u32)| tokens.split(' ').map(|token| (token.to_owned(), number)).collect::<Vec<_>>();
        let mut all: Vec<(String, u32)> = self.numbers.into_iter().flat_map(of_word).collect();
        all.sort_unstable();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_the_same_tokens_are_the_same_word() {
        let tokens = |tokens: &[&str]| tokens.iter().map(|token| (*token).to_owned()).collect::<Vec<_>>();
        let mut words = Vocabulary::default();
        let numbers = [&["b", "a"][..], &["a", "b", "a"], &["a"], &[]].map(|word| words.number(&tokens(word)));
        assert_eq!(numbers, [1, 1, 2, 0]);
        assert_eq!(words.into_tokens(), [("a".to_owned(), 1), ("a".to_owned(), 2), ("b".to_owned(), 1)]);
    }
}
