//! The tests: through the whole service and a real database, one file for each resource or guarantee.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod actors;
mod architecture;
mod atom;
mod bibtex;
mod caching;
mod changes;
mod clauses;
mod clients;
mod combinations;
mod connections;
mod csl;
mod csv;
mod damage;
mod database_path;
mod dates;
mod documents;
mod drafts;
mod editions;
mod embeds;
mod encodings;
mod errors;
mod facets;
mod faults;
mod forgiving;
mod geojson;
mod hostile;
mod icalendar;
mod jsonld;
mod limits;
mod listening;
mod locations;
mod log_bounds;
mod many_statements;
mod metrics;
mod milestones;
mod negotiation;
mod notes;
mod openapi;
mod package_files;
mod package_routes;
mod packages;
mod pages;
mod pages_clauses;
mod pages_verify;
mod pagination;
mod parameters;
mod pictures;
mod plans;
mod preview;
mod publishing;
mod ranges;
mod request_bodies;
mod ris;
mod running;
mod search;
mod security;
mod security_txt;
mod site;
mod source;
mod statements;
mod storage;
mod test_server;
mod text;
mod urls;
mod verify;
mod verify_candidates;
mod verify_draft;
mod wording;

use std::path::{Path, PathBuf};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode},
};
use bayan::{AppState, clock::Clock};
use http_body_util::BodyExt;
use serde_json::Value;
use tokio::sync::OnceCell;
use tower::ServiceExt;

/// The date of the tests' clock: the statement is four days old.
pub(crate) const TODAY: &str = "2024-10-01";

/// A database file, built once for all tests, which only read it.
pub(crate) async fn seeded() -> &'static Path {
    static FILE: OnceCell<PathBuf> = OnceCell::const_new();
    FILE.get_or_init(|| async {
        let folder = tempfile::tempdir().unwrap().keep();
        let file = folder.join("bayan.db");
        bayan::storage::open(&file).await.unwrap();
        file
    })
    .await
}

/// The service on the seeded database, with a clock that shows this date.
pub(crate) async fn service_on(today: &str) -> Router {
    service(Clock::system(Some(today.parse().unwrap())), None).await
}

/// The service on the seeded database.
pub(crate) async fn service(clock: Clock, public_url: Option<&str>) -> Router {
    let public_url = public_url.map(|url| url.parse().unwrap());
    bayan::app(AppState::new(bayan::storage::open(seeded().await).await.unwrap(), clock, public_url.as_ref()))
}

/// A response with its whole body.
#[derive(Debug)]
pub(crate) struct TestResponse {
    /// The status.
    pub(crate) status: StatusCode,
    /// The headers.
    pub(crate) headers: HeaderMap,
    /// The body.
    pub(crate) body: Vec<u8>,
}

impl TestResponse {
    /// The body, which must be JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("JSON: {}", String::from_utf8_lossy(&self.body)))
    }

    /// A header's value; empty if it is absent.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// Sends a request to the service.
pub(crate) async fn send(service: &Router, method: Method, path: &str, headers: &[(&str, &str)]) -> TestResponse {
    let request = headers.iter().fold(Request::builder().method(method).uri(path), |request, (name, value)| request.header(*name, *value));
    let response = service.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    TestResponse { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes().to_vec() }
}

/// Gets a path, with the date of the tests.
pub(crate) async fn get(path: &str) -> TestResponse {
    send(&service_on(TODAY).await, Method::GET, path, &[]).await
}

/// Gets a path, which must succeed, from a service with a public URL, as text.
pub(crate) async fn published(path: &str) -> String {
    let service = service(Clock::system(Some(TODAY.parse().unwrap())), Some("https://bayan.example")).await;
    let response = send(&service, Method::GET, path, &[]).await;
    assert_eq!(response.status, StatusCode::OK, "{path}");
    String::from_utf8(response.body).unwrap()
}

/// One clause of each voice: the statement's, a third party's, the agency's.
pub(crate) const VOICES: [&str; 3] = ["6b", "4a", "1b"];

/// Gets a clause of each voice in a format, one below the other.
pub(crate) async fn voices(suffix: &str) -> String {
    let mut all = String::new();
    for label in VOICES {
        all.push_str(&published(&format!("/v1/clauses/iq-us-2024-09-27-{label}.{suffix}")).await);
        all.push('\n');
    }
    all
}

/// Gets a path, which must succeed, as JSON.
pub(crate) async fn json(path: &str) -> Value {
    let response = get(path).await;
    assert_eq!(response.status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&response.body));
    response.json()
}

/// The ids in a list, without the statement's.
pub(crate) async fn ids(path: &str) -> Vec<String> {
    let list = json(path).await;
    let ids = list["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap());
    ids.map(|id| id.trim_start_matches("iq-us-2024-09-27-").to_owned()).collect()
}

/// All items of a resource.
pub(crate) async fn all(resource: &str) -> Vec<Value> {
    let list = json(&format!("/v1/{resource}?limit=200")).await;
    assert_eq!(list["next"], Value::Null, "{resource} fits on a page");
    list["items"].as_array().unwrap().clone()
}
