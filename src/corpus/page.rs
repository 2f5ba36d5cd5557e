//! Pages of a list.

use crate::corpus::{facet::Facets, stored_json::StoredJson};

/// The position at which a page ended: the sort key and the id of its last item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CursorPosition {
    /// The sort key.
    pub key: String,
    /// The id, which breaks ties.
    pub id: String,
}

/// Which page of a list to read.
#[derive(Clone, Debug)]
pub struct PageParams {
    /// The maximum number of items.
    pub limit: u32,
    /// Start after this position.
    pub after: Option<CursorPosition>,
    /// Whether to count all matching items.
    pub count: bool,
    /// The names of the parameters whose values to count.
    pub facets: Vec<String>,
}

/// A page of a list.
#[derive(Debug)]
pub struct Page<T> {
    /// The items, in order.
    pub items: Vec<StoredJson<T>>,
    /// The position at which the next page starts; `None` on the last page.
    pub next: Option<CursorPosition>,
    /// How many items match in total, if requested.
    pub total: Option<i64>,
    /// How many matching items have each value of a parameter, if requested.
    pub facets: Option<Facets>,
}
