//! Who a client is, what it may read of a rejection, and what caches may store for others.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use axum::http::Method;

use crate::{
    TODAY, send, service_on,
    test_server::{TestServer, bayan, get, header, send_raw, status},
};

const ONE_REQUEST: [&str; 2] = ["--rate-limit=1", "--rate-limit-window=600"];

#[test]
fn preflights_are_neither_counted_nor_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).args(ONE_REQUEST).arg("--rate-limit-exempt="));
    let options = |path: &str, fields: &str| send_raw(&server.addr, &format!("OPTIONS {path} HTTP/1.1\r\nHost: x\r\n{fields}Connection: close\r\n\r\n"));
    let preflight = "Origin: https://a.example\r\nAccess-Control-Request-Method: GET\r\nAccess-Control-Request-Headers: if-none-match\r\n";
    let preflights = || {
        for path in ["/v1/milestones", "/v1/clauses.csv?voice=agency", "/en/", "/openapi.json", &format!("/v1/clauses?q={}", "x".repeat(33_000))] {
            let response = options(path, preflight);
            assert_eq!((status(&response), header(&response, "access-control-allow-origin"), header(&response, "ratelimit")), (200, "*", ""), "{path}");
            assert_eq!(header(&response, "cache-control"), "no-store", "{path}");
        }
    };
    preflights();
    assert_eq!(status(&get(&server.addr, "/v1")), 200, "none of them was counted");
    assert_eq!(status(&get(&server.addr, "/v1")), 429);
    preflights();
    assert_eq!(status(&options("/v1", "")), 429, "OPTIONS alone is no preflight");
    assert_eq!(status(&options("/nowhere", preflight)), 404);
    let log = server.stop_and_read_log();
    assert!(!log.lines().any(|line| line.contains("OPTIONS") && line.contains("status=200")), "preflights are logged like cached responses: {log}");
}

#[test]
fn a_script_of_another_site_can_read_every_rejection() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).args(["--rate-limit=6", "--rate-limit-window=600", "--rate-limit-exempt=", "--max-uri-bytes=2000"]));
    let request = |head: &str| send_raw(&server.addr, &format!("{head}\r\n\r\n"));
    for (head, expected) in [
        ("GET /v1/clauses?voice=x HTTP/1.1\r\nHost: x\r\nOrigin: https://a.example\r\nConnection: close".to_owned(), 400),
        (format!("GET /{} HTTP/1.1\r\nHost: x\r\nConnection: close", "x".repeat(3000)), 414),
        ("POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Length: 300000".to_owned(), 413),
        (format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}", "x".repeat(70_000)), 431),
        (format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}", "x".repeat(200_000)), 431),
        ("GET / HTTP/1.1\r\nHost : x".to_owned(), 400),
        ("GET /v1 HTTP/1.1\r\nHost: x\r\nIf-Match: \"x\"\r\nConnection: close".to_owned(), 412),
        ("GET /v1 HTTP/1.1\r\nHost: x\r\nConnection: close".to_owned(), 429),
    ] {
        let mut response = request(&head);
        while expected == 429 && status(&response) == 200 {
            response = request(&head);
        }
        assert_eq!((status(&response), header(&response, "access-control-allow-origin")), (expected, "*"), "{}", &head[..40]);
        assert!(header(&response, "access-control-expose-headers").contains("retry-after"), "{response}");
        assert_eq!(header(&response, "cache-control"), "no-store", "{response}");
    }
}

/// Gets a path with this `X-Forwarded-For`, byte for byte.
fn get_forwarded(addr: &str, by: &[u8]) -> u16 {
    let mut stream = TcpStream::connect(addr).unwrap();
    stream.write_all(&[b"GET /v1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n", by, b"\r\n"].concat()).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    status(&response)
}

#[test]
fn no_byte_in_x_forwarded_for_gives_a_client_a_new_quota() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).args(ONE_REQUEST).arg("--trusted-proxies=127.0.0.1,10.0.0.0/8"));
    assert_eq!(get_forwarded(&server.addr, b"X-Forwarded-For: 203.0.113.1\r\n"), 200);
    for by in [
        &b"X-Forwarded-For: \xff, 203.0.113.1\r\n"[..],
        b"X-Forwarded-For: \xd8\xa7,\x80, 203.0.113.1\r\n",
        b"X-Forwarded-For: 198.51.100.1\r\nX-Forwarded-For: 203.0.113.1\r\n",
        b"X-Forwarded-For: \xfe\r\nX-Forwarded-For: 203.0.113.1, 10.0.0.9\r\n",
        b"X-Forwarded-For: 127.0.0.1, 10.0.0.1,, \xc3\x28, 203.0.113.1\r\n",
    ] {
        assert_eq!(get_forwarded(&server.addr, by), 429, "{}", by.escape_ascii());
    }
    // Whoever a proxy does not name readably shares the allowance of the proxy.
    assert_eq!(get_forwarded(&server.addr, b"X-Forwarded-For: \xff\r\n"), 200);
    for by in
        [&b"X-Forwarded-For: \xfe\r\n"[..], b"X-Forwarded-For: unknown\r\n", b"X-Forwarded-For: 203.0.113.9, \x80\r\n", b"X-Forwarded-For: 203.0.113.9,\r\n"]
    {
        assert_eq!(get_forwarded(&server.addr, by), 429, "{}", by.escape_ascii());
    }
}

#[test]
fn an_exempt_peer_that_forwards_is_limited_and_warned_of_once() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).args(ONE_REQUEST));
    for _ in 0..3 {
        assert_eq!(status(&get(&server.addr, "/v1")), 200, "a client on this machine is exempt");
    }
    assert_eq!(get_forwarded(&server.addr, b"X-Forwarded-For: 203.0.113.1\r\n"), 200);
    for by in [&b"X-Forwarded-For: 203.0.113.2\r\n"[..], b"X-Forwarded-For: \xff\r\n", b"Forwarded: for=203.0.113.3\r\n", b"X-Real-IP: 203.0.113.4\r\n"] {
        assert_eq!(get_forwarded(&server.addr, by), 429, "all its clients are one: {}", by.escape_ascii());
    }
    assert_eq!(status(&get(&server.addr, "/v1")), 200);
    let log = server.stop_and_read_log();
    assert_eq!(log.matches("BAYAN_TRUSTED_PROXIES").count(), 1, "{log}");
}

#[tokio::test]
async fn what_says_nothing_about_caching_is_not_stored_and_only_that_carries_an_id() {
    let service = service_on(TODAY).await;
    let preflight = [("access-control-request-method", "GET"), ("x-request-id", "mine")];
    for (method, path, headers) in [
        (Method::GET, "/health/live", &preflight[..]),
        (Method::GET, "/health/ready", &preflight),
        (Method::HEAD, "/metrics", &preflight),
        (Method::GET, "/docs", &preflight),
        (Method::GET, "/", &preflight),
        (Method::GET, "/en", &preflight),
        (Method::GET, "/ar/statements", &preflight),
        (Method::GET, "/nowhere", &preflight),
        (Method::GET, "/en/nowhere", &preflight),
        (Method::GET, "/v1/clauses?voice=x", &preflight),
        (Method::PUT, "/v1/clauses", &preflight),
        (Method::OPTIONS, "/v1/clauses", &preflight),
        (Method::GET, "/v1/clauses/", &preflight),
    ] {
        let response = send(&service, method.clone(), path, headers).await;
        assert_eq!((response.header("cache-control"), response.header("x-request-id")), ("no-store", "mine"), "{method} {path}");
    }
    for path in ["/v1", "/v1/clauses", "/v1/clauses.csv", "/openapi.json", "/docs/", "/en/", "/robots.txt"] {
        for headers in [&[("x-request-id", "mine")][..], &[("x-request-id", "mine"), ("if-none-match", "*")]] {
            let response = send(&service, Method::GET, path, headers).await;
            assert!(response.header("cache-control").starts_with("public, "), "{path}");
            assert_eq!(response.header("x-request-id"), "", "a cache would send it to others: {path}");
        }
    }
}

#[tokio::test]
async fn an_ambiguous_request_id_is_replaced() {
    let service = service_on(TODAY).await;
    for headers in [&[("x-request-id", "one"), ("x-request-id", "two")][..], &[("x-request-id", "one,two")], &[("x-request-id", "")]] {
        let id = send(&service, Method::GET, "/health/live", headers).await.header("x-request-id").to_owned();
        assert_eq!(id.len(), 16, "{headers:?}: {id}");
    }
}
