//! Lists are paged by keyset: nothing is skipped or repeated, and a cursor belongs to its query.

use axum::http::{Method, StatusCode};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::Value;

use crate::{TODAY, all, get, json, send, service_on};

/// Follows `next` to the end.
async fn follow(first: &str) -> (Vec<Value>, usize) {
    let (mut items, mut pages, mut next) = (Vec::new(), 0, Some(first.to_owned()));
    while let Some(path) = next {
        let response = get(&path).await;
        assert_eq!(response.status, StatusCode::OK, "{path}");
        let list = response.json();
        next = list["next"].as_str().map(ToOwned::to_owned);
        let link = next.as_ref().map(|next| format!("<{next}>; rel=\"next\"")).unwrap_or_default();
        assert!(
            response.header("link").starts_with(&link) && response.header("link").contains("rel=\"next\"") != link.is_empty(),
            "the Link header says what `next` says"
        );
        let names_the_default = ["sort=position", "sort=id", "sort=latest", "sort=-at", "sort=-earliest"].iter().any(|sort| path.contains(sort));
        assert!(names_the_default || list["self"] == path, "`self` is the URL of the page: {path}");
        items.extend(list["items"].as_array().unwrap().iter().map(|item| item["id"].clone()));
        pages += 1;
    }
    (items, pages)
}

/// The documented sort orders of a list.
async fn sorts(resource: &str) -> Vec<String> {
    let document = json("/openapi.json").await;
    let parameters = document["paths"][format!("/v1/{resource}")]["get"]["parameters"].as_array().unwrap();
    let sort = parameters.iter().find(|parameter| parameter["name"] == "sort").unwrap();
    let schema = document.pointer(sort["schema"]["$ref"].as_str().unwrap().trim_start_matches('#')).unwrap();
    serde_json::from_value(schema.get("enum").or_else(|| schema.get("oneOf")).unwrap().clone()).unwrap()
}

#[tokio::test]
async fn following_next_returns_every_item_once_in_every_sort_order() {
    for resource in ["statements", "clauses", "dates", "milestones", "actors", "locations", "notes"] {
        let count = all(resource).await.len();
        for sort in sorts(resource).await {
            // A search is sorted by relevance by default.
            let query = if sort == "relevance" { "q=iraq".to_owned() } else { format!("sort={sort}") };
            let path = format!("/v1/{resource}?{query}&limit=7");
            let (items, pages) = follow(&path).await;
            let counted = json(&format!("/v1/{resource}?{query}&count=true")).await["meta"]["total"].as_u64().unwrap();
            assert!(sort == "relevance" || counted == count as u64, "{path}");
            let count = usize::try_from(counted).unwrap();
            assert_eq!((items.len(), pages), (count, count.div_ceil(7)), "{path}");
            let whole = json(&format!("/v1/{resource}?{query}&limit=200")).await;
            let whole: Vec<&Value> = whole["items"].as_array().unwrap().iter().map(|item| &item["id"]).collect();
            assert_eq!(items.iter().collect::<Vec<_>>(), whole, "{path}");
        }
    }
}

#[tokio::test]
async fn a_descending_order_is_the_reverse_of_the_ascending_one() {
    for (resource, sort) in [("clauses", "position"), ("dates", "earliest"), ("milestones", "latest"), ("actors", "id"), ("changes", "at")] {
        let there = follow(&format!("/v1/{resource}?sort={sort}&limit=200")).await.0;
        let mut back = follow(&format!("/v1/{resource}?sort=-{sort}&limit=200")).await.0;
        back.reverse();
        assert_eq!(there, back, "{resource} by {sort}");
    }
}

#[tokio::test]
async fn a_cursor_of_another_query_returns_400() {
    let list = json("/v1/clauses?voice=statement&limit=2").await;
    let cursor = list["next"].as_str().unwrap().split("cursor=").nth(1).unwrap().to_owned();
    for (path, status) in [
        (format!("/v1/clauses?voice=statement&limit=7&lang=en&cursor={cursor}"), StatusCode::OK),
        (format!("/v1/clauses?voice=third_party&cursor={cursor}"), StatusCode::BAD_REQUEST),
        (format!("/v1/clauses?cursor={cursor}"), StatusCode::BAD_REQUEST),
        (format!("/v1/clauses?voice=statement&sort=-position&cursor={cursor}"), StatusCode::BAD_REQUEST),
        (format!("/v1/notes?cursor={cursor}"), StatusCode::BAD_REQUEST),
        (format!("/v1/clauses?voice=statement&cursor={cursor}x"), StatusCode::BAD_REQUEST),
        (format!("/v1/clauses?voice=statement&cursor={}", forged(&cursor)), StatusCode::BAD_REQUEST),
        (format!("/v1/clauses?voice=statement&sort=position&match=possible&voice=statement&cursor={cursor}"), StatusCode::OK),
        ("/v1/clauses?cursor=".to_owned(), StatusCode::BAD_REQUEST),
        ("/v1/clauses?cursor=%00".to_owned(), StatusCode::BAD_REQUEST),
    ] {
        let response = get(&path).await;
        assert_eq!(response.status, status, "{path}");
        if status == StatusCode::BAD_REQUEST {
            assert_eq!(response.json()["errors"][0]["parameter"], "cursor");
        }
    }
}

/// A cursor with the digest of a real one and another position.
fn forged(cursor: &str) -> String {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
    let text = String::from_utf8(BASE64.decode(cursor).unwrap()).unwrap();
    BASE64.encode(format!("{}\nzzz\nzzz", text.split('\n').next().unwrap()))
}

#[tokio::test]
async fn a_cursor_keeps_the_day_of_its_first_page() {
    let first = crate::send(&crate::service_on("2025-09-30").await, axum::http::Method::GET, "/v1/milestones?status=past&limit=1", &[]).await.json();
    let next = first["next"].as_str().unwrap();
    let second = crate::send(&crate::service_on("2025-10-01").await, axum::http::Method::GET, next, &[]).await.json();
    assert_eq!(second["meta"]["as_of"], "2025-09-30", "all pages are computed for one day");
}

#[tokio::test]
async fn the_total_is_counted_on_request_and_does_not_depend_on_the_page() {
    assert_eq!(json("/v1/clauses").await["meta"].get("total"), None);
    for path in ["/v1/clauses?count=true&limit=1", "/v1/clauses?count=true&limit=200"] {
        assert_eq!(json(path).await["meta"]["total"], 50);
    }
    assert_eq!(json("/v1/clauses?count=true&kind=commitment&limit=1").await["meta"]["total"], 3);
    assert_eq!(json("/v1/clauses?count=false").await["meta"].get("total"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any text as a cursor is valid or a 400.
    #[test]
    fn no_cursor_causes_a_server_error(cursor in "\\PC{0,60}") {
        let cursor: String = form_urlencoded::byte_serialize(cursor.as_bytes()).collect();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let status = runtime.block_on(get(&format!("/v1/clauses?cursor={cursor}"))).status;
        prop_assert_eq!(status, StatusCode::BAD_REQUEST);
    }
}

#[test]
fn a_cursor_continues_any_list_and_cannot_be_changed() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let service = runtime.block_on(service_on(TODAY));
    let ask = |path: &str| runtime.block_on(send(&service, Method::GET, path, &[]));
    let ids = |page: &Value| page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect::<Vec<_>>();
    let lists = [
        "clauses?voice=statement",
        "dates?from=2024-01-01",
        "milestones?status=past",
        "notes?q=iraq",
        "actors?kind=body",
        "changes?since=0&resource=milestones",
    ];
    let strategy = (prop::sample::select(lists.to_vec()), 1..9_u8, any::<prop::sample::Index>(), "[A-Za-z0-9_-]");
    let mut runner = TestRunner::new(Config { cases: 60, failure_persistence: None, ..Config::default() });
    let checked = runner.run(&strategy, |(list, limit, at, put)| {
        let mut next = Some(format!("/v1/{list}&limit={limit}"));
        let (mut items, mut cursors) = (Vec::new(), Vec::new());
        while let Some(path) = next {
            let page = ask(&path).json();
            items.extend(ids(&page));
            next = page["next"].as_str().map(ToOwned::to_owned);
            cursors.extend(next.clone());
        }
        prop_assert_eq!(items, ids(&ask(&format!("/v1/{list}&limit=200")).json()), "{} by {}", list, limit);
        if let Some(path) = cursors.first() {
            let cursor = path.split("cursor=").nth(1).and_then(|rest| rest.split('&').next()).unwrap();
            let at = at.index(cursor.len());
            let changed = format!("{}{put}{}", &cursor[..at], &cursor[at + 1..]);
            let status = ask(&path.replace(cursor, &changed)).status;
            prop_assert_eq!(status == StatusCode::OK, changed == cursor, "{} with {}", path, changed);
        }
        Ok(())
    });
    checked.unwrap();
}
