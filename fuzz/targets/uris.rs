//! The whole service: for any URI, the response is a success or a client error with a problem document (or an HTML page
//! under the pages), and the next page of a list exists. This also fuzzes cursors, parameters, extensions and ids.
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

const ACCEPT: [&str; 4] = ["*/*", "text/csv", "application/json;q=0.5, text/calendar", "text/html"];

static SERVICE: LazyLock<(Runtime, Router)> = LazyLock::new(|| {
    let runtime = Runtime::new().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let today = "2024-10-01".parse().expect("a day");
    // The file stays open after the folder is removed.
    let corpus = runtime.block_on(bayan::storage::open(&folder.path().join("bayan.db"))).expect("a database");
    let state = bayan::AppState::new(corpus, bayan::clock::Clock::system(Some(today)), None);
    (runtime, bayan::app(state))
});

async fn get(service: &Router, uri: Uri, accept: &str) -> (StatusCode, String, Vec<u8>) {
    let request = Request::builder().uri(uri).header(header::ACCEPT, accept).body(Body::empty()).expect("a request");
    let (parts, body) = service.clone().oneshot(request).await.expect("a response").into_parts();
    let content_type = parts.headers.get(header::CONTENT_TYPE).map_or("", |value| value.to_str().expect("text")).to_owned();
    (parts.status, content_type, body.collect().await.expect("a body").to_bytes().to_vec())
}

fuzz_target!(|data: &[u8]| {
    let Some((first, uri)) = data.split_first() else { return };
    let Ok(uri) = Uri::try_from(uri) else { return };
    if !uri.path().starts_with('/') {
        return;
    }
    let (runtime, service) = &*SERVICE;
    let accept = ACCEPT[usize::from(*first) % ACCEPT.len()];
    let (status, content_type, body) = runtime.block_on(get(service, uri.clone(), accept));
    assert!(!status.is_server_error(), "{status} {uri}");
    if status.is_client_error() && !content_type.starts_with("text/html") {
        assert_eq!(content_type, "application/problem+json", "{uri}");
        let problem: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(problem["status"], status.as_u16(), "{uri}");
    } else if status.is_success() && content_type.starts_with("application/json") {
        let list: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
        if let Some(next) = list["next"].as_str() {
            let next = Uri::try_from(next).expect("a URI");
            let (status, ..) = runtime.block_on(get(service, next.clone(), accept));
            assert_eq!(status, StatusCode::OK, "{next} after {uri}");
        }
    }
});
