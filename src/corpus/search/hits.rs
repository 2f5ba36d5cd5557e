//! The hits of a search: all items that a query finds, in classes of rank.

use std::collections::HashMap;

use roaring::{MultiOps, RoaringBitmap};

use crate::corpus::{
    search::{
        class::Class,
        paragraphs::paragraph_classes,
        postings::{Layer, Postings},
        runs::Runs,
        searched_resource::SearchedResource,
        selection::Selected,
        terms::{LEVELS, TermSet, term_sets},
    },
    searchable::Search,
};
use crate::text::{matcher::MatchLevel, query::Query};

/// All items that a query finds.
#[derive(Debug)]
pub struct Hits {
    /// The query, with the keys that the index has.
    pub query: Query,
    /// Its keys, by their words.
    pub keys: HashMap<u32, String>,
    /// The items of each resource that may be selected; none for a query without words.
    pub resources: Vec<(SearchedResource, RoaringBitmap)>,
    /// The classes, the best first; no item is in two.
    pub classes: Vec<Class>,
    /// Whether these are all items that match: of a very common run of three or more words, not all are read.
    pub is_complete: bool,
}

impl Hits {
    /// Finds the selected items that have every term, each at its best level.
    pub async fn find(search: &Search, selected: Selected<'_>) -> sqlx::Result<Self> {
        let corpus = selected.corpus;
        let layers = LEVELS.len();
        let mut postings = Postings::read(corpus, search.query.tokens(), &Layer::ALL[..layers]).await?;
        let query = search.query.clone().retain_keys(|key| postings.has(key));
        let runs = Runs::find(corpus, &query, &postings).await?;
        let terms = term_sets(&query, &postings, &runs);
        let keys = query.keys().flat_map(|key| postings.words(&[key.to_owned()]).into_iter().map(|word| (word, key.to_owned()))).collect();
        let mut hits = Self { query, keys, resources: Vec::new(), classes: Vec::new(), is_complete: runs.is_complete };
        if terms.is_empty() {
            return Ok(hits);
        }
        hits.classes = Self::by_level(&terms, &selected);
        if !hits.query.is_date() && !hits.has_clause_by_words(&selected) && selected.clauses().is_some() {
            postings.read_layers(corpus, &[Layer::Paragraph]).await?;
            let known = hits.all();
            let together = paragraph_classes(&hits.query, &postings, &terms, &selected, &known).await?;
            hits.is_complete &= together.is_complete;
            hits.classes.extend(together.classes);
        }
        hits.resources = selected.resources;
        Ok(hits)
    }

    fn by_level(terms: &[TermSet], selected: &Selected<'_>) -> Vec<Class> {
        let mut at = Vec::new();
        for level in LEVELS {
            at.push(terms.iter().map(|term| term.at(level)).intersection());
        }
        // Each level has the items of the better ones.
        let allowed = selected.retain(at.pop().unwrap_or_default());
        at.push(allowed.clone());
        let mut better = RoaringBitmap::new();
        let mut classes = Vec::new();
        for (number, (level, items)) in (0..).zip(LEVELS.into_iter().zip(at)) {
            let items = (items & &allowed) - &better;
            better |= &items;
            classes.push(Class { number, level: Some(level), share: 0.0, items });
        }
        classes
    }

    /// Whether a clause has the terms in its words, in its names or in its lead-in.
    fn has_clause_by_words(&self, selected: &Selected<'_>) -> bool {
        let by_words = self.classes.iter().filter(|class| class.level.is_some_and(|level| level < MatchLevel::Date));
        selected.clauses().is_some_and(|clauses| by_words.into_iter().any(|class| !class.items.is_disjoint(clauses)))
    }

    /// All items.
    pub fn all(&self) -> RoaringBitmap {
        self.classes.iter().map(|class| &class.items).union()
    }

    /// The items of a resource, whether they are hits or not.
    pub fn items_of(&self, resource: SearchedResource) -> Option<&RoaringBitmap> {
        self.resources.iter().find(|(other, _)| *other == resource).map(|(_, set)| set)
    }

    /// How many items there are.
    pub fn count(&self) -> u64 {
        self.classes.iter().map(|class| class.items.len()).sum()
    }

    /// Retains the items of a set.
    pub fn retain(&mut self, set: &RoaringBitmap) {
        for class in &mut self.classes {
            class.items &= set;
        }
    }
}
