//! The log is bounded, whatever clients send: each value, the lines that wait, and the lines of repeated errors.

use std::fs;

use crate::test_server::{TestServer, bayan, get, header, send_raw, status};

#[test]
fn every_value_in_the_log_is_cut_to_a_bounded_length() {
    for format in ["text", "json"] {
        let folder = tempfile::tempdir().unwrap();
        let server = TestServer::start(bayan(folder.path()).args(["--log=bayan=debug", "--log-format", format, "--max-uri-bytes=60000"]));
        let long = "M".repeat(60_000);
        for request in [
            format!("{long} /v1 HTTP/1.1\r\nHost: x\r\n\r\n"),
            format!("GET /{long} HTTP/1.1\r\nHost: x\r\n\r\n"),
            format!("GET /v1/clauses?{} HTTP/1.1\r\nHost: x\r\n\r\n", "\u{202e}".repeat(10_000)),
            format!("GET /v1/{}x HTTP/1.1\r\nHost: x\r\nX-Request-Id: {}\r\n\r\n", "%E2%80%AE".repeat(5_000), "i".repeat(9_000)),
        ] {
            let request = request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
            assert!((400..500).contains(&status(&send_raw(&server.addr, &request))));
        }
        let log = server.stop_and_read_log();
        let lines: Vec<&str> = log.lines().filter(|line| line.contains("bayan::request")).collect();
        assert_eq!(lines.len(), 4, "{log}");
        for line in lines {
            assert!(line.len() < 3_000 && line.contains("...") && line.is_ascii(), "{line}");
            assert!(format == "text" || serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
        }
    }
}

/// The memory of a process, in kilobytes.
fn resident_kilobytes(server: &TestServer) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.child.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[test]
fn a_log_that_nobody_reads_takes_bounded_memory_whatever_it_would_say() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).arg("--log=bayan=debug"));
    let method = "M".repeat(60_000);
    let flood = |rounds: usize| {
        for _ in 0..rounds {
            let request = |path: &str, fields: &str| format!("GET {path} HTTP/1.1\r\nHost: x\r\n{fields}\r\n");
            let hits = request(&format!("/v1?_={}", "x".repeat(2_000)), "").repeat(200);
            send_raw(&server.addr, &(hits + &request("/v1", "Connection: close\r\n")));
            send_raw(&server.addr, &format!("{method} /v1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        }
    };
    flood(30);
    let before = resident_kilobytes(&server);
    flood(60);
    let after = resident_kilobytes(&server);
    assert!(after < before + 20_000, "{before} kB, then {after} kB");
}

#[test]
fn repeated_errors_are_summed_in_one_line_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).args(["--rate-limit=1", "--rate-limit-window=600", "--rate-limit-exempt=", "--log-format=json"]));
    assert_eq!(status(&get(&server.addr, "/v1")), 200);
    let many = "GET /v1 HTTP/1.1\r\nHost: x\r\n\r\n".repeat(999) + "GET /v1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let mut rejected = 0;
    for _ in 0..3 {
        rejected += send_raw(&server.addr, &many).matches("HTTP/1.1 429").count();
    }
    // What the parser rejects is counted in the same way.
    let malformed = "GET /v1#a HTTP/1.1\r\nHost: x\r\n\r\n";
    (0..120).for_each(|_| assert_eq!(header(&send_raw(&server.addr, malformed), "connection"), "close"));
    let log = server.stop_and_read_log();
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["fields"].take()).collect();
    for (status, sent, max_lines) in [(429, rejected as u64, 10), (400, 120, 115)] {
        let of_status: Vec<_> = lines.iter().filter(|line| line["status"] == status).collect();
        let summed: u64 = of_status.iter().filter_map(|line| line["responses"].as_u64()).sum();
        let single = of_status.iter().filter(|line| line["request_id"].is_string()).count() as u64;
        assert_eq!(summed + single, sent, "none is lost: {of_status:?}");
        assert!(of_status.len() < max_lines, "{} lines for {status}", of_status.len());
    }
    assert_eq!(rejected, 3000);
}

#[test]
fn repeated_causes_of_errors_are_summed_in_one_line_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let mut server = TestServer::start(bayan(folder.path()).arg("--log-format=json").stderr(fs::File::create(&log).unwrap()));
    // Every request to data that is closed fails with the same cause.
    fs::write(folder.path().join("bayan.db"), "minutes of the meeting").unwrap();
    while status(&get(&server.addr, "/v1/notes?limit=1")) != 503 {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let paths = ["/v1/clauses", "/v1/actors/iraq", "/en/", "/v1/verify?text=Iraq", "/health/ready"];
    for path in paths {
        let requests = format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").repeat(400);
        let responses = send_raw(&server.addr, &format!("{requests}GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        assert_eq!(responses.matches("HTTP/1.1 503").count(), 400, "{path}");
    }
    server.signal("-TERM");
    assert!(server.wait_for_exit().success());
    let log = fs::read_to_string(log).unwrap();
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()).collect();
    let causes = || lines.iter().filter(|line| line["level"] == "ERROR" && line["fields"]["message"].as_str().unwrap().starts_with("a database query failed"));
    let single = causes().filter(|line| line["fields"]["cause"].is_string() && line["span"]["request_id"].is_string()).count() as u64;
    let summed: u64 = causes().filter_map(|line| line["fields"]["events"].as_u64()).sum();
    assert!(single + summed >= 1600 && single >= 100 && summed > 800, "{single} lines, and {summed} that were counted only");
    assert_eq!(causes().filter(|line| line["fields"]["cause"].is_string()).count() as u64, single);
    assert!(lines.iter().any(|line| line["fields"]["message"] == "not ready"));
}
