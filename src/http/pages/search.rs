//! The search: everything that matches in one ranked list, with the matching words marked and the kinds counted.

use askama::Template;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::http::{
    cache::response::CachedResponse,
    extract::{
        pagination::{decode_cursor, encode_cursor},
        query::first_value,
    },
    pages::{
        html::{not_found, render},
        request::{PageRequest, Titles},
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
    corpus::{
        self, Found, Hit, Language, MatchedBy, PageParams, Resource, Search, SearchItem, SearchScope, SearchedResource, Slug, StoredJson, clauses::Clause,
        notes::Severity,
    },
    error::Error,
    text::bidi::{FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE},
};

/// The maximum number of hits on a page.
const MAX_HITS: u32 = 50;

#[derive(Template)]
#[template(path = "search.html")]
struct Page {
    layout: PageLayout,
    query: String,
    /// The statement that is searched, with its title; `None` for all.
    statement: Option<(Slug, String)>,
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
    /// The query of the next hits, and that of the first ones.
    next: Option<String>,
    first: Option<String>,
    titles: Titles,
}

/// What the reader searches.
struct Asked {
    search: Search,
    scope: SearchScope,
    /// The query string without the cursor.
    selection: String,
    cursor: Option<String>,
}

/// Shows the results for `q`, in all statements or in one.
pub async fn show(request: PageRequest) -> Result<CachedResponse, Error> {
    let given = |name: &str| first_value(request.query.as_bytes(), name).map(|value| value.trim().to_owned());
    let (query, cursor) = (given("q").unwrap_or_default(), given("cursor"));
    let statement = given("statement").filter(|id| !id.is_empty());
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
        let statement = match statement {
            Some(id) => {
                let id: Slug = id.parse().map_err(|_| not_found())?;
                let title = request.name_of(Resource::Statements, &id).await?.ok_or_else(not_found)?;
                Some((id, title))
            }
            None => None,
        };
        let results = match search {
            Ok(search) if !query.is_empty() => {
                let of_statement = statement.as_ref().map(|(id, _)| format!("&statement={id}")).unwrap_or_default();
                let selection = format!("?q={}{of_statement}", utf8_percent_encode(&query, NON_ALPHANUMERIC));
                layout.query.clone_from(&selection);
                let statements = statement.iter().map(|(id, _)| id.clone()).collect();
                let scope = SearchScope { statements, ..SearchScope::default() };
                Some(results(&request, Asked { search, scope, selection, cursor }).await?)
            }
            _ => None,
        };
        render(&Page { layout, query, statement, results, query_too_long })
    };
    // Queries are unbounded; cached, they would evict the responses that clients poll.
    request.respond_uncached(html).await
}

/// Runs a search.
async fn results(request: &PageRequest, asked: Asked) -> Result<Results, Error> {
    let Asked { search, scope, selection, cursor } = asked;
    let after = cursor.as_deref().map(|cursor| decode_cursor(&selection, cursor)).transpose()?;
    let page = PageParams { limit: MAX_HITS, after, count: false, facets: Vec::new() };
    let found = request.app.timed_query(corpus::everything(request.corpus(), &search, &scope, &page, request.today())).await?;
    let by_resource = &found.facets.by_name["resource"];
    let count = |resource: SearchedResource| by_resource.iter().find(|facet| facet.value == resource.resource().name()).map_or(0, |facet| facet.count);
    let hits: Vec<SearchItem> = found.items.iter().map(StoredJson::read).collect::<serde_json::Result<_>>()?;
    let titles = request.titles(hits.iter().filter_map(|item| statement_of(&item.found))).await?;
    Ok(Results {
        hits,
        counts: SearchedResource::ALL.map(|resource| (kind(resource), count(resource))).into_iter().filter(|(_, count)| *count > 0).collect(),
        next: found.next.map(|position| format!("{selection}&cursor={}", encode_cursor(&selection, &position))),
        first: cursor.map(|_| selection),
        titles,
    })
}

/// The statement that an item belongs to.
fn statement_of(found: &Found) -> Option<&Slug> {
    match found {
        Found::Clauses(clause) => Some(&clause.statement),
        Found::Milestones(milestone) => Some(&milestone.statement),
        Found::Notes(note) => Some(&note.statement),
        Found::Statements(_) | Found::Actors(_) | Found::Locations(_) => None,
    }
}

/// The language of a clause's source.
fn source_of(clause: &Clause) -> &'static Language {
    if clause.text.ar == clause.quote.exact { &Language::Ar } else { &Language::En }
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

/// A text of a clause in parts, each with whether it matches the search.
fn marked<'t>(hit: &Hit, language: &str, text: &'t str) -> Vec<(&'t str, bool)> {
    let highlights = hit.highlights.iter().filter(|highlight| highlight.field.strip_prefix("text.") == Some(language));
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
