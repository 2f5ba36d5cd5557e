//! Searching one resource.

use crate::corpus::{
    bitmaps::ChunkedSet,
    corpus::Corpus,
    day::Day,
    facet_counts::count_facets,
    filter::Filter,
    page::{Page, PageParams},
    search::{
        hits::Hits,
        matching::hit_members,
        page::{FoundItem, read_page},
        searched_resource::SearchedResource,
        selection::Selected,
    },
    searchable::Search,
    sort::SortKey,
    stored_json::StoredJson,
};

/// Reads a page of the results of a search in one resource.
///
/// # Errors
/// When the query fails.
pub async fn list<F: Filter>(corpus: &Corpus, filter: &F, search: &Search, page: &PageParams, today: Day) -> sqlx::Result<Page<F::Item>> {
    let conditions = SearchedResource::of(F::RESOURCE).map(|resource| (resource, filter.conditions(today)));
    let hits = Hits::find(search, Selected::new(corpus, conditions.into_iter().collect()).await?).await?;
    let total = i64::try_from(hits.count()).ok().filter(|_| page.count && hits.is_complete);
    let facets = if page.facets.is_empty() {
        None
    } else {
        let ranks = ChunkedSet::from_sorted(hits.all());
        let mut facets = count_facets(corpus, filter, SortKey::Relevance, Some(&ranks), &page.facets, today).await?;
        facets.is_complete &= hits.is_complete;
        Some(facets)
    };
    let (found, next) = read_page(corpus, &hits, filter.sort_order(), page).await?;
    // No list with a search has items that depend on the day.
    let item = |item: FoundItem| {
        let members = hit_members(&hits, &item)?;
        Ok(StoredJson::new(item.json).append_members(&members))
    };
    Ok(Page { items: found.into_iter().map(item).collect::<sqlx::Result<_>>()?, next, total, facets })
}
