//! The whole interface: whatever the address, the answer is a success or a problem that blames the request (for people, a page), and the next
//! page of a list is there. This is also how cursors, parameters, suffixes and ids are fuzzed.
//!
//! The first byte chooses the Accept header, the rest is the path and the query.

#![no_main]

use std::sync::LazyLock;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, Uri, header},
};
use http_body_util::BodyExt;
use libfuzzer_sys::fuzz_target;
use tokio::runtime::Runtime;
use tower::ServiceExt;

const ACCEPTED: [&str; 4] = ["*/*", "text/csv", "application/json;q=0.5, text/calendar", "text/html"];

static SERVICE: LazyLock<(Runtime, Router)> = LazyLock::new(|| {
    let runtime = Runtime::new().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let today = "2024-10-01".parse().expect("a day");
    // The file stays open after the folder is gone.
    let corpus = runtime.block_on(bayan::storage::open(&folder.path().join("bayan.db"))).expect("a database");
    let app = bayan::AppState::new(corpus, bayan::clock::Clock::system(Some(today)), None);
    (runtime, bayan::app(app))
});

async fn get(service: &Router, uri: Uri, accept: &str) -> (StatusCode, String, Vec<u8>) {
    let request = Request::builder().uri(uri).header(header::ACCEPT, accept).body(Body::empty()).expect("a request");
    let (head, body) = service.clone().oneshot(request).await.expect("an answer").into_parts();
    let kind = head.headers.get(header::CONTENT_TYPE).map_or("", |kind| kind.to_str().expect("text")).to_owned();
    (head.status, kind, body.collect().await.expect("a body").to_bytes().to_vec())
}

fuzz_target!(|data: &[u8]| {
    let Some((first, address)) = data.split_first() else { return };
    let Ok(uri) = Uri::try_from(address) else { return };
    if !uri.path().starts_with('/') {
        return;
    }
    let (runtime, service) = &*SERVICE;
    let accept = ACCEPTED[usize::from(*first) % ACCEPTED.len()];
    let (status, kind, body) = runtime.block_on(get(service, uri.clone(), accept));
    assert!(!status.is_server_error(), "{status} {uri}");
    if status.is_client_error() && !kind.starts_with("text/html") {
        assert_eq!(kind, "application/problem+json", "{uri}");
        let problem: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(problem["status"], status.as_u16(), "{uri}");
    } else if status.is_success() && kind.starts_with("application/json") {
        let list: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
        if let Some(next) = list["next"].as_str() {
            let next = Uri::try_from(next).expect("an address");
            let (status, ..) = runtime.block_on(get(service, next.clone(), accept));
            assert_eq!(status, StatusCode::OK, "{next} after {uri}");
        }
    }
});
