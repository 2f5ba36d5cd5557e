//! Hostile input to search and verification gets a response or a 400 that names it, and costs no more than other input.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use axum::http::Method;

use crate::{
    TODAY, get, send, service_on,
    test_server::{TestServer, bayan},
};

/// Where a client may send any text: the parameter, and the URI before its value.
const FREE_TEXT: [(&str, &str); 3] = [("q", "/v1/clauses?q="), ("q", "/v1/notes?q="), ("text", "/v1/verify?text=")];

#[tokio::test]
async fn a_long_uri_of_combining_marks_is_rejected_before_it_is_parsed() {
    let service = service_on(TODAY).await;
    for (_, path) in FREE_TEXT {
        for marks in ["%D9%8B".repeat(10_000), "%CC%81".repeat(10_000)] {
            let response = send(&service, Method::GET, &format!("{path}a{marks}"), &[]).await;
            assert_eq!((response.status.as_u16(), response.header("content-type")), (414, "application/problem+json"), "{path}");
            assert!(response.body.len() < 500, "the response does not grow with the request");
        }
    }
}

#[test]
fn a_megabyte_of_combining_marks_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(&mut bayan(folder.path()));
    for (_, path) in FREE_TEXT {
        let mut stream = TcpStream::connect(&server.addr).unwrap();
        // The service responds and closes before everything is sent.
        let _ = write!(stream, "GET {path}{} HTTP/1.1\r\nHost: x\r\n\r\n", "%D9%8B".repeat(1_000_000 / 6));
        let mut response = Vec::new();
        let _ = stream.read_to_end(&mut response);
        assert!(response.is_empty() || response.starts_with(b"HTTP/1.1 4"), "{}", String::from_utf8_lossy(&response));
    }
    assert!(crate::test_server::get(&server.addr, "/health/ready").starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_word_with_five_thousand_combining_marks_matches_the_word() {
    let marks = "%D9%8B".repeat(5_000);
    for path in [format!("/v1/clauses?q=iraq{marks}"), format!("/v1/clauses?q={marks}iraq")] {
        let found = get(&path).await;
        assert!(found.status == 200 && !found.json()["items"].as_array().unwrap().is_empty());
    }
    let verdict = get(&format!("/v1/verify?text=%D8%A7%D9%84%D8%B9%D8%B1%D8%A7%D9%82{marks}")).await.json();
    assert_eq!(verdict["match"], "normalized");
    assert!(verdict["quote"]["exact"].as_str().unwrap().chars().count() < 10);
}

#[tokio::test]
async fn invalid_utf_8_is_a_400_that_names_the_parameter() {
    for (parameter, path) in FREE_TEXT {
        // Lone surrogates, an overlong NUL, a cut sequence, a byte that UTF-8 never has, and a cut escape.
        for bytes in ["%ED%A0%80", "%ED%BF%BF", "%C0%80", "%D8", "%FF", "%F5%80%80%80", "%", "%D"] {
            let response = get(&format!("{path}iraq{bytes}")).await;
            assert_eq!(response.status, 400, "{path}{bytes}");
            assert_eq!(response.json()["errors"][0]["parameter"], parameter, "{path}{bytes}");
        }
    }
}

#[tokio::test]
async fn invisible_characters_separate_or_join_words_and_do_nothing_else() {
    // NUL, direction overrides, a joiner, noncharacters, a soft hyphen, an escape sequence, a line break.
    for (_, path) in FREE_TEXT {
        for odd in ["%00", "%E2%80%AE", "%E2%81%A6", "%E2%80%8D", "%EF%BF%BF", "%F4%8F%BF%BF", "%C2%AD", "%1B%5B31m", "%0D%0AX%3A+y"] {
            let response = get(&format!("{path}end{odd}+of+September")).await;
            assert_eq!(response.status, 200, "{path}{odd}");
            let headers = format!("{:?}", response.headers);
            assert!(!headers.contains("\\r") && !headers.contains("\\n") && response.headers.get("x").is_none(), "input makes no header");
        }
    }
    let verdict = get("/v1/verify?text=no+later%00than+the+end%E2%80%AE+of+September+2025").await.json();
    assert!(verdict["match"] == "partial" || verdict["match"] == "normalized", "{}", verdict["match"]);
}

#[tokio::test]
async fn a_long_query_has_no_long_header_section() {
    let words = "%D9%88%D8%A8%D8%A7%D9%84%D8%B9%D8%B1%D8%A7%D9%82+".repeat(40);
    let quotation = "%D8%A7%D9%84%D8%B9%D8%B1%D8%A7%D9%82+".repeat(600);
    for path in [format!("/v1/clauses?q={words}"), format!("/v1/clauses.csv?q={words}"), format!("/v1/verify?text={quotation}")] {
        let response = get(&path).await;
        assert_eq!(response.status, 200);
        let bytes: usize = response.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
        // The default of nginx's proxy_buffer_size.
        assert!(bytes < 4096, "{bytes} bytes");
    }
    let short = get("/v1/clauses?q=iraq").await;
    assert!(short.header("link").contains("rel=\"alternate\"") && !short.header("content-location").is_empty());
}
