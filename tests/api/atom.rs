//! Atom: permanent ids, timestamps from the data, absolute links.

use std::collections::HashSet;

use bayan::clock::Clock;
use feed_rs::model::{Feed, FeedType};

use crate::{TODAY, get, json, send, service};

async fn feed(path: &str) -> Feed {
    let answer = get(path).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/atom+xml"), "{path}");
    let feed = feed_rs::parser::parse(answer.body.as_slice()).unwrap();
    assert_eq!(feed.feed_type, FeedType::Atom);
    feed
}

#[tokio::test]
async fn milestones_and_changes_are_feeds_with_unique_ids() {
    for resource in ["milestones", "changes"] {
        let count = usize::try_from(json(&format!("/v1/{resource}?count=true&limit=1")).await["meta"]["total"].as_u64().unwrap()).unwrap();
        let feed = feed(&format!("/v1/{resource}.atom")).await;
        assert_eq!(feed.entries.len(), count, "{resource}");
        let ids: HashSet<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids.len(), count);
        assert!(ids.iter().all(|id| id.starts_with("urn:uuid:")));
        let at = ["2026-11-24T15:00:00Z", "2026-11-24T20:00:00Z", "2026-11-27T00:00:00Z"].map(|at| Some(at.parse().unwrap()));
        assert!(at.contains(&feed.updated) && feed.entries.iter().all(|entry| at.contains(&entry.updated)), "timestamps are the data's");
        let rels: Vec<&str> = feed.links.iter().filter_map(|link| link.rel.as_deref()).collect();
        assert!(rels.contains(&"self") && rels.contains(&"alternate"));
    }
}

#[tokio::test]
async fn ids_do_not_depend_on_the_host() {
    let clock = Clock::system(Some(TODAY.parse().unwrap()));
    let public = service(clock, Some("https://bayan.example")).await;
    let body = send(&public, axum::http::Method::GET, "/v1/milestones.atom", &[]).await.body;
    let there = feed_rs::parser::parse(body.as_slice()).unwrap();
    let here = feed("/v1/milestones.atom").await;
    let ids = |feed: &Feed| feed.entries.iter().map(|entry| entry.id.clone()).collect::<Vec<_>>();
    assert_eq!((ids(&here), here.id), (ids(&there), there.id));
    assert!(there.links.iter().chain(&there.entries[0].links).all(|link| link.href.starts_with("https://bayan.example/")));
}

#[tokio::test]
async fn a_feed_honours_the_filter_and_the_language() {
    let feed = feed("/v1/milestones.atom?kind=forecast&lang=ar").await;
    assert_eq!(feed.entries.len(), 3);
    assert!(feed.entries.iter().all(|entry| entry.title.as_ref().unwrap().content.starts_with("توقع")));
    assert_eq!(feed.language.as_deref(), Some("ar"));
}

/// What a reader opens: feedparser chooses the first alternate, and newsboat the last.
fn page(links: &[feed_rs::model::Link]) -> &str {
    let alternates: Vec<_> = links.iter().filter(|link| link.rel.as_deref() == Some("alternate")).collect();
    assert_eq!(alternates.len(), 1);
    assert_eq!(alternates[0].media_type.as_deref(), Some("text/html"));
    &alternates[0].href
}

#[tokio::test]
async fn feeds_and_entries_lead_to_pages_in_the_language_of_the_feed() {
    let service = service(Clock::system(Some(TODAY.parse().unwrap())), Some("https://bayan.example")).await;
    for (query, language) in [("", "en"), ("?lang=en", "en"), ("?lang=ar", "ar")] {
        for resource in ["milestones", "changes"] {
            let path = format!("/v1/{resource}.atom{query}");
            let body = send(&service, axum::http::Method::GET, &path, &[]).await.body;
            let feed = feed_rs::parser::parse(body.as_slice()).unwrap();
            let mut seen = HashSet::new();
            for url in std::iter::once(page(&feed.links)).chain(feed.entries.iter().map(|entry| page(&entry.links))) {
                let mut url = url::Url::parse(url).unwrap();
                if !seen.insert(url.clone()) {
                    continue;
                }
                let mut page = send(&service, axum::http::Method::GET, url.path(), &[]).await;
                // A note is on the page of the notes on its clause.
                if page.status == axum::http::StatusCode::TEMPORARY_REDIRECT {
                    url = url.join(page.header("location")).unwrap();
                    page = send(&service, axum::http::Method::GET, &url[url::Position::BeforePath..url::Position::AfterQuery], &[]).await;
                }
                assert_eq!((page.status.as_u16(), page.header("content-language")), (200, language), "{url}");
                let anchor = url.fragment().map(|fragment| format!("id=\"{fragment}\""));
                assert!(anchor.is_none_or(|anchor| String::from_utf8_lossy(&page.body).contains(&anchor)), "{url}");
            }
        }
    }
}

#[tokio::test]
async fn the_content_is_html_with_a_paragraph_a_line_and_its_direction() {
    for language in ["en", "ar"] {
        let feed = feed(&format!("/v1/milestones.atom?lang={language}")).await;
        for entry in &feed.entries {
            let content = entry.content.as_ref().unwrap();
            assert_eq!(content.content_type.essence().to_string(), "text/html");
            let html = scraper::Html::parse_fragment(content.body.as_ref().unwrap());
            assert!(html.errors.is_empty(), "{:?}", html.errors);
            let paragraphs: Vec<_> = html.select(&scraper::Selector::parse("p").unwrap()).collect();
            assert!(paragraphs.len() >= 4, "{}", html.html());
            for paragraph in paragraphs {
                let is_quotation = paragraph.text().any(|text| text.starts_with('[') && text.contains("] «"));
                let expected = if is_quotation || language == "ar" { ("ar", "rtl") } else { ("en", "ltr") };
                assert_eq!((paragraph.attr("lang").unwrap(), paragraph.attr("dir").unwrap()), expected, "{}", paragraph.html());
                assert!(!paragraph.text().any(|text| text.contains('\n')));
            }
        }
    }
    let changes = feed("/v1/changes.atom").await;
    assert!(changes.entries.iter().all(|entry| entry.content.as_ref().unwrap().body.as_ref().unwrap().starts_with("<p dir=\"ltr\" lang=\"en\">")));
}
