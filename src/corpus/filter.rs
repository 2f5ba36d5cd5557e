//! Filters: the parameters of a list.

use serde::{Serialize, de::DeserializeOwned};
use sqlx::{QueryBuilder, Sqlite};

use crate::corpus::{date_range::DateRange, day::Day, facet::FacetColumn, parts::Parts, read_item::Bounds, resource::Resource, searchable::Search, slug::Slug, sort::SortOrder};

/// The parameters of a list: which items, in which order. The SQL that it adds to a query names the listed row
/// `items AS i`.
pub trait Filter: Serialize + Default + Sync {
    /// The items of the list.
    type Item: DeserializeOwned + Send + Unpin;

    /// The resource of the list.
    const RESOURCE: Resource;
    /// The name of the order that applies where the request names none.
    const DEFAULT_SORT: &'static str;
    /// The parameters whose values are counted on request.
    const FACETS: &'static [FacetColumn];

    /// The order. It is total: the sort key, then the id. A search is sorted by relevance unless the request says otherwise.
    fn sort_order(&self) -> SortOrder;

    /// The parsed `q`.
    fn search(&self) -> Option<&Search> {
        None
    }

    /// Whether filters by actors and locations include their parts; `None` without such a filter.
    fn parts(&self) -> Option<Parts> {
        None
    }

    /// The time window that a date must match.
    fn date_range(&self) -> DateRange {
        DateRange::OPEN
    }

    /// The parameters whose values are ids, each with the resource that must have them.
    fn foreign_ids(&self) -> Vec<(&'static str, Resource, &[Slug])> {
        Vec::new()
    }

    /// Adds the row that holds the day to the FROM clause, before `items AS i`, where items depend on the day.
    fn push_day(&self, query: &mut QueryBuilder<Sqlite>, today: Day) {
        let _ = (query, today);
    }

    /// The JSON members of an item that depend on the day, if there are any: `"name":value` pairs, separated by commas.
    fn computed_members(&self, bounds: Bounds<'_>, today: Day) -> Option<String> {
        let _ = (bounds, today);
        None
    }

    /// Joins the tables that the conditions need.
    fn push_joins(&self, query: &mut QueryBuilder<Sqlite>);

    /// Adds the conditions, each starting with ` AND `.
    fn push_conditions(&self, query: &mut QueryBuilder<Sqlite>);
}

/// Adds the FROM and WHERE clauses of a filter, which its list and its count share.
pub fn push_from_where<F: Filter>(filter: &F, query: &mut QueryBuilder<Sqlite>, today: Day) {
    query.push(" FROM ");
    filter.push_day(query, today);
    query.push("items AS i");
    filter.push_joins(query);
    query.push(" WHERE i.resource = ").push_bind(F::RESOURCE.name());
    filter.push_conditions(query);
}
