//! Postings: for each word of the search index, the set of items that have it.
//!
//! A *word* is a number for words with the same tokens: the stems of a word of a text, or the key of a name or a date. The
//! table `search_words` has the words of each token, and `postings` the items of each word, as a bitmap (Roaring) of their
//! ranks. A pair of words that stand side by side has a set of its own, so that a phrase of common words is no scan.

use std::{
    collections::{BTreeSet, HashMap},
    io,
};

use roaring::{MultiOps, RoaringBitmap};
use sqlx::Row;

use crate::corpus::{corpus::Corpus, verified::Place};

/// Up to so many numbers are stored one by one, in four bytes each: a bitmap of them would be larger.
const MAX_LISTED: u64 = 4;
const NUMBER_BYTES: usize = size_of::<u32>();
/// Sets of passages with up to so many bytes are read together, larger ones in the order of their size.
const MAX_SMALL: i64 = 8 * 1024;

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

    /// The layer with this number, as the column `layer` has it.
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
    /// The place of its row in the database.
    #[must_use]
    pub fn place(self) -> Place {
        Place::of("postings").number(self.word.into()).number(self.next.into()).number(self.layer as i64)
    }
}

/// A set as it is stored.
#[must_use]
pub fn encode(numbers: &RoaringBitmap) -> Vec<u8> {
    if numbers.len() <= MAX_LISTED {
        return numbers.iter().flat_map(u32::to_le_bytes).collect();
    }
    let mut bytes = Vec::with_capacity(numbers.serialized_size());
    // Writing into memory does not fail.
    let _ = numbers.serialize_into(&mut bytes);
    bytes
}

/// A set that was stored. The header of a bitmap alone is longer than a list.
fn decode(bytes: &[u8]) -> io::Result<RoaringBitmap> {
    if bytes.len() as u64 > MAX_LISTED * NUMBER_BYTES as u64 {
        return RoaringBitmap::deserialize_from(bytes);
    }
    Ok(bytes.as_chunks::<NUMBER_BYTES>().0.iter().map(|number| u32::from_le_bytes(*number)).collect())
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
    let words: serde_json::Value = words.into_iter().collect();
    let layers: serde_json::Value = layers.iter().map(|layer| *layer as u8).collect();
    let select = "SELECT p.word, p.next, p.layer, p.bits, p.digest FROM json_each(?) AS w CROSS JOIN json_each(?) AS l \
        CROSS JOIN postings AS p ON p.word = w.value AND p.next = 0 AND p.layer = l.value";
    let rows = sqlx::query(select).bind(words.to_string()).bind(layers.to_string()).fetch_all(&corpus.pool).await?;
    rows.iter().map(|row| read_row(corpus, row)).collect()
}

/// The sets of pairs of words that stand side by side.
///
/// # Errors
/// When the query fails.
pub async fn read_pairs(corpus: &Corpus, pairs: BTreeSet<(u32, u32)>) -> sqlx::Result<Vec<(PostingKey, RoaringBitmap)>> {
    let packed: serde_json::Value = pairs.into_iter().map(|(word, next)| (u64::from(word) << u32::BITS) | u64::from(next)).collect();
    let select = "SELECT p.word, p.next, p.layer, p.bits, p.digest FROM json_each(?) AS j \
        CROSS JOIN postings AS p ON p.word = j.value >> 32 AND p.next = j.value & 0xffffffff";
    sqlx::query(select).bind(packed.to_string()).fetch_all(&corpus.pool).await?.iter().map(|row| read_row(corpus, row)).collect()
}

/// The passages that have words, and pairs of words side by side; of a word alone, the second is 0. The smallest sets are read
/// first, as many as fit into `max_bytes`; `None`: a set that was not read.
///
/// # Errors
/// When a query fails.
pub async fn read_passages(corpus: &Corpus, keys: BTreeSet<(u32, u32)>, max_bytes: u64) -> sqlx::Result<HashMap<(u32, u32), Option<RoaringBitmap>>> {
    let select = "SELECT p.word, p.next, p.layer, CASE WHEN length(p.bits) <= ?2 THEN p.bits END, p.digest, length(p.bits) FROM json_each(?1) AS j \
        CROSS JOIN postings AS p ON p.word = j.value >> 32 AND p.next = j.value & 0xffffffff AND p.layer = ?3";
    let packed = |(word, next): (u32, u32)| (u64::from(word) << u32::BITS) | u64::from(next);
    let mut sets = HashMap::new();
    let (mut wanted, mut remaining): (Vec<(u32, u32)>, u64) = (keys.into_iter().collect(), max_bytes);
    for most in [MAX_SMALL, i64::MAX] {
        let keys: serde_json::Value = wanted.drain(..).map(packed).collect();
        let mut large = Vec::new();
        for row in sqlx::query(select).bind(keys.to_string()).bind(most).bind(Layer::Passage as i64).fetch_all(&corpus.pool).await? {
            let (key, length): (_, u64) = ((row.try_get(0)?, row.try_get(1)?), row.try_get(5)?);
            if i64::try_from(length).is_ok_and(|length| length <= most) {
                sets.insert(key, Some(read_row(corpus, &row)?.1));
                remaining = remaining.saturating_sub(length);
            } else {
                sets.insert(key, None);
                large.push((length, key));
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

fn read_row(corpus: &Corpus, row: &sqlx::sqlite::SqliteRow) -> sqlx::Result<(PostingKey, RoaringBitmap)> {
    let layer = Layer::from_number(row.try_get(2)?).ok_or(sqlx::Error::RowNotFound)?;
    let key = PostingKey { word: row.try_get(0)?, next: row.try_get(1)?, layer };
    let bits = corpus.verify(key.place(), row.try_get::<&[u8], _>(3)?, row.try_get(4)?)?;
    Ok((key, decode(&bits).map_err(sqlx::Error::Io)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_read_as_it_was_written() {
        for numbers in [vec![], vec![7], vec![0, 65_535, 65_536, u32::MAX], vec![1, 2, 3, 4, 5], (0..100_000).step_by(3).collect()] {
            let set: RoaringBitmap = numbers.into_iter().collect();
            assert_eq!(decode(&encode(&set)).unwrap(), set);
        }
        assert!(decode(&[1; 40]).is_err());
    }
}
