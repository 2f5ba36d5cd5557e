//! Counting the values of facets.

use std::collections::BTreeMap;

use sqlx::QueryBuilder;

use crate::corpus::{
    corpus::Corpus,
    day::Day,
    facet::{Facet, Facets, MAX_COUNTED},
    filter::{Filter, push_from_where},
};

/// Counts the values of these parameters in the items that a filter selects; in those with these numbers only, if given.
pub async fn count_facets<F: Filter>(corpus: &Corpus, filter: &F, names: &[String], numbers: Option<&str>, today: Day) -> sqlx::Result<Facets> {
    let push_selected = |query: &mut QueryBuilder<sqlx::Sqlite>, limit: u32| {
        if let Some(numbers) = numbers {
            query.push("SELECT value AS number FROM json_each(").push_bind(numbers.to_owned()).push(")");
        } else {
            query.push("SELECT i.number");
            push_from_where(filter, query, today);
        }
        query.push(" LIMIT ").push_bind(i64::from(limit)).push(" + 0");
    };
    let mut by_name = BTreeMap::new();
    for column in F::FACETS.iter().filter(|column| names.iter().any(|name| name == column.name)) {
        let mut query = QueryBuilder::new("");
        column.push_query(&mut query, |query| {
            query.push("(");
            push_selected(query, MAX_COUNTED);
            query.push(") AS selected CROSS JOIN ");
            filter.push_day(query, today);
            query.push("items AS i ON i.number = selected.number");
            filter.push_joins(query);
        });
        by_name.insert(column.name, query.build().fetch_all(&corpus.pool).await?.iter().map(Facet::from_row).collect::<sqlx::Result<_>>()?);
    }
    let mut query = QueryBuilder::new("SELECT count(*) FROM (");
    push_selected(&mut query, MAX_COUNTED + 1);
    query.push(")");
    let is_complete = by_name.is_empty() || query.build_query_scalar::<i64>().fetch_one(&corpus.pool).await? <= i64::from(MAX_COUNTED);
    Ok(Facets { by_name, is_complete })
}
