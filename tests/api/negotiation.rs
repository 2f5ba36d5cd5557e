//! The suffix decides the format, else `Accept`, else JSON.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use bayan::clock::Clock;

use crate::{TODAY, get, json, send, service, service_on};

#[tokio::test]
async fn a_suffix_takes_precedence_over_accept() {
    let service = service_on(TODAY).await;
    for path in ["/v1/clauses.json?limit=1", "/v1/clauses/iq-us-2024-09-27-6b.json", "/v1/milestones.json", "/v1.json"] {
        let response = send(&service, Method::GET, path, &[("accept", "image/gif")]).await;
        assert_eq!((response.status, response.header("content-type")), (StatusCode::OK, "application/json"), "{path}");
    }
    for path in ["/v1/clauses.xyz", "/v1/.json", "/v1/clauses.json.json", "/v1/clauses/.json"] {
        assert_eq!(get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(get("/v1/clauses.json?limit=1").await.json(), json("/v1/clauses?limit=1").await);
}

#[tokio::test]
async fn accept_is_negotiated_by_rfc_9110() {
    let service = service_on(TODAY).await;
    for (accept, status) in [
        ("", 200),
        ("*/*", 200),
        ("application/json", 200),
        ("APPLICATION/JSON;charset=utf-8", 200),
        ("application/*", 200),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 200),
        ("image/png", 406),
        ("application/json;q=0", 406),
        ("application/json;q=0, text/csv;q=0, */*", 406),
        ("application/json;q=0, */*", 200),
        ("*/*;q=0", 406),
        ("application/json;q=nan", 200),
        ("application/json;q=2", 200),
        (" , ,", 200),
    ] {
        let response = send(&service, Method::GET, "/v1/dates", &[("accept", accept)]).await;
        assert_eq!(response.status.as_u16(), status, "{accept:?}");
    }
    let rejected = send(&service, Method::GET, "/v1/statements", &[("accept", "image/png")]).await.json();
    assert!(rejected["detail"].as_str().unwrap().contains("application/json"), "a 406 lists the available media types");
}

#[tokio::test]
async fn accept_lines_that_join_to_the_same_text_are_not_confused() {
    let service = service_on(TODAY).await;
    let (one, two) = ("application/json; q=0.9, text/csv;", "q=0.8");
    for limit in 1..3 {
        let path = format!("/v1/clauses?limit={limit}");
        let csv = send(&service, Method::GET, &path, &[("accept", one), ("accept", two)]).await;
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8; header=present");
        let json = send(&service, Method::GET, &path, &[("accept", &format!("{one} {two}"))]).await;
        assert_eq!(json.header("content-type"), "application/json");
    }
    send(&service, Method::GET, "/v1/notes", &[("accept", "text/csv"), ("accept", "application/json")]).await;
    assert_eq!(send(&service, Method::GET, "/v1/notes", &[("accept", "text/csv application/json")]).await.status, StatusCode::NOT_ACCEPTABLE);
}

/// Every format of every list and item: by its suffix and by its media type, with an `ETag` that returns 304.
#[tokio::test]
async fn every_format_in_the_index_is_available() {
    let (service, index) = (service_on(TODAY).await, json("/v1").await);
    let mut formats = BTreeSet::new();
    for resource in index["resources"].as_array().unwrap() {
        let list = resource["url"].as_str().unwrap();
        let item = json(&format!("{list}?limit=1")).await["items"][0]["url"].as_str().unwrap().to_owned();
        for (path, available) in [(list, &resource["formats"]), (&item, &resource["item_formats"])] {
            let plain = send(&service, Method::GET, path, &[("accept", "image/gif")]).await;
            let detail = plain.json()["detail"].as_str().unwrap().to_owned();
            assert_eq!(detail.matches('/').count(), available.as_array().unwrap().len(), "a 406 lists the available media types: {detail}");
            for suffix in available.as_array().unwrap().iter().map(|suffix| suffix.as_str().unwrap()) {
                let there = format!("{path}{suffix}");
                let response = send(&service, Method::GET, &there, &[]).await;
                assert_eq!((response.status, response.header("content-location")), (StatusCode::OK, there.as_str()));
                let media_type = response.header("content-type").split(';').next().unwrap();
                let negotiated = send(&service, Method::GET, path, &[("accept", media_type)]).await;
                assert_eq!((negotiated.header("content-location"), negotiated.header("vary")), (there.as_str(), "accept, accept-encoding"));
                assert_eq!(negotiated.body, response.body, "{there}");
                let links = response.header("link");
                let others = links.matches("rel=\"alternate\"").count() - links.matches("type=\"text/html\"").count();
                assert_eq!(others + 1, available.as_array().unwrap().len(), "{there} links to the others");
                let unchanged = send(&service, Method::GET, &there, &[("if-none-match", response.header("etag"))]).await;
                assert_eq!((unchanged.status, unchanged.body.len()), (StatusCode::NOT_MODIFIED, 0), "{there}");
                let head = send(&service, Method::HEAD, &there, &[]).await;
                assert_eq!((head.header("content-length"), head.body.len()), (response.body.len().to_string().as_str(), 0), "{there}");
                formats.insert(suffix.to_owned());
            }
        }
    }
    assert_eq!(formats.len(), 12);
}

#[tokio::test]
async fn the_longest_suffix_counts_and_unavailable_formats_return_406() {
    let service = service_on(TODAY).await;
    for (path, kind) in [("/v1/clauses.csl.json", "application/vnd.citationstyles.csl+json"), ("/v1/clauses/iq-us-2024-09-27-6b.json", "application/json")] {
        assert_eq!(get(path).await.header("content-type"), kind);
    }
    for path in ["/v1/clauses/iq-us-2024-09-27-6b.csv", "/v1/statements.txt", "/v1/milestones.bib", "/v1.csl.json", "/v1/actors/iraq.jsonld"] {
        let response = send(&service, Method::GET, path, &[("accept", "*/*")]).await;
        assert_eq!(response.status, StatusCode::NOT_ACCEPTABLE, "{path}");
    }
    for path in ["/v1/.csl.json", "/v1/clauses.csl", "/v1/clausescsl.json", "/v1/clauses.txt.csl.json"] {
        assert_eq!(get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn urls_begin_with_the_configured_public_url() {
    let service = service(Clock::system(Some(TODAY.parse().unwrap())), Some("https://bayan.example/statements/")).await;
    let response = send(&service, Method::GET, "/v1/notes?kind=error_in_source&limit=1", &[]).await;
    let list = response.json();
    assert!(list["self"].as_str().unwrap().starts_with("https://bayan.example/statements/v1/notes?"));
    assert!(list["next"].as_str().unwrap().starts_with("https://bayan.example/statements/v1/notes?"));
    assert!(response.header("link").starts_with("<https://bayan.example/statements/v1/notes?"));
    assert!(list["items"][0]["url"].as_str().unwrap().starts_with("https://bayan.example/statements/v1/notes/"));
    let note = send(&service, Method::GET, "/v1/notes/iq-us-2024-09-27-10f-n1", &[]).await.json();
    assert!(note["sources"][0]["url"].as_str().unwrap().starts_with("https://miragenews.com/"));
}

#[tokio::test]
async fn every_url_in_a_response_can_be_followed() {
    fn collect_urls(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(object) => {
                for (name, value) in object {
                    match value.as_str() {
                        Some(url) if ["url", "self", "next"].contains(&name.as_str()) && url.starts_with('/') => found.push(url.to_owned()),
                        _ => collect_urls(value, found),
                    }
                }
            }
            serde_json::Value::Array(array) => array.iter().for_each(|value| collect_urls(value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for resource in ["statements", "clauses", "dates", "milestones", "actors", "locations", "notes", "changes"] {
        collect_urls(&json(&format!("/v1/{resource}?limit=200")).await, &mut found);
    }
    collect_urls(&json("/v1").await, &mut found);
    found.sort();
    found.dedup();
    assert!(found.len() > 300);
    let service = service_on(TODAY).await;
    for path in found {
        // An operation has a required parameter.
        let path = match path.as_str() {
            "/v1/search" => "/v1/search?q=Iraq".to_owned(),
            "/v1/verify" => "/v1/verify?text=Iraq".to_owned(),
            _ => path,
        };
        assert_eq!(send(&service, Method::GET, &path, &[]).await.status, StatusCode::OK, "{path}");
    }
}
