//! What the types of parameters cannot check: that ids exist, and that parameters agree with each other.

use crate::{
    corpus::{self, Day, Filter, Match, Resource, Slug, SortKey, SortOrder},
    error::{Error, InvalidParam},
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
        invalid.push(invalid_value("to", to.to_string(), format!("the day of `from` ({from}) or a later one")));
    }
    if range.matching == Some(Match::Certain) && range.is_open() {
        invalid.push(invalid_value("match", "certain".to_owned(), "together with `from` or `to`".to_owned()));
    }
    if matches!(filter.sort_order().by, SortKey::Relevance) && filter.search().is_none() {
        invalid.push(invalid_value("sort", SortOrder::RELEVANCE_NAME.to_owned(), "together with `q`".to_owned()));
    }
    if is_exact && filter.parts().is_none() {
        invalid.push(invalid_value("exact", "true".to_owned(), "together with an actor or a location".to_owned()));
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
    let allowed = format!("an id from /v1/{}", resource.name());
    Ok(missing.into_iter().map(|id| invalid_value(parameter, id.to_string(), allowed.clone())).collect())
}

/// One entry for each name of a facet that the list does not have.
#[must_use]
pub fn unknown_facets(names: &[String], facets: &[&'static str]) -> Vec<InvalidParam> {
    let unknown = names.iter().filter(|name| facets.iter().all(|facet| facet != *name));
    let allowed = || facets.iter().map(ToString::to_string).collect();
    // Only a few, so that a request cannot make its response large.
    unknown.take(MAX_REPORTED).map(|name| InvalidParam { parameter: "facets".to_owned(), value: Some(name.clone()), allowed: allowed() }).collect()
}

fn invalid_value(parameter: &str, value: String, allowed: String) -> InvalidParam {
    InvalidParam { parameter: parameter.to_owned(), value: Some(value), allowed: vec![allowed] }
}
