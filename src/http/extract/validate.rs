//! What the types of parameters cannot check: that ids exist, and that parameters agree with each other.

use crate::{
    corpus::{self, Day, Filter, Match, Resource, Slug, SortKey, SortOrder},
    error::{Allowed, Error, InvalidParam},
    http::{
        extract::query::MAX_REPORTED,
        state::{AppState, Snapshot},
    },
};

/// Checks a filter's ids, its range of dates, its sort order, its facets, and that `exact=true` has an actor or a place to apply
/// to.
///
/// # Errors
/// Every invalid parameter, or when a database query fails.
pub async fn validate<F: Filter>(app: &AppState, snapshot: &Snapshot, filter: &F, is_exact: bool, facets: &[String], today: Day) -> Result<(), Error> {
    let mut invalid = unknown_facets(facets, F::FACETS);
    for (parameter, resource, ids) in app.timed_query(corpus::uncertain_ids(&snapshot.corpus, filter, today)).await? {
        invalid.extend(missing_ids(app, snapshot, parameter, resource, &ids).await?);
    }
    let range = filter.date_range();
    if let (Some(from), Some(to)) = (range.from, range.to)
        && from > to
    {
        invalid.push(InvalidParam::new("to", Some(&to.to_string()), Allowed::DayFrom(from.to_string())));
    }
    if range.matching == Some(Match::Certain) && range.is_open() {
        invalid.push(InvalidParam::new("match", Some("certain"), "together with `from` or `to`"));
    }
    if matches!(filter.sort_order().by, SortKey::Relevance) && filter.search().is_none() {
        invalid.push(InvalidParam::new("sort", Some(SortOrder::RELEVANCE_NAME), "together with `q`"));
    }
    if is_exact && filter.parts().is_none() {
        invalid.push(InvalidParam::new("exact", Some("true"), "together with an actor or a location"));
    }
    if invalid.is_empty() { Ok(()) } else { Err(Error::InvalidQuery(invalid)) }
}

/// One entry for each id that does not exist. Existing ids are remembered, so that the next filter need not query for them.
///
/// # Errors
/// When a database query fails.
pub async fn missing_ids(app: &AppState, snapshot: &Snapshot, parameter: &str, resource: Resource, ids: &[Slug]) -> Result<Vec<InvalidParam>, Error> {
    let unchecked: Vec<Slug> = ids.iter().filter(|id| !app.cache().contains_id(snapshot.generation, resource, id)).cloned().collect();
    if unchecked.is_empty() {
        return Ok(Vec::new());
    }
    let missing = app.timed_query(corpus::missing_ids(&snapshot.corpus, resource, &unchecked)).await?;
    unchecked.iter().filter(|id| !missing.contains(id)).for_each(|id| app.cache().insert_id(snapshot.generation, resource, id));
    Ok(missing.into_iter().map(|id| InvalidParam::new(parameter, Some(id.as_str()), Allowed::IdFrom(resource.name()))).collect())
}

/// One entry for each name of a facet that the list does not have.
#[must_use]
pub fn unknown_facets(names: &[String], facets: &[&'static str]) -> Vec<InvalidParam> {
    let unknown = names.iter().filter(|name| facets.iter().all(|facet| facet != *name));
    // Only a few, so that a request cannot make its response large.
    unknown.take(MAX_REPORTED).map(|name| InvalidParam::new("facets", Some(name), Allowed::values(facets))).collect()
}
