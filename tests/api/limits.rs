//! The limits: what exceeds one is rejected at once with a problem document, and everything else continues.

use std::time::{Duration, Instant};

use axum::{
    Router,
    http::{Method, StatusCode},
};
use bayan::{
    AppState,
    clock::Clock,
    config::{Limits, Seconds},
    storage,
};

use crate::{
    TestResponse, send,
    test_server::{TestServer, bayan, get, header, send_raw, status},
};

/// The problem document of a response.
fn problem(response: &str) -> serde_json::Value {
    assert_eq!(header(response, "content-type"), "application/problem+json", "{response}");
    assert_eq!(header(response, "access-control-allow-origin"), "*", "{response}");
    serde_json::from_str(response.split_once("\r\n\r\n").unwrap().1).unwrap_or_else(|_| panic!("a problem: {response}"))
}

fn seconds(text: &str) -> Seconds {
    text.parse().unwrap()
}

#[test]
fn an_ambiguous_request_is_rejected_and_closes_the_connection() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(&mut bayan(folder.path()));
    let second = "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    for (methods, head, expected) in [
        (&["GET", "POST"][..], "", 400),
        (&["GET", "POST"], "Host: a\r\nHost: a\r\n", 400),
        (&["GET", "POST"], "Host: a b\r\n", 400),
        (&["GET", "POST"], "Host: user@a\r\n", 400),
        (&["GET", "POST"], "Host: a/b\r\n", 400),
        (&["GET", "POST"], "Host: \r\n", 400),
        (&["GET", "PUT"], "Host: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n", 400),
        (&["GET", "PUT"], "Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n", 400),
        (&["GET"], "Host: a\r\nContent-Length: 4\r\n", 413),
    ] {
        for method in methods {
            let body = if head.contains("chunked") { "0\r\n\r\n" } else { "" };
            let response = send_raw(&server.addr, &format!("{method} /v1/clauses HTTP/1.1\r\n{head}\r\n{body}{second}"));
            assert_eq!((status(&response), header(&response, "connection")), (expected, "close"), "{method} {head}");
            assert_eq!(problem(&response)["status"], expected, "one response: {response}");
        }
    }
    for head in ["Host: a\r\n", "Host: [::1]:80\r\n", "Host: a\r\nContent-Length: 0\r\n"] {
        let response = send_raw(&server.addr, &format!("GET /v1 HTTP/1.1\r\n{head}Connection: close\r\n\r\n"));
        assert_eq!(status(&response), 200, "{head}");
    }
    for (authority, expected) in [("a", 200), ("A", 200), ("other", 400), ("user@a", 400)] {
        let response = send_raw(&server.addr, &format!("GET http://{authority}/v1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
        assert_eq!(status(&response), expected, "an absolute URI and the Host header must agree: {authority}");
    }
    assert_eq!(status(&send_raw(&server.addr, "GET /v1 HTTP/1.0\r\n\r\n")), 200, "HTTP/1.0 needs no Host");
    // Requests that hyper cannot parse.
    for request in [
        "GET\r\n\r\n",
        "GET /v1 HTTP/3.0\r\nHost: x\r\n\r\n",
        "GET /v1 HTTP/1.1\r\nHost : x\r\n\r\n",
        "GET /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
    ] {
        let response = send_raw(&server.addr, request);
        assert_eq!(problem(&response)["status"], 400, "{request}");
        assert!(header(&response, "x-request-id").len() == 16 && header(&response, "date").ends_with(" GMT"), "{response}");
    }
    assert_eq!(send_raw(&server.addr, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), "", "HTTP/2 is not supported");
    let series = r#"bayan_http_request_duration_seconds_count{route="none",status="4xx"} 23"#;
    assert!(get(&server.addr, "/metrics").contains(series), "each rejected request is counted");
    let log = server.stop_and_read_log();
    assert_eq!(log.lines().filter(|line| line.contains("status=400") || line.contains("status=413")).count(), 23, "each is logged: {log}");
}

#[test]
fn a_client_that_sends_a_large_body_can_read_the_413() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(&mut bayan(folder.path()));
    let body = "x".repeat(1_000_000);
    let response = send_raw(&server.addr, &format!("POST /v1/clauses HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
    assert_eq!(problem(&response)["status"], 413);
}

#[test]
fn uris_and_header_sections_are_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).args(["--max-uri-bytes", "1000", "--max-header-bytes", "10000"]));
    let response = get(&server.addr, &format!("/v1/clauses?voice={}", "x".repeat(1000)));
    assert_eq!(problem(&response)["status"], 414);
    let response = send_raw(&server.addr, &format!("GET /v1 HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "x".repeat(20_000)));
    assert_eq!(problem(&response)["status"], 431);
    let response = send_raw(&server.addr, &format!("GET /v1 HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "x".repeat(10_000)));
    assert_eq!(problem(&response)["detail"], "The request's header section is longer than 10000 bytes.", "also if it arrives in one read");
    let response = send_raw(&server.addr, &format!("GET /v1 HTTP/1.1\r\nHost: x\r\n{}\r\n", "X: x\r\n".repeat(101)));
    assert_eq!(problem(&response)["status"], 431);
}

/// Gets a path as a proxy would, with this `X-Forwarded-For`.
fn get_forwarded(addr: &str, path: &str, by: &str) -> String {
    send_raw(addr, &format!("GET {path} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {by}\r\nConnection: close\r\n\r\n"))
}

#[test]
fn a_client_beyond_its_rate_limit_gets_a_429_with_the_time_to_wait() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).envs([("BAYAN_RATE_LIMIT", "5"), ("BAYAN_RATE_LIMIT_WINDOW", "600"), ("BAYAN_RATE_LIMIT_EXEMPT", "")]));
    // Rejected requests count as well; only monitoring does not.
    let response = send_raw(&server.addr, "GET /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n");
    assert!(status(&response) == 413 && header(&response, "ratelimit").starts_with("\"client\";r=4;t="), "{response}");
    let response = get(&server.addr, "/health/other");
    assert!(status(&response) == 404 && header(&response, "ratelimit").starts_with("\"client\";r=3;t="), "{response}");
    for remaining in [2, 1, 0] {
        // Cached responses count as well.
        let response = get(&server.addr, "/v1");
        assert_eq!((status(&response), header(&response, "ratelimit-policy")), (200, "\"client\";q=5;w=600"));
        assert!(header(&response, "ratelimit").starts_with(&format!("\"client\";r={remaining};t=")), "{response}");
    }
    // A client without a trusted proxy cannot choose its address.
    for response in [get(&server.addr, "/v1"), get(&server.addr, "/nowhere"), get_forwarded(&server.addr, "/v1", "203.0.113.7")] {
        assert_eq!(problem(&response)["status"], 429);
        let wait: u64 = header(&response, "retry-after").parse().unwrap();
        assert!((100..=120).contains(&wait), "a fifth of the window: {wait}");
        assert_eq!(header(&response, "ratelimit"), format!("\"client\";r=0;t={wait}"));
    }
    let page = get(&server.addr, "/ar/");
    assert_eq!((status(&page), header(&page, "content-type")), (429, "text/html; charset=utf-8"), "under the pages, a problem is a page");
    assert!(
        header(&page, "retry-after") == "120"
            && page.contains("طلبات كثيرة من جهازك أو شبكتك")
            && header(&page, "content-security-policy").contains("default-src")
    );
    for path in ["/health/live", "/health/ready", "/metrics"] {
        let response = get(&server.addr, path);
        assert_eq!((status(&response), header(&response, "ratelimit")), (200, ""), "{path} is never limited");
    }
    assert!(get(&server.addr, "/metrics").contains("bayan_http_requests_limited_total 4"));
}

#[test]
fn a_shared_cache_gets_no_quota_that_it_could_send_to_another_client() {
    let folder = tempfile::tempdir().unwrap();
    for trusted_proxies in ["", "127.0.0.1"] {
        let server = TestServer::start(bayan(folder.path()).args(["--rate-limit-exempt=", "--trusted-proxies", trusted_proxies]));
        for fields in ["", "Via: 1.1 varnish\r\n", "X-Forwarded-For: 203.0.113.1\r\n", "Forwarded: for=203.0.113.1\r\n", "X-Real-IP: 203.0.113.1\r\n"] {
            let is_forwarded = !(fields.is_empty() && trusted_proxies.is_empty());
            let etag = header(&get(&server.addr, "/v1/clauses"), "etag").to_owned();
            for (path, status, is_shared) in [
                ("/v1/clauses", 200, true),
                ("/v1/clauses", 304, true),
                ("/en/", 200, true),
                ("/openapi.json", 200, true),
                ("/robots.txt", 200, true),
                ("/v1/verify?text=Iraq", 200, false),
                ("/v1/clauses?voice=x", 400, false),
                ("/nowhere", 404, false),
                ("/docs", 308, false),
            ] {
                let condition = if status == 304 { format!("If-None-Match: {etag}\r\n") } else { String::new() };
                let response = send_raw(&server.addr, &format!("GET {path} HTTP/1.1\r\nHost: x\r\n{fields}{condition}Connection: close\r\n\r\n"));
                assert_eq!((self::status(&response), header(&response, "ratelimit-policy")), (status, "\"client\";q=2000;w=10"), "{path}");
                assert_eq!(header(&response, "ratelimit").is_empty(), is_forwarded && is_shared, "{path} with {fields:?}: {response}");
            }
        }
    }
}

#[test]
fn behind_trusted_proxies_the_last_other_address_is_the_client() {
    let folder = tempfile::tempdir().unwrap();
    let limits = [("BAYAN_RATE_LIMIT", "1"), ("BAYAN_RATE_LIMIT_WINDOW", "600"), ("BAYAN_TRUSTED_PROXIES", "127.0.0.0/8,10.0.0.0/8")];
    let server = TestServer::start(bayan(folder.path()).envs(limits));
    for (by, expected) in [
        ("203.0.113.1", 200),
        ("203.0.113.1", 429),
        ("203.0.113.2", 200),
        // A proxy appends; the client may have made up everything before.
        ("198.51.100.9, 203.0.113.2", 429),
        ("203.0.113.3, 10.1.2.3", 200),
        ("1.1.1.1, 203.0.113.3, 10.1.2.3, 10.9.9.9", 429),
        ("2001:db8:1:2::1", 200),
        ("2001:db8:1:2:ffff::9", 429),
        ("2001:db8:1:3::1", 200),
        ("::ffff:203.0.113.1", 429),
        ("203.0.113.1:5678", 429),
        // An unparsable entry counts as the proxy, and is limited although the proxy is exempt.
        ("unknown", 200),
        ("unknown", 429),
    ] {
        assert_eq!(status(&get_forwarded(&server.addr, "/v1", by)), expected, "{by}");
    }
}

/// A service on data on which no query for clauses ends.
async fn service_with_endless_queries(folder: &std::path::Path, limits: Limits) -> Router {
    let sql = "ALTER TABLE items RENAME TO stored; CREATE VIEW items AS SELECT rowid AS rowid, * FROM stored WHERE CASE resource WHEN 'clauses' \
               THEN (WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n) > 0 ELSE true END";
    let file = crate::storage::changed(folder, sql).await;
    let corpus = storage::Database::open(&file, &limits).await.unwrap().corpus;
    bayan::app(AppState::new(corpus, Clock::system(None), None).with_limits(limits))
}

async fn get_from(service: &Router, path: &str) -> TestResponse {
    send(service, Method::GET, path, &[]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_query_is_interrupted_and_does_not_block_readiness() {
    let folder = tempfile::tempdir().unwrap();
    let service = service_with_endless_queries(folder.path(), Limits { query_timeout: seconds("1"), ..Limits::DEFAULT }).await;
    // More than there are database connections.
    let requests: Vec<_> = (1..=6)
        .map(|limit| {
            let service = service.clone();
            tokio::spawn(async move { get_from(&service, &format!("/v1/clauses?limit={limit}")).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let started = Instant::now();
    assert_eq!(get_from(&service, "/health/ready").await.status, StatusCode::OK);
    assert!(started.elapsed() < Duration::from_millis(700), "while all database connections are busy");
    for response in requests {
        let response = response.await.unwrap();
        assert_eq!((response.status, response.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "1"));
    }
    // The connections still work.
    for limit in 1..=6 {
        assert_eq!(get_from(&service, &format!("/v1/milestones?limit={limit}")).await.status, StatusCode::OK);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn responses_that_cost_much_leave_connections_to_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let service =
        service_with_endless_queries(folder.path(), Limits { query_timeout: seconds("1"), db_acquire_timeout: seconds("0.5"), ..Limits::DEFAULT }).await;
    let costly = ["/v1/search?q=iraq&limit=", "/v1/clauses?facets=kind&limit=", "/v1/clauses?q=iraq&limit=", "/en/search?q=iraq&x="];
    let requests: Vec<_> = (1..=12)
        .map(|number| {
            let (service, path) = (service.clone(), format!("{}{number}", costly[number % costly.len()]));
            tokio::spawn(async move { get_from(&service, &path).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let started = Instant::now();
    for limit in 1..=6 {
        assert_eq!(get_from(&service, &format!("/v1/milestones?limit={limit}")).await.status, StatusCode::OK);
    }
    assert!(started.elapsed() < Duration::from_millis(900), "they do not wait");
    for response in requests {
        assert_eq!(response.await.unwrap().status, StatusCode::SERVICE_UNAVAILABLE);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_response_that_takes_too_long_is_a_503() {
    let folder = tempfile::tempdir().unwrap();
    let service = service_with_endless_queries(folder.path(), Limits { request_timeout: seconds("0.2"), query_timeout: seconds("2"), ..Limits::DEFAULT }).await;
    let started = Instant::now();
    let response = get_from(&service, "/v1/clauses").await;
    assert_eq!((response.status, response.json()["status"].as_u64()), (StatusCode::SERVICE_UNAVAILABLE, Some(503)));
    assert!(started.elapsed() < Duration::from_millis(1800));
}

#[tokio::test(flavor = "multi_thread")]
async fn beyond_max_in_flight_responses_are_shed_and_cached_ones_still_served() {
    let folder = tempfile::tempdir().unwrap();
    let service =
        service_with_endless_queries(folder.path(), Limits { max_in_flight: 2.try_into().unwrap(), query_timeout: seconds("2"), ..Limits::DEFAULT }).await;
    assert_eq!(get_from(&service, "/v1").await.status, StatusCode::OK);
    let requests: Vec<_> = (1..=2)
        .map(|limit| {
            let service = service.clone();
            tokio::spawn(async move { get_from(&service, &format!("/v1/clauses?limit={limit}")).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let started = Instant::now();
    let response = get_from(&service, "/v1/clauses?limit=3").await;
    assert_eq!((response.status, response.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "1"));
    assert_eq!(get_from(&service, "/v1").await.status, StatusCode::OK, "it is cached");
    assert!(started.elapsed() < Duration::from_millis(1500), "neither waits");
    let metrics = String::from_utf8(get_from(&service, "/metrics").await.body).unwrap();
    assert!(metrics.contains("bayan_http_requests_shed_total 1"), "{metrics}");
    for page in ["/en/", "/en/search?q=iraq"] {
        assert_eq!(get_from(&service, page).await.status, StatusCode::SERVICE_UNAVAILABLE, "{page} is computed like any response");
    }
    for response in requests {
        assert_eq!(response.await.unwrap().status, StatusCode::SERVICE_UNAVAILABLE);
    }
}
