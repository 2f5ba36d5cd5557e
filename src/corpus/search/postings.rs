//! Postings: for each word of the search index, the set of items that have it.
//!
//! A *word* is a number for words with the same tokens: the stems of a word of a text, or the key of a name or a date. The
//! table `search_words` has the words of each token, and `postings` the items of each word, as a set of their ranks. A pair of
//! words that stand side by side has a set of its own, so that a phrase of common words is no scan.

use std::collections::{BTreeSet, HashMap};

use roaring::{MultiOps, RoaringBitmap};
use sqlx::{Row, sqlite::SqliteRow};

use crate::corpus::{
    corpus::Corpus,
    search::posting_blocks::{MAX_SHARED, find},
    verified::Place,
};

/// Sets of passages in blocks of up to so many bytes are read together, larger ones in the order of their size.
const MAX_SMALL: i64 = 8 * 1024;
/// The block that has the set of each key, if there is one: the last one that does not begin after it. One that is larger than
/// `?2` is read only if it begins with the key, and not if it is larger than `?3`.
const BLOCKS: &str = "SELECT j.value, p.first, CASE WHEN length(p.sets) <= iif(p.first = j.value, ?3, ?2) THEN p.sets END, p.digest, length(p.sets) \
    FROM json_each(?1) AS j CROSS JOIN postings AS p ON p.first = (SELECT max(first) FROM postings WHERE first <= j.value)";

/// Where a word occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layer {
    /// In the item's own words.
    Text,
    /// In another name of the item, or as a name of what it mentions.
    Alias,
    /// In the lead-in that introduces the item: in its words, or as a name in it.
    LeadIn,
    /// As a date that an expression of time in the item resolves to.
    Date,
    /// In any of these of any clause of the paragraph, where that has several clauses.
    Paragraph,
    /// In a passage that may be quoted. The set has the numbers of passages.
    Passage,
    /// The word is a resource, whose items these are.
    Resource,
}

impl Layer {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::Text, Self::Alias, Self::LeadIn, Self::Date, Self::Paragraph, Self::Passage, Self::Resource];

    /// Those of texts, of which two words may stand side by side.
    const OF_TEXTS: [Self; 3] = [Self::Text, Self::Alias, Self::LeadIn];

    /// The layer with this number.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }
}

/// A set of the index: of a word, or of a word and the next one (0: none), in a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PostingKey {
    /// The word, from 1.
    pub word: u32,
    /// The word after it; 0 for any.
    pub next: u32,
    /// The layer.
    pub layer: Layer,
}

impl PostingKey {
    /// The number that the key is in the database, in the order of word, next word and layer. A word has at most 30 bits.
    #[must_use]
    pub const fn packed(self) -> u64 {
        (self.word as u64) << 33 | (self.next as u64) << 3 | self.layer as u64
    }

    /// The key that is this number.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the parts of a key, of 30 bits and of 3")]
    pub const fn unpack(packed: u64) -> Self {
        Self { word: (packed >> 33) as u32, next: (packed >> 3) as u32 & ((1 << 30) - 1), layer: Layer::ALL[(packed & 7) as usize] }
    }
}

/// The place of a block of the database.
#[must_use]
pub fn block_place(first: i64) -> Place {
    Place::of("postings").number(first)
}

/// What the index has of the tokens of a query.
#[derive(Debug)]
pub struct Postings {
    words: HashMap<String, Vec<u32>>,
    sets: HashMap<(Layer, u32), RoaringBitmap>,
}

impl Postings {
    /// Finds the words of tokens, and reads their sets in some layers.
    ///
    /// # Errors
    /// When a query fails.
    pub async fn read(corpus: &Corpus, tokens: BTreeSet<&str>, layers: &[Layer]) -> sqlx::Result<Self> {
        let tokens: serde_json::Value = tokens.into_iter().collect();
        let mut words: HashMap<String, Vec<u32>> = HashMap::new();
        let select = "SELECT w.token, w.word FROM json_each(?) AS j CROSS JOIN search_words AS w ON w.token = j.value";
        for row in sqlx::query(select).bind(tokens.to_string()).fetch_all(&corpus.pool).await? {
            words.entry(row.try_get(0)?).or_default().push(row.try_get(1)?);
        }
        let mut new = Self { words, sets: HashMap::new() };
        new.read_layers(corpus, layers).await?;
        Ok(new)
    }

    /// Reads the sets of the words in further layers.
    ///
    /// # Errors
    /// When a query fails.
    pub async fn read_layers(&mut self, corpus: &Corpus, layers: &[Layer]) -> sqlx::Result<()> {
        let words: BTreeSet<u32> = self.words.values().flatten().copied().collect();
        self.sets.extend(read_sets(corpus, words, layers).await?.into_iter().map(|(key, set)| ((key.layer, key.word), set)));
        Ok(())
    }

    /// Whether the index has a token.
    #[must_use]
    pub fn has(&self, token: &str) -> bool {
        self.words.contains_key(token)
    }

    /// The words that have any of these tokens.
    #[must_use]
    pub fn words<'t>(&self, tokens: impl IntoIterator<Item = &'t String>) -> BTreeSet<u32> {
        tokens.into_iter().filter_map(|token| self.words.get(token)).flatten().copied().collect()
    }

    /// What has any of these tokens in a layer.
    #[must_use]
    pub fn any(&self, layer: Layer, tokens: &[String]) -> RoaringBitmap {
        self.words(tokens).into_iter().filter_map(|word| self.sets.get(&(layer, word))).union()
    }
}

/// The sets of words in some layers.
pub async fn read_sets(corpus: &Corpus, words: BTreeSet<u32>, layers: &[Layer]) -> sqlx::Result<Vec<(PostingKey, RoaringBitmap)>> {
    let keys = words.iter().flat_map(|word| layers.iter().map(|layer| PostingKey { word: *word, next: 0, layer: *layer }));
    read_all(corpus, keys.map(PostingKey::packed).collect()).await
}

/// The sets of pairs of words that stand side by side in a text.
///
/// # Errors
/// When the query fails.
pub async fn read_pairs(corpus: &Corpus, pairs: BTreeSet<(u32, u32)>) -> sqlx::Result<Vec<(PostingKey, RoaringBitmap)>> {
    let keys = pairs.iter().flat_map(|(word, next)| Layer::OF_TEXTS.map(|layer| PostingKey { word: *word, next: *next, layer }));
    read_all(corpus, keys.map(PostingKey::packed).collect()).await
}

/// The sets of keys that have one.
async fn read_all(corpus: &Corpus, keys: Vec<u64>) -> sqlx::Result<Vec<(PostingKey, RoaringBitmap)>> {
    let mut sets = Vec::new();
    for row in read_blocks(corpus, &keys, i64::MAX).await? {
        if let Some((set, _)) = find_set(corpus, &row)? {
            sets.push((key_of(&row)?, set));
        }
    }
    Ok(sets)
}

/// The passages that have words, and pairs of words side by side; of a word alone, the second is 0. The smallest sets are read
/// first, as many as fit into `max_bytes`; `None`: a set that was not read.
///
/// # Errors
/// When a query fails.
pub async fn read_passages(corpus: &Corpus, keys: BTreeSet<(u32, u32)>, max_bytes: u64) -> sqlx::Result<HashMap<(u32, u32), Option<RoaringBitmap>>> {
    let packed = |(word, next): (u32, u32)| PostingKey { word, next, layer: Layer::Passage }.packed();
    let mut sets = HashMap::new();
    let (mut wanted, mut remaining): (Vec<(u32, u32)>, u64) = (keys.into_iter().collect(), max_bytes);
    for most in [MAX_SMALL, i64::MAX] {
        let mut large = Vec::new();
        for row in read_blocks(corpus, &wanted.drain(..).map(packed).collect::<Vec<_>>(), most).await? {
            let PostingKey { word, next, .. } = key_of(&row)?;
            let length: i64 = row.try_get(4)?;
            if let Some((set, length)) = find_set(corpus, &row)? {
                sets.insert((word, next), Some(set));
                remaining = remaining.saturating_sub(length as u64);
            } else if length > most && row.try_get::<i64, _>(0)? == row.try_get::<i64, _>(1)? {
                sets.insert((word, next), None);
                large.push((length.unsigned_abs(), (word, next)));
            }
        }
        large.sort_unstable();
        for (length, key) in large {
            if length > remaining {
                break;
            }
            remaining -= length;
            wanted.push(key);
        }
        if wanted.is_empty() {
            break;
        }
    }
    Ok(sets)
}

/// The rows of blocks in which the sets of keys are, without blocks of more than `most` bytes.
async fn read_blocks(corpus: &Corpus, keys: &[u64], most: i64) -> sqlx::Result<Vec<SqliteRow>> {
    let keys: serde_json::Value = keys.iter().copied().collect();
    sqlx::query(BLOCKS).bind(keys.to_string()).bind(MAX_SHARED).bind(most).fetch_all(&corpus.pool).await
}

/// The key that a row is read for.
fn key_of(row: &SqliteRow) -> sqlx::Result<PostingKey> {
    Ok(PostingKey::unpack(row.try_get::<i64, _>(0)?.cast_unsigned()))
}

/// The set that a row is read for, if its block was read and has it, and its length in bytes.
fn find_set(corpus: &Corpus, row: &SqliteRow) -> sqlx::Result<Option<(RoaringBitmap, usize)>> {
    let Some(block) = row.try_get::<Option<&[u8]>, _>(2)? else { return Ok(None) };
    let (key, first): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    let block = corpus.verify(block_place(first), block, row.try_get(3)?)?;
    find(&block, first.cast_unsigned(), key.cast_unsigned()).map_err(sqlx::Error::Io)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_numbers_in_the_same_order() {
        let max = (1 << 30) - 1;
        let mut keys = Vec::new();
        for word in [1, 2, max] {
            for next in [0, 7, max] {
                keys.extend(Layer::ALL.map(|layer| PostingKey { word, next, layer }));
            }
        }
        assert!(keys.is_sorted_by_key(|key| key.packed()) && keys.iter().all(|key| PostingKey::unpack(key.packed()) == *key));
        assert!(keys.iter().all(|key| i64::try_from(key.packed()).is_ok()));
    }
}
