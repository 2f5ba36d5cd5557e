//! Facets: how many items have each value.

use serde::Serialize;
use utoipa::ToSchema;

/// A value, and how many of the matching items have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Facet {
    /// The value.
    #[schema(example = "clauses")]
    pub value: String,
    /// The number of items.
    pub count: usize,
}
