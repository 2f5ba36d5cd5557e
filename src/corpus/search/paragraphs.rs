//! Paragraphs that have all terms, although none of their clauses has all of them.

use std::collections::HashMap;

use sqlx::{QueryBuilder, Row};

use crate::corpus::{
    corpus::Corpus,
    search::{
        candidates::{Candidate, MAX_RANKED, Selection, push_columns},
        expression,
        matching::{Matched, match_candidates},
    },
    sort::SortOrder,
};
use crate::text::{matcher::MatchLevel, query::Query};

/// Selects and matches the clauses of such paragraphs that have at least one of the terms themselves, not only in the lead-in
/// that introduces them all.
pub async fn paragraph_candidates(
    corpus: &Corpus,
    query: &Query,
    order: SortOrder,
    selection: &dyn Selection,
) -> sqlx::Result<(Vec<Candidate>, HashMap<i64, Matched>)> {
    let (Some(all), Some(any)) = (expression::of_paragraphs(query), expression::any_term(query)) else { return Ok(<_>::default()) };
    let mut select = QueryBuilder::new("SELECT ");
    push_columns(&mut select, order);
    select.push(
        ", p.rowid FROM search_paragraphs AS p JOIN items AS first_item ON first_item.number = p.rowid \
         JOIN clauses AS first ON first.id = first_item.id \
         JOIN clauses AS other ON other.statement = first.statement AND other.paragraph = first.paragraph \
         JOIN items AS i ON i.resource = 'clauses' AND i.id = other.id",
    );
    select.push(" WHERE search_paragraphs MATCH ").push_bind(all);
    select.push(" AND i.number IN (SELECT rowid FROM search_index WHERE search_index MATCH ").push_bind(any).push(")");
    selection.push_conditions(&mut select);
    select.push(" LIMIT ").push_bind(i64::try_from(MAX_RANKED).unwrap_or(i64::MAX)).push(" + 0");
    let (mut candidates, mut paragraphs) = (Vec::new(), HashMap::new());
    for row in select.build().fetch_all(&corpus.pool).await? {
        if let Some(candidate) = Candidate::read(&row, None, 0.0)? {
            paragraphs.insert(candidate.number, row.try_get::<i64, _>(5)?);
            candidates.push(candidate);
        }
    }
    let matched = match_candidates(corpus, query, &candidates).await?;
    let own = |level: &Option<MatchLevel>| level.is_some_and(|level| level != MatchLevel::LeadIn);
    candidates.retain(|candidate| matched.get(&candidate.number).is_some_and(|matched| matched.levels.iter().any(own)));
    if query.has_order() {
        // The index does not store the order of words: the clauses themselves must have every term between them.
        let mut found: HashMap<i64, Vec<bool>> = HashMap::new();
        for (number, paragraph) in &paragraphs {
            let levels = matched.get(number).map_or(&[][..], |matched| matched.levels.as_slice());
            let terms = found.entry(*paragraph).or_insert_with(|| vec![false; levels.len()]);
            terms.iter_mut().zip(levels).for_each(|(found, level)| *found |= level.is_some());
        }
        candidates.retain(|candidate| {
            paragraphs.get(&candidate.number).and_then(|paragraph| found.get(paragraph)).is_some_and(|terms| terms.iter().all(|found| *found))
        });
    }
    for candidate in &mut candidates {
        let levels = matched.get(&candidate.number).map_or(&[][..], |matched| matched.levels.as_slice());
        #[expect(clippy::cast_precision_loss, reason = "a query has at most 40 terms")]
        let share = levels.iter().filter(|level| own(level)).count() as f64 / (levels.len() + 1) as f64;
        candidate.quality = share;
    }
    Ok((candidates, matched))
}
