//! Caching: every data response has a strong `ETag` derived from its bytes, one for each content coding; it is fresh for a
//! minute, and never past the midnight in Baghdad that changes it; a 304 repeats the headers of the 200; errors are not
//! cached.

use std::{
    fs,
    io::Read,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use axum::{
    Router,
    http::{Method, StatusCode},
};
use bayan::{
    AppState,
    clock::Clock,
    storage::{self, Database, WatchEvent},
};
use chrono::DateTime;
use tokio::sync::mpsc;

use crate::{TODAY, TestResponse, send, service, service_on};

/// URIs of every resource and format.
const URIS: [&str; 16] = [
    "/v1",
    "/v1/statements",
    "/v1/statements/iq-us-2024-09-27",
    "/v1/clauses?voice=statement&kind=decision",
    "/v1/clauses.csv",
    "/v1/clauses/iq-us-2024-09-27-6b",
    "/v1/dates?from=2025-01-01",
    "/v1/milestones?status=open&limit=1&sort=latest",
    "/v1/milestones.ics?actor=iraq",
    "/v1/milestones.atom",
    "/v1/milestones/iq-us-2024-09-27-mission-in-iraq-ends.json",
    "/v1/actors?kind=state",
    "/v1/locations.geojson",
    "/v1/notes?severity=critical",
    "/v1/changes.atom?limit=3",
    "/openapi.json",
];

async fn get(service: &Router, path: &str, headers: &[(&str, &str)]) -> TestResponse {
    send(service, Method::GET, path, headers).await
}

#[tokio::test]
async fn if_none_match_returns_304_with_the_headers_of_the_200() {
    let service = service_on(TODAY).await;
    for path in URIS {
        for encoding in ["identity", "gzip", "br", "zstd"] {
            let first = get(&service, path, &[("accept-encoding", encoding)]).await;
            assert_eq!(first.status, StatusCode::OK, "{path}");
            let tag = first.header("etag");
            let there = first.header("content-location");
            assert!(
                there.is_empty() || get(&service, there, &[("accept-encoding", encoding)]).await.header("etag") == tag,
                "{there} is the response to {path}"
            );
            assert!(tag.starts_with('"') && tag.ends_with('"'), "a strong tag: {tag}");
            for given in [tag.to_owned(), format!("\"other\", W/{tag}"), "*".to_owned()] {
                let again = get(&service, path, &[("accept-encoding", encoding), ("if-none-match", &given)]).await;
                assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{path} {encoding} {given}");
                for name in ["etag", "cache-control", "vary", "content-location", "access-control-allow-origin", "access-control-expose-headers"] {
                    assert_eq!(again.header(name), first.header(name), "{name} of {path}");
                }
            }
            let other = get(&service, path, &[("accept-encoding", encoding), ("if-none-match", "\"other\"")]).await;
            assert_eq!((other.status, other.body), (StatusCode::OK, first.body));
        }
    }
}

#[tokio::test]
async fn each_coding_and_format_has_its_own_etag() {
    let service = service_on(TODAY).await;
    let mut tags: Vec<String> = Vec::new();
    for (path, encoding) in [
        ("/v1/clauses", "identity"),
        ("/v1/clauses", "gzip"),
        ("/v1/clauses", "br"),
        ("/v1/clauses", "zstd"),
        ("/v1/clauses.csv", "gzip"),
        ("/v1/clauses.csv", "identity"),
    ] {
        let response = get(&service, path, &[("accept-encoding", encoding)]).await;
        for tag in &tags {
            let again = get(&service, path, &[("accept-encoding", encoding), ("if-none-match", tag)]).await;
            assert_eq!(again.status, StatusCode::OK, "{path} {encoding} after {tag}");
        }
        tags.push(response.header("etag").to_owned());
    }
}

#[tokio::test]
async fn if_match_and_if_unmodified_since_return_412_on_mismatch() {
    let service = service_on(TODAY).await;
    for encoding in ["identity", "gzip"] {
        // Rendered, cached, and rendered under a query.
        for path in ["/v1/clauses", "/v1/clauses", "/v1/notes?limit=3"] {
            let first = get(&service, path, &[("accept-encoding", encoding)]).await;
            let (tag, changed) = (first.header("etag"), first.header("last-modified"));
            let (weak, several) = (format!("W/{tag}"), format!("\"other\", {tag}"));
            for (name, value, status) in [
                ("if-match", tag, 200),
                ("if-match", &several, 200),
                ("if-match", "*", 200),
                ("if-match", "\"other\", *", 412),
                ("if-match", "\"other\"", 412),
                ("if-match", &weak, 412),
                ("if-unmodified-since", changed, 200),
                ("if-unmodified-since", "Sun, 01 Sep 2024 00:00:00 GMT", 412),
                ("if-unmodified-since", "when it rains", 200),
            ] {
                let response = get(&service, path, &[("accept-encoding", encoding), (name, value)]).await;
                assert_eq!(response.status, status, "{path} {encoding} {name}: {value}");
                if status == 412 {
                    assert_eq!((&response.json()["status"], &response.json()["instance"]), (&412.into(), &path.split('?').next().into()));
                    assert_eq!(response.header("access-control-allow-origin"), "*");
                }
            }
            let neither = get(&service, path, &[("accept-encoding", encoding), ("if-match", tag), ("if-none-match", tag)]).await;
            assert_eq!(neither.status, 304, "If-Match is evaluated before If-None-Match");
        }
    }
}

#[tokio::test]
async fn compressed_bodies_are_smaller_and_decompress_to_the_same() {
    let service = service_on(TODAY).await;
    let plain = get(&service, "/v1/clauses", &[]).await;
    assert_eq!(plain.header("content-encoding"), "");
    for encoding in ["gzip", "br", "zstd"] {
        let response = get(&service, "/v1/clauses", &[("accept-encoding", encoding)]).await;
        assert_eq!((response.header("content-encoding"), response.header("content-length")), (encoding, response.body.len().to_string().as_str()));
        assert!(response.body.len() * 3 < plain.body.len(), "{encoding}");
        let mut body = Vec::new();
        match encoding {
            "gzip" => flate2::read::GzDecoder::new(response.body.as_slice()).read_to_end(&mut body).unwrap(),
            "br" => brotli::Decompressor::new(response.body.as_slice(), 4096).read_to_end(&mut body).unwrap(),
            _ => zstd::Decoder::new(response.body.as_slice()).unwrap().read_to_end(&mut body).unwrap(),
        };
        assert!(body == plain.body, "{encoding}");
    }
    for (accepted, used) in [
        ("gzip, br", "br"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("br;q=0, *", "zstd"),
        ("*;q=0", ""),
        ("deflate", ""),
        ("GZIP", "gzip"),
        ("", ""),
        ("br;q=0.1, identity", ""),
        ("gzip, identity", "gzip"),
        ("gzip;q=0.5, identity;q=0.4", "gzip"),
    ] {
        assert_eq!(get(&service, "/v1/clauses", &[("accept-encoding", accepted)]).await.header("content-encoding"), used, "{accepted}");
    }
    let lines = [("accept-encoding", "deflate"), ("accept-encoding", "gzip")];
    assert_eq!(get(&service, "/v1/clauses", &lines).await.header("content-encoding"), "gzip", "two header lines are one list");
    assert_eq!(
        get(&service, "/v1/clauses?limit=1&kind=forecast&voice=agency", &[("accept-encoding", "gzip")]).await.header("content-encoding"),
        "",
        "too small to compress"
    );
}

#[tokio::test]
async fn two_servers_on_the_same_data_send_the_same_etags() {
    let (one, other) = (service_on(TODAY).await, service_on(TODAY).await);
    for path in URIS {
        for encoding in ["identity", "gzip"] {
            let headers = [("accept-encoding", encoding)];
            assert_eq!(get(&one, path, &headers).await.header("etag"), get(&other, path, &headers).await.header("etag"), "{path}");
        }
    }
}

#[tokio::test]
async fn head_has_the_headers_of_get_and_returns_304() {
    let service = service_on(TODAY).await;
    for path in URIS {
        let get = get(&service, path, &[("accept-encoding", "gzip"), ("x-request-id", "the-same")]).await;
        let head = send(&service, Method::HEAD, path, &[("accept-encoding", "gzip"), ("x-request-id", "the-same")]).await;
        assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
        assert_eq!(get.headers, head.headers, "{path}");
        let again = send(&service, Method::HEAD, path, &[("accept-encoding", "gzip"), ("if-none-match", get.header("etag"))]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    }
}

#[tokio::test]
async fn if_modified_since_is_ignored_beside_if_none_match() {
    let service = service_on(TODAY).await;
    let first = get(&service, "/v1/clauses", &[]).await;
    let modified = first.header("last-modified").to_owned();
    assert_eq!(modified, "Fri, 27 Nov 2026 00:00:00 GMT", "when the data was published");
    for (headers, status) in [
        (vec![("if-modified-since", modified.as_str())], 304),
        (vec![("if-modified-since", "Tue, 24 Nov 2026 14:59:59 GMT")], 200),
        (vec![("if-modified-since", "Fri, 27 Nov 2026 00:00:01 GMT")], 200),
        (vec![("if-modified-since", "Fri, 01 Jan 2027 00:00:00 GMT")], 200),
        (vec![("if-modified-since", "soon")], 200),
        (vec![("if-modified-since", modified.as_str()), ("if-none-match", "\"other\"")], 200),
    ] {
        assert_eq!(get(&service, "/v1/clauses", &headers).await.status, status, "{headers:?}");
    }
}

#[tokio::test]
async fn only_what_depends_on_the_data_alone_has_a_last_modified_date() {
    let (local, public) = (service_on(TODAY).await, service(Clock::system(Some(TODAY.parse().unwrap())), Some("https://example.org")).await);
    let today = "?as_of=2025-01-01";
    for (path, has_date) in [
        ("/v1".to_owned(), true),
        ("/v1/clauses".to_owned(), true),
        ("/v1/notes/iq-us-2024-09-27-10f-n1".to_owned(), true),
        ("/v1/actors/iraq/mentions".to_owned(), true),
        (format!("/v1/milestones{today}"), true),
        ("/v1/milestones".to_owned(), false),
        ("/v1/milestones/iq-us-2024-09-27-mission-in-iraq-ends".to_owned(), false),
        ("/v1/search?q=Iraq".to_owned(), false),
        ("/openapi.json".to_owned(), false),
        ("/docs/".to_owned(), false),
        ("/docs/reference.css".to_owned(), false),
        ("/en/".to_owned(), false),
        ("/ar/notes".to_owned(), false),
        ("/en/statements/iq-us-2024-09-27".to_owned(), false),
    ] {
        assert_eq!(!get(&local, &path, &[]).await.header("last-modified").is_empty(), has_date, "{path}");
        let with_absolute_urls = get(&public, &path, &[("if-modified-since", "Fri, 27 Nov 2026 00:00:00 GMT")]).await;
        assert_eq!((with_absolute_urls.status, with_absolute_urls.header("last-modified")), (StatusCode::OK, ""), "{path}");
        let unmodified = get(&public, &path, &[("if-unmodified-since", "Sun, 01 Sep 2024 00:00:00 GMT")]).await;
        assert_eq!(unmodified.status, StatusCode::OK, "without a date the condition is ignored: {path}");
    }
}

/// A service whose clock the test sets, in seconds.
async fn with_settable_clock(at: &str) -> (Router, Arc<AtomicI64>) {
    let clock_seconds = Arc::new(AtomicI64::new(at.parse::<DateTime<chrono::Utc>>().unwrap().timestamp()));
    let clock = Clock::from_fn({
        let clock_seconds = clock_seconds.clone();
        move || DateTime::from_timestamp(clock_seconds.load(Ordering::Relaxed), 0).unwrap()
    });
    (service(clock, None).await, clock_seconds)
}

#[tokio::test]
async fn responses_that_depend_on_today_expire_at_midnight_in_baghdad() {
    let (service, clock_seconds) = with_settable_clock("2025-09-30T20:00:00Z").await;
    let path = "/v1/milestones/iq-us-2024-09-27-mission-in-iraq-ends";
    let limits = |response: &TestResponse| {
        response.header("cache-control").split('=').skip(1).map(|part| part.split(',').next().unwrap().parse::<i64>().unwrap()).collect::<Vec<_>>()
    };
    let midnight = "2025-09-30T21:00:00Z".parse::<DateTime<chrono::Utc>>().unwrap().timestamp();
    let mut tags = Vec::new();
    while clock_seconds.load(Ordering::Relaxed) < midnight {
        let response = get(&service, path, &[]).await;
        let left = midnight - clock_seconds.load(Ordering::Relaxed);
        let [age, stale] = limits(&response)[..] else { panic!("{}", response.header("cache-control")) };
        assert!(age >= 0 && age + stale <= left, "{} with {left} s to midnight", response.header("cache-control"));
        assert_eq!(response.json()["status"], "open");
        tags.push(response.header("etag").to_owned());
        clock_seconds.fetch_add(37, Ordering::Relaxed);
    }
    tags.dedup();
    assert_eq!(tags.len(), 1, "nothing changes within a day");
    clock_seconds.store(midnight, Ordering::Relaxed);
    let response = get(&service, path, &[("if-none-match", &tags[0])]).await;
    assert_eq!((response.status, &response.json()["status"]), (StatusCode::OK, &"past".into()));
    assert_eq!(response.header("last-modified"), "", "the date of the data does not say when it changed");
    let list = get(&service, "/v1/milestones?status=past&limit=1", &[]).await;
    assert_eq!(list.json()["meta"]["as_of"], "2025-10-01");
    let fixed = get(&service, "/v1/clauses", &[]).await;
    assert_eq!(fixed.header("cache-control"), "public, max-age=60, stale-while-revalidate=600");
    clock_seconds.store(midnight - 10, Ordering::Relaxed);
    assert_eq!(get(&service, path, &[]).await.json()["status"], "open", "a clock that is set back counts");
}

/// A client polls every ten minutes for a day.
#[tokio::test]
async fn polling_for_a_day_transfers_two_bodies() {
    let (service, clock_seconds) = with_settable_clock("2025-09-30T12:00:00Z").await;
    let (mut bytes, mut bodies, mut tag) = (0, 0, String::new());
    for _ in 0..144 {
        let response = get(&service, "/v1/milestones?kind=deadline", &[("accept-encoding", "gzip"), ("if-none-match", &tag)]).await;
        bytes += response.body.len();
        bodies += usize::from(response.status == StatusCode::OK);
        response.header("etag").clone_into(&mut tag);
        clock_seconds.fetch_add(600, Ordering::Relaxed);
    }
    assert_eq!(bodies, 2, "one before midnight and one after");
    assert!(bytes < 20_000, "{bytes} bytes");
}

#[tokio::test]
async fn equivalent_requests_share_a_response_and_vary_names_the_headers_that_select_it() {
    let service = service_on(TODAY).await;
    let one = get(&service, "/v1/clauses?voice=statement&kind=deadline", &[]).await;
    let other = get(&service, "/v1/clauses?kind=deadline&voice=statement&sort=position", &[]).await;
    assert_eq!((one.header("etag"), one.header("content-location")), (other.header("etag"), other.header("content-location")));
    assert_eq!(one.header("content-location"), "/v1/clauses.json?voice=statement&kind=deadline");
    assert_eq!(one.header("vary"), "accept, accept-encoding");
    assert_eq!(get(&service, "/v1/clauses.json", &[]).await.header("vary"), "accept-encoding");
    let table = get(&service, "/v1/clauses", &[("accept", "text/csv")]).await;
    assert_eq!((table.header("content-type"), table.header("content-location")), ("text/csv; charset=utf-8; header=present", "/v1/clauses.csv"));
    assert!(table.header("link").contains("</v1/clauses.json>; rel=\"alternate\"; type=\"application/json\""));
}

#[tokio::test]
async fn a_response_without_a_policy_is_not_cached() {
    let service = service_on(TODAY).await;
    for path in ["/health/live", "/health/ready", "/metrics", "/", "/docs", "/en", "/en/statements"] {
        assert_eq!(get(&service, path, &[]).await.header("cache-control"), "no-store", "{path}");
    }
    for path in ["/robots.txt", "/docs/", "/docs/reference.css", "/v1/clauses?q=Iraq"] {
        assert_eq!(get(&service, path, &[]).await.header("cache-control"), "public, max-age=60, stale-while-revalidate=600", "{path}");
    }
}

#[tokio::test]
async fn errors_are_not_cached() {
    let service = service_on(TODAY).await;
    for path in ["/v1/clauses?voice=x", "/v1/clauses/nothing", "/nowhere", "/v1/actors.ics"] {
        let response = get(&service, path, &[("if-none-match", "*")]).await;
        assert!(response.status.is_client_error() && response.header("etag").is_empty(), "{path}");
        assert_eq!(response.header("cache-control"), "no-store", "{path}");
    }
    assert_eq!(get(&service, "/v1/actors.ics", &[]).await.status, StatusCode::NOT_ACCEPTABLE);
}

/// Serves the data that the watcher reports.
fn serve_on(state: AppState) -> impl Fn(WatchEvent) {
    move |event| {
        if let WatchEvent::Data(corpus) = event {
            state.replace(&corpus);
        }
    }
}

#[tokio::test]
async fn a_replaced_database_file_is_served_within_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bayan.db");
    fs::copy(crate::seeded().await, &file).unwrap();
    let limits = bayan::config::Limits::default();
    let database = Database::open(&file, &limits).await.unwrap();
    let state = AppState::new(database.corpus.clone(), Clock::system(Some(TODAY.parse().unwrap())), None);
    let following = tokio::spawn(storage::watch(database, file.clone(), limits, mpsc::channel(1).1, serve_on(state.clone())));
    let service = bayan::app(state);
    let path = "/v1/locations/baghdad";
    let before = get(&service, path, &[]).await;

    // A file that is not a database is ignored, and the old data stays.
    fs::write(folder.path().join("other"), "minutes of the meeting").unwrap();
    fs::rename(folder.path().join("other"), &file).unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    assert_eq!(get(&service, path, &[]).await.header("etag"), before.header("etag"));

    let new = tempfile::tempdir().unwrap();
    let new = crate::storage::changed(
        new.path(),
        "UPDATE items SET item = json_set(item, '$.kind', 'region') WHERE id = 'baghdad'; INSERT INTO revisions VALUES (4, '2026-12-01T00:00:00Z')",
    )
    .await;
    // Another process replaces the file while requests arrive.
    assert!(std::process::Command::new("mv").arg(&new).arg(&file).status().unwrap().success());
    let published = std::time::Instant::now();
    let after = loop {
        let response = get(&service, path, &[("if-none-match", before.header("etag"))]).await;
        if response.status == StatusCode::OK {
            break response;
        }
        assert!(published.elapsed().as_secs_f64() < 3.0, "the new file is noticed");
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    };
    assert_eq!(after.json()["kind"], "region");
    assert_eq!(after.header("last-modified"), "Tue, 01 Dec 2026 00:00:00 GMT");
    assert_eq!(get(&service, "/v1/clauses?limit=1", &[]).await.json()["meta"]["revision"], 4);
    following.abort();
}

/// The data of an earlier publication, with an earlier date: it differs from what the client has.
#[tokio::test]
async fn data_that_is_rolled_back_is_sent_again() {
    let later = tempfile::tempdir().unwrap();
    let later = crate::storage::changed(
        later.path(),
        "UPDATE items SET item = json_set(item, '$.kind', 'region') WHERE id = 'baghdad'; INSERT INTO revisions VALUES (4, '2026-12-01T00:00:00Z')",
    )
    .await;
    let state = AppState::new(storage::open(&later).await.unwrap(), Clock::system(Some(TODAY.parse().unwrap())), None);
    let service = bayan::app(state.clone());
    let path = "/v1/locations/baghdad";
    let before = get(&service, path, &[]).await;
    assert_eq!(before.header("last-modified"), "Tue, 01 Dec 2026 00:00:00 GMT");
    state.replace(&storage::open(crate::seeded().await).await.unwrap());
    let after = get(&service, path, &[("if-modified-since", before.header("last-modified"))]).await;
    assert_eq!((after.status, &after.json()["kind"]), (StatusCode::OK, &"city".into()));
}

#[tokio::test]
async fn what_does_not_depend_on_the_data_stays_cached_when_the_data_is_replaced() {
    let state = AppState::new(storage::open(crate::seeded().await).await.unwrap(), Clock::system(Some(TODAY.parse().unwrap())), None);
    let service = bayan::app(state.clone());
    let page = String::from_utf8(get(&service, "/en/", &[]).await.body).unwrap();
    let asset = format!("/assets/{}", page.split("../assets/").nth(1).unwrap().split('"').next().unwrap());
    let paths = ["/openapi.json", "/docs/", "/docs/reference.css", "/docs/icon.svg", &asset];
    let hits = async || {
        let metrics = String::from_utf8(get(&service, "/metrics", &[]).await.body).unwrap();
        let lines = metrics.lines().filter(|line| line.starts_with("bayan_cache_lookups_total") && line.contains("hit"));
        lines.map(|line| line.rsplit(' ').next().unwrap().parse::<f64>().unwrap()).sum::<f64>()
    };
    for generation in 1..4 {
        state.replace(&storage::open(crate::seeded().await).await.unwrap());
        for path in paths {
            let first = get(&service, path, &[("accept-encoding", "br")]).await;
            let before = hits().await;
            let again = get(&service, path, &[("accept-encoding", "br"), ("if-none-match", first.header("etag"))]).await;
            assert_eq!((again.status, hits().await > before), (StatusCode::NOT_MODIFIED, true), "{path} in generation {generation}");
        }
    }
}

/// A program that writes into the served file may have changed what was rendered from it.
#[tokio::test]
async fn cached_responses_are_dropped_when_the_served_file_is_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bayan.db");
    fs::copy(crate::seeded().await, &file).unwrap();
    let limits = bayan::config::Limits::default();
    let database = Database::open(&file, &limits).await.unwrap();
    let state = AppState::new(database.corpus.clone(), Clock::system(Some(TODAY.parse().unwrap())), None);
    let following = tokio::spawn(storage::watch(database, file.clone(), limits, mpsc::channel(1).1, serve_on(state.clone())));
    let service = bayan::app(state);
    for path in ["/v1/clauses", "/en/notes", "/v1/actors.csv", "/openapi.json"] {
        assert_eq!(get(&service, path, &[]).await.status, StatusCode::OK);
    }
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(b'x');
    std::io::Write::write_all(&mut fs::OpenOptions::new().write(true).open(&file).unwrap(), &bytes).unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1_200)).await;
    for (path, status) in
        [("/v1/clauses", 503), ("/en/notes", 503), ("/v1/actors.csv", 503), ("/health/ready", 503), ("/openapi.json", 200), ("/health/live", 200)]
    {
        assert_eq!(get(&service, path, &[]).await.status, status, "{path}");
    }
    let metrics = async || String::from_utf8(get(&service, "/metrics", &[]).await.body).unwrap();
    assert!(metrics().await.contains("\nbayan_ready 0\n"));
    // An intact file is served again.
    fs::copy(crate::seeded().await, folder.path().join("new")).unwrap();
    fs::rename(folder.path().join("new"), &file).unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1_200)).await;
    assert_eq!(get(&service, "/v1/clauses", &[]).await.status, StatusCode::OK);
    assert!(metrics().await.contains("\nbayan_ready 1\n"));
    following.abort();
}
