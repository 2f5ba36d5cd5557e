//! The results of a search, ranked and divided into pages.

use std::collections::HashMap;

use sqlx::{QueryBuilder, Sqlite};

use crate::corpus::{
    bitmaps::{self, ChunkedSet},
    corpus::Corpus,
    day::Day,
    facet_counts::count_facets,
    filter::Filter,
    hit::Hit,
    page::{CursorPosition, Page, PageParams},
    resource::Resource,
    search::{
        candidates::{Candidate, MAX_RANKED, Selection, candidates, retain_indexed_keys},
        matching::{Matched, match_candidates},
        paragraphs::paragraph_candidates,
        searched_resource::SearchedResource,
    },
    searchable::Search,
    sort::{Direction, SortKey, SortOrder},
    stored_json::StoredJson,
};
use crate::text::{matcher::MatchLevel, query::Query};

/// The items of a resource that a list's filter selects.
struct OfList {
    resource: Resource,
    /// Their numbers, as a JSON array; `None` for all.
    numbers: Option<String>,
}

impl OfList {
    async fn new<F: Filter>(corpus: &Corpus, filter: &F, today: Day) -> sqlx::Result<Self> {
        let mut selection = bitmaps::Selection::new(corpus, F::RESOURCE, SortKey::Position, filter.conditions(today));
        let numbers = if selection.is_everything() { None } else { Some(selection.all().await?.places().collect::<serde_json::Value>().to_string()) };
        Ok(Self { resource: F::RESOURCE, numbers })
    }
}

impl Selection for OfList {
    fn has_clauses(&self) -> bool {
        self.resource == Resource::Clauses
    }

    fn push_conditions(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push(" AND i.resource = ").push_bind(self.resource.name());
        if let Some(numbers) = &self.numbers {
            query.push(" AND i.number IN (SELECT value FROM json_each(").push_bind(numbers.clone()).push("))");
        }
    }
}

/// Reads a page of the results of a search in one resource.
///
/// # Errors
/// When the query fails.
pub async fn list<F: Filter>(corpus: &Corpus, filter: &F, search: &Search, page: &PageParams, today: Day) -> sqlx::Result<Page<F::Item>> {
    let results = Results::find(corpus, search, filter.sort_order(), &OfList::new(corpus, filter, today).await?).await?;
    let total = results.total().filter(|_| page.count);
    let facets = if page.facets.is_empty() {
        None
    } else {
        let mut facets = count_facets(corpus, filter, SortKey::Position, Some(&results.numbers(|_| true)), &page.facets, today).await?;
        facets.is_complete &= results.total().is_some();
        Some(facets)
    };
    let (matched, next) = results.page(corpus, page).await?;
    // No list with a search has items that depend on the day.
    let item = |(_, matched): (Candidate, Matched)| Ok(StoredJson::new(matched.json).append_members(&members(&matched.hit)?));
    Ok(Page { items: matched.into_iter().map(item).collect::<sqlx::Result<_>>()?, next, total, facets })
}

/// The members of a hit, without the braces of the object.
pub fn members(hit: &Hit) -> sqlx::Result<String> {
    let object = serde_json::to_string(hit).map_err(|cause| sqlx::Error::Encode(cause.into()))?;
    Ok(object[1..object.len() - 1].to_owned())
}

/// All results of a search, in order.
pub struct Results {
    query: Query,
    order: SortOrder,
    /// The candidates that matched.
    pub found: Vec<Candidate>,
    /// The items that were already matched to find the results.
    matched: HashMap<i64, Matched>,
}

impl Results {
    /// Finds and ranks the items of a selection.
    pub async fn find(corpus: &Corpus, search: &Search, order: SortOrder, selection: &dyn Selection) -> sqlx::Result<Self> {
        let query = retain_indexed_keys(corpus, &search.query).await?;
        let mut found = candidates(corpus, &query, order, selection).await?;
        let mut matched = HashMap::new();
        if query.has_order() {
            // The index does not store the order of words.
            matched = match_candidates(corpus, &query, &found).await?;
            found.retain_mut(|candidate| {
                let levels = matched.get(&candidate.number).map_or(&[][..], |matched| matched.levels.as_slice());
                candidate.level = levels.iter().try_fold(MatchLevel::Text, |level, term| term.map(|term| level.max(term)));
                candidate.level.is_some()
            });
            for candidate in &found {
                if let Some(matched) = matched.get_mut(&candidate.number) {
                    (matched.hit.score, matched.hit.matched_by) = (candidate.score(), candidate.level.into());
                }
            }
        }
        let is_by_words = |candidate: &Candidate| candidate.resource == SearchedResource::Clauses && candidate.level < Some(MatchLevel::Date);
        if selection.has_clauses() && !query.is_date() && !found.iter().any(is_by_words) {
            let (together, of_paragraphs) = paragraph_candidates(corpus, &query, order, selection).await?;
            let new = |candidate: &Candidate| found.iter().all(|known| known.number != candidate.number);
            let together: Vec<Candidate> = together.into_iter().filter(new).collect();
            matched.extend(of_paragraphs.into_iter().filter(|(number, _)| together.iter().any(|candidate| candidate.number == *number)));
            for candidate in &together {
                if let Some(matched) = matched.get_mut(&candidate.number) {
                    matched.hit.score = candidate.score();
                }
            }
            found.extend(together);
        }
        let compare = |one: &Candidate, other: &Candidate| (one.key(order), &one.id).cmp(&(other.key(order), &other.id));
        found.sort_by(|one, other| if order.direction == Direction::Ascending { compare(one, other) } else { compare(other, one) });
        Ok(Self { query, order, found, matched })
    }

    /// How many items match; `None` if more match than are ranked.
    pub fn total(&self) -> Option<i64> {
        (self.found.len() < MAX_RANKED).then(|| i64::try_from(self.found.len()).unwrap_or(i64::MAX))
    }

    /// The numbers of the items that match, of these resources.
    pub fn numbers(&self, is_of: impl Fn(SearchedResource) -> bool) -> ChunkedSet {
        let found = self.found.iter().filter(|candidate| is_of(candidate.resource));
        let mut numbers: Vec<u32> = found.filter_map(|candidate| u32::try_from(candidate.number).ok()).collect();
        numbers.sort_unstable();
        ChunkedSet::from_sorted(numbers)
    }

    /// Reads and matches the items of a page, and the position at which the next page starts.
    pub async fn page(mut self, corpus: &Corpus, page: &PageParams) -> sqlx::Result<(Vec<(Candidate, Matched)>, Option<CursorPosition>)> {
        let order = self.order;
        if let Some(after) = &page.after {
            let is_after = |candidate: &Candidate| {
                let ordering = (candidate.key(order).as_str(), candidate.id.as_str()).cmp(&(&after.key, &after.id));
                if order.direction == Direction::Ascending { ordering.is_gt() } else { ordering.is_lt() }
            };
            self.found.retain(is_after);
        }
        let more = self.found.len() > page.limit as usize;
        self.found.truncate(page.limit as usize);
        let next = self.found.last().filter(|_| more).map(|last| CursorPosition { key: last.key(order), id: last.id.clone() });
        let missing: Vec<Candidate> = self.found.iter().filter(|candidate| !self.matched.contains_key(&candidate.number)).cloned().collect();
        self.matched.extend(match_candidates(corpus, &self.query, &missing).await?);
        let items = self.found.into_iter().filter_map(|candidate| self.matched.remove(&candidate.number).map(|matched| (candidate, matched))).collect();
        Ok((items, next))
    }
}
