//! Items of search results, as their list has them.

use std::collections::HashMap;

use sqlx::{QueryBuilder, Row};

use crate::corpus::{
    corpus::Corpus,
    day::Day,
    filter::{Filter, push_from_where},
    push_in::push_in,
    read_item::read_item,
    search::{candidates::Candidate, matching::Matched},
};

/// Reads the items of one resource as its list has them, by their numbers.
pub async fn read_listed<F: Filter>(
    corpus: &Corpus,
    filter: &F,
    matched: &[(Candidate, Matched)],
    today: Day,
    items: &mut HashMap<i64, String>,
) -> sqlx::Result<()> {
    let numbers: Vec<i64> =
        matched.iter().filter(|(candidate, _)| candidate.resource.resource() == F::RESOURCE).map(|(candidate, _)| candidate.number).collect();
    if numbers.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new("SELECT ");
    query.push(F::LIST_PROJECTION).push(", ");
    F::push_computed_members(&mut query);
    query.push(", i.number");
    push_from_where(filter, &mut query, today);
    push_in(&mut query, "i.number", numbers);
    for row in query.build().fetch_all(&corpus.pool).await? {
        items.insert(row.try_get(2)?, read_item::<F>(&row)?.as_json().to_owned());
    }
    Ok(())
}
