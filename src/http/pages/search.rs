//! Searching: the clauses that answer, with the words marked that do; and who and what goes by such a name.

use askama::Template;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::corpus::{
    self, Language, MatchedBy, PageParams, Resource, Search, StoredJson,
    actors::{Actor, ActorFilter},
    clauses::{Clause, ClauseFilter},
    locations::{Location, LocationFilter},
    notes::Severity,
};
use crate::http::pages::{
    Answer, Error, PageRequest, render,
    view::{
        labels,
        layout::{Anchor, Frame, Section},
        messages as w, plural,
    },
};

/// How many clauses a page shows at the most; it says how many there are.
const MOST: u32 = 100;

#[derive(Template)]
#[template(path = "search.html")]
struct Page {
    frame: Frame,
    typed: String,
    /// None where nothing was asked, or too much.
    found: Option<Found>,
    too_long: bool,
}

/// What answers a search.
#[derive(Default)]
struct Found {
    clauses: Vec<Clause>,
    /// How many clauses in all; none where they are too many to be counted.
    total: Option<usize>,
    more: bool,
    actors: Vec<Actor>,
    locations: Vec<Location>,
}

impl Found {
    fn is_empty(&self) -> bool {
        self.clauses.is_empty() && self.actors.is_empty() && self.locations.is_empty()
    }
}

/// Shows what answers `q`.
pub async fn show(request: PageRequest) -> Result<Answer, Error> {
    let typed = form_urlencoded::parse(request.query.as_bytes()).find(|(name, _)| name == "q").map(|(_, q)| q.into_owned()).unwrap_or_default();
    let typed = typed.trim().to_owned();
    let language = request.language;
    // What was typed must not turn the title around: U+2068 and U+2069 isolate it.
    let title = if typed.is_empty() { w::SEARCH.of(language).to_owned() } else { format!("{}: \u{2068}{typed}\u{2069}", w::SEARCH.of(language)) };
    let mut frame = Frame::new(&request, Section::Search, title, w::SEARCH_LEAD.of(language));
    let search = typed.parse::<Search>();
    let too_long = search.is_err();
    let make = async {
        let found = match search {
            Ok(search) if !typed.is_empty() => {
                frame.query = format!("?q={}", utf8_percent_encode(&typed, NON_ALPHANUMERIC));
                let query = frame.query.clone();
                frame = frame.with_list(Resource::Clauses, &query);
                Some(found(&request, search).await?)
            }
            _ => None,
        };
        render(&Page { frame, typed, found, too_long })
    };
    // What people type is endless, and would push out what is polled.
    request.answer_once(make).await
}

/// What answers a search.
async fn found(request: &PageRequest, search: Search) -> Result<Found, Error> {
    let part = PageParams { limit: MOST, after: None, count: true };
    let clauses =
        request.app.ask(corpus::list(request.corpus(), &ClauseFilter { q: Some(search.clone()), ..ClauseFilter::default() }, &part, request.day())).await?;
    let (actors, _) = request.list(&ActorFilter { q: Some(search.clone()), ..ActorFilter::default() }).await?;
    let (locations, _) = request.list(&LocationFilter { q: Some(search), ..LocationFilter::default() }).await?;
    Ok(Found {
        total: clauses.total.and_then(|total| total.try_into().ok()),
        more: clauses.next.is_some(),
        clauses: clauses.items.iter().map(StoredJson::read).collect::<serde_json::Result<_>>()?,
        actors,
        locations,
    })
}

/// A text of a clause in pieces, with those that answer the search.
fn marked<'t>(clause: &Clause, field: &str, text: &'t str) -> Vec<(&'t str, bool)> {
    let highlights = clause.hit.iter().flat_map(|hit| &hit.highlights).filter(|highlight| highlight.field == field);
    pieces(text, highlights.map(|highlight| (highlight.start, highlight.end)))
}

/// Takes a text apart at ranges of code points, which stand in order. The pieces together are the text.
fn pieces(text: &str, ranges: impl Iterator<Item = (usize, usize)>) -> Vec<(&str, bool)> {
    let bytes = |code_points: usize| text.char_indices().nth(code_points).map_or(text.len(), |(at, _)| at);
    let (mut pieces, mut done) = (Vec::new(), 0);
    for (start, end) in ranges.map(|(start, end)| (bytes(start), bytes(end))).filter(|(start, end)| start < end) {
        if start >= done {
            pieces.extend([(&text[done..start], false), (&text[start..end], true)]);
            done = end;
        }
    }
    pieces.push((&text[done..], false));
    pieces.retain(|(words, _)| !words.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn a_text_is_taken_apart_at_code_points_and_nothing_is_lost() {
        for (text, ranges, expected) in [
            ("بغداد هنا", vec![(0, 5)], vec![("بغداد", true), (" هنا", false)]),
            ("a😀b c", vec![(1, 2), (4, 5)], vec![("a", false), ("😀", true), ("b ", false), ("c", true)]),
            ("abc", vec![(1, 3), (2, 3)], vec![("a", false), ("bc", true)]),
            ("abc", vec![(2, 9), (9, 10)], vec![("ab", false), ("c", true)]),
            ("abc", vec![], vec![("abc", false)]),
            ("", vec![(0, 1)], vec![]),
        ] {
            assert_eq!(pieces(text, ranges.into_iter()), expected, "{text}");
        }
    }
}
