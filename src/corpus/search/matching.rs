//! Matching items: how each was found, and where.

use std::collections::HashMap;

use sqlx::{QueryBuilder, Row};

use crate::corpus::{
    corpus::Corpus,
    hit::{Highlight, Hit, MatchedBy, Snippet},
    read_item::{ItemRow, LISTED_COLUMNS},
    search::{candidates::Candidate, fields::with_fields},
    searchable::{FieldKind, SearchField},
    verified::Verified,
};
use crate::text::{
    matcher::{AnalyzedText, ItemKey, MatchLevel, MatchResult, Part, match_query},
    query::Query,
    snippet::snippet,
    span::{Span, merge_spans},
};

/// A key that an item can be found by, with the words of the source from which it comes.
#[derive(Debug)]
struct IndexedKey {
    key: String,
    in_lead_in: bool,
    span: Option<Span>,
}

/// A candidate that was matched against its own text.
#[derive(Debug)]
pub struct Matched {
    /// The item, as a list has it; without what depends on the day.
    pub json: Verified<String>,
    /// The bounds of its date, as they are stored.
    pub bounds: (String, String),
    /// How each term of the query was found.
    pub levels: Vec<Option<MatchLevel>>,
    /// The hit; its score and `matched_by` are those of the candidate.
    pub hit: Hit,
}

/// Matches candidates, by their numbers.
pub async fn match_candidates(corpus: &Corpus, query: &Query, candidates: &[Candidate]) -> sqlx::Result<HashMap<i64, Matched>> {
    let numbers = candidates.iter().map(|candidate| candidate.number).collect::<serde_json::Value>().to_string();
    let keys = read_keys(corpus, &numbers).await?;
    let by_number: HashMap<i64, &Candidate> = candidates.iter().map(|candidate| (candidate.number, candidate)).collect();
    let mut matched = HashMap::new();
    let mut items = QueryBuilder::new("SELECT ");
    items.push(LISTED_COLUMNS).push(", i.number FROM items AS i WHERE i.number IN (SELECT value FROM json_each(").push_bind(&numbers).push("))");
    for row in items.build().fetch_all(&corpus.pool).await? {
        let number: i64 = row.try_get(5)?;
        let Some(candidate) = by_number.get(&number) else { continue };
        let ItemRow { bounds, json, .. } = ItemRow::read(corpus, candidate.resource.resource(), &row)?;
        let bounds = (bounds.starts.to_owned(), bounds.ends.to_owned());
        let keys = keys.get(&number).map_or(&[][..], Vec::as_slice);
        let found = with_fields(candidate.resource, &json, |fields| {
            let result = match_fields(query, fields, keys);
            (result.levels.clone(), build_hit(fields, keys, result, candidate))
        });
        let (levels, hit) = found.map_err(|cause| sqlx::Error::Decode(cause.into()))?;
        matched.insert(number, Matched { json, bounds, levels, hit });
    }
    Ok(matched)
}

/// The keys of items, by the numbers of the items.
async fn read_keys(corpus: &Corpus, numbers: &str) -> sqlx::Result<HashMap<i64, Vec<IndexedKey>>> {
    let mut keys: HashMap<i64, Vec<IndexedKey>> = HashMap::new();
    let select = "SELECT item, key, lead_in, start, \"end\" FROM search_keys WHERE item IN (SELECT value FROM json_each(?)) ORDER BY start, key";
    for row in sqlx::query(select).bind(numbers).fetch_all(&corpus.pool).await? {
        let (start, end): (Option<u32>, Option<u32>) = (row.try_get(3)?, row.try_get(4)?);
        let span = start.zip(end).map(|(start, end)| Span { start: start as usize, end: end as usize });
        keys.entry(row.try_get(0)?).or_default().push(IndexedKey { key: row.try_get(1)?, in_lead_in: row.try_get(2)?, span });
    }
    Ok(keys)
}

fn match_fields(query: &Query, fields: &[SearchField<'_>], keys: &[IndexedKey]) -> MatchResult {
    let texts: Vec<(Part, AnalyzedText<'_>)> = fields.iter().map(|field| (field.kind.part(), field.analyze())).collect();
    let keys: Vec<ItemKey<'_>> = keys.iter().map(|key| ItemKey { key: &key.key, in_lead_in: key.in_lead_in }).collect();
    match_query(query, &texts, &keys)
}

/// The hit of an item, with highlights on the words that match, and on the words of the source of each key that was needed.
fn build_hit(fields: &[SearchField<'_>], keys: &[IndexedKey], result: MatchResult, candidate: &Candidate) -> Hit {
    let mut spans = result.spans;
    for span in keys.iter().filter(|key| result.keys.contains(&key.key)).filter_map(|key| key.span) {
        let inside = |field: &SearchField<'_>| {
            let start = span.start.checked_sub(field.source_start? as usize)?;
            Some(Span { start, end: start + span.end - span.start }).filter(|span| span.end <= field.text.chars().count())
        };
        for (field, spans) in fields.iter().zip(&mut spans) {
            spans.extend(inside(field));
        }
    }
    let spans: Vec<Vec<Span>> = spans.into_iter().map(merge_spans).collect();
    // The first field of the language that has a highlight, the item's own text before its lead-in.
    let marked = |kinds: [FieldKind; 2]| {
        let of_kind = || kinds.iter().flat_map(|kind| fields.iter().zip(&spans).filter(move |(field, _)| field.kind == *kind));
        let best = of_kind().find(|(_, spans)| !spans.is_empty()).or_else(|| of_kind().next());
        best.map(|(field, spans)| snippet(field.text, spans)).unwrap_or_default()
    };
    Hit {
        score: candidate.score(),
        matched_by: MatchedBy::from(candidate.level),
        highlights: fields.iter().zip(&spans).flat_map(|(field, spans)| spans.iter().map(|span| highlight(field, *span))).collect(),
        snippet: Snippet { ar: marked([FieldKind::Arabic, FieldKind::LeadInArabic]), en: marked([FieldKind::English, FieldKind::LeadInEnglish]) },
    }
}

/// The highlight of a span of a field.
fn highlight(field: &SearchField<'_>, span: Span) -> Highlight {
    Highlight {
        field: field.field.clone(),
        start: span.start,
        end: span.end,
        exact: field.text.chars().skip(span.start).take(span.end - span.start).collect(),
        source_start: field.source_start.map(|source| source as usize + span.start),
    }
}
