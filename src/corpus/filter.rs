//! Filters: the parameters of a list.

use serde::{Serialize, de::DeserializeOwned};

use crate::corpus::{
    bitmaps::{Conditions, Term},
    date_range::DateRange,
    day::Day,
    parts::Parts,
    read_item::Bounds,
    resource::Resource,
    searchable::Search,
    since::Since,
    slug::Slug,
    sort::SortOrder,
};

/// The parameters of a list: which items, in which order.
pub trait Filter: Serialize + Default + Sync {
    /// The items of the list.
    type Item: DeserializeOwned + Send + Unpin;

    /// The resource of the list.
    const RESOURCE: Resource;
    /// The name of the order that applies where the request names none.
    const DEFAULT_SORT: &'static str;
    /// The names of the parameters whose values are counted on request.
    const FACETS: &'static [&'static str];

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

    /// The conditions that all items of the list meet. `today` is the day on which dates are compared.
    fn conditions(&self, today: Day) -> Conditions;

    /// The point after which changes are listed.
    fn since(&self) -> Option<&Since> {
        None
    }

    /// The JSON members of an item that depend on the day, if there are any: `"name":value` pairs, separated by commas.
    fn computed_members(&self, bounds: Bounds<'_>, today: Day) -> Option<String> {
        let _ = (bounds, today);
        None
    }

    /// The values of a facet that depends on the day, each with what an item with it has; `None` for other facets.
    fn computed_facet(&self, name: &str, today: Day) -> Option<Vec<(String, Term)>> {
        let _ = (name, today);
        None
    }
}
