//! Searching: `q`, on the resources that have texts or names.
//!
//! An index of stems (FTS5) finds what may answer, and ranks it; what was typed never reaches its syntax, only stems do.
//! How an item answers (the words themselves, or a name that something in it goes by) and where, is then found in its
//! own text, so that every mark is right to the code point.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    str::FromStr,
};

use serde::{Deserialize, Deserializer, Serialize};
use sqlx::{QueryBuilder, Row, sqlite::SqliteRow};
use utoipa::ToSchema;

use crate::corpus::{Corpus, CursorPosition, Direction, Filter, Page, PageParams, SortKey, StoredJson, values::from_text};
use crate::text::query::{AnalyzedText, MatchResult, Query, QueryTooLong, Span, match_query, merge_spans, snippet};

/// How many items are ranked at the most, so that a word that is everywhere costs no more than any other.
const MAX_RANKED: u32 = 5_000;
/// The weights of the Arabic text, the English one, and names: a word in the text counts more than a synonym.
const BM25: &str = "bm25(stems, 1.0, 1.0, 0.4)";

/// What `q` asks for.
#[derive(Clone, Debug, Default)]
pub struct Search {
    typed: String,
    query: Query,
}

impl FromStr for Search {
    type Err = QueryTooLong;

    fn from_str(typed: &str) -> Result<Self, QueryTooLong> {
        Ok(Self { typed: typed.to_owned(), query: Query::parse(typed)? })
    }
}

impl fmt::Display for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.typed)
    }
}

impl Serialize for Search {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Search {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_text(deserializer, &QueryTooLong)
    }
}

/// How an item answers `q`; only in the answer to a search.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Hit {
    /// How well it answers, above 0; to be compared within one answer only.
    #[schema(required = false)]
    pub score: f64,
    /// Whether the words themselves are there.
    #[schema(required = false)]
    pub matched_by: MatchedBy,
    /// Where, in reading order: Arabic, then English.
    #[schema(required = false)]
    pub highlights: Vec<Highlight>,
    /// What stands around it in either language, for HTML: escaped, with `<mark>` around each highlight.
    #[schema(required = false)]
    pub snippet: Snippet,
}

/// What led to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    /// Its words.
    Text,
    /// A listed synonym: another name of an actor, a location or a month that its words name.
    Alias,
}

/// Words of an item that answer a query.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Highlight {
    /// The member that they stand in.
    #[schema(example = "text.ar")]
    pub field: String,
    /// Their first code point in it.
    pub start: usize,
    /// The code point after their last.
    pub end: usize,
    /// The words, marks and all.
    pub exact: String,
    /// Their first code point in the whole source, where they are the source's.
    pub source_start: Option<usize>,
}

/// What stands around the words, in both languages.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct Snippet {
    /// Arabic.
    #[schema(required = false)]
    pub ar: String,
    /// English.
    #[schema(required = false)]
    pub en: String,
}

/// A text of an item that is searched.
#[derive(Debug)]
pub struct SearchField<'a> {
    /// Its path in the item.
    pub field: String,
    /// What it is.
    pub sort: FieldKind,
    /// The text.
    pub text: &'a str,
    /// Where it begins in the source, if it is a part of it.
    pub source: Option<u32>,
}

/// What a text that is searched is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Arabic.
    Arabic,
    /// English.
    English,
    /// Another name of the item itself.
    Alias,
}

impl<'a> SearchField<'a> {
    /// A text in both languages.
    #[must_use]
    pub fn both(field: &str, text: &'a super::BilingualText, source: Option<u32>) -> [Self; 2] {
        [
            Self { field: format!("{field}.ar"), sort: FieldKind::Arabic, text: &text.ar, source },
            Self { field: format!("{field}.en"), sort: FieldKind::English, text: &text.en, source: None },
        ]
    }

    /// The other names of an item.
    pub fn aliases(aliases: &'a [String]) -> impl Iterator<Item = Self> {
        aliases.iter().enumerate().map(|(at, alias)| Self { field: format!("aliases.{at}"), sort: FieldKind::Alias, text: alias, source: None })
    }
}

/// A name that an item goes by, with the words of the source that it stands for.
#[derive(Debug)]
struct Named {
    key: String,
    span: Option<Span>,
}

/// What may answer, in its place.
struct Candidate {
    number: i64,
    id: String,
    /// What the list is sorted by.
    key: String,
    score: f64,
}

/// The part of what was found that was asked for.
///
/// # Errors
/// When the database cannot answer.
pub async fn list<F: Filter>(corpus: &Corpus, filter: &F, search: &Search, part: &PageParams) -> sqlx::Result<Page<F::Item>> {
    let order = filter.order();
    let query = keep_indexed_aliases(corpus, &search.query).await?;
    let mut found = candidates(corpus, filter, &query).await?;
    let whole = found.len() < MAX_RANKED as usize;
    // The index knows words, not which follows which.
    let phrases = if query.has_phrases() { Some(hits::<F>(corpus, &query, &found).await?) } else { None };
    if let Some(hits) = &phrases {
        found.retain(|candidate| hits.contains_key(&candidate.number));
    }
    let sorted = |one: &(&str, &str), other: &(&str, &str)| if order.direction == Direction::Ascending { one.cmp(other) } else { other.cmp(one) };
    found.sort_unstable_by(|one, other| sorted(&(&one.key, &one.id), &(&other.key, &other.id)));
    let total = (part.count && whole).then(|| i64::try_from(found.len()).unwrap_or(i64::MAX));
    if let Some(after) = &part.after {
        found.retain(|candidate| sorted(&(&candidate.key, &candidate.id), &(&after.key, &after.id)).is_gt());
    }
    let more = found.len() > part.limit as usize;
    found.truncate(part.limit as usize);
    let next = found.last().filter(|_| more).map(|last| CursorPosition { key: last.key.clone(), id: last.id.clone() });
    let mut hits = match phrases {
        Some(hits) => hits,
        None => hits::<F>(corpus, &query, &found).await?,
    };
    let items = found.iter().filter_map(|candidate| hits.remove(&candidate.number)).collect();
    Ok(Page { items, next, total })
}

/// The query with only those names that anything goes by: what is typed must not decide how much the index is asked.
async fn keep_indexed_aliases(corpus: &Corpus, query: &Query) -> sqlx::Result<Query> {
    let keys: serde_json::Value = query.groups.iter().flat_map(|group| &group.names).flat_map(|name| &name.keys).map(String::as_str).collect();
    let known = "SELECT DISTINCT key FROM names WHERE key IN (SELECT value FROM json_each(?))";
    let known: HashSet<String> = sqlx::query_scalar(known).bind(keys.to_string()).fetch_all(&corpus.pool).await?.into_iter().collect();
    Ok(query.clone().retain_aliases(|key| known.contains(key)))
}

/// What has a stem or a name for each word, and meets the other conditions. What has the words themselves comes before what
/// only goes by a name.
async fn candidates<F: Filter>(corpus: &Corpus, filter: &F, query: &Query) -> sqlx::Result<Vec<Candidate>> {
    let (Some(all), Some(by_text)) = (fts5_match_expr(query, true), fts5_match_expr(query, false)) else { return Ok(Vec::new()) };
    let order = filter.order();
    let mut query = QueryBuilder::new("SELECT i.number, i.id, i.place, i.");
    query.push(order.column()).push(", ").push(BM25).push(", i.number IN (SELECT rowid FROM stems WHERE stems MATCH ").push_bind(by_text);
    query.push(") FROM stems CROSS JOIN items AS i ON i.number = stems.rowid");
    filter.join(&mut query);
    query.push(" WHERE stems MATCH ").push_bind(all).push(" AND i.resource = ").push_bind(F::RESOURCE.name());
    filter.conditions(&mut query);
    query.push(" LIMIT ").push_bind(MAX_RANKED).push(" + 0");
    let rows = query.build().fetch_all(&corpus.pool).await?;
    // FTS5 ranks below zero, the best lowest.
    let ranks = rows.iter().map(|row| Ok((-row.try_get::<f64, _>(4)?, row.try_get(5)?))).collect::<sqlx::Result<Vec<(f64, bool)>>>()?;
    let least = ranks.iter().filter(|(_, by_text)| *by_text).fold(1.0, |least: f64, (score, _)| least.min(*score));
    let candidate = |(row, (score, by_text)): (&SqliteRow, (f64, bool))| {
        let (place, sorted): (String, String) = (row.try_get(2)?, row.try_get(3)?);
        let score = if by_text { score } else { least * score / (score + 1.0) };
        // Rounded, so that what is equal is equal on every machine.
        #[expect(clippy::cast_possible_truncation, reason = "a score is far from the bounds")]
        let rank = i64::MAX / 2 - (score * 1e9).round() as i64;
        let key = if matches!(order.by, SortKey::Relevance) { format!("{rank:019} {place}") } else { sorted };
        Ok(Candidate { number: row.try_get(0)?, id: row.try_get(1)?, key, score })
    };
    rows.iter().zip(ranks).map(candidate).collect()
}

/// The query in the syntax of FTS5, with or without the names that its words may be; none where it has no words. Only stems
/// and keys are in it, which are letters, digits and low lines, each within quotation marks.
fn fts5_match_expr(query: &Query, named: bool) -> Option<String> {
    let any = |tokens: &mut dyn Iterator<Item = &String>| tokens.map(|token| format!("\"{token}\"")).collect::<Vec<_>>().join(" OR ");
    let mut all = Vec::new();
    for group in &query.groups {
        for (at, term) in group.terms.iter().enumerate() {
            let words = format!("{{ar en}} : ({})", any(&mut term.stems.iter()));
            let keys = group.names.iter().filter(|name| (name.first..name.end).contains(&at)).flat_map(|name| &name.keys);
            all.push(if named { format!("({words} OR name : ({}))", any(&mut term.stems.iter().chain(keys))) } else { words });
        }
    }
    (!all.is_empty()).then(|| all.join(" AND "))
}

/// Those of the candidates that answer, as they are answered, by their numbers.
async fn hits<F: Filter>(corpus: &Corpus, query: &Query, candidates: &[Candidate]) -> sqlx::Result<HashMap<i64, StoredJson<F::Item>>> {
    let numbers = candidates.iter().map(|candidate| candidate.number).collect::<serde_json::Value>().to_string();
    let mut names: HashMap<i64, Vec<Named>> = HashMap::new();
    let of_these = "SELECT item, key, start, \"end\" FROM names WHERE item IN (SELECT value FROM json_each(?)) ORDER BY start, key";
    for row in sqlx::query(of_these).bind(&numbers).fetch_all(&corpus.pool).await? {
        let (start, end): (Option<u32>, Option<u32>) = (row.try_get(2)?, row.try_get(3)?);
        let span = start.zip(end).map(|(start, end)| Span { start: start as usize, end: end as usize });
        names.entry(row.try_get(0)?).or_default().push(Named { key: row.try_get(1)?, span });
    }
    let mut scores: HashMap<i64, f64> = candidates.iter().map(|candidate| (candidate.number, candidate.score)).collect();
    let mut hits = HashMap::new();
    let items = "SELECT number, item FROM items WHERE number IN (SELECT value FROM json_each(?))";
    for row in sqlx::query(items).bind(&numbers).fetch_all(&corpus.pool).await? {
        let (number, item): (i64, String) = row.try_get("number").and_then(|number| Ok((number, row.try_get("item")?)))?;
        let read: F::Item = serde_json::from_str(&item).map_err(|cause| sqlx::Error::Decode(cause.into()))?;
        let score = scores.remove(&number).unwrap_or_default();
        if let Some(hit) = build_hit(query, &F::searched(&read), names.get(&number).map_or(&[], Vec::as_slice), score) {
            let members = serde_json::to_string(&hit).map_err(|cause| sqlx::Error::Encode(cause.into()))?;
            // An object's members, without its braces.
            hits.insert(number, StoredJson::with(item, &members[1..members.len() - 1]));
        }
    }
    Ok(hits)
}

/// How these texts answer; none where they do not.
fn build_hit(query: &Query, searched: &[SearchField<'_>], names: &[Named], score: f64) -> Option<Hit> {
    let passages: Vec<AnalyzedText<'_>> = searched.iter().map(|searched| AnalyzedText::new(searched.text)).collect();
    let is_named = |key: &str| names.iter().any(|name| name.key == key);
    let own = searched.iter().filter(|searched| searched.sort != FieldKind::Alias).count();
    let by_text = match_query(query, &passages[..own], |_| false);
    let matched_by = if by_text.is_some() { MatchedBy::Text } else { MatchedBy::Alias };
    let MatchResult { mut spans, names: needed } = by_text.or_else(|| match_query(query, &passages, is_named))?;
    // What goes by a name that was needed, is marked as well.
    for span in names.iter().filter(|name| needed.contains(&name.key)).filter_map(|name| name.span) {
        let inside = |searched: &SearchField<'_>| {
            let start = span.start.checked_sub(searched.source? as usize)?;
            Some(Span { start, end: start + span.end - span.start }).filter(|span| span.end <= searched.text.chars().count())
        };
        for (searched, spans) in searched.iter().zip(&mut spans) {
            spans.extend(inside(searched));
        }
    }
    let spans: Vec<Vec<Span>> = spans.into_iter().map(merge_spans).collect();
    let marked = |sort: FieldKind| {
        let of_sort = || searched.iter().zip(&spans).filter(move |(searched, _)| searched.sort == sort);
        let best = of_sort().find(|(_, spans)| !spans.is_empty()).or_else(|| of_sort().next());
        best.map(|(searched, spans)| snippet(searched.text, spans)).unwrap_or_default()
    };
    let highlights = searched.iter().zip(&spans).flat_map(|(searched, spans)| spans.iter().map(|span| highlight(searched, *span))).collect();
    Some(Hit { score, matched_by, highlights, snippet: Snippet { ar: marked(FieldKind::Arabic), en: marked(FieldKind::English) } })
}

fn highlight(searched: &SearchField<'_>, span: Span) -> Highlight {
    Highlight {
        field: searched.field.clone(),
        start: span.start,
        end: span.end,
        exact: searched.text.chars().skip(span.start).take(span.end - span.start).collect(),
        source_start: searched.source.map(|source| source as usize + span.start),
    }
}
