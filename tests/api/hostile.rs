//! What is typed to break searching and verifying: it is answered or refused by name, and costs no more than anything else.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use axum::http::Method;

use crate::{
    TODAY, get,
    running::{Running, program},
    send, service_on,
};

/// Where any text may be typed: the parameter, and what stands before its value.
const FREE: [(&str, &str); 3] = [("q", "/v1/clauses?q="), ("q", "/v1/notes?q="), ("text", "/v1/verify?text=")];

#[tokio::test]
async fn an_address_of_combining_marks_is_refused_before_it_is_read() {
    let service = service_on(TODAY).await;
    for (_, path) in FREE {
        for marks in ["%D9%8B".repeat(10_000), "%CC%81".repeat(10_000)] {
            let answer = send(&service, Method::GET, &format!("{path}a{marks}"), &[]).await;
            assert_eq!((answer.status.as_u16(), answer.header("content-type")), (414, "application/problem+json"), "{path}");
            assert!(answer.body.len() < 500, "what comes in does not decide how much goes out");
        }
    }
}

#[test]
fn a_megabyte_of_them_is_not_even_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(&mut program(folder.path()));
    for (_, path) in FREE {
        let mut stream = TcpStream::connect(&running.1).unwrap();
        // The service answers and closes before everything is sent, and then the rest is for nobody.
        let _ = write!(stream, "GET {path}{} HTTP/1.1\r\nHost: x\r\n\r\n", "%D9%8B".repeat(1_000_000 / 6));
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 4"), "{}", String::from_utf8_lossy(&answer));
    }
    assert!(crate::running::get(&running.1, "/health/ready").starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_word_under_five_thousand_marks_is_that_word() {
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
async fn what_is_no_text_is_refused_by_name() {
    for (parameter, path) in FREE {
        // Lone surrogates, an overlong NUL, a cut sequence, a byte that UTF-8 never has, and a cut escape.
        for bytes in ["%ED%A0%80", "%ED%BF%BF", "%C0%80", "%D8", "%FF", "%F5%80%80%80", "%", "%D"] {
            let answer = get(&format!("{path}iraq{bytes}")).await;
            assert_eq!(answer.status, 400, "{path}{bytes}");
            assert_eq!(answer.json()["errors"][0]["parameter"], parameter, "{path}{bytes}");
        }
    }
}

#[tokio::test]
async fn characters_that_are_not_seen_part_or_join_words_and_do_nothing_else() {
    // NUL, the overrides of direction, joiners, an unassigned one, the last there is.
    for (_, path) in FREE {
        for odd in ["%00", "%E2%80%AE", "%E2%81%A6", "%E2%80%8D", "%EF%BF%BF", "%F4%8F%BF%BF", "%C2%AD", "%1B%5B31m", "%0D%0AX%3A+y"] {
            let answer = get(&format!("{path}end{odd}+of+September")).await;
            assert_eq!(answer.status, 200, "{path}{odd}");
            let headers = format!("{:?}", answer.headers);
            assert!(!headers.contains("\\r") && !headers.contains("\\n") && answer.headers.get("x").is_none(), "nothing typed makes a header");
        }
    }
    let verdict = get("/v1/verify?text=no+later%00than+the+end%E2%80%AE+of+September+2025").await.json();
    assert!(verdict["match"] == "partial" || verdict["match"] == "normalized", "{}", verdict["match"]);
}

#[tokio::test]
async fn a_long_question_has_no_long_head() {
    let words = "%D9%88%D8%A8%D8%A7%D9%84%D8%B9%D8%B1%D8%A7%D9%82+".repeat(40);
    let quotation = "%D8%A7%D9%84%D8%B9%D8%B1%D8%A7%D9%82+".repeat(600);
    for path in [format!("/v1/clauses?q={words}"), format!("/v1/clauses.csv?q={words}"), format!("/v1/verify?text={quotation}")] {
        let answer = get(&path).await;
        assert_eq!(answer.status, 200);
        let bytes: usize = answer.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
        // What a proxy takes unless it is told otherwise (nginx: proxy_buffer_size).
        assert!(bytes < 4096, "{bytes} bytes");
    }
    let short = get("/v1/clauses?q=iraq").await;
    assert!(short.header("link").contains("rel=\"alternate\"") && !short.header("content-location").is_empty());
}
