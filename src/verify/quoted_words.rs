//! The words of a quotation that its passage has, as they are looked up in the index.

use std::collections::BTreeSet;

use crate::{
    text::{
        function_words::is_function_word,
        indexed_source::is_bare_that,
        opposites::is_hedge,
        passage_words::quotation_tokens,
        quotation::{Segment, segments, without_inner_brackets},
        tokenize::{Token, TokenizedText},
    },
    verify::reading::readings,
};

/// How many words that are looked up stand side by side, where these are not all.
const BLOCK: usize = 4;

/// A word of a quotation.
#[derive(Debug)]
pub struct QuotedWord {
    /// The tokens that it is looked up by.
    pub tokens: BTreeSet<String>,
    /// Whether it is a function word.
    pub is_function: bool,
    /// Whether the word before it in the list stands directly before it, without a mark between the two.
    pub continues: bool,
}

/// The words of a quotation that are looked up.
#[derive(Debug)]
pub struct QuotedWords {
    /// The words, in order.
    pub words: Vec<QuotedWord>,
    /// How many words the quotation has, without those that only limit others, such as "at least".
    pub length: usize,
    /// How many of these are not looked up.
    pub omitted: usize,
}

impl QuotedWords {
    /// Reads a quotation, of which at most so many words are looked up. Words in brackets, and an attribution around the marks,
    /// are not of its passage.
    #[must_use]
    pub fn read(quotation: &str, most: usize) -> Self {
        let (text, _) = without_inner_brackets(quotation);
        let reading = readings(&text).pop().unwrap_or_default();
        let chars: Vec<char> = text.chars().skip(reading.start).take(reading.len()).collect();
        let tokens = TokenizedText::new(&chars.iter().collect::<String>()).tokens;
        let parts = segments(&chars, 0..chars.len());
        let part_of = |token: &Token| parts.iter().position(|part| matches!(part, Segment::Words(range) if range.contains(&token.start)));
        let quoted: Vec<(usize, &Token)> = tokens.iter().filter_map(|token| Some((part_of(token)?, token))).collect();
        let has_hedge = quoted.iter().any(|(_, token)| is_hedge(&token.key));
        let limits = quoted.iter().filter(|(_, token)| has_hedge && (is_hedge(&token.key) || token.key == "من")).count();
        let (length, all) = (quoted.len() - limits, quoted.len());
        // The source may lack a "that" which introduces the quotation.
        let quoted = if quoted.len() > 1 && is_bare_that(quoted[0].1) { &quoted[1..] } else { &quoted[..] };
        let places = spread(quoted.len(), most);
        let word = |number: usize| {
            let (part, token) = quoted[places[number]];
            let before = number.checked_sub(1).map(|before| places[before]).filter(|before| before + 1 == places[number]);
            QuotedWord {
                tokens: quotation_tokens(token),
                is_function: token.number.is_none() && is_function_word(&token.key),
                continues: before.is_some_and(|before| quoted[before].0 == part),
            }
        };
        Self { words: (0..places.len()).map(word).collect(), length, omitted: all - places.len() }
    }
}

/// At most so many of the places up to a length, in blocks that are evenly spread.
fn spread(length: usize, most: usize) -> Vec<usize> {
    let blocks = length.div_ceil(BLOCK);
    let most = (most / BLOCK).max(1);
    let is_chosen = |block: usize| length <= most * BLOCK || (block * most) / blocks != ((block + 1) * most) / blocks;
    (0..length).filter(|at| is_chosen(at / BLOCK)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_words_are_spread_evenly_and_short_texts_have_all() {
        assert_eq!(spread(5, 64), [0, 1, 2, 3, 4]);
        assert_eq!(spread(64, 64).len(), 64);
        let places = spread(700, 64);
        assert!(places.len() <= 64 && places.len() > 56 && places.is_sorted() && places.last() > Some(&600));
        assert!(spread(0, 8).is_empty());
    }

    #[test]
    fn words_in_brackets_and_around_the_marks_are_not_looked_up() {
        let read = |quotation: &str| {
            let read = QuotedWords::read(quotation, 64);
            let word = |word: &QuotedWord| format!("{}{}", if word.continues { "+" } else { "" }, word.tokens.first().unwrap().trim_start_matches('='));
            (read.words.iter().map(word).collect::<Vec<_>>().join(" "), read.length)
        };
        assert_eq!(read("the river … near [our] bridge"), ("the +river near bridge".to_owned(), 4));
        assert_eq!(read("“no later than” said the statement"), ("no +later +than".to_owned(), 3));
        assert_eq!(read("that rivers rise"), ("rivers +rise".to_owned(), 3));
    }
}
