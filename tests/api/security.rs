//! Untrusted input is in no header, log line or query unescaped, and responses reveal nothing internal.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use axum::http::{Method, StatusCode};
use serde_json::Value;

use crate::{
    TODAY, send, service_on,
    test_server::{TestServer, bayan, get, header, send_raw, status},
};

/// Attacks, percent-encoded: line breaks, quotes, formulas, direction overrides, NUL, invalid UTF-8.
const HOSTILE: [&str; 12] = [
    "%0d%0aX-Injected:%201",
    "a%0aX-Injected:%201",
    "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "'%20OR%20'1'='1",
    "x'%3B%20DROP%20TABLE%20items%3B--",
    "=HYPERLINK(%22http://evil.example%22)",
    "@SUM(1)",
    "%E2%80%AE%E2%81%A6evil",
    "%00",
    "%ED%A0%80",
    "%F0%28%8C%28",
    "iraq%0d%0aEND:VCALENDAR",
];

#[tokio::test]
async fn a_hostile_value_is_a_problem_and_reaches_no_header() {
    let service = service_on(TODAY).await;
    let mut sent = 0;
    for value in HOSTILE {
        for path in [
            format!("/v1/clauses/{value}"),
            format!("/v1/clauses?actor={value}"),
            format!("/v1/clauses.csv?actor={value}"),
            format!("/v1/clauses?{value}=1"),
            format!("/v1/clauses?cursor={value}"),
            format!("/v1/clauses?limit={value}"),
            format!("/v1/milestones.ics?actor={value}"),
            format!("/v1/milestones.ics?lang={value}"),
            format!("/v1/milestones.atom?status={value}"),
            format!("/v1/milestones?as_of={value}"),
            format!("/v1/locations.geojson?country={value}"),
            format!("/v1/changes?since={value}"),
            format!("/{value}"),
        ] {
            let response = send(&service, Method::GET, &path, &[]).await;
            assert!(response.status.is_client_error(), "{path}: {}", response.status);
            assert_eq!(response.header("content-type"), "application/problem+json", "{path}");
            for (name, value) in &response.headers {
                assert!(name != "x-injected" && value.to_str().is_ok_and(|value| !value.contains("njected")), "{path}: {name}");
            }
            let body = String::from_utf8(response.body.clone()).unwrap();
            assert!(!body.chars().any(char::is_control), "{path}: {body}");
            assert!(!body.contains("sqlite") && !body.contains("SELECT"), "{path}: {body}");
            response.json();
            sent += 1;
        }
    }
    assert_eq!(sent, HOSTILE.len() * 13);
    assert_eq!(send(&service, Method::GET, "/v1/clauses?count=true&limit=1", &[]).await.json()["meta"]["total"], 50, "no table was dropped");
}

/// Hostile search terms, and each percent-encoded: line breaks, quotes, markup, formulas, direction overrides.
const SEARCH_TERMS: [(&str, &str); 7] = [
    ("iraq\r\nX-Injected: 1", "iraq%0D%0AX-Injected:%201"),
    ("iraq\nEND:VCALENDAR\n", "iraq%0AEND:VCALENDAR%0A"),
    ("iraq\"><script>alert(1)</script>", "iraq%22%3E%3Cscript%3Ealert(1)%3C/script%3E"),
    ("=iraq(\"iraq\")", "=iraq(%22iraq%22)"),
    ("\u{202e}iraq\u{2066}", "%E2%80%AEiraq%E2%81%A6"),
    ("iraq\0", "iraq%00"),
    ("iraq}\u{85}@misc{x", "iraq%7D%C2%85@misc%7Bx"),
];

#[tokio::test]
async fn a_hostile_search_term_is_in_no_format_and_no_header_unescaped() {
    let service = service_on(TODAY).await;
    let mut found = 0;
    for (term, encoded) in SEARCH_TERMS {
        for suffix in ["", ".csv", ".txt", ".jsonld", ".csl.json", ".bib", ".ris"] {
            let path = format!("/v1/clauses{suffix}?q={encoded}&limit=1");
            let response = send(&service, Method::GET, &path, &[]).await;
            assert_eq!(response.status, StatusCode::OK, "{path}");
            let body = String::from_utf8(response.body).unwrap();
            found += usize::from(body.contains("العراق"));
            if suffix.is_empty() {
                // JSON repeats the term, escaped in a string (RFC 8259, section 7).
                assert_eq!(serde_json::from_str::<Value>(&body).unwrap()["query"]["q"], term);
            } else {
                assert!(!body.contains(term), "{path}: {body}");
            }
            assert!(!body.lines().any(|line| line.starts_with("X-Injected") || line.starts_with("END:") || line.starts_with("@misc{x")), "{path}");
            for (name, value) in &response.headers {
                assert!(value.to_str().is_ok_and(|value| !value.contains(term)) && name != "x-injected", "{path}: {name}");
            }
        }
        let page = send(&service, Method::GET, &format!("/en/search?q={encoded}"), &[]).await;
        let page = String::from_utf8(page.body).unwrap();
        assert!(!page.contains("<script>alert") && !page.contains("\"><script"), "{term}");
    }
    assert_eq!(found, 3 * 7, "three of them have results, in every format");
}

#[test]
fn an_endless_uri_is_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(&mut bayan(folder.path()));
    for mark in ["\u{301}", "%CC%81"] {
        let response = get(&server.addr, &format!("/v1/clauses?actor=e{}", mark.repeat(1_000_000 / mark.len())));
        assert!(matches!(status(&response), 414 | 431), "{}", status(&response));
        assert_eq!(header(&response, "content-type"), "application/problem+json");
    }
    let response = get(&server.addr, &format!("/v1/clauses?actor=e{}", "\u{301}".repeat(20_000)));
    assert_eq!(status(&response), 414);
    assert_eq!(status(&get(&server.addr, "/health/ready")), 200);
}

#[test]
fn a_request_target_with_a_fragment_or_an_unencoded_character_is_400() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(&mut bayan(folder.path()));
    let head = |method: &str, target: &str| format!("{method} {target} HTTP/1.1\r\nHost: x\r\n\r\n");
    // Before the request: nothing, another request on the same connection, and one with a body that looks like a request.
    let post = "POST /v1/clauses HTTP/1.1\r\nHost: x\r\nContent-Length: 14\r\n\r\nGET /#x HTTP/1";
    for before in ["", &head("GET", "/health/live"), post] {
        let responses = usize::from(!before.is_empty()) + 1;
        for (method, target) in [
            ("GET", "/metrics#x"),
            ("HEAD", "/health/ready#"),
            ("GET", "/#/metrics"),
            ("OPTIONS", "/v1/clauses?voice=agency#top"),
            ("POST", "/v1/verify#?text=x"),
            ("GET", "http://x/metrics#/../v1"),
            ("GET", "#"),
        ] {
            let response = send_raw(&server.addr, &format!("{before}{}", head(method, target)));
            assert_eq!(response.matches("HTTP/1.1 ").count(), responses, "{before}{target}: {response}");
            let last = &response[response.rfind("HTTP/1.1 ").unwrap()..];
            assert_eq!((status(last), header(last, "connection"), header(last, "access-control-allow-origin")), (400, "close", "*"), "{method} {target}");
        }
    }
    for target in ["/metrics\\x", "/v1/clauses<", "/v1/\"", "/v1/clauses?q=\"iraq\"", "/{id}", "/a^b", "/`", "/%23\\"] {
        assert_eq!(status(&send_raw(&server.addr, &head("GET", target))), 400, "{target}");
    }
    // What browsers and command lines send as it is.
    for target in ["/v1/clauses?q=a|b[c]'", "/v1/clauses?q=\u{639}\u{631}\u{627}\u{642}", "/v1?_=%23"] {
        assert_eq!(status(&get(&server.addr, target)), 200, "{target}");
    }
    assert_eq!(status(&get(&server.addr, "/v1/a|b[c]")), 404);
    let with_hash = "GET /v1 HTTP/1.1\r\nHost: x\r\nReferer: http://x/#a\r\nX-#: #\r\nConnection: close\r\n\r\n";
    assert_eq!(status(&send_raw(&server.addr, with_hash)), 200, "other fields may have one");
}

#[test]
fn the_host_header_is_in_no_response() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(&mut bayan(folder.path()));
    for path in ["/v1", "/v1/clauses?limit=1", "/v1/milestones.ics", "/v1/milestones.atom", "/nowhere", "/"] {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\nX-Forwarded-Proto: evil.example\r\nConnection: close\r\n\r\n"
        );
        assert!(!send_raw(&server.addr, &request).contains("evil"), "{path}");
    }
}

#[test]
fn every_log_entry_is_one_line() {
    for format in ["text", "json"] {
        let folder = tempfile::tempdir().unwrap();
        let server = TestServer::start(bayan(folder.path()).env("BAYAN_LOG_FORMAT", format).env("BAYAN_LOG", "bayan::request=debug"));
        let mut sent = 0;
        for target in HOSTILE.into_iter().chain(["\u{202e}\u{2066}raw", "\u{85}raw", "e\u{301}", "caf\u{e9}\u{2028}"]) {
            for path in [format!("/{target}"), format!("/v1/clauses?actor={target}")] {
                let mut stream = TcpStream::connect(&server.addr).unwrap();
                write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nX-Request-Id: {target}\u{202e} id=1\r\nConnection: close\r\n\r\n").unwrap();
                let mut response = String::new();
                stream.read_to_string(&mut response).unwrap();
                assert!(matches!(status(&response), 400 | 404), "{response}");
                let id = header(&response, "x-request-id");
                assert!(id.is_empty() || (id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit())), "{id}");
                sent += usize::from(!id.is_empty());
            }
        }
        let log = server.stop_and_read_log();
        let lines: Vec<&str> = log.lines().collect();
        assert_eq!(lines.len(), sent, "{lines:#?}");
        for line in lines {
            assert!(line.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{line:?}");
            if format == "json" {
                serde_json::from_str::<Value>(line).unwrap();
            }
        }
    }
}

#[tokio::test]
async fn every_response_has_the_security_headers_and_no_banner() {
    let service = service_on(TODAY).await;
    for path in
        ["/v1", "/v1/clauses", "/v1/clauses.csv", "/v1/milestones.ics", "/openapi.json", "/health/live", "/metrics", "/robots.txt", "/nowhere", "/v1/clauses?x"]
    {
        for _ in ["miss", "hit"] {
            let response = send(&service, Method::GET, path, &[]).await;
            assert_eq!(response.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(response.header("referrer-policy"), "no-referrer", "{path}");
            assert_eq!(response.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'", "{path}");
            for name in ["server", "x-powered-by", "via"] {
                assert_eq!(response.header(name), "", "{path}");
            }
        }
    }
    let page = send(&service, Method::GET, "/docs/", &[]).await;
    assert_eq!((page.status, page.header("x-content-type-options")), (StatusCode::OK, "nosniff"));
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'self'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{policy}");
}

#[tokio::test]
async fn options_for_an_unknown_route_is_404() {
    let service = service_on(TODAY).await;
    let preflight = [("origin", "https://dashboard.example"), ("access-control-request-method", "GET")];
    for path in ["/nowhere", "/v1/nowhere", "/v1/clauses/a/b"] {
        for headers in [&preflight[..], &[]] {
            assert_eq!(send(&service, Method::OPTIONS, path, headers).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    for path in ["/v1", "/v1/clauses.csv", "/openapi.json", "/health/live"] {
        assert_eq!(send(&service, Method::OPTIONS, path, &preflight).await.status, StatusCode::OK, "{path}");
    }
}
