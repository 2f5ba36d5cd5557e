//! No changed word is ever served: a value that differs from its digest is an error, and ends the service from that file.

use std::{fs, path::Path};

use axum::{
    Router,
    http::{Method, StatusCode},
};
use bayan::{AppState, clock::Clock, storage};

use crate::{
    TODAY,
    faults::{is_ready, wait_until},
    seeded, send,
    test_server::{TestServer, bayan, get, status},
};

const STATEMENT: &str = "iq-us-2024-09-27";

/// What is requested from a damaged file: each kind of stored value, in each kind of response.
const PATHS: [&str; 17] = [
    "/v1/clauses/iq-us-2024-09-27-6b",
    "/v1/clauses?limit=200",
    "/v1/clauses.csv",
    "/v1/clauses?q=coalition&limit=200",
    "/v1/search?q=iraq&limit=200",
    "/v1/statements/iq-us-2024-09-27",
    "/v1/statements/iq-us-2024-09-27/package",
    "/v1/statements.jsonl",
    "/v1/actors/iraq",
    "/v1/actors/iraq/mentions?limit=200",
    "/v1/locations/baghdad/mentions?limit=200",
    "/v1/milestones?limit=200",
    "/v1/notes?limit=200",
    "/v1/changes?limit=200",
    "/v1/clauses/iq-us-2024-09-27-6b.bib",
    "/en/statements/iq-us-2024-09-27",
    "/en/milestones",
];

async fn service_on(file: &Path) -> Router {
    bayan::app(AppState::new(storage::open(file).await.unwrap(), Clock::system(Some(TODAY.parse().unwrap())), None))
}

/// The responses on a file. An error in the middle of a stream has no status.
async fn responses(file: &Path) -> Vec<(StatusCode, Vec<u8>)> {
    let service = service_on(file).await;
    let mut responses = Vec::new();
    for path in PATHS {
        let response = tokio::spawn({
            let service = service.clone();
            async move { send(&service, Method::GET, path, &[]).await }
        });
        responses.push(response.await.map_or((StatusCode::INTERNAL_SERVER_ERROR, Vec::new()), |response| (response.status, response.body)));
    }
    responses
}

/// Where a text stands in a file.
fn positions(bytes: &[u8], text: &str) -> Vec<usize> {
    bytes.windows(text.len()).enumerate().filter(|(_, window)| *window == text.as_bytes()).map(|(at, _)| at).collect()
}

/// A copy of the seeded database in which one character of a text is another, wherever it stands.
async fn with_changed_text(folder: &Path, from: &str, to: &str) -> std::path::PathBuf {
    assert_eq!(from.len(), to.len());
    let mut bytes = fs::read(seeded().await).unwrap();
    let found = positions(&bytes, from);
    // The first page is covered by the trailer, and has no words.
    assert!(!found.is_empty() && found[0] > 16_384, "{from}: {found:?}");
    for at in found {
        bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    }
    let file = folder.join("bayan.db");
    fs::write(&file, bytes).unwrap();
    file
}

#[tokio::test]
async fn a_changed_text_is_in_no_response() {
    let intact = responses(seeded().await).await;
    // Words of items, of the text of the statement, of mentions, titles, summaries of changes, and dates.
    for (from, to) in [("العراق", "العراف"), ("Iraq", "Irak"), ("2025-09-30", "2026-09-30"), ("Coalition", "Coalitiom"), ("baghdad", "baghbad")] {
        let folder = tempfile::tempdir().unwrap();
        let file = with_changed_text(folder.path(), from, to).await;
        let mut errors = 0;
        for ((path, (status, body)), (_, before)) in PATHS.iter().zip(responses(&file).await).zip(&intact) {
            assert!(!status.is_success() || body == *before || positions(&body, to).is_empty(), "{path} has {to} for {from}");
            errors += usize::from(status.is_server_error());
        }
        assert!(errors > 0, "{from}");
    }
}

#[tokio::test]
async fn a_changed_package_is_not_served() {
    let bytes = fs::read(seeded().await).unwrap();
    // The magic number of a zstd frame (RFC 8878, section 3.1.1).
    let frames: Vec<usize> = bytes.windows(4).enumerate().filter(|(_, window)| *window == [0x28, 0xb5, 0x2f, 0xfd]).map(|(at, _)| at).collect();
    let folder = tempfile::tempdir().unwrap();
    let mut noticed = 0;
    for at in frames {
        let mut bytes = bytes.clone();
        bytes[at + 100] ^= 1;
        let file = folder.path().join("bayan.db");
        fs::write(&file, bytes).unwrap();
        let response = send(&service_on(&file).await, Method::GET, &format!("/v1/statements/{STATEMENT}/package"), &[]).await;
        noticed += usize::from(response.status.is_server_error());
    }
    assert!(noticed > 0);
}

/// A server whose file has a changed byte, and the file.
async fn damaged_server(folder: &Path, text: &str, scrub_rate: &str) -> TestServer {
    with_changed_text(folder, text, &text.replace('a', "e")).await;
    TestServer::start(bayan(folder).env("BAYAN_SCRUB_RATE", scrub_rate))
}

fn metric(addr: &str, name: &str) -> String {
    let metrics = get(addr, "/metrics");
    metrics.lines().find_map(|line| line.strip_prefix(&format!("{name} "))).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_value_that_differs_from_its_digest_ends_the_service_from_the_file() {
    let folder = tempfile::tempdir().unwrap();
    // The whole file is read in no less than two seconds.
    let server = damaged_server(folder.path(), "Coalition", "1").await;
    assert_eq!(status(&get(&server.addr, "/v1/locations/baghdad")), 200);
    assert!(status(&get(&server.addr, "/v1/clauses?limit=200")) >= 500);
    wait_until("readiness ends", || !is_ready(&server.addr));
    wait_until("the cache is emptied", || status(&get(&server.addr, "/v1/locations/baghdad")) == 503);
    wait_until("the metric says so", || metric(&server.addr, "bayan_data_file_rejected") == "1");
    let file = folder.path().join("bayan.db");
    fs::copy(seeded().await, file.with_extension("new")).unwrap();
    fs::rename(file.with_extension("new"), &file).unwrap();
    wait_until("an intact file is served", || is_ready(&server.addr) && metric(&server.addr, "bayan_data_file_rejected") == "0");
    let log = server.stop_and_read_log();
    assert_eq!(log.matches("is no longer read; replace it with an intact one").count(), 1, "{log}");
}

#[tokio::test]
async fn damage_that_nobody_reads_is_found_in_the_background() {
    let folder = tempfile::tempdir().unwrap();
    let server = damaged_server(folder.path(), "Coalition", "64").await;
    wait_until("readiness ends", || !is_ready(&server.addr));
    wait_until("the metric says so", || metric(&server.addr, "bayan_data_file_rejected") == "1");
    // The damaged file is not opened again.
    server.signal("-HUP");
    std::thread::sleep(std::time::Duration::from_millis(700));
    assert!(!is_ready(&server.addr));
}
