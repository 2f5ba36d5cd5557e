//! The mentions of one actor or location.

use serde::{Deserialize, Serialize};
use sqlx::{FromRow, QueryBuilder, Row, sqlite::SqliteRow};
use utoipa::{IntoParams, ToSchema};

use crate::corpus::{
    corpus::Corpus,
    facet::{Facet, Facets, MAX_VALUES, sort_facets},
    mention::Mention,
    page::{CursorPosition, Page, PageParams},
    parts::Register,
    push_in::push_in,
    slug::Slug,
    stored_json::StoredJson,
    verified::Verified,
};

/// How often all statements name an entry (?2) of a register (?1).
const TOTAL: &str = "SELECT c.count FROM mention_counts AS c WHERE c.register = ?1 AND c.entry = ?2 AND c.statement = ''";
/// How often those name it that do most (?3: how many).
const MOST: &str = "SELECT c.statement, c.count FROM mention_counts AS c WHERE c.register = ?1 AND c.entry = ?2 AND c.statement <> '' \
    ORDER BY c.count DESC, c.statement LIMIT ?3 + 0";
/// How often these do (?3).
const GIVEN: &str = "SELECT c.statement, c.count FROM json_each(?3) AS w \
    CROSS JOIN mention_counts AS c ON c.register = ?1 AND c.entry = ?2 AND c.statement = w.value";

/// The parameters of a list of mentions.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct MentionFilter {
    /// In the source of this statement (an id).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iq-us-2024-09-27"]))]
    pub statement: Vec<Slug>,
    /// The order. Default: reading order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<MentionSort>,
}

/// The orders of mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum MentionSort {
    /// Reading order: by statement, then by position in its source.
    #[serde(rename = "position")]
    Position,
    /// Reading order, the last first.
    #[serde(rename = "-position")]
    PositionDescending,
}

impl MentionFilter {
    /// The name of the order that applies where the request names none.
    pub const DEFAULT_SORT: &str = "position";
    /// The parameters whose values are counted on request.
    pub const FACETS: &[&str] = &["statement"];
}

/// Reads a page of the mentions of an actor or a location.
///
/// # Errors
/// When the query fails.
pub async fn list_mentions(corpus: &Corpus, register: Register, id: &Slug, filter: &MentionFilter, page: &PageParams) -> sqlx::Result<Page<Mention>> {
    let descending = filter.sort == Some(MentionSort::PositionDescending);
    let (comparison, direction) = if descending { (" < ", " DESC") } else { (" > ", "") };
    let mut query = QueryBuilder::new(
        "SELECT m.statement, m.clause, m.start, m.\"end\", q.exact, \
         substr(s.text, max(m.start - 32, 0) + 1, min(m.start, 32)) AS prefix, substr(s.text, m.\"end\" + 1, 32) AS suffix, m.digest",
    );
    push_from_where(&mut query, register, id, filter);
    if let Some(after) = &page.after {
        let (start, end) = offsets(after)?;
        query.push(" AND (m.statement, m.start, m.\"end\")").push(comparison);
        query.push("(").push_bind(after.key.clone()).push(", ").push_bind(start).push(", ").push_bind(end).push(")");
    }
    query.push(" ORDER BY m.statement").push(direction).push(", m.start").push(direction).push(", m.\"end\"").push(direction);
    // As in lists of items: a bare `LIMIT ?` would have the statement prepared again each time.
    query.push(" LIMIT ").push_bind(i64::from(page.limit)).push(" + 1");
    let mut rows = query.build().fetch_all(&corpus.pool).await?;
    let more = rows.len() > page.limit as usize;
    rows.truncate(page.limit as usize);
    let mentions = rows.iter().map(|row| read_mention(corpus, register, id, row)).collect::<sqlx::Result<Vec<_>>>()?;
    let next =
        mentions.last().filter(|_| more).map(|last| CursorPosition { key: last.statement.to_string(), id: format!("{} {}", last.quote.start, last.quote.end) });
    let items = mentions.iter().map(StoredJson::of).collect::<sqlx::Result<_>>()?;
    let total = if page.count { Some(count(corpus, register, id, filter).await?) } else { None };
    let facets = if page.facets.is_empty() { None } else { Some(count_facets(corpus, register, id, filter, &page.facets).await?) };
    Ok(Page { items, next, total, facets })
}

/// Reads a mention, and compares it with its digest.
fn read_mention(corpus: &Corpus, register: Register, id: &Slug, row: &SqliteRow) -> sqlx::Result<Verified<Mention>> {
    let mut mention = Mention::from_row(row)?;
    let exact = std::mem::take(&mut mention.quote.exact);
    let exact = corpus.verify(mention.place(register, id.as_str()), exact, row.try_get("digest")?)?;
    Ok(exact.map(|exact| {
        mention.quote.exact = exact;
        mention
    }))
}

/// Counts the mentions.
async fn count(corpus: &Corpus, register: Register, id: &Slug, filter: &MentionFilter) -> sqlx::Result<i64> {
    if filter.statement.is_empty() {
        let total = sqlx::query_scalar(TOTAL).bind(register.resource().name()).bind(id.as_str()).fetch_optional(&corpus.pool).await?;
        return Ok(total.unwrap_or_default());
    }
    Ok(counts(corpus, register, id, filter).await?.into_iter().map(|(_, count)| count).sum())
}

/// Counts the mentions by statement, if these parameters have it.
async fn count_facets(corpus: &Corpus, register: Register, id: &Slug, filter: &MentionFilter, names: &[String]) -> sqlx::Result<Facets> {
    let mut facets = Facets { is_complete: true, ..Facets::default() };
    for name in MentionFilter::FACETS.iter().copied().filter(|facet| names.iter().any(|name| name == facet)) {
        let counts = counts(corpus, register, id, filter).await?;
        facets.by_name.insert(name, sort_facets(counts.into_iter().map(|(value, count)| Facet::new(value, count.unsigned_abs())).collect()));
    }
    Ok(facets)
}

/// How many mentions each statement of the filter has; without any, those that have most.
async fn counts(corpus: &Corpus, register: Register, id: &Slug, filter: &MentionFilter) -> sqlx::Result<Vec<(String, i64)>> {
    let statements: serde_json::Value = filter.statement.iter().map(Slug::as_str).collect();
    let query = if filter.statement.is_empty() { MOST } else { GIVEN };
    let query = sqlx::query_as(query).bind(register.resource().name()).bind(id.as_str());
    let query = if filter.statement.is_empty() { query.bind(MAX_VALUES) } else { query.bind(statements.to_string()) };
    query.fetch_all(&corpus.pool).await
}

/// Adds the FROM and WHERE clauses.
fn push_from_where(query: &mut QueryBuilder<sqlx::Sqlite>, register: Register, id: &Slug, filter: &MentionFilter) {
    query.push(match register {
        Register::Actors => {
            " FROM actor_mentions AS m JOIN quotes AS q USING (statement, start, \"end\") JOIN statements AS s ON s.id = m.statement WHERE m.actor = "
        }
        Register::Locations => {
            " FROM location_mentions AS m JOIN quotes AS q USING (statement, start, \"end\") JOIN statements AS s ON s.id = m.statement WHERE m.location = "
        }
    });
    query.push_bind(id.to_string());
    push_in(query, "m.statement", filter.statement.iter().map(Slug::to_string));
}

/// The offsets of the last mention of a page.
fn offsets(position: &CursorPosition) -> sqlx::Result<(u32, u32)> {
    let offsets = position.id.split_once(' ').and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
    offsets.ok_or_else(|| sqlx::Error::Decode("a cursor of another list".into()))
}
