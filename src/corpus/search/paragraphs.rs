//! Paragraphs that have all terms, although none of their clauses has all of them.

use std::collections::HashMap;

use roaring::{MultiOps, RoaringBitmap};
use sqlx::Row;

use crate::corpus::{
    corpus::Corpus,
    search::{
        class::Class,
        postings::Postings,
        selection::Selected,
        terms::{LEVELS, TermSet, paragraph_sets},
    },
};
use crate::text::{matcher::MatchLevel, query::Query};

/// The maximum number of clauses of which the other clauses of the paragraph are read, where the order of words matters.
const MAX_READ: usize = 4_096;

/// The clauses of such paragraphs.
pub struct Together {
    /// In classes: those with more of the terms first.
    pub classes: Vec<Class>,
    /// Whether these are all.
    pub is_complete: bool,
}

/// Finds the clauses of such paragraphs that have at least one of the terms themselves, not only in the lead-in that introduces
/// them all, except those that are known.
pub async fn paragraph_classes(
    query: &Query,
    postings: &Postings,
    terms: &[TermSet],
    selected: &Selected<'_>,
    known: &RoaringBitmap,
) -> sqlx::Result<Together> {
    let (Some(all), Some(clauses)) = (paragraph_sets(query, postings), selected.clauses()) else {
        return Ok(Together { classes: Vec::new(), is_complete: true });
    };
    let own: Vec<RoaringBitmap> = terms.iter().map(TermSet::own).collect();
    let mut found = selected.retain(all & own.iter().union() & clauses) - known;
    let mut is_complete = true;
    if query.has_order() {
        is_complete = found.len() <= MAX_READ as u64;
        found = retain_ordered(selected.corpus, &found, terms).await?;
    }
    // `with[count]`: the clauses that have at least so many of the terms.
    let mut with = vec![RoaringBitmap::new(); terms.len() + 1];
    with[0] = found;
    for own in &own {
        for count in (1..with.len()).rev() {
            let more = &with[count - 1] & own;
            with[count] |= more;
        }
    }
    let class = |count: usize| {
        let items = if count < terms.len() { &with[count] - &with[count + 1] } else { with[count].clone() };
        #[expect(clippy::cast_precision_loss, reason = "a query has at most 40 terms")]
        let share = count as f64 / (terms.len() + 1) as f64;
        Class { number: u8::try_from(LEVELS.len() + terms.len() - count).unwrap_or(u8::MAX), level: None, share, items }
    };
    Ok(Together { classes: (1..=terms.len()).rev().map(class).collect(), is_complete })
}

/// Those of these clauses, the first in the order of rank, whose paragraphs have each term and each phrase within a clause: the
/// sets of paragraphs do not know the order of words.
async fn retain_ordered(corpus: &Corpus, clauses: &RoaringBitmap, terms: &[TermSet]) -> sqlx::Result<RoaringBitmap> {
    let ranks: serde_json::Value = clauses.iter().take(MAX_READ).collect();
    let select = "SELECT r.rank, o.rank FROM json_each(?) AS j CROSS JOIN search_ranks AS r ON r.rank = j.value CROSS JOIN items AS i ON i.number = r.item \
        CROSS JOIN clauses AS c ON c.id = i.id CROSS JOIN clauses AS other ON other.statement = c.statement AND other.paragraph = c.paragraph \
        CROSS JOIN items AS x ON x.resource = 'clauses' AND x.id = other.id CROSS JOIN search_ranks AS o ON o.item = x.number";
    let mut paragraphs: HashMap<u32, RoaringBitmap> = HashMap::new();
    for row in sqlx::query(select).bind(ranks.to_string()).fetch_all(&corpus.pool).await? {
        paragraphs.entry(row.try_get(0)?).or_default().insert(row.try_get(1)?);
    }
    let has_all = |paragraph: &RoaringBitmap| terms.iter().all(|term| !paragraph.is_disjoint(term.at(MatchLevel::Date)));
    Ok(paragraphs.into_iter().filter(|(_, paragraph)| has_all(paragraph)).map(|(rank, _)| rank).collect())
}
