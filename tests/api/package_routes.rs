//! The packages that the service has: the documents that `bayan export` writes.

use std::path::{Path, PathBuf};

use axum::{Router, http::Method};
use bayan::{AppState, clock::Clock, package::Package, storage};
use serde_json::Value;

use crate::{
    TODAY, get,
    packages::{checked, copy, example, exported, import},
    publishing::withdraw,
    seeded, send,
};

const ARTICLE: &str = "/v1/statements/iq-us-2024-09-27.package.json";

async fn service_of(database: &Path) -> Router {
    bayan::app(AppState::new(storage::open(database).await.unwrap(), Clock::system(Some(TODAY.parse().unwrap())), None))
}

/// A service with the article and the two examples.
async fn service_of_three() -> (tempfile::TempDir, PathBuf, Router) {
    let (folder, database) = copy().await;
    let packages = ["sarn.en.yaml", "sarn.ar.yaml"].map(|name| Package::open(&example(name)));
    let packages = checked(&database, packages.into()).await;
    import(&database, packages).await;
    let service = service_of(&database).await;
    (folder, database, service)
}

#[tokio::test]
async fn a_package_is_the_document_that_export_writes() {
    let response = get(ARTICLE).await;
    assert_eq!(String::from_utf8(response.body.clone()).unwrap(), exported(seeded().await, "iq-us-2024-09-27").await.unwrap());
    assert_eq!((response.header("content-type"), response.header("cache-control")), ("application/json", "public, max-age=60, stale-while-revalidate=600"));
    assert_eq!(response.header("content-location"), ARTICLE);
    let service = service_of(seeded().await).await;
    assert_eq!(send(&service, Method::GET, ARTICLE, &[("if-none-match", response.header("etag"))]).await.status, 304);
    assert_eq!(send(&service, Method::GET, "/v1/statements/iq-us-2024-09-27/package", &[]).await.body, response.body);
}

#[tokio::test]
async fn every_package_is_valid_by_the_json_schema() {
    let (_folder, _database, service) = service_of_three().await;
    let schema = send(&service, Method::GET, "/schemas/statement-1.json", &[]).await;
    assert_eq!(schema.header("content-type"), "application/schema+json");
    let validator = jsonschema::validator_for(&schema.json()).unwrap();
    let packages = send(&service, Method::GET, "/v1/statements.jsonl", &[]).await.body;
    for line in String::from_utf8(packages).unwrap().lines() {
        let package: Value = serde_json::from_str(line).unwrap();
        let errors: Vec<_> = validator.iter_errors(&package).map(|error| format!("{}: {error}", error.instance_path)).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", package["id"]);
        let mut other = package.clone();
        *other.pointer_mut("/format").unwrap() = 2.into();
        assert!(!validator.is_valid(&other), "another format");
    }
}

#[tokio::test]
async fn the_whole_corpus_is_a_stream_of_json_lines_that_can_be_imported() {
    let (_folder, _database, service) = service_of_three().await;
    let path = "/v1/statements.jsonl";
    let plain = send(&service, Method::GET, path, &[]).await;
    let lines: Vec<String> = String::from_utf8(plain.body.clone()).unwrap().lines().map(ToOwned::to_owned).collect();
    assert_eq!(lines.len(), 3);
    for line in &lines {
        let package: Value = serde_json::from_str(line).unwrap();
        let alone = send(&service, Method::GET, &format!("/v1/statements/{}.package.json", package["id"].as_str().unwrap()), &[]).await;
        assert_eq!(alone.json(), package);
    }

    let compressed = send(&service, Method::GET, path, &[("accept-encoding", "zstd, gzip;q=0.5")]).await;
    assert_eq!((compressed.header("content-encoding"), compressed.header("vary")), ("zstd", "accept-encoding"));
    assert_ne!(compressed.header("etag"), plain.header("etag"));
    let decompressed = zstd::decode_all(compressed.body.as_slice()).unwrap();
    assert!(decompressed == plain.body && compressed.body.len() < plain.body.len());
    for etag in [plain.header("etag"), "*"] {
        let response = send(&service, Method::GET, path, &[("if-none-match", etag)]).await;
        assert!(response.status == 304 && response.body.is_empty());
    }
    assert_eq!(send(&service, Method::GET, path, &[("if-match", "\"another\"")]).await.status, 412);
    assert!(send(&service, Method::HEAD, path, &[]).await.body.is_empty());

    // Taken away and brought back, nothing differs.
    let (_other, other) = copy().await;
    let packages = lines.iter().map(|line| Package::from_line("corpus.jsonl".as_ref(), 1, line.clone().into_bytes())).collect();
    let packages = checked(&other, packages).await;
    import(&other, packages).await;
    assert_eq!(send(&service_of(&other).await, Method::GET, path, &[]).await.body, plain.body);
}

#[tokio::test]
async fn the_package_of_a_withdrawn_statement_is_gone_and_that_of_none_is_not_found() {
    let (_folder, database, _) = service_of_three().await;
    withdraw(&database, "ex-sarn-2030-05-02").await.unwrap();
    let service = service_of(&database).await;
    for (path, status) in [
        ("/v1/statements/ex-sarn-2030-05-02.package.json", 410),
        ("/v1/statements/ex-sarn-2031-05-02.package.json", 404),
        ("/v1/statements/..package.json", 404),
        ("/v1/clauses/1b.package.json", 404),
        ("/v1/statements/iq-us-2024-09-27.package.json?voice=agency", 400),
        ("/v1/statements.jsonl?voice=agency", 400),
    ] {
        let response = send(&service, Method::GET, path, &[]).await;
        assert_eq!((response.status.as_u16(), response.header("content-type")), (status, "application/problem+json"), "{path}");
    }
}
