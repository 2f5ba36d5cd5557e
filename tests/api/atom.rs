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
    assert!(there.links.iter().all(|link| link.href.starts_with("https://bayan.example/v1/milestones")));
    assert!(there.entries[0].links[0].href.starts_with("https://bayan.example/v1/milestones/"));
}

#[tokio::test]
async fn a_feed_honours_the_filter_and_the_language() {
    let feed = feed("/v1/milestones.atom?kind=forecast&lang=ar").await;
    assert_eq!(feed.entries.len(), 3);
    assert!(feed.entries.iter().all(|entry| entry.title.as_ref().unwrap().content.starts_with("توقع")));
    assert_eq!(feed.language.as_deref(), Some("ar"));
}
