//! The pages of a clause, of a date and of a change; and the links that select the words of a clause on the page of its statement.

use axum::http::{Method, StatusCode};
use percent_encoding::percent_decode_str;
use scraper::{ElementRef, Html, Node};
use serde_json::Value;

use crate::{
    TODAY, all, get, json,
    pages::{page, select, text},
    send, service_on,
};

const STATEMENT: &str = "iq-us-2024-09-27";
/// Elements that do not divide the text of a block.
const INLINE: [&str; 12] = ["a", "bdi", "span", "strong", "mark", "q", "code", "time", "cite", "ins", "del", "output"];

/// The text of a page in blocks, as a browser searches it; each with the id of its element.
fn blocks(html: &Html) -> Vec<(String, Option<String>)> {
    fn add(element: ElementRef<'_>, blocks: &mut Vec<(String, Option<String>)>) {
        let is_inline = INLINE.contains(&element.value().name());
        if ["script", "head", "option", "textarea"].contains(&element.value().name()) {
            return;
        }
        if !is_inline {
            blocks.push((String::new(), element.attr("id").map(str::to_owned)));
        }
        for child in element.children() {
            match child.value() {
                Node::Text(words) => blocks.last_mut().unwrap().0.push_str(words),
                Node::Element(_) => add(ElementRef::wrap(child).unwrap(), blocks),
                _ => {}
            }
        }
        if !is_inline {
            blocks.push((String::new(), None));
        }
    }
    let mut found = vec![(String::new(), None)];
    add(html.root_element(), &mut found);
    let collapse = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    found.into_iter().map(|(text, id)| (collapse(text), id)).filter(|(text, _)| !text.is_empty()).collect()
}

/// A text as a browser compares it: without case, marks on letters and forms of hamza.
fn folded(text: &str) -> String {
    let fold = |char: char| match char {
        '\u{64b}'..='\u{655}' => None,
        'أ' | 'إ' | 'آ' => Some('ا'),
        other => Some(other.to_ascii_lowercase()),
    };
    text.chars().filter_map(fold).collect()
}

/// Where a term with word boundaries at both ends is in a block.
fn places(block: &str, term: &str) -> Vec<usize> {
    let at_boundary = |at: usize| {
        let is_word = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
        !(is_word(block[..at].chars().next_back()) && is_word(block[at..].chars().next()))
    };
    block.match_indices(term).map(|(at, _)| at).filter(|at| at_boundary(*at) && at_boundary(at + term.len())).collect()
}

/// Every place that a text directive selects: the ids of the blocks (WICG, "find a range from a text directive").
fn selected(blocks: &[(String, Option<String>)], directive: &str) -> Vec<Option<String>> {
    let decoded: Vec<String> = directive.split(',').map(|term| folded(&percent_decode_str(term.trim_end_matches('-')).decode_utf8().unwrap())).collect();
    let [prefix, start, end @ ..] = &decoded[..] else { panic!("{directive}") };
    let mut found = Vec::new();
    for (index, (block, _)) in blocks.iter().enumerate() {
        let block = folded(block);
        for at in places(&block, prefix) {
            // The words begin at the first character after the prefix that is no space, if need be in the next block.
            let rest = block[at + prefix.len()..].trim_start();
            let (rest, id) = if rest.is_empty() {
                (blocks.get(index + 1).map_or(String::new(), |(next, _)| folded(next)), blocks.get(index + 1).and_then(|(_, id)| id.clone()))
            } else {
                (rest.to_owned(), blocks[index].1.clone())
            };
            let after = places(&rest, start).first().filter(|at| **at == 0).map(|_| &rest[start.len()..]);
            // The last words are the first of their kind behind the start, and nothing follows them in the block.
            let is_whole = |after: &str| end.iter().all(|end| places(after, end).first().is_some_and(|at| at + end.len() == after.trim_end().len()));
            if after.is_some_and(is_whole) {
                found.push(id);
            }
        }
    }
    found
}

#[tokio::test]
async fn the_link_to_a_clauses_words_selects_them_and_nothing_else() {
    let service = service_on(TODAY).await;
    for language in ["ar", "en"] {
        let html = page(&service, &format!("/{language}/statements/{STATEMENT}")).await;
        let blocks = blocks(&html);
        let links = select(&html, "article.clause a[href*=':~:text=']");
        let clauses = all("clauses").await;
        assert_eq!(links.len(), clauses.len());
        for (link, clause) in links.iter().zip(&clauses) {
            let label = clause["label"].as_str().unwrap();
            let (id, directive) = link.attr("href").unwrap().trim_start_matches('#').split_once(":~:text=").unwrap();
            assert_eq!(id, label);
            assert_eq!(selected(&blocks, directive), [Some(format!("{label}-quotation"))], "{language} {label}: {directive}");
        }
    }
}

#[tokio::test]
async fn a_clause_has_a_page_with_everything_that_is_tied_to_it() {
    let service = service_on(TODAY).await;
    for clause in all("clauses").await {
        let (id, label) = (clause["id"].as_str().unwrap(), clause["label"].as_str().unwrap());
        for language in ["ar", "en"] {
            let html = page(&service, &format!("/{language}/clauses/{id}")).await;
            let element = |name: &str| text(select(&html, &format!("#{name}"))[0]);
            let exact = clause["quote"]["exact"].as_str().unwrap();
            assert_eq!(element("quotation"), exact, "{label}: what is copied");
            assert!(element("sentence").contains(exact) && element("paragraph").contains(&element("sentence")), "{label}");
            assert!(element("citation").contains(exact) && element("citation").ends_with(&format!("#{label}")), "{label}");
            assert_eq!(text(select(&html, "#paragraph mark")[0]), exact);
            let shown: Vec<String> = select(&html, ".note > p + p").into_iter().map(text).collect();
            let notes = clause["notes"].as_array().unwrap();
            assert!(notes.iter().all(|note| shown.contains(&note["text"][language].as_str().unwrap().to_owned())), "{label}");
            let critical = notes.iter().filter(|note| note["severity"] == "critical").count();
            assert_eq!(select(&html, "header .note-critical").len(), critical, "{label}: critical notes come before the words");
            assert_eq!(select(&html, "#dates ~ table tbody tr").len(), clause["dates"].as_array().unwrap().len());
            let description = select(&html, "meta[name=description]")[0].attr("content").unwrap();
            let officer = if language == "en" { "not by the statement" } else { "ليس من البيان" };
            assert_eq!(description.contains(officer), clause["voice"] == "third_party", "{label}: {description}");
        }
    }
}

#[tokio::test]
async fn an_items_data_link_to_its_pages_and_the_pages_to_the_data() {
    let service = service_on(TODAY).await;
    for resource in ["clauses", "dates", "changes", "milestones", "actors"] {
        let list: Value = json(&format!("/v1/{resource}?limit=1")).await;
        let id = list["items"][0]["id"].as_str().unwrap();
        let links = send(&service, Method::GET, &format!("/v1/{resource}/{id}"), &[]).await.header("link").to_owned();
        for language in ["ar", "en"] {
            assert!(links.contains(&format!("</{language}/{resource}/{id}>; rel=\"alternate\"; type=\"text/html\"; hreflang=\"{language}\"")), "{links}");
            let html = page(&service, &format!("/{language}/{resource}/{id}")).await;
            let data = format!("../../v1/{resource}/{id}.json");
            assert_eq!(select(&html, "link[rel=alternate][type='application/json']")[0].attr("href"), Some(data.as_str()));
        }
    }
    assert!(!send(&service, Method::GET, "/v1/clauses", &[]).await.header("link").contains("text/html"));
    for path in ["clauses", "dates", "changes"] {
        assert_eq!(get(&format!("/en/{path}/nothing")).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_date_and_a_change_have_pages() {
    let service = service_on(TODAY).await;
    for date in all("dates").await {
        let html = page(&service, &format!("/en/dates/{}", date["id"].as_str().unwrap())).await;
        assert_eq!(text(select(&html, "h1 q")[0]), date["quote"]["exact"].as_str().unwrap());
        let main = text(select(&html, "main")[0]);
        assert!(main.contains(date["date"]["edtf"].as_str().unwrap_or("the text does not say")), "{}", date["id"]);
        assert!(date["basis_note"]["en"].as_str().is_none_or(|note| main.contains(note)), "{}", date["id"]);
    }
    let changes = json("/v1/changes?limit=200").await;
    let listed = select(&page(&service, "/ar/changes").await, ".changes li").len();
    assert_eq!(listed, changes["items"].as_array().unwrap().len().min(100));
    let change = &changes["items"][0];
    let html = page(&service, &format!("/ar/changes/{}", change["id"].as_str().unwrap())).await;
    assert_eq!(text(select(&html, "h1")[0]), change["summary"]["ar"].as_str().unwrap());
}

#[tokio::test]
async fn an_actors_mentions_are_grouped_by_statement_and_paragraph() {
    let service = service_on(TODAY).await;
    let actor = json("/v1/actors/global-coalition").await;
    let html = page(&service, "/en/actors/global-coalition").await;
    assert_eq!(select(&html, "#mentions ~ h3").len(), 1, "the title of the statement once");
    let mentions = actor["mentions"].as_array().unwrap();
    assert_eq!(select(&html, ".mentions q").len(), mentions.len());
    let labels: Vec<String> = select(&html, ".mentions dd a").into_iter().map(text).collect();
    let expected: Vec<&str> = mentions.iter().filter_map(|mention| mention["clause"].as_str()).map(|id| id.rsplit('-').next().unwrap()).collect();
    assert_eq!(labels, expected);
}
