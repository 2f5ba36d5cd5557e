//! Runs: words that follow each other, as a phrase or as a synonym of several words.

use std::collections::{BTreeSet, HashMap};

use roaring::RoaringBitmap;
use sqlx::Row;

use crate::corpus::{
    corpus::Corpus,
    search::{
        postings::{Layer, Postings, read_pairs},
        stored_words::StoredText,
    },
};
use crate::text::query::{By, Query};

/// The maximum number of items of which the order of the words is read, for a run of three or more words: the first in the order
/// of rank that have each two of them side by side.
pub const MAX_READ: usize = 4_096;

/// The tokens of each word of a run.
type Run = [Vec<String>];

/// The items that have the runs of a query.
#[derive(Debug, Default)]
pub struct Runs {
    sets: HashMap<Vec<Vec<String>>, HashMap<Layer, RoaringBitmap>>,
    /// Whether the order of the words was read in all items that may have a run.
    pub is_complete: bool,
}

impl Runs {
    /// Finds the runs of a query: its phrases, and its synonyms of several words.
    pub async fn find(corpus: &Corpus, query: &Query, postings: &Postings) -> sqlx::Result<Self> {
        let mut runs = Self { is_complete: true, ..Self::default() };
        for run in runs_of(query) {
            if !runs.sets.contains_key(&run) {
                let words: Vec<BTreeSet<u32>> = run.iter().map(|tokens| postings.words(tokens)).collect();
                let (sets, is_complete) = find(corpus, &words).await?;
                runs.is_complete &= is_complete;
                runs.sets.insert(run, sets);
            }
        }
        Ok(runs)
    }

    /// What has a run in a layer.
    pub fn any(&self, layer: Layer, run: &Run) -> RoaringBitmap {
        self.sets.get(run).and_then(|sets| sets.get(&layer)).cloned().unwrap_or_default()
    }
}

fn runs_of(query: &Query) -> impl Iterator<Item = Vec<Vec<String>>> {
    query.groups.iter().flat_map(|group| {
        let phrase = group.phrase.then(|| group.stems());
        let synonyms = group.alternatives.iter().filter_map(|alternative| match &alternative.by {
            By::Words(words) if words.len() > 1 => Some(words.clone()),
            _ => None,
        });
        phrase.into_iter().chain(synonyms)
    })
}

/// The items that have a run of at least two words, by layer; whether these are all. Pairs side by side select the items; of a
/// longer run, the order of the words in each decides.
async fn find(corpus: &Corpus, run: &[BTreeSet<u32>]) -> sqlx::Result<(HashMap<Layer, RoaringBitmap>, bool)> {
    let mut found: Option<HashMap<Layer, RoaringBitmap>> = None;
    for pair in run.windows(2) {
        let mut pairs: HashMap<Layer, RoaringBitmap> = HashMap::new();
        let words = pair[0].iter().flat_map(|word| pair[1].iter().map(|next| (*word, *next))).collect();
        for (key, set) in read_pairs(corpus, words).await? {
            *pairs.entry(key.layer).or_default() |= set;
        }
        found = Some(match found {
            None => pairs,
            Some(found) => found.into_iter().filter_map(|(layer, set)| Some((layer, set & pairs.remove(&layer)?))).collect(),
        });
    }
    let mut found = found.unwrap_or_default();
    let mut is_complete = true;
    if run.len() > 2 {
        for (layer, set) in &mut found {
            is_complete &= set.len() <= MAX_READ as u64;
            *set = read_order(corpus, *layer, set, run).await?;
        }
    }
    Ok((found, is_complete))
}

/// Those of the first of these items that have a run in a text of a layer.
async fn read_order(corpus: &Corpus, layer: Layer, items: &RoaringBitmap, run: &[BTreeSet<u32>]) -> sqlx::Result<RoaringBitmap> {
    let ranks: serde_json::Value = items.iter().take(MAX_READ).collect();
    let select =
        "SELECT r.rank, s.words FROM json_each(?) AS j CROSS JOIN search_ranks AS r ON r.rank = j.value CROSS JOIN search_items AS s ON s.item = r.item";
    let mut found = RoaringBitmap::new();
    for row in sqlx::query(select).bind(ranks.to_string()).fetch_all(&corpus.pool).await? {
        let texts = StoredText::decode(row.try_get(1)?).unwrap_or_default();
        let is_run = |words: &[u32]| words.iter().zip(run).all(|(word, run)| run.contains(word));
        if texts.iter().any(|text| text.layer == layer && text.words.windows(run.len()).any(is_run)) {
            found.insert(row.try_get(0)?);
        }
    }
    Ok(found)
}
