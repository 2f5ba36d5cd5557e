//! The limits hold: what is beyond them is refused at once and in good form, and the rest goes on.

use std::{
    io::{BufRead, BufReader, ErrorKind, Read, Write},
    net::TcpStream,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

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
    Answer,
    running::{Running, get, header, log, program, say, status},
    send,
};

/// A problem, as it comes over the wire.
fn problem(answer: &str) -> serde_json::Value {
    assert_eq!(header(answer, "content-type"), "application/problem+json", "{answer}");
    assert_eq!(header(answer, "access-control-allow-origin"), "*", "{answer}");
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap_or_else(|_| panic!("a problem: {answer}"))
}

fn seconds(text: &str) -> Seconds {
    text.parse().unwrap()
}

#[test]
fn a_request_that_could_be_taken_for_another_is_refused_and_its_connection_closed() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(&mut program(folder.path()));
    let second = "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    for (methods, head, expected) in [
        (&["GET", "POST"][..], "", 400),
        (&["GET", "POST"], "Host: a\r\nHost: a\r\n", 400),
        (&["GET", "POST"], "Host: a b\r\n", 400),
        (&["GET", "POST"], "Host: user@a\r\n", 400),
        (&["GET", "POST"], "Host: a/b\r\n", 400),
        (&["GET", "POST"], "Host: \r\n", 400),
        (&["GET", "PUT"], "Host: a\r\nTransfer-Encoding: chunked\r\n", 400),
        (&["GET", "PUT"], "Host: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n", 400),
        (&["GET", "PUT"], "Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n", 400),
        (&["GET", "PUT"], "Host: a\r\nContent-Length: 4\r\n", 413),
    ] {
        for method in methods {
            let body = if head.contains("chunked") { "0\r\n\r\n" } else { "" };
            let answer = say(&running.1, &format!("{method} /v1/clauses HTTP/1.1\r\n{head}\r\n{body}{second}"));
            assert_eq!((status(&answer), header(&answer, "connection")), (expected, "close"), "{method} {head}");
            assert_eq!(problem(&answer)["status"], expected, "one answer and no other: {answer}");
        }
    }
    for head in ["Host: a\r\n", "Host: [::1]:80\r\n", "Host: a\r\nContent-Length: 0\r\n"] {
        let answer = say(&running.1, &format!("GET /v1 HTTP/1.1\r\n{head}Connection: close\r\n\r\n"));
        assert_eq!(status(&answer), 200, "{head}");
    }
    for (named, expected) in [("a", 200), ("A", 200), ("other", 400), ("user@a", 400)] {
        let answer = say(&running.1, &format!("GET http://{named}/v1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
        assert_eq!(status(&answer), expected, "the address and the Host header name the same: {named}");
    }
    assert_eq!(status(&say(&running.1, "GET /v1 HTTP/1.0\r\n\r\n")), 200, "HTTP/1.0 needs no Host");
    // What hyper itself cannot read.
    for request in [
        "GET\r\n\r\n",
        "GET /v1 HTTP/3.0\r\nHost: x\r\n\r\n",
        "GET /v1 HTTP/1.1\r\nHost : x\r\n\r\n",
        "GET /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
    ] {
        let answer = say(&running.1, request);
        assert_eq!(problem(&answer)["status"], 400, "{request}");
        assert!(header(&answer, "x-request-id").len() == 16 && header(&answer, "date").ends_with(" GMT"), "{answer}");
    }
    assert_eq!(say(&running.1, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), "", "HTTP/2 is not spoken");
    let counted = r#"bayan_http_request_duration_seconds_count{route="none",status="4xx"} 26"#;
    assert!(get(&running.1, "/metrics").contains(counted), "each refusal is counted");
    let log = log(running);
    assert_eq!(log.lines().filter(|line| line.contains("status=400") || line.contains("status=413")).count(), 26, "and logged: {log}");
}

#[test]
fn who_sends_a_large_body_reads_that_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(&mut program(folder.path()));
    let body = "x".repeat(1_000_000);
    let answer = say(&running.1, &format!("POST /v1/clauses HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
    assert_eq!(problem(&answer)["status"], 413);
}

#[test]
fn addresses_and_heads_are_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(program(folder.path()).args(["--max-uri-bytes", "1000", "--max-header-bytes", "10000"]));
    let answer = get(&running.1, &format!("/v1/clauses?voice={}", "x".repeat(1000)));
    assert_eq!(problem(&answer)["status"], 414);
    let answer = say(&running.1, &format!("GET /v1 HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "x".repeat(20_000)));
    assert_eq!(problem(&answer)["status"], 431);
    let answer = say(&running.1, &format!("GET /v1 HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "x".repeat(10_000)));
    assert_eq!(problem(&answer)["detail"], "The request's header section is longer than 10000 bytes.", "also where it comes in one piece");
    let answer = say(&running.1, &format!("GET /v1 HTTP/1.1\r\nHost: x\r\n{}\r\n", "X: x\r\n".repeat(101)));
    assert_eq!(problem(&answer)["status"], 431);
}

#[test]
fn a_slow_head_is_cut_off_when_the_configuration_says() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(program(folder.path()).env("BAYAN_HEADER_READ_TIMEOUT", "0.3"));
    let mut stream = TcpStream::connect(&running.1).unwrap();
    let begun = Instant::now();
    // A byte now and then does not keep it open.
    while stream.write_all(b"G").is_ok() {
        assert!(begun.elapsed() < Duration::from_secs(20), "it is cut off");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn connections_are_bounded_and_the_next_one_waits_for_a_place() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(program(folder.path()).env("BAYAN_MAX_CONNECTIONS", "2").env("BAYAN_HEADER_READ_TIMEOUT", "1"));
    let silent: Vec<_> = (0..2).map(|_| TcpStream::connect(&running.1).unwrap()).collect();
    std::thread::sleep(Duration::from_millis(100));
    let begun = Instant::now();
    assert_eq!(status(&get(&running.1, "/health/live")), 200, "it is answered once the silent ones are cut off");
    assert!(begun.elapsed() > Duration::from_millis(500), "and not before");
    drop(silent);
}

/// Asks on a connection that stays open, and reads the answer's head and body.
fn ask(stream: &mut BufReader<TcpStream>, path: &str) -> String {
    write!(stream.get_mut(), "GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut answer = String::new();
    while !answer.ends_with("\r\n\r\n") {
        assert!(stream.read_line(&mut answer).unwrap() > 0, "the request is answered, after {answer:?}");
    }
    let mut body = vec![0; header(&answer, "content-length").parse().unwrap()];
    stream.read_exact(&mut body).unwrap();
    answer + std::str::from_utf8(&body).unwrap()
}

#[test]
fn a_connection_at_the_end_of_its_life_says_so_and_no_request_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(program(folder.path()).env("BAYAN_MAX_CONNECTION_AGE", "2"));
    let connect = || BufReader::new(TcpStream::connect(&running.1).unwrap());
    let (begun, mut busy, mut seldom) = (Instant::now(), connect(), connect());
    assert_eq!(header(&ask(&mut seldom, "/v1"), "connection"), "");
    while header(&ask(&mut busy, "/v1/milestones"), "connection") != "close" {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(begun.elapsed() >= Duration::from_secs(2), "it lives as long as it may");
    assert_eq!(busy.read(&mut [0]).unwrap(), 0, "and ends after the answer that says so");
    // The other one stood between two requests when its time was up.
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(header(&ask(&mut seldom, "/v1"), "connection"), "close");
    assert_eq!(seldom.read(&mut [0]).unwrap(), 0);
}

#[test]
fn who_does_not_read_is_cut_off_when_the_connection_has_lived_long_enough() {
    let folder = tempfile::tempdir().unwrap();
    let short = ["--max-connection-age=2", "--header-read-timeout=0.3", "--request-timeout=0.3", "--shutdown-timeout=0.4"];
    let running = Running::start(program(folder.path()).args(short));
    let begun = Instant::now();
    let mut slow = TcpStream::connect(&running.1).unwrap();
    slow.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
    let cut = (0..1_000_000).find_map(|_| slow.write_all(b"GET /v1/clauses?limit=200 HTTP/1.1\r\nHost: x\r\n\r\n").err()).unwrap();
    assert!(matches!(cut.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe), "{cut}");
    assert!(begun.elapsed() >= Duration::from_secs(3), "after all of the four");
}

#[test]
fn while_it_drains_every_answer_says_that_it_is_the_last_of_its_connection() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start(program(folder.path()).env("BAYAN_SHUTDOWN_DELAY", "5"));
    let mut stream = BufReader::new(TcpStream::connect(&running.1).unwrap());
    assert_eq!(header(&ask(&mut stream, "/v1"), "connection"), "");
    running.signal("-TERM");
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(header(&ask(&mut stream, "/v1"), "connection"), "close");
    assert_eq!(header(&ask(&mut BufReader::new(TcpStream::connect(&running.1).unwrap()), "/v1"), "connection"), "close", "a new one as well");
    assert!(running.0.wait().unwrap().success());
}

#[test]
fn running_out_of_files_is_logged_once_a_second_and_survived() {
    let folder = tempfile::tempdir().unwrap();
    let mut shell = Command::new("sh");
    shell.current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let running = Running::start(shell.args(["-c", &format!("ulimit -n 40; exec {} \"$@\"", env!("CARGO_BIN_EXE_bayan")), "sh", "--header-read-timeout=30"]));
    let mut many: Vec<_> = (0..60).map(|_| TcpStream::connect(&running.1).unwrap()).collect();
    std::thread::sleep(Duration::from_millis(1500));
    many.clear();
    assert_eq!(status(&get(&running.1, "/health/ready")), 200);
    let log = log(running);
    let told = log.lines().filter(|line| line.contains("connections cannot be accepted")).count();
    assert!((1..=4).contains(&told), "{told} lines: {log}");
}

/// A request of a client behind a proxy.
fn forwarded(address: &str, path: &str, by: &str) -> String {
    say(address, &format!("GET {path} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {by}\r\nConnection: close\r\n\r\n"))
}

#[test]
fn a_client_that_asks_too_often_is_told_how_long_to_wait() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(program(folder.path()).envs([("BAYAN_RATE_LIMIT", "5"), ("BAYAN_RATE_LIMIT_WINDOW", "600"), ("BAYAN_RATE_LIMIT_EXEMPT", "")]));
    // What is not even read counts like everything else, and only who watches is let through.
    let answer = say(&running.1, "GET /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n");
    assert!(status(&answer) == 413 && header(&answer, "ratelimit").starts_with("\"client\";r=4;t="), "{answer}");
    let answer = get(&running.1, "/health/other");
    assert!(status(&answer) == 404 && header(&answer, "ratelimit").starts_with("\"client\";r=3;t="), "{answer}");
    for left in [2, 1, 0] {
        // ResponseCache answers count like others.
        let answer = get(&running.1, "/v1");
        assert_eq!((status(&answer), header(&answer, "ratelimit-policy")), (200, "\"client\";q=5;w=600"));
        assert!(header(&answer, "ratelimit").starts_with(&format!("\"client\";r={left};t=")), "{answer}");
    }
    // What a client says of itself is not believed.
    for answer in [get(&running.1, "/v1"), get(&running.1, "/nowhere"), forwarded(&running.1, "/v1", "203.0.113.7")] {
        assert_eq!(problem(&answer)["status"], 429);
        let wait: u64 = header(&answer, "retry-after").parse().unwrap();
        assert!((100..=120).contains(&wait), "a fifth of the window: {wait}");
        assert_eq!(header(&answer, "ratelimit"), format!("\"client\";r=0;t={wait}"));
    }
    let page = get(&running.1, "/ar/");
    assert_eq!((status(&page), header(&page, "content-type")), (429, "text/html; charset=utf-8"), "people get a page");
    assert!(
        header(&page, "retry-after") == "120" && page.contains("طلبات كثيرة من عنوانك") && header(&page, "content-security-policy").contains("default-src")
    );
    for path in ["/health/live", "/health/ready", "/metrics"] {
        let answer = get(&running.1, path);
        assert_eq!((status(&answer), header(&answer, "ratelimit")), (200, ""), "{path} is never refused");
    }
    assert!(get(&running.1, "/metrics").contains("bayan_http_requests_limited_total 4"));
}

#[test]
fn behind_a_trusted_proxy_the_last_address_that_is_not_a_proxys_is_the_client() {
    let folder = tempfile::tempdir().unwrap();
    let limits = [("BAYAN_RATE_LIMIT", "1"), ("BAYAN_RATE_LIMIT_WINDOW", "600"), ("BAYAN_TRUSTED_PROXIES", "127.0.0.0/8,10.0.0.0/8")];
    let running = Running::start(program(folder.path()).envs(limits));
    for (by, expected) in [
        ("203.0.113.1", 200),
        ("203.0.113.1", 429),
        ("203.0.113.2", 200),
        // A proxy adds at the end; whatever stands before, the client made up.
        ("198.51.100.9, 203.0.113.2", 429),
        ("203.0.113.3, 10.1.2.3", 200),
        ("1.1.1.1, 203.0.113.3, 10.1.2.3, 10.9.9.9", 429),
        ("2001:db8:1:2::1", 200),
        ("2001:db8:1:2:ffff::9", 429),
        ("2001:db8:1:3::1", 200),
        ("::ffff:203.0.113.1", 429),
        ("203.0.113.1:5678", 429),
        // None that can be read is one client, whoever the proxy is.
        ("unknown", 200),
        ("unknown", 429),
    ] {
        assert_eq!(status(&forwarded(&running.1, "/v1", by)), expected, "{by}");
    }
}

/// A service on data that no query of the items ever ends on.
async fn endless(folder: &std::path::Path, limits: Limits) -> Router {
    let sql = "ALTER TABLE items RENAME TO stored; CREATE VIEW items AS SELECT rowid AS rowid, * FROM stored WHERE resource = 'clauses' \
               AND (WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n) > 0";
    let file = crate::database::changed(folder, sql).await;
    let corpus = storage::open_with_limits(&file, &limits).await.unwrap();
    bayan::app(AppState::new(corpus, Clock::system(None), None).with_limits(limits))
}

async fn asked(service: &Router, path: &str) -> Answer {
    send(service, Method::GET, path, &[]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_would_never_end_does_and_readiness_does_not_wait_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let service = endless(folder.path(), Limits { query_timeout: seconds("1"), ..Limits::DEFAULT }).await;
    // More of them than there are connections.
    let running: Vec<_> = (1..=6)
        .map(|limit| {
            let service = service.clone();
            tokio::spawn(async move { asked(&service, &format!("/v1/clauses?limit={limit}")).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let begun = Instant::now();
    assert_eq!(asked(&service, "/health/ready").await.status, StatusCode::OK);
    assert!(begun.elapsed() < Duration::from_millis(700), "while all are at work");
    for answer in running {
        let answer = answer.await.unwrap();
        assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "1"));
    }
    // The connections are good for what ends.
    for limit in 1..=6 {
        assert_eq!(asked(&service, &format!("/v1/milestones?limit={limit}")).await.status, StatusCode::OK);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_takes_too_long_is_a_503() {
    let folder = tempfile::tempdir().unwrap();
    let service = endless(folder.path(), Limits { request_timeout: seconds("0.2"), query_timeout: seconds("2"), ..Limits::DEFAULT }).await;
    let begun = Instant::now();
    let answer = asked(&service, "/v1/clauses").await;
    assert_eq!((answer.status, answer.json()["status"].as_u64()), (StatusCode::SERVICE_UNAVAILABLE, Some(503)));
    assert!(begun.elapsed() < Duration::from_millis(1800));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_made_now_is_refused_at_once_and_what_is_kept_is_still_served() {
    let folder = tempfile::tempdir().unwrap();
    let service = endless(folder.path(), Limits { max_in_flight: 2, query_timeout: seconds("2"), ..Limits::DEFAULT }).await;
    assert_eq!(asked(&service, "/v1").await.status, StatusCode::OK);
    let running: Vec<_> = (1..=2)
        .map(|limit| {
            let service = service.clone();
            tokio::spawn(async move { asked(&service, &format!("/v1/clauses?limit={limit}")).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let begun = Instant::now();
    let answer = asked(&service, "/v1/clauses?limit=3").await;
    assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "1"));
    assert_eq!(asked(&service, "/v1").await.status, StatusCode::OK, "it is kept");
    assert!(begun.elapsed() < Duration::from_millis(1500), "nothing of this waits");
    let metrics = String::from_utf8(asked(&service, "/metrics").await.body).unwrap();
    assert!(metrics.contains("bayan_http_requests_shed_total 1"), "{metrics}");
    for page in ["/en/", "/en/search?q=iraq"] {
        assert_eq!(asked(&service, page).await.status, StatusCode::SERVICE_UNAVAILABLE, "{page} is made like any answer");
    }
    for answer in running {
        assert_eq!(answer.await.unwrap().status, StatusCode::SERVICE_UNAVAILABLE);
    }
}
