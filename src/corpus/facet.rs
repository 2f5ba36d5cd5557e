//! Facets: how many of the matching items have each value of a parameter.

use std::{cmp::Reverse, collections::BTreeMap};

use serde::Serialize;
use utoipa::ToSchema;

/// How many items are counted at most one by one, where a parameter has many values. Of more, values are counted, the most frequent
/// ones first.
pub const MAX_COUNTED: u32 = 50_000;
/// How many values of a parameter are counted at most in more items, so that counting costs about the same whatever the size of
/// the corpus.
pub const MAX_COUNTED_VALUES: u32 = 1_024;
/// How many values a facet has at most: those that most items have.
pub const MAX_VALUES: u32 = 100;

/// A value, and how many of the matching items have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Facet {
    /// The value.
    #[schema(example = "clauses")]
    pub value: String,
    /// The number of items.
    pub count: usize,
}

/// The facets of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// The values by the name of the parameter: those that most items have first, at most 100.
    pub by_name: BTreeMap<&'static str, Vec<Facet>>,
    /// Whether all matching items were counted: of more items than [`MAX_COUNTED`] and a parameter with more values than
    /// `MAX_COUNTED_VALUES`, some may not be.
    pub is_complete: bool,
}

/// The facets of the values that most items have, the most frequent first, and equally frequent ones in the order of the values.
pub fn sort_facets(mut facets: Vec<Facet>) -> Vec<Facet> {
    facets.retain(|facet| facet.count > 0);
    facets.sort_unstable_by(|one, other| (Reverse(one.count), &one.value).cmp(&(Reverse(other.count), &other.value)));
    facets.truncate(MAX_VALUES as usize);
    facets
}

impl Facet {
    /// A value with a number of items.
    pub(crate) fn new(value: String, count: u64) -> Self {
        Self { value, count: usize::try_from(count).unwrap_or(usize::MAX) }
    }
}
