//! The search: clauses with the matching words marked, and the actors and locations that match.

use askama::Template;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        html::render,
        request::PageRequest,
        view::{clause_link::ClauseLink, labels, layout::PageLayout, messages as msg, plural, section::Section},
    },
};
use crate::{
    corpus::{
        self, Language, MatchedBy, PageParams, Resource, Search, StoredJson,
        actors::{Actor, ActorFilter},
        clauses::{Clause, ClauseFilter},
        locations::{Location, LocationFilter},
        notes::Severity,
    },
    error::Error,
    text::bidi::{FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE},
};

/// The most clauses on a page; the page shows the total.
const MAX_CLAUSES: u32 = 100;

#[derive(Template)]
#[template(path = "search.html")]
struct Page {
    layout: PageLayout,
    query: String,
    /// None if the query is empty or too long.
    results: Option<Results>,
    query_too_long: bool,
}

/// The results of a search.
#[derive(Default)]
struct Results {
    clauses: Vec<Clause>,
    /// The number of matching clauses; none if there are too many to count.
    total: Option<usize>,
    truncated: bool,
    actors: Vec<Actor>,
    locations: Vec<Location>,
}

impl Results {
    fn is_empty(&self) -> bool {
        self.clauses.is_empty() && self.actors.is_empty() && self.locations.is_empty()
    }
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
                layout = layout.with_list(Resource::Clauses, &url_query);
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
    let part = PageParams { limit: MAX_CLAUSES, after: None, count: true };
    let clauses = request
        .app
        .timed_query(corpus::list(request.corpus(), &ClauseFilter { q: Some(search.clone()), ..ClauseFilter::default() }, &part, request.today()))
        .await?;
    let (actors, _) = request.list(&ActorFilter { q: Some(search.clone()), ..ActorFilter::default() }).await?;
    let (locations, _) = request.list(&LocationFilter { q: Some(search), ..LocationFilter::default() }).await?;
    Ok(Results {
        total: clauses.total.and_then(|total| total.try_into().ok()),
        truncated: clauses.next.is_some(),
        clauses: clauses.items.iter().map(StoredJson::read).collect::<serde_json::Result<_>>()?,
        actors,
        locations,
    })
}

/// A text of a clause in parts, each with whether it matches the search.
fn marked<'t>(clause: &Clause, field: &str, text: &'t str) -> Vec<(&'t str, bool)> {
    let highlights = clause.hit.iter().flat_map(|hit| &hit.highlights).filter(|highlight| highlight.field == field);
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
