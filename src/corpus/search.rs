//! Search: `q`, on the resources that have texts or names.
//!
//! An FTS5 index of stems selects and ranks the candidates; only stems reach the FTS5 query, never what was typed. Each
//! candidate is then matched against its own text, which decides whether it is a hit (by its words, or by an alias of
//! something that it names) and places the highlights to the code point.

use std::collections::{HashMap, HashSet};

use serde::de::DeserializeOwned;
use sqlx::{QueryBuilder, Row, sqlite::SqliteRow};

use crate::corpus::{
    corpus::Corpus,
    filter::Filter,
    hit::{Highlight, Hit, MatchedBy, Snippet},
    page::{CursorPosition, Page, PageParams},
    searchable::{FieldKind, SearchField, SearchRequest},
    sort::{Direction, SortKey},
    stored_json::StoredJson,
};
use crate::text::query::{AnalyzedText, MatchResult, Query, Span, match_query, merge_spans, snippet};

/// The maximum number of ranked items, so that a very frequent word costs no more than any other.
const MAX_RANKED: u32 = 5_000;
/// The weights of the Arabic text, the English text and the aliases: a word in the text counts more than a synonym.
const BM25: &str = "bm25(search_index, 1.0, 1.0, 0.4)";

/// An alias that an item can be found by, with the words of the source that it stands for.
#[derive(Debug)]
struct IndexedAlias {
    key: String,
    span: Option<Span>,
}

/// An item that may match, with its position in the results.
struct Candidate {
    number: i64,
    id: String,
    /// The sort key.
    key: String,
    score: f64,
}

/// Reads a page of the results of a search.
///
/// # Errors
/// When the query fails.
pub async fn list<F: Filter>(corpus: &Corpus, filter: &F, request: &SearchRequest<'_, F::Item>, page: &PageParams) -> sqlx::Result<Page<F::Item>> {
    let order = filter.sort_order();
    let query = keep_indexed_aliases(corpus, request.query).await?;
    let mut found = candidates(corpus, filter, &query).await?;
    let complete = found.len() < MAX_RANKED as usize;
    // The index does not know the order of the words.
    let phrases = if query.has_phrases() { Some(hits(corpus, request, &query, &found).await?) } else { None };
    if let Some(hits) = &phrases {
        found.retain(|candidate| hits.contains_key(&candidate.number));
    }
    let sorted = |one: &(&str, &str), other: &(&str, &str)| if order.direction == Direction::Ascending { one.cmp(other) } else { other.cmp(one) };
    found.sort_unstable_by(|one, other| sorted(&(&one.key, &one.id), &(&other.key, &other.id)));
    let total = (page.count && complete).then(|| i64::try_from(found.len()).unwrap_or(i64::MAX));
    if let Some(after) = &page.after {
        found.retain(|candidate| sorted(&(&candidate.key, &candidate.id), &(&after.key, &after.id)).is_gt());
    }
    let more = found.len() > page.limit as usize;
    found.truncate(page.limit as usize);
    let next = found.last().filter(|_| more).map(|last| CursorPosition { key: last.key.clone(), id: last.id.clone() });
    let mut hits = match phrases {
        Some(hits) => hits,
        None => hits(corpus, request, &query, &found).await?,
    };
    let items = found.iter().filter_map(|candidate| hits.remove(&candidate.number)).collect();
    Ok(Page { items, next, total })
}

/// Removes the aliases that the index does not have, so that a long query does not become a large FTS5 query.
async fn keep_indexed_aliases(corpus: &Corpus, query: &Query) -> sqlx::Result<Query> {
    let keys: serde_json::Value = query.groups.iter().flat_map(|group| &group.names).flat_map(|name| &name.keys).map(String::as_str).collect();
    let known = "SELECT DISTINCT key FROM search_aliases WHERE key IN (SELECT value FROM json_each(?))";
    let known: HashSet<String> = sqlx::query_scalar(known).bind(keys.to_string()).fetch_all(&corpus.pool).await?.into_iter().collect();
    Ok(query.clone().retain_aliases(|key| known.contains(key)))
}

/// Selects the items that have a stem or an alias for each word and meet the other conditions. Items with the words themselves
/// rank above items that match by an alias only.
async fn candidates<F: Filter>(corpus: &Corpus, filter: &F, query: &Query) -> sqlx::Result<Vec<Candidate>> {
    let (Some(all), Some(by_text)) = (fts5_match_expr(query, true), fts5_match_expr(query, false)) else { return Ok(Vec::new()) };
    let order = filter.sort_order();
    let mut query = QueryBuilder::new("SELECT i.number, i.id, i.position, i.");
    query.push(order.column()).push(", ").push(BM25).push(", i.number IN (SELECT rowid FROM search_index WHERE search_index MATCH ").push_bind(by_text);
    query.push(") FROM search_index CROSS JOIN items AS i ON i.number = search_index.rowid");
    filter.push_joins(&mut query);
    query.push(" WHERE search_index MATCH ").push_bind(all).push(" AND i.resource = ").push_bind(F::RESOURCE.name());
    filter.push_conditions(&mut query);
    query.push(" LIMIT ").push_bind(MAX_RANKED).push(" + 0");
    let rows = query.build().fetch_all(&corpus.pool).await?;
    // bm25() is negative, the best match lowest.
    let ranks = rows.iter().map(|row| Ok((-row.try_get::<f64, _>(4)?, row.try_get(5)?))).collect::<sqlx::Result<Vec<(f64, bool)>>>()?;
    let least = ranks.iter().filter(|(_, by_text)| *by_text).fold(1.0, |least: f64, (score, _)| least.min(*score));
    let candidate = |(row, (score, by_text)): (&SqliteRow, (f64, bool))| {
        let (position, sorted): (String, String) = (row.try_get(2)?, row.try_get(3)?);
        let score = if by_text { score } else { least * score / (score + 1.0) };
        // Rounded, so that equal scores are equal on every machine.
        #[expect(clippy::cast_possible_truncation, reason = "scores are far below the bounds")]
        let rank = i64::MAX / 2 - (score * 1e9).round() as i64;
        let key = if matches!(order.by, SortKey::Relevance) { format!("{rank:019} {position}") } else { sorted };
        Ok(Candidate { number: row.try_get(0)?, id: row.try_get(1)?, key, score })
    };
    rows.iter().zip(ranks).map(candidate).collect()
}

/// The FTS5 MATCH expression of a query, with or without the aliases that its words may be; none for a query without words.
/// It contains only quoted stems and alias keys, which consist of letters, digits and underscores.
fn fts5_match_expr(query: &Query, with_aliases: bool) -> Option<String> {
    let any = |tokens: &mut dyn Iterator<Item = &String>| tokens.map(|token| format!("\"{token}\"")).collect::<Vec<_>>().join(" OR ");
    let mut all = Vec::new();
    for group in &query.groups {
        for (at, term) in group.terms.iter().enumerate() {
            let words = format!("{{ar en}} : ({})", any(&mut term.stems.iter()));
            let keys = group.names.iter().filter(|name| (name.first..name.end).contains(&at)).flat_map(|name| &name.keys);
            all.push(if with_aliases { format!("({words} OR alias : ({}))", any(&mut term.stems.iter().chain(keys))) } else { words });
        }
    }
    (!all.is_empty()).then(|| all.join(" AND "))
}

/// The candidates that match, with their highlights, by their numbers in `items`.
async fn hits<T: DeserializeOwned>(
    corpus: &Corpus,
    request: &SearchRequest<'_, T>,
    query: &Query,
    candidates: &[Candidate],
) -> sqlx::Result<HashMap<i64, StoredJson<T>>> {
    let numbers = candidates.iter().map(|candidate| candidate.number).collect::<serde_json::Value>().to_string();
    let mut aliases: HashMap<i64, Vec<IndexedAlias>> = HashMap::new();
    let of_these = "SELECT item, key, start, \"end\" FROM search_aliases WHERE item IN (SELECT value FROM json_each(?)) ORDER BY start, key";
    for row in sqlx::query(of_these).bind(&numbers).fetch_all(&corpus.pool).await? {
        let (start, end): (Option<u32>, Option<u32>) = (row.try_get(2)?, row.try_get(3)?);
        let span = start.zip(end).map(|(start, end)| Span { start: start as usize, end: end as usize });
        aliases.entry(row.try_get(0)?).or_default().push(IndexedAlias { key: row.try_get(1)?, span });
    }
    let mut scores: HashMap<i64, f64> = candidates.iter().map(|candidate| (candidate.number, candidate.score)).collect();
    let mut hits = HashMap::new();
    let items = "SELECT number, item FROM items WHERE number IN (SELECT value FROM json_each(?))";
    for row in sqlx::query(items).bind(&numbers).fetch_all(&corpus.pool).await? {
        let (number, item): (i64, String) = row.try_get("number").and_then(|number| Ok((number, row.try_get("item")?)))?;
        let read: T = serde_json::from_str(&item).map_err(|cause| sqlx::Error::Decode(cause.into()))?;
        let score = scores.remove(&number).unwrap_or_default();
        if let Some(hit) = build_hit(query, &(request.fields)(&read), aliases.get(&number).map_or(&[], Vec::as_slice), score) {
            let members = serde_json::to_string(&hit).map_err(|cause| sqlx::Error::Encode(cause.into()))?;
            // The members of the object, without its braces.
            hits.insert(number, StoredJson::append_members(item, &members[1..members.len() - 1]));
        }
    }
    Ok(hits)
}

/// Matches the fields of an item; none where they do not match.
fn build_hit(query: &Query, searched: &[SearchField<'_>], aliases: &[IndexedAlias], score: f64) -> Option<Hit> {
    let passages: Vec<AnalyzedText<'_>> = searched.iter().map(|searched| AnalyzedText::new(searched.text)).collect();
    let has_alias = |key: &str| aliases.iter().any(|alias| alias.key == key);
    let own = searched.iter().filter(|searched| searched.kind != FieldKind::Alias).count();
    let by_text = match_query(query, &passages[..own], |_| false);
    let matched_by = if by_text.is_some() { MatchedBy::Text } else { MatchedBy::Alias };
    let MatchResult { mut spans, names: needed } = by_text.or_else(|| match_query(query, &passages, has_alias))?;
    // Highlight the words that an alias stands for, where the match needed that alias.
    for span in aliases.iter().filter(|alias| needed.contains(&alias.key)).filter_map(|alias| alias.span) {
        let inside = |searched: &SearchField<'_>| {
            let start = span.start.checked_sub(searched.source_start? as usize)?;
            Some(Span { start, end: start + span.end - span.start }).filter(|span| span.end <= searched.text.chars().count())
        };
        for (searched, spans) in searched.iter().zip(&mut spans) {
            spans.extend(inside(searched));
        }
    }
    let spans: Vec<Vec<Span>> = spans.into_iter().map(merge_spans).collect();
    let marked = |kind: FieldKind| {
        let of_kind = || searched.iter().zip(&spans).filter(move |(searched, _)| searched.kind == kind);
        let best = of_kind().find(|(_, spans)| !spans.is_empty()).or_else(|| of_kind().next());
        best.map(|(searched, spans)| snippet(searched.text, spans)).unwrap_or_default()
    };
    let highlights = searched.iter().zip(&spans).flat_map(|(searched, spans)| spans.iter().map(|span| highlight(searched, *span))).collect();
    Some(Hit { score, matched_by, highlights, snippet: Snippet { ar: marked(FieldKind::Arabic), en: marked(FieldKind::English) } })
}

/// The highlight of a span of a field.
fn highlight(searched: &SearchField<'_>, span: Span) -> Highlight {
    Highlight {
        field: searched.field.clone(),
        start: span.start,
        end: span.end,
        exact: searched.text.chars().skip(span.start).take(span.end - span.start).collect(),
        source_start: searched.source_start.map(|source| source as usize + span.start),
    }
}
