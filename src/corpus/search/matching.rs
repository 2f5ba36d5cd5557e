//! Matching the items of a page: where in its own text each has the words of a query.

use crate::corpus::{
    hit::{Highlight, Hit, MatchedBy, Snippet},
    search::{fields::with_fields, hits::Hits, page::FoundItem, stored_words::StoredKey},
    searchable::{FieldKind, SearchField},
};
use crate::text::{
    matcher::{AnalyzedText, ItemKey, MatchResult, Part, match_query},
    snippet::snippet,
    span::{Span, merge_spans},
};

/// A name or a date of the query that an item has, with the words of the source from which it comes.
struct IndexedKey<'h> {
    key: &'h str,
    in_lead_in: bool,
    span: Option<Span>,
}

/// Matches an item, and returns the members of its hit as JSON, without the braces of the object.
///
/// # Errors
/// When the JSON of the item does not have the item's type.
pub fn hit_members(hits: &Hits, item: &FoundItem) -> sqlx::Result<String> {
    let hit = match_item(hits, item).map_err(|cause| sqlx::Error::Decode(cause.into()))?;
    let object = serde_json::to_string(&hit).map_err(|cause| sqlx::Error::Encode(cause.into()))?;
    Ok(object[1..object.len() - 1].to_owned())
}

fn match_item(hits: &Hits, item: &FoundItem) -> serde_json::Result<Hit> {
    let key = |key: &StoredKey| Some(IndexedKey { key: hits.keys.get(&key.word)?, in_lead_in: key.in_lead_in, span: key.span });
    let keys: Vec<IndexedKey<'_>> = item.keys.iter().filter_map(key).collect();
    let class = &hits.classes[item.class];
    let matched = |fields: &[SearchField<'_>]| {
        let (highlights, snippet) = mark(fields, &keys, match_fields(hits, fields, &keys));
        Hit { score: class.score(item.group), matched_by: MatchedBy::from(class.level), highlights, snippet }
    };
    with_fields(item.resource, &item.json, matched)
}

fn match_fields(hits: &Hits, fields: &[SearchField<'_>], keys: &[IndexedKey<'_>]) -> MatchResult {
    let texts: Vec<(Part, AnalyzedText<'_>)> = fields.iter().map(|field| (field.kind.part(), field.analyze())).collect();
    let keys: Vec<ItemKey<'_>> = keys.iter().map(|key| ItemKey { key: key.key, in_lead_in: key.in_lead_in }).collect();
    match_query(&hits.query, &texts, &keys)
}

/// The highlights on the words that match, and on the words of the source of each key that was needed, and the snippet.
fn mark(fields: &[SearchField<'_>], keys: &[IndexedKey<'_>], result: MatchResult) -> (Vec<Highlight>, Snippet) {
    let mut spans = result.spans;
    for span in keys.iter().filter(|key| result.keys.iter().any(|needed| needed == key.key)).filter_map(|key| key.span) {
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
    let highlights = fields.iter().zip(&spans).flat_map(|(field, spans)| spans.iter().map(|span| highlight(field, *span))).collect();
    let snippet = Snippet { ar: marked([FieldKind::Arabic, FieldKind::LeadInArabic]), en: marked([FieldKind::English, FieldKind::LeadInEnglish]) };
    (highlights, snippet)
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
