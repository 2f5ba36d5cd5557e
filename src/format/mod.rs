//! What an answer looks like: pure writers, one file a format, each named for its standard.

pub mod json;

use serde::Serialize;
use utoipa::ToSchema;

use crate::corpus::Day;

/// The formats that an answer can be had in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// JSON, RFC 8259.
    Json,
}

impl Format {
    /// All of them, the preferred one first.
    pub const ALL: [Self; 1] = [Self::Json];

    /// The ending of an address that asks for it, without the dot.
    #[must_use]
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Json => "json",
        }
    }

    /// Its media type, without parameters.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
        }
    }
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    /// What was found, in order.
    pub items: Vec<T>,
    /// The address of this page.
    #[serde(rename = "self")]
    #[schema(example = "/v1/clauses?voice=statement&limit=1")]
    pub this: String,
    /// The address of the next page; null on the last.
    pub next: Option<String>,
    /// What was understood of the query.
    #[schema(value_type = Object)]
    pub query: serde_json::Map<String, serde_json::Value>,
    /// About the answer.
    pub meta: Meta,
}

/// About an answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct Meta {
    /// The revision of the data that the answer was made from.
    pub revision: i64,
    /// The day that the answer was reckoned on; null where it does not depend on the day.
    pub as_of: Option<Day>,
    /// How many match in all; only with `count=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
}

/// What `/v1` says: where everything is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Index {
    /// What this is.
    pub title: &'static str,
    /// The resources.
    pub resources: Vec<Listed>,
    /// About the answer.
    pub meta: Meta,
}

/// A resource, as `/v1` lists it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listed {
    /// The plural noun.
    #[schema(example = "clauses")]
    pub name: &'static str,
    /// Where its list is.
    pub url: &'static str,
    /// What it is.
    pub summary: &'static str,
}
