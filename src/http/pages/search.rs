//! The search: everything that matches in one ranked list, with the matching words marked and the kinds counted.

use askama::Template;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        html::render,
        request::PageRequest,
        view::{
            clause_link::ClauseLink,
            labels,
            layout::PageLayout,
            messages::{self as msg, Message},
            section::Section,
        },
    },
};
use crate::{
    corpus::{self, Found, Hit, Language, MatchedBy, PageParams, Search, SearchItem, SearchScope, SearchedResource, StoredJson, notes::Severity},
    error::Error,
    text::bidi::{FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE},
};

/// The maximum number of hits on a page; the page shows the total.
const MAX_HITS: u32 = 100;

#[derive(Template)]
#[template(path = "search.html")]
struct Page {
    layout: PageLayout,
    query: String,
    /// `None` if the query is empty or too long.
    results: Option<Results>,
    query_too_long: bool,
}

/// The results of a search.
struct Results {
    /// The best hits, of all kinds.
    hits: Vec<SearchItem>,
    /// How many hits each kind has.
    counts: Vec<(Message, usize)>,
    truncated: bool,
}

/// Shows the results for `q`.
pub async fn show(request: PageRequest) -> Result<CachedResponse, Error> {
    let query = form_urlencoded::parse(request.query.as_bytes()).find(|(name, _)| name == "q").map(|(_, q)| q.into_owned()).unwrap_or_default();
    let query = query.trim().to_owned();
    let language = request.language;
    // The isolate keeps the query from changing the order of the title.
    let title = match (msg::SEARCH.of(language), query.as_str()) {
        (search, "") => search.to_owned(),
        (search, query) => format!("{search}: {FIRST_STRONG_ISOLATE}{query}{POP_DIRECTIONAL_ISOLATE}"),
    };
    let mut layout = PageLayout::new(&request, Section::Search, title, msg::SEARCH_LEAD.of(language));
    let search = query.parse::<Search>();
    let query_too_long = search.is_err();
    let html = async {
        let results = match search {
            Ok(search) if !query.is_empty() => {
                let url_query = format!("?q={}", utf8_percent_encode(&query, NON_ALPHANUMERIC));
                layout.query = url_query;
                Some(results(&request, search).await?)
            }
            _ => None,
        };
        render(&Page { layout, query, results, query_too_long })
    };
    // Queries are unbounded; cached, they would evict the responses that clients poll.
    request.respond_uncached(html).await
}

/// Runs a search.
async fn results(request: &PageRequest, search: Search) -> Result<Results, Error> {
    let page = PageParams { limit: MAX_HITS, after: None, count: false, facets: Vec::new() };
    let found = request.app.timed_query(corpus::everything(request.corpus(), &search, &SearchScope::default(), &page, request.today())).await?;
    let count = |resource: SearchedResource| {
        found.facets.by_name["resource"].iter().find(|facet| facet.value == resource.resource().name()).map_or(0, |facet| facet.count)
    };
    Ok(Results {
        hits: found.items.iter().map(StoredJson::read).collect::<serde_json::Result<_>>()?,
        counts: SearchedResource::ALL.map(|resource| (kind(resource), count(resource))).into_iter().filter(|(_, count)| *count > 0).collect(),
        truncated: found.next.is_some(),
    })
}

/// The name of a kind of hits.
const fn kind(resource: SearchedResource) -> Message {
    match resource {
        SearchedResource::Statements => msg::STATEMENTS,
        SearchedResource::Clauses => msg::CLAUSES,
        SearchedResource::Milestones => msg::MILESTONES,
        SearchedResource::Actors => msg::ACTORS,
        SearchedResource::Locations => msg::LOCATIONS,
        SearchedResource::Notes => msg::NOTES,
    }
}

/// How an item was found, if not by its own words.
const fn explanation(hit: &Hit) -> Option<Message> {
    match hit.matched_by {
        MatchedBy::Text => None,
        MatchedBy::Alias => Some(msg::MATCHED_BY_ALIAS),
        MatchedBy::LeadIn => Some(msg::MATCHED_BY_LEAD_IN),
        MatchedBy::Date => Some(msg::MATCHED_BY_DATE),
        MatchedBy::Paragraph => Some(msg::MATCHED_BY_PARAGRAPH),
    }
}

/// A text of an item in parts, each with whether it matches the search.
fn marked<'t>(hit: &Hit, field: &str, text: &'t str) -> Vec<(&'t str, bool)> {
    let highlights = hit.highlights.iter().filter(|highlight| highlight.field == field);
    split_at(text, highlights.map(|highlight| (highlight.start, highlight.end)))
}

/// Splits a text at ranges of code points, which are in order. The parts together are the text.
fn split_at(text: &str, ranges: impl Iterator<Item = (usize, usize)>) -> Vec<(&str, bool)> {
    let bytes = |code_points: usize| text.char_indices().nth(code_points).map_or(text.len(), |(at, _)| at);
    let (mut parts, mut done) = (Vec::new(), 0);
    for (start, end) in ranges.map(|(start, end)| (bytes(start), bytes(end))).filter(|(start, end)| start < end) {
        if start >= done {
            parts.extend([(&text[done..start], false), (&text[start..end], true)]);
            done = end;
        }
    }
    parts.push((&text[done..], false));
    parts.retain(|(words, _)| !words.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::split_at;

    #[test]
    fn a_text_splits_at_code_points_and_the_parts_are_the_text() {
        for (text, ranges, expected) in [
            ("بغداد هنا", vec![(0, 5)], vec![("بغداد", true), (" هنا", false)]),
            ("a😀b c", vec![(1, 2), (4, 5)], vec![("a", false), ("😀", true), ("b ", false), ("c", true)]),
            ("abc", vec![(1, 3), (2, 3)], vec![("a", false), ("bc", true)]),
            ("abc", vec![(2, 9), (9, 10)], vec![("ab", false), ("c", true)]),
            ("abc", vec![], vec![("abc", false)]),
            ("", vec![(0, 1)], vec![]),
        ] {
            assert_eq!(split_at(text, ranges.into_iter()), expected, "{text}");
        }
    }
}
