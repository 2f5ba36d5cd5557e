//! Selections: the items that the parameters of a request allow, among those that a query finds.

use roaring::{MultiOps, RoaringBitmap};
use sqlx::Row;

use crate::corpus::{
    bitmaps::{Conditions, Selection},
    corpus::Corpus,
    search::{
        postings::{Layer, read_sets},
        searched_resource::SearchedResource,
    },
    sort::SortKey,
};

/// What a search may find.
#[derive(Debug)]
pub struct Selected<'a> {
    /// The data.
    pub corpus: &'a Corpus,
    /// The items of each resource that may be selected.
    pub resources: Vec<(SearchedResource, RoaringBitmap)>,
    /// The ranks of the items that meet the conditions; `None` without conditions.
    with_conditions: Option<RoaringBitmap>,
}

impl<'a> Selected<'a> {
    /// The items of resources that meet conditions.
    pub async fn new(corpus: &'a Corpus, conditions: Vec<(SearchedResource, Conditions)>) -> sqlx::Result<Self> {
        let resources = items_of(corpus, &conditions.iter().map(|(resource, _)| *resource).collect::<Vec<_>>()).await?;
        let mut with_conditions = None;
        for (resource, conditions) in conditions {
            let mut selection = Selection::new(corpus, resource.resource(), SortKey::Relevance, conditions);
            if !selection.is_everything() {
                *with_conditions.get_or_insert_with(RoaringBitmap::new) |= selection.all().await?.to_bitmap();
            }
        }
        Ok(Self { corpus, resources, with_conditions })
    }

    /// Those of these items that are selected.
    pub fn retain(&self, items: RoaringBitmap) -> RoaringBitmap {
        let items = items & self.resources.iter().map(|(_, set)| set).union();
        match &self.with_conditions {
            Some(with_conditions) => items & with_conditions,
            None => items,
        }
    }

    /// The clauses, if clauses may be selected.
    pub fn clauses(&self) -> Option<&RoaringBitmap> {
        self.resources.iter().find(|(resource, _)| *resource == SearchedResource::Clauses).map(|(_, set)| set)
    }
}

/// The items of resources, by their ranks.
///
/// # Errors
/// When the query fails.
pub async fn items_of(corpus: &Corpus, resources: &[SearchedResource]) -> sqlx::Result<Vec<(SearchedResource, RoaringBitmap)>> {
    let sets = read_sets(corpus, resources.iter().map(|resource| resource.word()).collect(), &[Layer::Resource]).await?;
    let resource = |word: u32| resources.iter().copied().find(|resource| resource.word() == word);
    Ok(sets.into_iter().filter_map(|(key, set)| Some((resource(key.word)?, set))).collect())
}

/// The numbers of items, by their ranks.
///
/// # Errors
/// When the query fails.
pub async fn numbers_of(corpus: &Corpus, items: &RoaringBitmap) -> sqlx::Result<RoaringBitmap> {
    let ranks: serde_json::Value = items.iter().collect();
    let select = "SELECT r.item FROM json_each(?) AS j CROSS JOIN search_ranks AS r ON r.rank = j.value";
    sqlx::query(select).bind(ranks.to_string()).fetch_all(&corpus.pool).await?.iter().map(|row| row.try_get::<u32, _>(0)).collect()
}
