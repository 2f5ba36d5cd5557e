//! The process: it starts, prints its address, stops gracefully, and fails with one clear line.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    process::Output,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::test_server::{TestServer, bayan, get, header, send_raw, status};

/// The one line of standard error with which a process failed.
fn failure(output: &Output) -> String {
    assert!(!output.status.success());
    let line = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(line.lines().count(), 1, "one line: {line}");
    line
}

#[test]
fn the_program_builds_its_database_in_the_current_folder_and_serves_it() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).env("BAYAN_TODAY", "2026-09-15"));
    assert!(folder.path().join("bayan.db").exists());
    let response = get(&server.addr, "/v1/milestones/iq-us-2024-09-27-mission-in-syria-continues");
    assert!(response.starts_with("HTTP/1.1 200") && response.contains(r#""status":"open""#) && response.contains(r#""as_of":"2026-09-15""#));
}

#[test]
fn flags_and_variables_set_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).env("BAYAN_DATABASE", "other.db").env("BAYAN_PUBLIC_URL", "https://bayan.example"));
    assert!(folder.path().join("other.db").exists() && !folder.path().join("bayan.db").exists());
    assert!(get(&server.addr, "/v1/statements").contains(r#""url":"https://bayan.example/v1/statements/"#));
    drop(server);
    let server = TestServer::start(bayan(folder.path()).args(["--database", "third.db", "--log-format", "json"]));
    assert!(folder.path().join("third.db").exists() && get(&server.addr, "/health/ready").starts_with("HTTP/1.1 200"));
}

#[test]
fn sigterm_and_sigint_stop_the_program_with_exit_code_0() {
    for signal in ["-TERM", "-INT", "-QUIT"] {
        let folder = tempfile::tempdir().unwrap();
        let mut server = TestServer::start(&mut bayan(folder.path()));
        // An idle connection does not delay the shutdown.
        let idle = TcpStream::connect(&server.addr).unwrap();
        let signalled_at = Instant::now();
        server.signal(signal);
        assert!(server.child.wait().unwrap().success(), "{signal}");
        assert!(signalled_at.elapsed() < Duration::from_secs(5), "it does not wait for idle connections");
        drop(idle);
    }
}

#[test]
fn a_request_in_flight_at_shutdown_finishes() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = TestServer::start(&mut bayan(folder.path()));
    let mut stream = TcpStream::connect(&server.addr).unwrap();
    write!(stream, "GET /v1/clauses?limit=200 HTTP/1.1\r\nHost: x\r\nConnec").unwrap();
    std::thread::sleep(Duration::from_millis(200));
    server.signal("-TERM");
    std::thread::sleep(Duration::from_millis(200));
    write!(stream, "tion: close\r\n\r\n").unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    assert!(response.starts_with("HTTP/1.1 200") && response.ends_with('}'));
    assert!(server.child.wait().unwrap().success());
}

#[test]
fn a_half_closed_connection_gets_its_responses() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(&mut bayan(folder.path()));
    for path in ["/v1/clauses?q=iraq", "/health/live", "/v1", "/v1"] {
        let mut stream = TcpStream::connect(&server.addr).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\n\r\nGET {path} HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut responses = String::new();
        stream.read_to_string(&mut responses).unwrap();
        assert_eq!(responses.matches("HTTP/1.1 200").count(), 2, "{path}: {responses}");
    }
}

#[test]
fn a_signal_ends_the_wait_for_another_process_that_builds() {
    let folder = tempfile::tempdir().unwrap();
    let lock = fs::File::create(folder.path().join("bayan.db.lock")).unwrap();
    lock.lock().unwrap();
    let mut waiting = TestServer { child: bayan(folder.path()).spawn().unwrap(), addr: String::new() };
    let mut log = BufReader::new(waiting.child.stderr.take().unwrap());
    let mut line = String::new();
    log.read_line(&mut line).unwrap();
    assert!(line.contains("waiting for another process that builds the database"), "{line}");
    waiting.signal("-TERM");
    assert!(waiting.wait_for_exit().success());
}

#[test]
fn a_client_that_reads_nothing_does_not_block_the_shutdown() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = TestServer::start(&mut bayan(folder.path()));
    let mut slow = TcpStream::connect(&server.addr).unwrap();
    for _ in 0..200 {
        write!(slow, "GET /v1/clauses?limit=200 HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    }
    std::thread::sleep(Duration::from_millis(500));
    let signalled_at = Instant::now();
    server.signal("-TERM");
    assert!(server.child.wait().unwrap().success());
    assert!(signalled_at.elapsed() < Duration::from_secs(20));
    drop(slow);
}

#[test]
fn an_endless_header_section_times_out() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(&mut bayan(folder.path()));
    let mut stream = TcpStream::connect(&server.addr).unwrap();
    write!(stream, "GET /v1 HTTP/1.1\r\nHost: x\r\n").unwrap();
    let started = Instant::now();
    let mut rest = Vec::new();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let _ = stream.read_to_end(&mut rest);
    assert!(started.elapsed() < Duration::from_secs(25), "the service closes the connection");
}

#[test]
fn the_exit_code_of_the_health_command_is_0_only_if_the_service_is_ready() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(&mut bayan(folder.path()));
    let health = |addr: &str| bayan(folder.path()).args(["health", "--listen", addr]).output().unwrap();
    assert!(health(&server.addr).status.success());
    let addr = server.addr.clone();
    drop(server);
    failure(&health(&addr));
}

#[test]
fn the_error_names_an_address_that_is_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let text = failure(&bayan(folder.path()).args(["--listen", &address]).output().unwrap());
    assert!(text.contains(&address) && text.contains("BAYAN_LISTEN"), "{text}");
}

#[test]
fn the_error_names_a_folder_that_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    // Not even root can write there.
    for path in ["/proc/bayan.db", "/nowhere/at/all/bayan.db"] {
        let text = failure(&bayan(folder.path()).args(["--database", path]).output().unwrap());
        assert!(text.contains(path.trim_end_matches("bayan.db")), "{text}");
    }
}

#[test]
fn a_file_that_is_not_a_database_is_named_and_left_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bayan.db"), "minutes of the meeting").unwrap();
    let text = failure(&bayan(folder.path()).output().unwrap());
    assert!(text.contains("bayan.db is not a Bayan database") && text.contains("BAYAN_DATABASE"), "{text}");
    assert_eq!(fs::read_to_string(folder.path().join("bayan.db")).unwrap(), "minutes of the meeting");
}

#[test]
fn an_invalid_setting_is_rejected_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for (name, value) in [
        ("BAYAN_LISTEN", "here"),
        ("BAYAN_TODAY", "tomorrow"),
        ("BAYAN_PUBLIC_URL", "bayan.example"),
        ("BAYAN_LOG", "bayan=loud"),
        ("BAYAN_ADMIN_LISTEN", "9000"),
        // Zero would let nothing through.
        ("BAYAN_MAX_CONNECTIONS", "0"),
        ("BAYAN_MAX_IN_FLIGHT", "0"),
        ("BAYAN_MAX_CONNECTIONS_PER_CLIENT", "0"),
        ("BAYAN_REQUEST_TIMEOUT", "0"),
        ("BAYAN_KEEP_ALIVE_TIMEOUT", "0"),
        ("BAYAN_HEADER_READ_TIMEOUT", "0.0"),
        ("BAYAN_SEND_TIMEOUT", "1e-12"),
        ("BAYAN_QUERY_TIMEOUT", "0"),
        ("BAYAN_DB_ACQUIRE_TIMEOUT", "0"),
        ("BAYAN_MAX_URI_BYTES", "0"),
    ] {
        let output = bayan(folder.path()).env(name, value).output().unwrap();
        assert!(!output.status.success(), "{name}={value}");
        assert!(!output.stderr.is_empty());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{name}={value}");
    }
}

#[test]
fn processes_that_start_together_build_one_database() {
    let folder = tempfile::tempdir().unwrap();
    let servers: Vec<TestServer> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| TestServer::start(&mut bayan(folder.path())))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for server in &servers {
        assert!(get(&server.addr, "/health/ready").starts_with("HTTP/1.1 200"));
    }
}

#[test]
fn readiness_is_503_during_the_shutdown_delay_while_requests_are_still_served() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = TestServer::start(bayan(folder.path()).env("BAYAN_SHUTDOWN_DELAY", "3"));
    assert_eq!(status(&get(&server.addr, "/health/ready")), 200);
    let mut early = TcpStream::connect(&server.addr).unwrap();
    server.signal("-TERM");
    let signalled_at = Instant::now();
    while status(&get(&server.addr, "/health/ready")) == 200 {
        assert!(signalled_at.elapsed() < Duration::from_secs(2), "a proxy can notice before the listener closes");
        std::thread::sleep(Duration::from_millis(10));
    }
    let response = get(&server.addr, "/health/ready");
    assert_eq!((status(&response), header(&response, "content-type")), (503, "application/problem+json"));
    assert_eq!(status(&get(&server.addr, "/v1/clauses")), 200, "requests are still served");
    assert_eq!(status(&get(&server.addr, "/health/live")), 200);
    write!(early, "GET /v1 HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    assert!(server.child.wait().unwrap().success());
    let mut response = String::new();
    early.read_to_string(&mut response).unwrap();
    assert_eq!(status(&response), 200);
    assert!(TcpStream::connect(&server.addr).is_err(), "the listener is closed");
}

/// Stops the service, and parses its log, which is JSON.
fn log_of(server: TestServer) -> Vec<Value> {
    server.stop_and_read_log().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_request_has_an_id_and_a_log_line() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).args(["--log-format=json", "--log=bayan=debug", "--trusted-proxies=127.0.0.1"]));
    let with_id = send_raw(
        &server.addr,
        "GET /v1/clauses?voice=agency HTTP/1.1\r\nHost: x\r\nX-Request-Id: from-the_proxy.7\r\nX-Forwarded-For: 203.0.113.7\r\nConnection: close\r\n\r\n",
    );
    assert_eq!(header(&with_id, "x-request-id"), "", "a cache would send it to other clients");
    let cached = get(&server.addr, "/v1/clauses?voice=agency");
    let with_long_id = send_raw(&server.addr, &format!("GET /v2 HTTP/1.1\r\nHost: x\r\nX-Request-Id: {}\r\nConnection: close\r\n\r\n", "x".repeat(65)));
    let new_id = header(&with_long_id, "x-request-id");
    assert_eq!(new_id.len(), 16, "{new_id}");
    let lines: Vec<Value> = log_of(server).into_iter().filter(|line| line["target"] == "bayan::request").map(|mut line| line["fields"].take()).collect();
    let logged: Vec<_> = lines.iter().map(|line| [&line["uri"], &line["status"], &line["cache"], &line["client_ip"]].map(Value::to_string).join(" ")).collect();
    assert_eq!(
        logged,
        [r#""/v1/clauses?voice=agency" 200 "miss" "203.0.113.7""#, r#""/v1/clauses?voice=agency" 200 "hit" "127.0.0.1""#, r#""/v2" 404 "miss" "127.0.0.1""#]
    );
    assert_eq!((&lines[0]["request_id"], &lines[2]["request_id"], &lines[0]["method"]), (&"from-the_proxy.7".into(), &new_id.into(), &"GET".into()));
    assert!(lines[1]["request_id"].as_str().is_some_and(|id| id.len() == 16 && id != new_id), "{}", lines[1]);
    assert_eq!(lines[1]["response_bytes"].as_u64().unwrap().to_string(), header(&cached, "content-length"));
    assert!(lines.iter().all(|line| line["duration_ms"].as_f64().unwrap() > 0.0));
}

#[test]
fn the_log_filter_selects_what_is_logged() {
    let folder = tempfile::tempdir().unwrap();
    for (level, lines) in [(None, 1), (Some("warn,bayan=info,bayan::request=debug"), 2), (Some("warn"), 0), (Some("off"), 0)] {
        let mut command = bayan(folder.path());
        command.env("BAYAN_LOG_FORMAT", "json").envs(level.map(|level| ("BAYAN_LOG", level)));
        let server = TestServer::start(&mut command);
        get(&server.addr, "/v1");
        get(&server.addr, "/v1");
        assert_eq!(log_of(server).iter().filter(|line| line["target"] == "bayan::request").count(), lines, "{level:?}");
    }
}

#[tokio::test]
async fn the_cause_of_an_error_is_logged_once_with_the_request_id() {
    let folder = tempfile::tempdir().unwrap();
    // No item can be read.
    let _ = crate::storage::changed(folder.path(), "ALTER TABLE items RENAME TO lost").await;
    let server = TestServer::start(bayan(folder.path()).args(["--log-format=json"]));
    let response = get(&server.addr, "/v1/clauses");
    assert_eq!(status(&response), 500);
    assert!(!response.contains("items") && !response.contains("no such"), "{response}");
    let lines = log_of(server);
    let causes: Vec<_> = lines.iter().filter(|line| line["level"] == "ERROR").collect();
    assert_eq!(causes.len(), 1, "{causes:?}");
    assert!(causes[0]["fields"]["cause"].as_str().unwrap().contains("no such table"));
    assert_eq!(causes[0]["span"]["request_id"], header(&response, "x-request-id"));
}

#[test]
fn the_log_does_not_contain_quotations_to_verify() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).args(["--log=bayan=trace", "--log-format=json"]));
    assert_eq!(status(&get(&server.addr, "/v1/verify?text=confidential+words&voice=statement")), 200);
    let log = server.stop_and_read_log();
    assert!(log.contains("/v1/verify?text&voice=statement") && !log.contains("confidential"), "{log}");
}
