//! The parts of a JSON response around the items: the envelope of a list, its metadata, and the index of resources.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::corpus::{Day, Facet, Facets};

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    /// The items, in order.
    pub items: Vec<T>,
    /// The envelope.
    #[serde(flatten)]
    pub envelope: ListEnvelope,
}

/// The envelope of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListEnvelope {
    /// The URL of this page.
    #[serde(rename = "self")]
    #[schema(example = "/v1/clauses?voice=statement&limit=1")]
    pub this: String,
    /// The URL of the next page; null on the last page.
    pub next: Option<String>,
    /// The query as parsed, with the defaults that apply.
    #[schema(value_type = Object)]
    pub query: serde_json::Map<String, serde_json::Value>,
    /// Metadata of the response.
    pub meta: Meta,
}

/// Metadata of a response.
#[derive(Debug, Serialize, ToSchema)]
pub struct Meta {
    /// The revision of the data.
    pub revision: i64,
    /// The date that `status` and `days_until` are computed for; null if the response does not depend on the date.
    pub as_of: Option<Day>,
    /// The number of matching items on all pages; only with `count=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// How many matching items have each value, by the name of the parameter: at most 100 values, those that most items have first. Only where
    /// they are requested, and in a search of everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facets: Option<BTreeMap<&'static str, Vec<Facet>>>,
    /// False where more items match than are counted in the facets; absent where all are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facets_complete: Option<bool>,
}

impl Meta {
    /// The metadata of a response that does not depend on the date and counts nothing.
    #[must_use]
    pub const fn new(revision: i64) -> Self {
        Self { revision, as_of: None, total: None, facets: None, facets_complete: None }
    }

    /// The same with facets, if there are any.
    #[must_use]
    pub fn with_facets(self, facets: Option<Facets>) -> Self {
        let facets_complete = facets.as_ref().filter(|facets| !facets.is_complete).map(|_| false);
        Self { facets: facets.map(|facets| facets.by_name), facets_complete, ..self }
    }
}

/// The index of the API.
#[derive(Debug, Serialize, ToSchema)]
pub struct Index {
    /// The title of the API.
    pub title: &'static str,
    /// The resources.
    pub resources: Vec<ResourceEntry>,
    /// The operations over all resources.
    pub operations: Vec<OperationEntry>,
    /// Metadata of the response.
    pub meta: Meta,
}

/// A resource in the index.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResourceEntry {
    /// The plural noun.
    #[schema(example = "clauses")]
    pub name: &'static str,
    /// The URL of its list.
    pub url: &'static str,
    /// Its description.
    pub summary: &'static str,
    /// The file extensions of the formats of the list.
    #[schema(example = json!([".json", ".csv"]))]
    pub formats: Vec<String>,
    /// The file extensions of the formats of one item.
    #[schema(example = json!([".json"]))]
    pub item_formats: Vec<String>,
}

/// An operation in the index.
#[derive(Debug, Serialize, ToSchema)]
pub struct OperationEntry {
    /// Its name.
    #[schema(example = "search")]
    pub name: &'static str,
    /// Its URL.
    pub url: &'static str,
    /// Its description.
    pub summary: &'static str,
}
