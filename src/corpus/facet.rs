//! Facets: how many of the matching items have each value of a parameter.

use std::collections::BTreeMap;

use serde::Serialize;
use sqlx::{QueryBuilder, Row, Sqlite};
use utoipa::ToSchema;

/// How many items are counted at most, so that counting costs the same whatever the size of the corpus.
pub const MAX_COUNTED: u32 = 50_000;
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
    /// Whether all matching items were counted; there may be more than [`MAX_COUNTED`].
    pub is_complete: bool,
}

/// A parameter whose values can be counted. The SQL names the listed row `items AS i`, and the rows that the filter joins as the
/// filter does. A value of NULL is not counted.
#[derive(Clone, Copy, Debug)]
pub struct FacetColumn {
    /// The name of the parameter.
    pub name: &'static str,
    /// The SQL of the value.
    value: &'static str,
    /// The SQL that joins the rows with the values, where an item may have several.
    joins: &'static str,
}

impl FacetColumn {
    /// A parameter of which an item has one value.
    #[must_use]
    pub const fn single(name: &'static str, value: &'static str) -> Self {
        Self { name, value, joins: "" }
    }

    /// A parameter of which an item may have several values.
    #[must_use]
    pub const fn multiple(name: &'static str, value: &'static str, joins: &'static str) -> Self {
        Self { name, value, joins }
    }

    /// Adds the query of the values. `push_rows` adds a FROM clause with the rows to count, and their numbers as `i.number`.
    pub(crate) fn push_query(&self, query: &mut QueryBuilder<Sqlite>, push_rows: impl FnOnce(&mut QueryBuilder<Sqlite>)) {
        let count = if self.joins.is_empty() { "count(*)" } else { "count(DISTINCT i.number)" };
        query.push("SELECT CAST(").push(self.value).push(" AS TEXT) AS value, ").push(count).push(" AS count FROM ");
        push_rows(query);
        query.push(" ").push(self.joins).push(" WHERE ").push(self.value).push(" IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1");
        // As in lists of items: a bare `LIMIT ?` would have the statement prepared again each time.
        query.push(" LIMIT ").push_bind(i64::from(MAX_VALUES)).push(" + 0");
    }
}

impl Facet {
    /// The facet in a row of the query of values.
    pub(crate) fn from_row(row: &sqlx::sqlite::SqliteRow) -> sqlx::Result<Self> {
        Ok(Self { value: row.try_get(0)?, count: usize::try_from(row.try_get::<i64, _>(1)?).unwrap_or_default() })
    }
}
