//! Which statements a quotation may be from: those with passages that have most of its words.
//!
//! The comparison aligns the words of a quotation with those of a whole source, which is too much for a corpus of thousands. The
//! index has the passages of each word and of each two words side by side, so that the passages of all statements can be scored
//! about as an alignment would score them; only the best are compared.

use std::collections::{BTreeSet, HashMap};

use roaring::{MultiOps, RoaringBitmap};

use crate::{
    corpus::{Corpus, Layer, Postings, read_pairs},
    text::{
        function_words::is_function_word,
        passage_words::quotation_tokens,
        tokenize::{Token, TokenizedText},
    },
};

/// How many statements quotations are compared with at most.
pub const MAX_STATEMENTS: usize = 32;
/// How many words are looked up at most, for all quotations together.
const MAX_WORDS: usize = 4_096;
/// How many words of one quotation are looked up.
const WORDS_PER_QUOTATION: std::ops::RangeInclusive<usize> = 8..=64;
/// How many words that are looked up stand side by side, where these are not all.
const BLOCK: usize = 4;
/// The scores of a passage for a word, a function word and two words side by side: about those of an alignment.
const CONTENT: u16 = 20;
const FUNCTION: u16 = 8;
const PAIR: u16 = 10;
/// With so many other words, function words say nothing.
const ENOUGH_CONTENT: usize = 3;
/// Passages with less than this share of the best score are not compared.
const MIN_SHARE: u16 = 2;
/// How many passages are looked up at a time.
const PASSAGES: usize = 256;

/// The ids of the statements that these quotations may be from, sorted: at most [`MAX_STATEMENTS`].
///
/// # Errors
/// When a database query fails.
pub async fn preselect(corpus: &Corpus, quotations: &[&str]) -> sqlx::Result<Vec<String>> {
    let per_quotation = (MAX_WORDS / quotations.len().max(1)).clamp(*WORDS_PER_QUOTATION.start(), *WORDS_PER_QUOTATION.end());
    let mut ranked = Vec::new();
    for quotation in quotations {
        let passages = passages(corpus, quotation, per_quotation).await?;
        ranked.push(statements(corpus, &passages).await?);
    }
    // The best of each quotation first.
    let mut ids = BTreeSet::new();
    for place in 0..MAX_STATEMENTS {
        for statement in ranked.iter_mut().filter_map(|ranked| ranked.get_mut(place)) {
            if ids.len() < MAX_STATEMENTS {
                ids.insert(std::mem::take(statement));
            }
        }
    }
    Ok(ids.into_iter().collect())
}

/// A word of a quotation that is looked up.
struct Word {
    /// The words of the index that it may be.
    words: BTreeSet<u32>,
    is_function: bool,
    /// Its place in the quotation.
    at: usize,
}

/// The passages that may have a quotation, the best first, and of equal ones the first in the order of the statements.
async fn passages(corpus: &Corpus, quotation: &str, most: usize) -> sqlx::Result<Vec<u32>> {
    let tokens = TokenizedText::new(quotation).tokens;
    let places = spread(tokens.len(), most);
    let keys: Vec<Vec<String>> = places.iter().map(|at| quotation_tokens(&tokens[*at]).into_iter().collect()).collect();
    let postings = Postings::read(corpus, keys.iter().flatten().map(String::as_str).collect(), &[Layer::Passage]).await?;
    let word = |(at, keys): (&usize, &Vec<String>)| Word { words: postings.words(keys), is_function: is_function(&tokens[*at]), at: *at };
    let words: Vec<Word> = places.iter().zip(&keys).map(word).collect();
    let beside = || words.windows(2).filter(|pair| pair[0].at + 1 == pair[1].at);
    let pairs = beside().flat_map(|pair| pair[0].words.iter().flat_map(|word| pair[1].words.iter().map(|next| (*word, *next)))).collect();
    let pairs: HashMap<(u32, u32), RoaringBitmap> = read_pairs(corpus, pairs).await?.into_iter().map(|(key, set)| ((key.word, key.next), set)).collect();
    let with_pair = |pair: &[Word]| -> RoaringBitmap {
        let pairs = pair[0].words.iter().flat_map(|word| pair[1].words.iter().map(|next| (*word, *next))).filter_map(|pair| pairs.get(&pair));
        pairs.union()
    };
    // A word that the quotation repeats counts once.
    let mut seen = BTreeSet::new();
    let has_content = words.iter().filter(|word| !word.is_function && !word.words.is_empty()).count() >= ENOUGH_CONTENT;
    let mut scores = Scores::default();
    for (word, keys) in words.iter().zip(&keys).filter(|(word, _)| !(has_content && word.is_function)) {
        if seen.insert(&word.words) {
            scores.add(&postings.any(Layer::Passage, keys), if word.is_function { FUNCTION } else { CONTENT });
        }
    }
    beside().for_each(|pair| scores.add(&with_pair(pair), PAIR));
    Ok(scores.into_best())
}

fn is_function(token: &Token) -> bool {
    token.number.is_none() && is_function_word(&token.key)
}

/// The scores of passages.
#[derive(Default)]
struct Scores(Vec<u16>);

impl Scores {
    fn add(&mut self, passages: &RoaringBitmap, score: u16) {
        let length = passages.max().map_or(0, |last| last as usize + 1);
        if self.0.len() < length {
            self.0.resize(length, 0);
        }
        for passage in passages {
            self.0[passage as usize] = self.0[passage as usize].saturating_add(score);
        }
    }

    /// The passages with a good part of the best score, the best first.
    fn into_best(self) -> Vec<u32> {
        let best = self.0.iter().copied().max().unwrap_or_default();
        let least = (best / MIN_SHARE).max(1);
        let mut by_score = vec![Vec::new(); usize::from(best.saturating_sub(least)) + 1];
        for (passage, score) in (0..).zip(self.0) {
            if score >= least {
                by_score[usize::from(best - score)].push(passage);
            }
        }
        by_score.concat()
    }
}

/// The first statements that have these passages, in the same order.
async fn statements(corpus: &Corpus, passages: &[u32]) -> sqlx::Result<Vec<String>> {
    let mut ids: Vec<String> = Vec::new();
    for some in passages.chunks(PASSAGES) {
        let numbers: serde_json::Value = some.iter().copied().collect();
        let select = "SELECT p.statement FROM json_each(?) AS j CROSS JOIN passages AS p ON p.number = j.value ORDER BY j.key";
        for id in sqlx::query_scalar(select).bind(numbers.to_string()).fetch_all(&corpus.pool).await? {
            if !ids.contains(&id) {
                ids.push(id);
            }
            if ids.len() == MAX_STATEMENTS {
                return Ok(ids);
            }
        }
    }
    Ok(ids)
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
    fn the_best_passages_come_first_and_of_equal_ones_the_first() {
        let mut scores = Scores::default();
        for (passages, score) in [(vec![1, 3, 7, 9], CONTENT), (vec![3, 9], CONTENT), (vec![9], PAIR), (vec![12], FUNCTION)] {
            scores.add(&passages.into_iter().collect(), score);
        }
        assert_eq!(scores.into_best(), [9, 3]);
        assert!(Scores::default().into_best().is_empty());
    }
}
