//! Request bodies: only POST may have one, of bounded length, within bounded time, and it counts against the rate limit.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use crate::test_server::{TestServer, bayan, header, send_raw, status};

const MAX_BODY_BYTES: usize = 262_144;
/// A request after the one with a body; both are sent at once.
const NEXT: &str = "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

/// A POST to a route that has none: the body is read before the router responds with 405.
fn post(fields: &str, body: &str) -> String {
    format!("POST /v1/clauses HTTP/1.1\r\nHost: x\r\n{fields}\r\n{body}")
}

fn with_length(body: &str) -> String {
    post(&format!("Content-Length: {}\r\n", body.len()), body)
}

fn chunked(body: &str) -> String {
    let chunks = body.as_bytes().chunks(5_000).map(|chunk| format!("{:x}\r\n{}\r\n", chunk.len(), str::from_utf8(chunk).unwrap()));
    post("Transfer-Encoding: chunked\r\n", &(chunks.collect::<String>() + "0\r\n\r\n"))
}

#[test]
fn a_post_may_have_a_body_of_the_maximum_length() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(&mut bayan(folder.path()));
    let longest = "x".repeat(MAX_BODY_BYTES);
    let responses = send_raw(&server.addr, &(with_length(&longest) + NEXT));
    assert_eq!((status(&responses), header(&responses, "allow")), (405, "GET,HEAD"), "{responses}");
    assert_eq!(responses.matches("HTTP/1.1 200").count(), 1, "the connection continues after the body: {responses}");
    let response = send_raw(&server.addr, &(chunked(&longest) + NEXT));
    assert_eq!((status(&response), header(&response, "connection")), (405, "close"), "a chunked body ends its connection");
    assert_eq!(response.matches("HTTP/1.1").count(), 1, "{response}");
}

#[test]
fn a_longer_body_is_rejected_with_413_as_soon_as_its_length_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(&mut bayan(folder.path()));
    let too_long = "x".repeat(MAX_BODY_BYTES + 1);
    for request in [post("Content-Length: 262145\r\n", ""), with_length(&too_long), chunked(&too_long)] {
        let response = send_raw(&server.addr, &request);
        assert_eq!((status(&response), header(&response, "connection")), (413, "close"));
        assert!(response.contains("The request body is longer than 262144 bytes."), "{response}");
    }
    let server = TestServer::start(bayan(folder.path()).args(["--max-body-bytes", "10"]));
    for (body, expected) in [("0123456789", 405), ("0123456789a", 413)] {
        assert_eq!(status(&send_raw(&server.addr, &(with_length(body) + NEXT))), expected, "{body}");
        assert_eq!(status(&send_raw(&server.addr, &chunked(body))), expected, "{body}");
    }
}

#[test]
fn other_methods_must_not_have_a_body() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(&mut bayan(folder.path()));
    for method in ["GET", "HEAD", "OPTIONS"] {
        let response = send_raw(&server.addr, &format!("{method} /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx"));
        assert_eq!((status(&response), header(&response, "connection")), (413, "close"), "{method}");
    }
    // No resource has these methods, with a body or without. The body is no request of its own.
    for method in ["PUT", "DELETE", "TRACE", "BREW"] {
        let body = "GET /v1 HTTP/1.1\r\nHost: x\r\n\r\n";
        let response =
            send_raw(&server.addr, &format!("{method} /v1/verify HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
        assert_eq!((status(&response), response.matches("HTTP/1.1 ").count()), (405, 1), "{method}: {response}");
    }
}

#[test]
fn an_ambiguous_body_is_rejected_or_ends_its_connection() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(&mut bayan(folder.path()));
    for fields in ["Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding: gzip\r\n", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"] {
        let response = send_raw(&server.addr, &(post(fields, "0\r\n\r\n") + NEXT));
        assert_eq!((status(&response), header(&response, "connection")), (400, "close"), "{fields}");
        assert_eq!(response.matches("HTTP/1.1").count(), 1, "{response}");
    }
    // A server may process a request with both fields by its Transfer-Encoding, and then closes the connection (RFC 9112, section 6.1).
    for fields in ["Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n"] {
        let response = send_raw(&server.addr, &(post(fields, "0\r\n\r\n") + NEXT));
        assert_eq!((status(&response), header(&response, "connection")), (405, "close"), "{fields}");
        assert_eq!(response.matches("HTTP/1.1").count(), 1, "{response}");
    }
    let response = send_raw(&server.addr, &post("Transfer-Encoding: chunked\r\n", "what is this?\r\n"));
    assert_eq!((status(&response), header(&response, "connection")), (400, "close"), "{response}");
}

#[test]
fn a_body_that_does_not_arrive_in_time_is_rejected_with_408() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).args(["--request-timeout", "0.5"]));
    let mut stream = TcpStream::connect(&server.addr).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let started = Instant::now();
    stream.write_all(post("Content-Length: 100\r\n", "some of it").as_bytes()).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    assert_eq!((status(&response), header(&response, "connection")), (408, "close"));
    assert!(response.contains("The request body did not arrive within 0.5 s."), "{response}");
    assert!(started.elapsed() >= Duration::from_millis(500));
}

#[test]
fn a_body_costs_one_more_request_for_each_full_8_kib() {
    let folder = tempfile::tempdir().unwrap();
    let limits = ["--rate-limit=40", "--rate-limit-window=86400", "--rate-limit-exempt="];
    let remaining = |request: &str| {
        let server = TestServer::start(bayan(folder.path()).args(limits));
        let response = send_raw(&server.addr, &(request.to_owned() + NEXT));
        let quota = header(&response, "ratelimit").strip_prefix("\"client\";r=").unwrap().split(';').next().unwrap();
        quota.parse::<u32>().unwrap()
    };
    assert_eq!(remaining(&with_length("")), 39);
    assert_eq!(remaining(&with_length(&"x".repeat(8_191))), 39);
    assert_eq!(remaining(&with_length(&"x".repeat(8_192))), 38);
    assert_eq!(remaining(&with_length(&"x".repeat(MAX_BODY_BYTES))), 40 - 33);
    assert_eq!(remaining(&chunked("x")), 40 - 33, "a chunked body declares no length and costs as much as the longest");
    assert_eq!(remaining(&post("Content-Length: 262145\r\n", "")), 39, "a rejected body costs nothing");
}

#[test]
fn a_rejected_request_with_an_unread_body_closes_the_connection() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).args(["--rate-limit=1", "--rate-limit-window=600", "--rate-limit-exempt="]));
    assert_eq!(status(&send_raw(&server.addr, NEXT)), 200, "health is not limited");
    assert_eq!(status(&send_raw(&server.addr, &(with_length("x") + NEXT))), 405);
    let response = send_raw(&server.addr, &(with_length("x") + NEXT));
    assert_eq!((status(&response), header(&response, "connection")), (429, "close"));
    assert_eq!(response.matches("HTTP/1.1").count(), 1, "{response}");
}

#[test]
fn a_client_that_expects_100_continue_gets_100_only_if_the_body_is_allowed() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(&mut bayan(folder.path()));
    for (length, continued, expected) in [(4, true, "HTTP/1.1 405"), (MAX_BODY_BYTES + 1, false, "HTTP/1.1 413")] {
        let responses = send_raw(&server.addr, &(post(&format!("Content-Length: {length}\r\nExpect: 100-continue\r\n"), "body") + NEXT));
        assert_eq!(responses.starts_with("HTTP/1.1 100 Continue\r\n\r\n"), continued, "{responses}");
        assert!(responses.contains(expected), "{responses}");
    }
}
