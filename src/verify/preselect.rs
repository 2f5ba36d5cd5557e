//! Which statements a quotation may be from: those with passages that have most of its words.
//!
//! The comparison aligns the words of a quotation with those of a whole source, which is too much for a corpus of thousands. The
//! index has the passages of each word and of each two words side by side, so that the passages of all statements can be scored
//! about as an alignment would score them. If passages have all words side by side, only these can have the quotation; if none
//! has, the best are compared.

use std::collections::{BTreeSet, HashMap};

use roaring::{MultiOps, RoaringBitmap};

use crate::{
    corpus::{Corpus, Postings, read_passages},
    verify::{nearest::has_enough_in_common, passage_scores::PassageScores, quoted_words::QuotedWords},
};

/// How many statements a quotation is compared with at most.
pub const MAX_STATEMENTS: usize = 32;
/// How many statements all quotations of a draft are compared with at most.
const MAX_ALL_STATEMENTS: usize = 64;
/// How many statements a quotation is compared with of which none has all words.
const MAX_SIMILAR: usize = 12;
/// How many words are looked up at most, for all quotations together.
const MAX_WORDS: usize = 4_096;
/// How many words of one quotation are looked up.
const WORDS_PER_QUOTATION: std::ops::RangeInclusive<usize> = 8..=64;
/// How many bytes of sets are read at most, for all quotations together: the sets of rare words first.
const MAX_BYTES: u64 = 2 * 1024 * 1024;
/// How many bytes of sets are read for one quotation at least.
const MIN_BYTES: u64 = 64 * 1024;
/// The weights of a word, a function word and two words side by side: about their scores in an alignment.
const CONTENT: u32 = 4;
const FUNCTION: u32 = 2;
const PAIR: u32 = 2;
/// With so many other words, function words say nothing.
const ENOUGH_CONTENT: usize = 3;
/// Passages with less than this share of the best score are not compared.
const MIN_SHARE: u32 = 2;
/// How many passages that lack words are considered.
const MAX_PASSAGES: usize = 128;
/// How many passages are looked up at a time, and how many times.
const PASSAGES_AT_ONCE: usize = 256;
const LOOKUPS: usize = 16;

/// The statements that quotations may be from.
#[derive(Debug)]
pub struct Candidates {
    /// Their ids.
    pub statements: BTreeSet<String>,
    /// Those of each quotation, the best first.
    pub of_each: Vec<Vec<String>>,
}

/// The statements that these quotations may be from: at most [`MAX_STATEMENTS`] for each, and the best of each if they are too many
/// together.
///
/// # Errors
/// When a database query fails.
pub async fn preselect(corpus: &Corpus, quotations: &[&str]) -> sqlx::Result<Candidates> {
    let count = quotations.len().max(1);
    let words = (MAX_WORDS / count).clamp(*WORDS_PER_QUOTATION.start(), *WORDS_PER_QUOTATION.end());
    let bytes = (MAX_BYTES / count as u64).max(MIN_BYTES);
    let mut of_each = Vec::new();
    for quotation in quotations {
        let found = Found::read(corpus, &QuotedWords::read(quotation, words), bytes).await?;
        let (passages, most) = found.passages();
        of_each.push(statements(corpus, &passages, most).await?);
    }
    // The best of each quotation first.
    let mut statements = BTreeSet::new();
    for place in 0..MAX_STATEMENTS {
        for statement in of_each.iter().filter_map(|ranked| ranked.get(place)) {
            if statements.len() < MAX_ALL_STATEMENTS {
                statements.insert(statement.clone());
            }
        }
    }
    Ok(Candidates { statements, of_each })
}

/// The passages that have a word of a quotation, or two words side by side.
struct Term {
    passages: RoaringBitmap,
    weight: u32,
}

/// What the index has of a quotation.
struct Found {
    /// The words and pairs that are scored: those that some passage has, but for the most frequent.
    terms: Vec<Term>,
    /// For each word: the passages that have it; `None` if it is not known which.
    words: Vec<Option<RoaringBitmap>>,
    is_function: Vec<bool>,
    /// How many words the quotation has, and how many of these were not looked up.
    length: usize,
    omitted: usize,
    /// Whether two words stand side by side in no passage.
    is_nowhere: bool,
}

impl Found {
    async fn read(corpus: &Corpus, quoted: &QuotedWords, max_bytes: u64) -> sqlx::Result<Self> {
        let tokens = quoted.words.iter().flat_map(|word| &word.tokens).map(String::as_str).collect();
        let postings = Postings::read(corpus, tokens, &[]).await?;
        let numbers: Vec<BTreeSet<u32>> = quoted.words.iter().map(|word| postings.words(&word.tokens)).collect();
        let is_known = |at: usize| !numbers[at].is_empty();
        let has_content = (0..numbers.len()).filter(|at| is_known(*at) && !quoted.words[*at].is_function).count() >= ENOUGH_CONTENT;
        let is_scored = |at: usize| !(has_content && quoted.words[at].is_function);
        let alone = |at: usize| numbers[at].iter().map(|word| (*word, 0)).collect::<BTreeSet<_>>();
        let pair = |at: usize| numbers[at - 1].iter().flat_map(|word| numbers[at].iter().map(|next| (*word, *next))).collect::<BTreeSet<_>>();
        let words = || (0..numbers.len()).filter(|at| is_known(*at) && is_scored(*at));
        let pairs = || (1..numbers.len()).filter(|at| quoted.words[*at].continues && is_known(at - 1) && is_known(*at));
        let sets = read_passages(corpus, words().flat_map(alone).chain(pairs().flat_map(pair)).collect(), max_bytes).await?;
        let mut new = Self {
            terms: Vec::new(),
            words: vec![None; numbers.len()],
            is_function: quoted.words.iter().map(|word| word.is_function).collect(),
            length: quoted.length,
            omitted: quoted.omitted,
            is_nowhere: false,
        };
        // A word that the quotation repeats counts once.
        let mut seen = BTreeSet::new();
        for at in words() {
            new.words[at] = any(&sets, &alone(at));
            let passages = new.words[at].clone().filter(|_| seen.insert(&numbers[at]));
            new.terms.extend(passages.map(|passages| Term { passages, weight: if quoted.words[at].is_function { FUNCTION } else { CONTENT } }));
        }
        let pairs: Vec<RoaringBitmap> = pairs().filter_map(|at| any(&sets, &pair(at))).collect();
        new.is_nowhere = pairs.iter().any(RoaringBitmap::is_empty);
        new.terms.extend(pairs.into_iter().map(|passages| Term { passages, weight: PAIR }));
        Ok(new)
    }

    /// The passages that are compared, the best first, and of equal ones the first in the order of the statements; and how many
    /// statements of them.
    fn passages(&self) -> (Vec<u32>, usize) {
        let mut scores = PassageScores::default();
        self.terms.iter().for_each(|term| scores.add(&term.passages, term.weight));
        let (best, full) = (scores.best(), self.full());
        if best == 0 {
            return (Vec::new(), 0);
        }
        let is_full = |passage: &u32| !self.is_nowhere && self.with_neighbour(*passage) == full;
        let top = scores.top((best / MIN_SHARE).max(1), MAX_PASSAGES);
        if best == full && !self.is_nowhere {
            let have_all = scores.at_least(full);
            let beside = top.into_iter().filter(|passage| !have_all.contains(*passage) && is_full(passage));
            return (have_all.iter().take(PASSAGES_AT_ONCE * LOOKUPS).chain(beside).collect(), MAX_STATEMENTS);
        }
        if top.iter().any(is_full) {
            return (top.into_iter().filter(is_full).collect(), MAX_STATEMENTS);
        }
        let mut similar: Vec<u32> = top.into_iter().filter(|passage| self.may_be_similar(*passage)).collect();
        similar.sort_by_cached_key(|passage| std::cmp::Reverse(self.with_neighbour(*passage)));
        (similar, MAX_SIMILAR)
    }

    /// The score of a passage that has all words, side by side.
    fn full(&self) -> u32 {
        self.terms.iter().map(|term| term.weight).sum()
    }

    /// The score of a passage together with the one before it, or with the one after it.
    fn with_neighbour(&self, passage: u32) -> u32 {
        let score = |first: u32| -> u32 {
            let has = |term: &&Term| term.passages.contains(first) || term.passages.contains(first + 1);
            self.terms.iter().filter(has).map(|term| term.weight).sum()
        };
        score(passage).max(score(passage.saturating_sub(1)))
    }

    /// Whether a passage and its neighbours have enough words that the quotation may be altered words of theirs. Words that are not
    /// known count: one that no passage has may be written as two there.
    fn may_be_similar(&self, passage: u32) -> bool {
        let has = |words: &RoaringBitmap| (passage.saturating_sub(1)..=passage + 1).any(|passage| words.contains(passage));
        let same: Vec<usize> = (0..self.words.len()).filter(|at| self.words[*at].as_ref().is_none_or(has)).collect();
        let content = same.iter().filter(|at| !self.is_function[**at]).count();
        has_enough_in_common(content + self.omitted, same.len() + self.omitted, self.length)
    }
}

/// The passages that have any of these words or pairs; `None` if a set was not read.
fn any(sets: &HashMap<(u32, u32), Option<RoaringBitmap>>, keys: &BTreeSet<(u32, u32)>) -> Option<RoaringBitmap> {
    let sets: Option<Vec<&RoaringBitmap>> = keys.iter().filter_map(|key| sets.get(key)).map(Option::as_ref).collect();
    sets.map(MultiOps::union)
}

/// The first statements that have these passages, at most so many, in the same order.
async fn statements(corpus: &Corpus, passages: &[u32], most: usize) -> sqlx::Result<Vec<String>> {
    let mut ids: Vec<String> = Vec::new();
    for some in passages.chunks(PASSAGES_AT_ONCE) {
        let numbers: serde_json::Value = some.iter().copied().collect();
        let select = "SELECT p.statement FROM json_each(?) AS j CROSS JOIN passages AS p ON p.number = j.value";
        for id in sqlx::query_scalar(select).bind(numbers.to_string()).fetch_all(&corpus.pool).await? {
            if !ids.contains(&id) {
                ids.push(id);
            }
            if ids.len() == most {
                return Ok(ids);
            }
        }
    }
    Ok(ids)
}
