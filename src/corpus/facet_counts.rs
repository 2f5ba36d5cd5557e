//! Counting the values of facets.

use crate::corpus::{
    bitmaps::{ChunkedSet, Conditions, Selection, count_values},
    corpus::Corpus,
    day::Day,
    facet::{Facet, Facets, sort_facets},
    filter::Filter,
    sort::SortKey,
};

/// Counts the values of these parameters in items of a list: those at these places in an order, or all.
pub async fn count_facets<F: Filter>(
    corpus: &Corpus,
    filter: &F,
    order: SortKey,
    selected: Option<&ChunkedSet>,
    names: &[String],
    today: Day,
) -> sqlx::Result<Facets> {
    let mut facets = Facets { is_complete: true, ..Facets::default() };
    for name in F::FACETS.iter().copied().filter(|facet| names.iter().any(|name| name == facet)) {
        let counted = if let Some(values) = filter.computed_facet(name, today) {
            let mut counted = Vec::new();
            for (value, term) in values {
                let mut with_value = Selection::new(corpus, F::RESOURCE, order, Conditions::default().any([term]));
                let count = match selected {
                    Some(selected) => selected.common(&with_value.all().await?),
                    None => with_value.count().await?,
                };
                counted.push(Facet::new(value, count));
            }
            sort_facets(counted)
        } else {
            let (counted, is_complete) = count_values(corpus, F::RESOURCE, order, selected, name).await?;
            facets.is_complete &= is_complete;
            counted
        };
        facets.by_name.insert(name, counted);
    }
    Ok(facets)
}
