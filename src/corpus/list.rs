//! Reading lists and single items.

use sqlx::QueryBuilder;

use crate::corpus::{
    bitmaps::Selection,
    corpus::Corpus,
    day::Day,
    facet_counts::count_facets,
    filter::Filter,
    page::{Page, PageParams},
    places::{first_change_after, place_of, read_places, with_computed_members},
    read_item::{WHOLE_COLUMNS, read_whole},
    resource::Resource,
    search,
    slug::Slug,
    sort::SortOrder,
    stored_json::StoredJson,
};

/// The ids of a resource (?1), of those in an array (?2).
const KNOWN_IDS: &str = "SELECT i.id FROM json_each(?2) AS w CROSS JOIN items AS i ON i.resource = ?1 AND i.id = w.value";

/// Reads a page of the list that a filter selects. `today` is the day on which dates are compared.
///
/// # Errors
/// When a query fails.
pub async fn list<F: Filter>(corpus: &Corpus, filter: &F, page: &PageParams, today: Day) -> sqlx::Result<Page<F::Item>> {
    if let Some(search) = filter.search() {
        // Boxed, since every list would be as large as a search.
        return Box::pin(search::list(corpus, filter, search, page, today)).await;
    }
    let SortOrder { by, direction } = filter.sort_order();
    let mut selection = Selection::new(corpus, F::RESOURCE, by, filter.conditions(today));
    if let Some(since) = filter.since() {
        selection = selection.from_place(first_change_after(corpus, since).await?);
    }
    let after = match &page.after {
        Some(position) => place_of(corpus, F::RESOURCE, by, direction, position).await?,
        None => None,
    };
    // One place more than the limit shows whether there is a next page.
    let limit = page.limit as usize;
    let mut places = selection.first(limit + 1, direction, after).await?;
    let more = places.len() > limit;
    places.truncate(limit);
    let (items, last) = read_places(corpus, filter, by, &places, today).await?;
    let next = last.filter(|_| more);
    if let (Some(position), Some(place)) = (&next, places.last()) {
        corpus.index.insert_end_of_page(F::RESOURCE, by, &position.key, &position.id, *place);
    }
    let total = if page.count { Some(selection.count().await?.cast_signed()) } else { None };
    let facets = if page.facets.is_empty() {
        None
    } else {
        let selected = if selection.is_everything() { None } else { Some(selection.all().await?) };
        Some(count_facets(corpus, filter, by, selected.as_ref(), &page.facets, today).await?)
    };
    Ok(Page { items, next, total, facets })
}

/// Reads the item with this id, if there is one. Of the filter, only the day is used, not its conditions.
///
/// # Errors
/// When the query fails.
pub async fn get<F: Filter>(corpus: &Corpus, filter: &F, id: &Slug, today: Day) -> sqlx::Result<Option<StoredJson<F::Item>>> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(WHOLE_COLUMNS).push(" FROM items AS i WHERE i.resource = ").push_bind(F::RESOURCE.name());
    query.push(" AND i.id = ").push_bind(id.as_str());
    let Some(row) = query.build().fetch_optional(&corpus.pool).await? else { return Ok(None) };
    let item = read_whole(corpus, F::RESOURCE, &row)?;
    // A damaged index may lead to another item.
    if item.id != id.as_str() {
        return Err(corpus.damaged_value());
    }
    Ok(Some(with_computed_members(filter, item, today)))
}

/// The ids in a filter of which it is not certain that they exist, with their parameters: an id that items of the list have does.
/// What the conditions need is read in one query, and the list finds it cached.
///
/// # Errors
/// When a query fails.
pub async fn uncertain_ids<F: Filter>(corpus: &Corpus, filter: &F, today: Day) -> sqlx::Result<Vec<(&'static str, Resource, Vec<Slug>)>> {
    let mut ids = filter.foreign_ids();
    ids.retain(|(_, _, ids)| !ids.is_empty());
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut selection = Selection::new(corpus, F::RESOURCE, filter.sort_order().by, filter.conditions(today));
    selection.load(0..0).await?;
    let uncertain = |parameter: &str, ids: &[Slug]| ids.iter().filter(|id| !selection.has_items_with(parameter, id.as_str())).cloned().collect();
    Ok(ids.into_iter().map(|(parameter, resource, ids)| (parameter, resource, uncertain(parameter, ids))).collect())
}

/// The ids that no item of the resource has.
///
/// # Errors
/// When the query fails.
pub async fn missing_ids<'a>(corpus: &Corpus, resource: Resource, ids: &'a [Slug]) -> sqlx::Result<Vec<&'a Slug>> {
    let wanted: serde_json::Value = ids.iter().map(Slug::as_str).collect();
    let known: Vec<String> = sqlx::query_scalar(KNOWN_IDS).bind(resource.name()).bind(wanted.to_string()).fetch_all(&corpus.pool).await?;
    Ok(ids.iter().filter(|id| !known.iter().any(|known| known == id.as_str())).collect())
}

/// The version of `SQLite`.
///
/// # Errors
/// When the database does not respond.
pub async fn sqlite_version(corpus: &Corpus) -> sqlx::Result<String> {
    sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&corpus.pool).await
}

/// Checks that the database responds. A busy pool counts as ready: a probe is never queued.
///
/// # Errors
/// When the database does not respond.
pub async fn check_ready(corpus: &Corpus) -> sqlx::Result<()> {
    if corpus.pool.idle_count() == 0 && !corpus.pool.is_closed() {
        return Ok(());
    }
    sqlx::query("SELECT 1 FROM statements LIMIT 1").fetch_optional(&corpus.pool).await.map(|_| ())
}
