//! The policy: every data answer has a strong `ETag` derived from its bytes, one for each encoding; it may be used for a
//! minute, never past the midnight in Baghdad that changes it; a 304 repeats the headers of the 200; errors are not kept.

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
use bayan::{AppState, clock::Clock, storage};
use chrono::DateTime;

use crate::{TODAY, TestResponse, send, service, service_on};

/// TestResponses of every resource and format.
const ADDRESSES: [&str; 16] = [
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

async fn asked(service: &Router, path: &str, headers: &[(&str, &str)]) -> TestResponse {
    send(service, Method::GET, path, headers).await
}

#[tokio::test]
async fn every_answer_can_be_revalidated_and_the_304_repeats_its_headers() {
    let service = service_on(TODAY).await;
    for path in ADDRESSES {
        for encoding in ["identity", "gzip", "br", "zstd"] {
            let first = asked(&service, path, &[("accept-encoding", encoding)]).await;
            assert_eq!(first.status, StatusCode::OK, "{path}");
            let tag = first.header("etag");
            let there = first.header("content-location");
            assert!(
                there.is_empty() || asked(&service, there, &[("accept-encoding", encoding)]).await.header("etag") == tag,
                "{there} is the answer to {path}"
            );
            assert!(tag.starts_with('"') && tag.ends_with('"'), "a strong tag: {tag}");
            for given in [tag.to_owned(), format!("\"other\", W/{tag}"), "*".to_owned()] {
                let again = asked(&service, path, &[("accept-encoding", encoding), ("if-none-match", &given)]).await;
                assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{path} {encoding} {given}");
                for name in ["etag", "cache-control", "vary", "content-location", "access-control-allow-origin"] {
                    assert_eq!(again.header(name), first.header(name), "{name} of {path}");
                }
            }
            let other = asked(&service, path, &[("accept-encoding", encoding), ("if-none-match", "\"other\"")]).await;
            assert_eq!((other.status, other.body), (StatusCode::OK, first.body));
        }
    }
}

#[tokio::test]
async fn an_encoding_or_a_format_has_a_tag_of_its_own_and_never_a_304_for_another() {
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
        let answer = asked(&service, path, &[("accept-encoding", encoding)]).await;
        for tag in &tags {
            let again = asked(&service, path, &[("accept-encoding", encoding), ("if-none-match", tag)]).await;
            assert_eq!(again.status, StatusCode::OK, "{path} {encoding} after {tag}");
        }
        tags.push(answer.header("etag").to_owned());
    }
}

#[tokio::test]
async fn who_wants_one_form_only_gets_that_or_is_told() {
    let service = service_on(TODAY).await;
    for encoding in ["identity", "gzip"] {
        // Made, and then kept.
        for path in ["/v1/clauses", "/v1/clauses", "/v1/notes?limit=3"] {
            let first = asked(&service, path, &[("accept-encoding", encoding)]).await;
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
                let answer = asked(&service, path, &[("accept-encoding", encoding), (name, value)]).await;
                assert_eq!(answer.status, status, "{path} {encoding} {name}: {value}");
                if status == 412 {
                    assert_eq!((&answer.json()["status"], &answer.json()["instance"]), (&412.into(), &path.split('?').next().into()));
                    assert_eq!(answer.header("access-control-allow-origin"), "*");
                }
            }
            let neither = asked(&service, path, &[("accept-encoding", encoding), ("if-match", tag), ("if-none-match", tag)]).await;
            assert_eq!(neither.status, 304, "the one is checked before the other");
        }
    }
}

#[tokio::test]
async fn compressed_forms_are_smaller_and_say_the_same() {
    let service = service_on(TODAY).await;
    let plain = asked(&service, "/v1/clauses", &[]).await;
    assert_eq!(plain.header("content-encoding"), "");
    for encoding in ["gzip", "br", "zstd"] {
        let answer = asked(&service, "/v1/clauses", &[("accept-encoding", encoding)]).await;
        assert_eq!((answer.header("content-encoding"), answer.header("content-length")), (encoding, answer.body.len().to_string().as_str()));
        assert!(answer.body.len() * 3 < plain.body.len(), "{encoding}");
        let mut body = Vec::new();
        match encoding {
            "gzip" => flate2::read::GzDecoder::new(answer.body.as_slice()).read_to_end(&mut body).unwrap(),
            "br" => brotli::Decompressor::new(answer.body.as_slice(), 4096).read_to_end(&mut body).unwrap(),
            _ => zstd::Decoder::new(answer.body.as_slice()).unwrap().read_to_end(&mut body).unwrap(),
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
        assert_eq!(asked(&service, "/v1/clauses", &[("accept-encoding", accepted)]).await.header("content-encoding"), used, "{accepted}");
    }
    let lines = [("accept-encoding", "deflate"), ("accept-encoding", "gzip")];
    assert_eq!(asked(&service, "/v1/clauses", &lines).await.header("content-encoding"), "gzip", "two lines are one list");
    assert_eq!(
        asked(&service, "/v1/clauses?limit=1&kind=forecast&voice=agency", &[("accept-encoding", "gzip")]).await.header("content-encoding"),
        "",
        "not worth it"
    );
}

#[tokio::test]
async fn two_processes_on_the_same_data_give_the_same_tags() {
    let (one, other) = (service_on(TODAY).await, service_on(TODAY).await);
    for path in ADDRESSES {
        for encoding in ["identity", "gzip"] {
            let headers = [("accept-encoding", encoding)];
            assert_eq!(asked(&one, path, &headers).await.header("etag"), asked(&other, path, &headers).await.header("etag"), "{path}");
        }
    }
}

#[tokio::test]
async fn head_equals_get_and_a_conditional_head_is_a_304() {
    let service = service_on(TODAY).await;
    for path in ADDRESSES {
        let get = asked(&service, path, &[("accept-encoding", "gzip"), ("x-request-id", "the-same")]).await;
        let head = send(&service, Method::HEAD, path, &[("accept-encoding", "gzip"), ("x-request-id", "the-same")]).await;
        assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
        assert_eq!(get.headers, head.headers, "{path}");
        let again = send(&service, Method::HEAD, path, &[("accept-encoding", "gzip"), ("if-none-match", get.header("etag"))]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    }
}

#[tokio::test]
async fn times_count_where_no_tag_is_given() {
    let service = service_on(TODAY).await;
    let first = asked(&service, "/v1/clauses", &[]).await;
    let modified = first.header("last-modified").to_owned();
    assert_eq!(modified, "Tue, 24 Nov 2026 20:00:00 GMT", "when the data was published");
    for (headers, status) in [
        (vec![("if-modified-since", modified.as_str())], 304),
        (vec![("if-modified-since", "Tue, 24 Nov 2026 14:59:59 GMT")], 200),
        (vec![("if-modified-since", "soon")], 200),
        (vec![("if-modified-since", modified.as_str()), ("if-none-match", "\"other\"")], 200),
    ] {
        assert_eq!(asked(&service, "/v1/clauses", &headers).await.status, status, "{headers:?}");
    }
}

/// A service whose clock is set by hand, in seconds.
async fn with_hands(at: &str) -> (Router, Arc<AtomicI64>) {
    let hands = Arc::new(AtomicI64::new(at.parse::<DateTime<chrono::Utc>>().unwrap().timestamp()));
    let clock = Clock::from_fn({
        let hands = hands.clone();
        move || DateTime::from_timestamp(hands.load(Ordering::Relaxed), 0).unwrap()
    });
    (service(clock, None).await, hands)
}

#[tokio::test]
async fn what_depends_on_today_expires_by_midnight_in_baghdad_and_is_then_another() {
    let (service, hands) = with_hands("2025-09-30T20:00:00Z").await;
    let path = "/v1/milestones/iq-us-2024-09-27-mission-in-iraq-ends";
    let limits = |answer: &TestResponse| {
        answer.header("cache-control").split('=').skip(1).map(|part| part.split(',').next().unwrap().parse::<i64>().unwrap()).collect::<Vec<_>>()
    };
    let midnight = "2025-09-30T21:00:00Z".parse::<DateTime<chrono::Utc>>().unwrap().timestamp();
    let mut tags = Vec::new();
    while hands.load(Ordering::Relaxed) < midnight {
        let answer = asked(&service, path, &[]).await;
        let left = midnight - hands.load(Ordering::Relaxed);
        let [age, stale] = limits(&answer)[..] else { panic!("{}", answer.header("cache-control")) };
        assert!(age >= 0 && age + stale <= left, "{} with {left} s to midnight", answer.header("cache-control"));
        assert_eq!(answer.json()["status"], "open");
        tags.push(answer.header("etag").to_owned());
        hands.fetch_add(37, Ordering::Relaxed);
    }
    tags.dedup();
    assert_eq!(tags.len(), 1, "nothing changes within a day");
    hands.store(midnight, Ordering::Relaxed);
    let answer = asked(&service, path, &[("if-none-match", &tags[0])]).await;
    assert_eq!((answer.status, &answer.json()["status"]), (StatusCode::OK, &"past".into()));
    assert_eq!(answer.header("last-modified"), "Tue, 24 Nov 2026 20:00:00 GMT", "the data is younger than that day");
    let list = asked(&service, "/v1/milestones?status=past&limit=1", &[]).await;
    assert_eq!(list.json()["meta"]["as_of"], "2025-10-01");
    let fixed = asked(&service, "/v1/clauses", &[]).await;
    assert_eq!(fixed.header("cache-control"), "public, max-age=60, stale-while-revalidate=600");
    hands.store(midnight - 10, Ordering::Relaxed);
    assert_eq!(asked(&service, path, &[]).await.json()["status"], "open", "a clock that goes back is believed");
}

/// A client that polls every ten minutes for a day counts what it is sent.
#[tokio::test]
async fn a_day_of_polling_costs_two_bodies() {
    let (service, hands) = with_hands("2025-09-30T12:00:00Z").await;
    let (mut bytes, mut bodies, mut tag) = (0, 0, String::new());
    for _ in 0..144 {
        let answer = asked(&service, "/v1/milestones?kind=deadline", &[("accept-encoding", "gzip"), ("if-none-match", &tag)]).await;
        bytes += answer.body.len();
        bodies += usize::from(answer.status == StatusCode::OK);
        answer.header("etag").clone_into(&mut tag);
        hands.fetch_add(600, Ordering::Relaxed);
    }
    assert_eq!(bodies, 2, "one before midnight and one after");
    assert!(bytes < 10_000, "{bytes} bytes");
}

#[tokio::test]
async fn two_ways_to_ask_are_one_answer_and_vary_says_what_chooses_it() {
    let service = service_on(TODAY).await;
    let one = asked(&service, "/v1/clauses?voice=statement&kind=deadline", &[]).await;
    let other = asked(&service, "/v1/clauses?kind=deadline&voice=statement&sort=position", &[]).await;
    assert_eq!((one.header("etag"), one.header("content-location")), (other.header("etag"), other.header("content-location")));
    assert_eq!(one.header("content-location"), "/v1/clauses.json?voice=statement&kind=deadline");
    assert_eq!(one.header("vary"), "accept, accept-encoding");
    assert_eq!(asked(&service, "/v1/clauses.json", &[]).await.header("vary"), "accept-encoding");
    let table = asked(&service, "/v1/clauses", &[("accept", "text/csv")]).await;
    assert_eq!((table.header("content-type"), table.header("content-location")), ("text/csv; charset=utf-8; header=present", "/v1/clauses.csv"));
    assert!(table.header("link").contains("</v1/clauses.json>; rel=\"alternate\"; type=\"application/json\""));
}

#[tokio::test]
async fn errors_are_not_kept() {
    let service = service_on(TODAY).await;
    for path in ["/v1/clauses?voice=x", "/v1/clauses/nothing", "/nowhere", "/v1/actors.ics"] {
        let answer = asked(&service, path, &[("if-none-match", "*")]).await;
        assert!(answer.status.is_client_error() && answer.header("etag").is_empty(), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
    assert_eq!(asked(&service, "/v1/actors.ics", &[]).await.status, StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn new_data_in_the_place_of_the_old_is_served_within_a_second_and_without_a_mixture() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bayan.db");
    fs::copy(crate::seeded().await, &file).unwrap();
    let corpus = storage::open(&file).await.unwrap();
    let state = AppState::new(corpus.clone(), Clock::system(Some(TODAY.parse().unwrap())), None);
    let served = state.clone();
    let following = tokio::spawn(storage::watch(file.clone(), bayan::config::Limits::default(), corpus, move |corpus| served.replace(corpus)));
    let service = bayan::app(state);
    let path = "/v1/locations/baghdad";
    let before = asked(&service, path, &[]).await;

    // Something that is no database is told of, and the old data stays.
    fs::write(folder.path().join("other"), "minutes of the meeting").unwrap();
    fs::rename(folder.path().join("other"), &file).unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    assert_eq!(asked(&service, path, &[]).await.header("etag"), before.header("etag"));

    let new = tempfile::tempdir().unwrap();
    let new = crate::storage::changed(
        new.path(),
        "UPDATE items SET item = json_set(item, '$.kind', 'region') WHERE id = 'baghdad'; INSERT INTO revisions VALUES (3, '2026-12-01T00:00:00Z')",
    )
    .await;
    // Another process publishes it, while others ask.
    assert!(std::process::Command::new("mv").arg(&new).arg(&file).status().unwrap().success());
    let published = std::time::Instant::now();
    let after = loop {
        let answer = asked(&service, path, &[("if-none-match", before.header("etag"))]).await;
        if answer.status == StatusCode::OK {
            break answer;
        }
        assert!(published.elapsed().as_secs_f64() < 3.0, "it is seen");
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    };
    assert_eq!(after.json()["kind"], "region");
    assert_eq!(after.header("last-modified"), "Tue, 01 Dec 2026 00:00:00 GMT");
    assert_eq!(asked(&service, "/v1/clauses?limit=1", &[]).await.json()["meta"]["revision"], 3);
    following.abort();
}
