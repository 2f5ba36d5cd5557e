//! Candidates: the items that the index selects, ranked.

use std::collections::{HashMap, HashSet};

use sqlx::{QueryBuilder, Row, Sqlite};

use crate::corpus::{
    corpus::Corpus,
    search::{expression, searched_resource::SearchedResource},
    sort::{SortKey, SortOrder},
};
use crate::text::{matcher::MatchLevel, query::Query};

/// The maximum number of ranked items, so that a very frequent word costs no more than any other.
pub const MAX_RANKED: usize = 5_000;
/// The weights of the Arabic text, the English text, the aliases, the lead-in and the dates.
const BM25: &str = "bm25(search_index, 1.0, 1.0, 0.4, 0.4, 0.4)";
/// The levels at which the index is queried, in the order of rank.
const LEVELS: [MatchLevel; 4] = [MatchLevel::Text, MatchLevel::Alias, MatchLevel::LeadIn, MatchLevel::Date];

/// An item that may match, with its position in the results.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its number in `items`.
    pub number: i64,
    /// Its resource.
    pub resource: SearchedResource,
    /// Its id.
    pub id: String,
    /// Its reading order.
    position: String,
    /// The value of the sort key, where the results are not sorted by relevance.
    sorted: String,
    /// How it was found; `None`: together with other clauses of its paragraph.
    pub level: Option<MatchLevel>,
    /// How well it matches within its level, from 0 to 1.
    pub quality: f64,
}

/// The restrictions of a search: conditions on `items AS i`.
pub trait Selection: Sync {
    /// Whether it may select clauses.
    fn has_clauses(&self) -> bool;
    /// Adds the conditions, each starting with ` AND `.
    fn push_conditions(&self, query: &mut QueryBuilder<Sqlite>);
}

impl Candidate {
    /// The relevance, above 0 and comparable in all results: a better level is always above a worse one.
    pub fn score(&self) -> f64 {
        let level = match self.level {
            Some(MatchLevel::Text) => 4.0,
            Some(MatchLevel::Alias) => 3.0,
            Some(MatchLevel::LeadIn) => 2.0,
            Some(MatchLevel::Date) => 1.0,
            None => 0.0,
        };
        // The source's words rank above the editors' notes.
        let quality = if self.resource == SearchedResource::Notes { self.quality / 2.0 } else { self.quality };
        // Rounded, so that equal scores are equal on every machine.
        ((level + quality) * 1e6).round() / 1e6
    }

    /// The sort key of its position in the results.
    pub fn key(&self, order: SortOrder) -> String {
        if !matches!(order.by, SortKey::Relevance) {
            return self.sorted.clone();
        }
        // The best first.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a score is between 0 and 5")]
        let rank = ((5.0 - self.score()) * 1e6).round() as u64;
        format!("{rank:07} {} {}", self.resource as u8, self.position)
    }

    /// Reads a row of number, resource, id, position and sort key.
    pub fn read(row: &sqlx::sqlite::SqliteRow, level: Option<MatchLevel>, quality: f64) -> sqlx::Result<Option<Self>> {
        let name: String = row.try_get(1)?;
        let Some(resource) = SearchedResource::ALL.into_iter().find(|searched| searched.resource().name() == name) else { return Ok(None) };
        let (number, id, position, sorted) = (row.try_get(0)?, row.try_get(2)?, row.try_get(3)?, row.try_get(4)?);
        Ok(Some(Self { number, resource, id, position, sorted, level, quality }))
    }
}

/// Removes the keys that the index does not have, so that a long query does not become a large FTS5 query.
pub async fn retain_indexed_keys(corpus: &Corpus, query: &Query) -> sqlx::Result<Query> {
    let keys: serde_json::Value = query.keys().collect();
    let known = "SELECT DISTINCT key FROM search_keys WHERE key IN (SELECT value FROM json_each(?))";
    let known: HashSet<String> = sqlx::query_scalar(known).bind(keys.to_string()).fetch_all(&corpus.pool).await?.into_iter().collect();
    Ok(query.clone().retain_keys(|key| known.contains(key)))
}

/// The columns of a candidate, for `items AS i`.
pub fn push_columns(query: &mut QueryBuilder<Sqlite>, order: SortOrder) {
    query.push("i.number, i.resource, i.id, i.position, i.").push(order.by.column());
}

/// Selects the items that have every term, at the best level of each.
pub async fn candidates(corpus: &Corpus, query: &Query, order: SortOrder, selection: &dyn Selection) -> sqlx::Result<Vec<Candidate>> {
    let (mut found, mut last): (HashMap<i64, Candidate>, Option<String>) = (HashMap::new(), None);
    for level in LEVELS {
        let Some(expression) = expression::at_level(query, level).filter(|expression| last.as_ref() != Some(expression)) else { continue };
        if found.len() >= MAX_RANKED {
            break;
        }
        let mut select = QueryBuilder::new("SELECT ");
        push_columns(&mut select, order);
        select.push(", ").push(BM25).push(" FROM search_index CROSS JOIN items AS i ON i.number = search_index.rowid");
        select.push(" WHERE search_index MATCH ").push_bind(expression.clone());
        selection.push_conditions(&mut select);
        select.push(" LIMIT ").push_bind(i64::try_from(MAX_RANKED).unwrap_or(i64::MAX)).push(" + 0");
        for row in select.build().fetch_all(&corpus.pool).await? {
            // bm25() is negative, the best match lowest.
            let relevance = -row.try_get::<f64, _>(5)?;
            if let Some(candidate) = Candidate::read(&row, Some(level), relevance / (relevance + 1.0))? {
                found.entry(candidate.number).or_insert(candidate);
            }
        }
        last = Some(expression);
    }
    Ok(found.into_values().collect())
}
