//! Connections: how long each may wait, how many there may be, and which one is closed when there are too many.

use std::{
    io::{BufRead, BufReader, ErrorKind, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use crate::test_server::{TestServer, bayan, get, header, send_raw, status};

/// A connection that stays open.
fn connect(server: &TestServer) -> BufReader<TcpStream> {
    let stream = TcpStream::connect(&server.addr).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    BufReader::new(stream)
}

/// Gets a path on a connection that stays open.
fn get_on(stream: &mut BufReader<TcpStream>, path: &str) -> String {
    write!(stream.get_mut(), "GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut response = String::new();
    while !response.ends_with("\r\n\r\n") {
        assert!(stream.read_line(&mut response).unwrap() > 0, "the response ends after {response:?}");
    }
    let mut body = vec![0; header(&response, "content-length").parse().unwrap()];
    stream.read_exact(&mut body).unwrap();
    response + std::str::from_utf8(&body).unwrap()
}

/// How long the connection stays open from now on.
fn time_until_closed(stream: &mut BufReader<TcpStream>) -> Duration {
    let started = Instant::now();
    assert_eq!(stream.read(&mut [0]).unwrap_or_default(), 0, "nothing more is sent");
    started.elapsed()
}

fn milliseconds(range: std::ops::Range<u64>) -> std::ops::Range<Duration> {
    Duration::from_millis(range.start)..Duration::from_millis(range.end)
}

#[test]
fn an_idle_connection_outlives_the_header_read_timeout_and_serves_the_next_request() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).env("BAYAN_HEADER_READ_TIMEOUT", "0.2"));
    let (mut stream, mut silent) = (connect(&server), connect(&server));
    for path in ["/v1", "/v1/clauses?q=iraq", "/nowhere"] {
        let response = get_on(&mut stream, path);
        assert_eq!((header(&response, "connection"), header(&response, "keep-alive")), ("keep-alive", "timeout=70"), "{response}");
        std::thread::sleep(Duration::from_millis(700));
    }
    assert_eq!(status(&get_on(&mut silent, "/v1")), 200, "also if nothing was sent before");
    // From the first byte of the next request on, the header read timeout applies.
    stream.get_mut().write_all(b"G").unwrap();
    assert!(milliseconds(150..2000).contains(&time_until_closed(&mut stream)));
}

#[test]
fn an_idle_connection_is_closed_after_the_keep_alive_timeout_and_not_before_the_time_that_the_client_was_told() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).args(["--keep-alive-timeout", "1.4"]));
    let mut stream = connect(&server);
    assert_eq!(header(&get_on(&mut stream, "/v1"), "keep-alive"), "timeout=1");
    assert!(milliseconds(1400..4000).contains(&time_until_closed(&mut stream)));
    assert_eq!(get(&server.addr, "/v1").matches("keep-alive").count(), 0, "the client closes the connection");
    for version in ["HTTP/1.0\r\nConnection: keep-alive", "HTTP/1.1\r\nHost: x\r\nConnection: TE, Close"] {
        let response = send_raw(&server.addr, &format!("GET /v1 {version}\r\n\r\n"));
        assert_eq!(header(&response, "keep-alive"), "", "{response}");
    }
}

/// Asks for more than the kernel's buffers hold, and reads nothing.
fn stall(server: &TestServer) -> BufReader<TcpStream> {
    let mut stream = connect(server);
    stream.get_mut().write_all("GET /v1/clauses?limit=200 HTTP/1.1\r\nHost: x\r\n\r\n".repeat(200).as_bytes()).unwrap();
    stream
}

#[test]
fn a_client_that_reads_nothing_is_cut_off_after_the_send_timeout_and_a_slow_reader_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).args(["--send-timeout", "1"]));
    let (mut stalled, mut slow) = (stall(&server), stall(&server));
    let (mut read, mut buffer, mut pauses) = (0, vec![0; 1 << 20], 0);
    let length = get_on(&mut connect(&server), "/v1/clauses?limit=200").len();
    while read < 150 * length {
        read += slow.read(&mut buffer).unwrap();
        if read > pauses * 50 * length {
            std::thread::sleep(Duration::from_millis(700));
            pauses += 1;
        }
    }
    let mut rest = 0;
    // The stalled connection was reset: what is read comes from the kernel's buffer.
    let end = loop {
        match stalled.read(&mut buffer) {
            Ok(0) => break ErrorKind::UnexpectedEof,
            Ok(bytes) => rest += bytes,
            Err(cause) => break cause.kind(),
        }
    };
    assert!(end == ErrorKind::ConnectionReset && rest < 100 * length, "{end}, {rest} bytes");
    assert!(get(&server.addr, "/metrics").contains("bayan_connections_dropped_total{reason=\"timeout\"} 1"));
}

#[test]
fn when_all_connections_are_open_the_one_that_waits_longest_makes_room() {
    type Hold = (&'static str, fn(&TestServer) -> BufReader<TcpStream>);
    let holds: [Hold; 4] = [
        ("silent", connect),
        ("reads nothing", stall),
        ("an unfinished header section", |server| {
            let mut stream = connect(server);
            stream.get_mut().write_all(b"GET /v1 HTTP/1.1\r\nHost: x\r\n").unwrap();
            stream
        }),
        ("an unfinished body", |server| {
            let mut stream = connect(server);
            stream.get_mut().write_all(b"POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nwor").unwrap();
            stream
        }),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (name, hold) in holds {
        let server = TestServer::start(bayan(folder.path()).args(["--max-connections", "20", "--header-read-timeout", "60", "--request-timeout", "60"]));
        let held: Vec<_> = (0..19).map(|_| hold(&server)).collect();
        std::thread::sleep(Duration::from_millis(300));
        let mut polling = connect(&server);
        for _ in 0..10 {
            let started = Instant::now();
            assert_eq!(status(&get(&server.addr, "/health/live")), 200, "{name}");
            assert!(started.elapsed() < Duration::from_millis(1500), "{name}: {:?}", started.elapsed());
            assert_eq!(status(&get_on(&mut polling, "/v1")), 200, "{name}: a connection in use stays open");
        }
        let metrics = get(&server.addr, "/metrics");
        assert!(metrics.contains("bayan_connections_max 20") && !metrics.contains("reason=\"evicted\"} 0"), "{name}: {metrics}");
        drop(held);
        assert!(server.stop_and_read_log().contains("the maximum number of connections is open"), "{name}");
    }
}

#[test]
fn a_client_at_its_maximum_number_of_connections_replaces_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).args(["--max-connections-per-client=3", "--rate-limit-exempt="]));
    let mut silent: Vec<_> = (0..3).map(|_| connect(&server)).collect();
    std::thread::sleep(Duration::from_millis(800));
    assert_eq!(status(&get(&server.addr, "/v1")), 200);
    assert!(time_until_closed(&mut silent[0]) < Duration::from_secs(1), "the first waited longest");
    assert_eq!(status(&get_on(&mut silent[1], "/v1")), 200);
    // While all are in use, the next is refused. A slow machine opens them so slowly that some waited long enough, but not all.
    let burst: Vec<_> = (0..200).map(|_| connect(&server)).collect();
    std::thread::sleep(Duration::from_millis(300));
    let metrics = get(&server.addr, "/metrics");
    assert!(!metrics.contains("reason=\"refused\"} 0") && !metrics.contains("reason=\"evicted\"} 0"), "{metrics}");
    drop((silent, burst));
    for unbounded in ["--trusted-proxies=127.0.0.0/8", "--rate-limit-exempt=127.0.0.1"] {
        let server = TestServer::start(bayan(folder.path()).args(["--max-connections-per-client=3", unbounded]));
        let many: Vec<_> = (0..20).map(|_| get_on(&mut connect(&server), "/v1")).collect();
        assert!(many.iter().all(|response| status(response) == 200) && get(&server.addr, "/metrics").contains("reason=\"refused\"} 0"));
    }
}

#[test]
fn a_next_request_in_flight_at_shutdown_finishes() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = TestServer::start(bayan(folder.path()).args(["--shutdown-delay=0"]));
    let (mut stream, mut idle) = (connect(&server), connect(&server));
    for stream in [&mut stream, &mut idle] {
        get_on(stream, "/v1");
    }
    stream.get_mut().write_all(b"GET /v1/clauses HT").unwrap();
    std::thread::sleep(Duration::from_millis(200));
    server.signal("-TERM");
    assert!(time_until_closed(&mut idle) < Duration::from_secs(1));
    stream.get_mut().write_all(b"TP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    assert_eq!((status(&response), header(&response, "connection")), (200, "close"));
    assert!(server.wait_for_exit().success());
}

#[test]
fn a_slow_header_section_is_cut_off_after_the_header_read_timeout() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).env("BAYAN_HEADER_READ_TIMEOUT", "0.3"));
    let mut stream = TcpStream::connect(&server.addr).unwrap();
    let started = Instant::now();
    // A byte now and then does not extend the timeout.
    while stream.write_all(b"G").is_ok() {
        assert!(started.elapsed() < Duration::from_secs(20), "the service closes the connection");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_connection_at_its_maximum_age_is_closed_by_the_next_response_and_loses_no_request() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).env("BAYAN_MAX_CONNECTION_AGE", "2"));
    let (started, mut busy, mut idle) = (Instant::now(), connect(&server), connect(&server));
    assert_eq!(header(&get_on(&mut idle, "/v1"), "connection"), "keep-alive");
    while header(&get_on(&mut busy, "/v1/milestones"), "connection") != "close" {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(started.elapsed() >= Duration::from_secs(2), "not before its maximum age");
    assert_eq!(busy.read(&mut [0]).unwrap(), 0, "it ends after the response that announces it");
    // The other connection was idle at its maximum age.
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(header(&get_on(&mut idle, "/v1"), "connection"), "close");
    assert_eq!(idle.read(&mut [0]).unwrap(), 0);
}

#[test]
fn every_response_during_the_shutdown_delay_closes_its_connection() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = TestServer::start(bayan(folder.path()).env("BAYAN_SHUTDOWN_DELAY", "5"));
    let mut stream = connect(&server);
    assert_eq!(header(&get_on(&mut stream, "/v1"), "connection"), "keep-alive");
    server.signal("-TERM");
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(header(&get_on(&mut stream, "/v1"), "connection"), "close");
    assert_eq!(header(&get_on(&mut connect(&server), "/v1"), "connection"), "close", "also on a new connection");
    assert!(server.child.wait().unwrap().success());
}

#[test]
fn without_file_descriptors_the_service_logs_once_a_second_and_recovers() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).arg("--header-read-timeout=30"));
    server.limit_file_descriptors(40);
    let mut many: Vec<_> = (0..60).map(|_| TcpStream::connect(&server.addr).unwrap()).collect();
    std::thread::sleep(Duration::from_millis(1500));
    many.clear();
    assert_eq!(status(&get(&server.addr, "/health/ready")), 200);
    let log = server.stop_and_read_log();
    let lines = log.lines().filter(|line| line.contains("connections cannot be accepted")).count();
    assert!((1..=4).contains(&lines), "{lines} lines: {log}");
}
