//! The program itself: it starts, says where to look, stops in good order, and fails with one clear line.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, ExitStatus, Output, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;

/// The program, in a folder of its own and with nothing configured.
pub(crate) fn program(folder: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_bayan"));
    program.current_dir(folder).env_clear().stdout(Stdio::piped()).stderr(Stdio::piped());
    program
}

/// A running service, and the address that its one line names.
pub(crate) struct Running(pub(crate) Child, pub(crate) String);

impl Running {
    /// Starts it, and waits until it says where it is.
    pub(crate) fn start(program: &mut Command) -> Self {
        let mut child = program.arg("--listen=127.0.0.1:0").spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_else(|| panic!("one line says where to look: {line:?}"));
        Self(child, address.to_owned())
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.0.id().to_string()]).status().unwrap().success());
    }

    /// How it ended, once it has; that is waited for ten seconds.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait().unwrap() {
                return status;
            }
            assert!(begun.elapsed() < Duration::from_secs(10), "it ends");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a service answers to the bytes of a request, to the end of the connection.
pub(crate) fn say(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    // The service may answer and close before everything is sent.
    let _ = stream.write_all(request.as_bytes());
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8(answer).unwrap()
}

/// Gets a path.
pub(crate) fn get(address: &str, path: &str) -> String {
    say(address, &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"))
}

/// Stops a service, and reads its log.
pub(crate) fn log(mut running: Running) -> String {
    running.signal("-TERM");
    assert!(running.0.wait().unwrap().success());
    let mut log = String::new();
    running.0.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    log
}

/// The status of an answer.
pub(crate) fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("an answer: {answer}"))
}

/// The value of a header.
pub(crate) fn header<'a>(answer: &'a str, name: &str) -> &'a str {
    let head = answer.split("\r\n\r\n").next().unwrap();
    head.lines().filter_map(|line| line.split_once(": ")).find(|(header, _)| header.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
}

fn failure(output: &Output) -> String {
    assert!(!output.status.success(), "the exit code is not 0");
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(text.lines().count(), 1, "one line: {text}");
    text
}

#[test]
fn it_builds_its_database_in_the_current_folder_and_answers() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(program(folder.path()).env("BAYAN_TODAY", "2026-09-15"));
    assert!(folder.path().join("bayan.db").exists());
    let answer = get(&running.1, "/v1/milestones/iq-us-2024-09-27-mission-in-syria-continues");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains(r#""status":"open""#) && answer.contains(r#""as_of":"2026-09-15""#));
}

#[test]
fn flags_and_variables_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(program(folder.path()).env("BAYAN_DATABASE", "elsewhere.db").env("BAYAN_PUBLIC_URL", "https://bayan.example"));
    assert!(folder.path().join("elsewhere.db").exists() && !folder.path().join("bayan.db").exists());
    assert!(get(&running.1, "/v1/statements").contains(r#""url":"https://bayan.example/v1/statements/"#));
    drop(running);
    let running = Running::start(program(folder.path()).args(["--database", "third.db", "--log-format", "json"]));
    assert!(folder.path().join("third.db").exists() && get(&running.1, "/health/ready").starts_with("HTTP/1.1 200"));
}

#[test]
fn it_stops_on_sigterm_and_on_ctrl_c_with_exit_code_0() {
    for signal in ["-TERM", "-INT"] {
        let folder = tempfile::tempdir().unwrap();
        let mut running = Running::start(&mut program(folder.path()));
        // A connection that is open and idle does not hold the stop up.
        let idle = TcpStream::connect(&running.1).unwrap();
        let asked = Instant::now();
        running.signal(signal);
        assert!(running.0.wait().unwrap().success(), "{signal}");
        assert!(asked.elapsed() < Duration::from_secs(5), "it does not wait for who asks for nothing");
        drop(idle);
    }
}

#[test]
fn a_request_in_flight_is_finished_after_the_stop() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start(&mut program(folder.path()));
    let mut stream = TcpStream::connect(&running.1).unwrap();
    write!(stream, "GET /v1/clauses?limit=200 HTTP/1.1\r\nHost: x\r\nConnec").unwrap();
    std::thread::sleep(Duration::from_millis(200));
    running.signal("-TERM");
    std::thread::sleep(Duration::from_millis(200));
    write!(stream, "tion: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with('}'));
    assert!(running.0.wait().unwrap().success());
}

#[test]
fn who_has_closed_one_half_still_reads_the_answer() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(&mut program(folder.path()));
    for path in ["/v1/clauses?q=iraq", "/health/live", "/v1", "/v1"] {
        let mut stream = TcpStream::connect(&running.1).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\n\r\nGET {path} HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut answers = String::new();
        stream.read_to_string(&mut answers).unwrap();
        assert_eq!(answers.matches("HTTP/1.1 200").count(), 2, "{path}: {answers}");
    }
}

#[test]
fn a_stop_is_obeyed_while_another_process_builds() {
    let folder = tempfile::tempdir().unwrap();
    let lock = fs::File::create(folder.path().join("bayan.db.lock")).unwrap();
    lock.lock().unwrap();
    let mut waiting = Running(program(folder.path()).spawn().unwrap(), String::new());
    let mut log = BufReader::new(waiting.0.stderr.take().unwrap());
    let mut line = String::new();
    log.read_line(&mut line).unwrap();
    assert!(line.contains("waiting for another process that builds the database"), "{line}");
    waiting.signal("-TERM");
    assert!(waiting.ended().success());
}

#[test]
fn who_does_not_read_does_not_hold_the_stop_up_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start(&mut program(folder.path()));
    let mut slow = TcpStream::connect(&running.1).unwrap();
    for _ in 0..200 {
        write!(slow, "GET /v1/clauses?limit=200 HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    }
    std::thread::sleep(Duration::from_millis(500));
    let asked = Instant::now();
    running.signal("-TERM");
    assert!(running.0.wait().unwrap().success());
    assert!(asked.elapsed() < Duration::from_secs(20));
    drop(slow);
}

#[test]
fn a_head_that_never_ends_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(&mut program(folder.path()));
    let mut stream = TcpStream::connect(&running.1).unwrap();
    write!(stream, "GET /v1 HTTP/1.1\r\nHost: x\r\n").unwrap();
    let begun = Instant::now();
    let mut rest = Vec::new();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let _ = stream.read_to_end(&mut rest);
    assert!(begun.elapsed() < Duration::from_secs(25), "the service closed the connection");
}

#[test]
fn the_health_command_tells_by_its_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(&mut program(folder.path()));
    let ask = |address: &str| program(folder.path()).args(["health", "--listen", address]).output().unwrap();
    assert!(ask(&running.1).status.success());
    let address = running.1.clone();
    drop(running);
    failure(&ask(&address));
}

#[test]
fn a_port_that_is_taken_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let text = failure(&program(folder.path()).args(["--listen", &address]).output().unwrap());
    assert!(text.contains(&address) && text.contains("BAYAN_LISTEN"), "{text}");
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    // Neither is a folder to write in, and that holds for root as well.
    for place in ["/proc/bayan.db", "/nowhere/at/all/bayan.db"] {
        let text = failure(&program(folder.path()).args(["--database", place]).output().unwrap());
        assert!(text.contains(place.trim_end_matches("bayan.db")), "{text}");
    }
}

#[test]
fn what_is_no_database_is_named_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bayan.db"), "minutes of the meeting").unwrap();
    let text = failure(&program(folder.path()).output().unwrap());
    assert!(text.contains("bayan.db is not a Bayan database") && text.contains("BAYAN_DATABASE"), "{text}");
    assert_eq!(fs::read_to_string(folder.path().join("bayan.db")).unwrap(), "minutes of the meeting");
}

#[test]
fn a_wrong_setting_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for (name, value) in [("BAYAN_LISTEN", "here"), ("BAYAN_TODAY", "tomorrow"), ("BAYAN_PUBLIC_URL", "bayan.example"), ("BAYAN_LOG", "bayan=loud")] {
        let output = program(folder.path()).env(name, value).output().unwrap();
        assert!(!output.status.success(), "{name}={value}");
        assert!(!output.stderr.is_empty());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{name}={value}");
    }
}

#[test]
fn many_that_start_at_once_build_one_database() {
    let folder = tempfile::tempdir().unwrap();
    let started: Vec<Running> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..8).map(|_| scope.spawn(|| Running::start(&mut program(folder.path())))).collect();
        starts.into_iter().map(|start| start.join().unwrap()).collect()
    });
    for running in &started {
        assert!(get(&running.1, "/health/ready").starts_with("HTTP/1.1 200"));
    }
}

#[test]
fn before_it_stops_it_says_that_it_is_not_ready_and_answers_still() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start(program(folder.path()).env("BAYAN_SHUTDOWN_DELAY", "3"));
    assert_eq!(status(&get(&running.1, "/health/ready")), 200);
    let mut early = TcpStream::connect(&running.1).unwrap();
    running.signal("-TERM");
    let asked = Instant::now();
    while status(&get(&running.1, "/health/ready")) == 200 {
        assert!(asked.elapsed() < Duration::from_secs(2), "a proxy is told before it happens");
        std::thread::sleep(Duration::from_millis(10));
    }
    let answer = get(&running.1, "/health/ready");
    assert_eq!((status(&answer), header(&answer, "content-type")), (503, "application/problem+json"));
    assert_eq!(status(&get(&running.1, "/v1/clauses")), 200, "who asks all the same is answered");
    assert_eq!(status(&get(&running.1, "/health/live")), 200);
    write!(early, "GET /v1 HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    assert!(running.0.wait().unwrap().success());
    let mut answer = String::new();
    early.read_to_string(&mut answer).unwrap();
    assert_eq!(status(&answer), 200);
    assert!(TcpStream::connect(&running.1).is_err(), "then nobody is listened to");
}

/// The lines of a log in JSON, once the service has ended.
fn entries(running: Running) -> Vec<Value> {
    log(running).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_request_has_an_id_and_a_line_in_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(program(folder.path()).args(["--log-format=json", "--log=bayan=debug", "--trusted-proxies=127.0.0.1"]));
    let given = say(
        &running.1,
        "GET /v1/clauses?voice=agency HTTP/1.1\r\nHost: x\r\nX-Request-Id: from-the_proxy.7\r\nX-Forwarded-For: 203.0.113.7\r\nConnection: close\r\n\r\n",
    );
    assert_eq!(header(&given, "x-request-id"), "from-the_proxy.7");
    let kept = get(&running.1, "/v1/clauses?voice=agency");
    let long = say(&running.1, &format!("GET /v1 HTTP/1.1\r\nHost: x\r\nX-Request-Id: {}\r\nConnection: close\r\n\r\n", "x".repeat(65)));
    let ids = [header(&kept, "x-request-id"), header(&long, "x-request-id")];
    assert!(ids[0] != ids[1] && ids.iter().all(|id| id.len() == 16), "{ids:?}");
    let lines: Vec<Value> = entries(running).into_iter().filter(|line| line["target"] == "bayan::request").map(|mut line| line["fields"].take()).collect();
    let told: Vec<_> = lines.iter().map(|line| [&line["uri"], &line["status"], &line["cache"], &line["client_ip"]].map(Value::to_string).join(" ")).collect();
    assert_eq!(
        told,
        [r#""/v1/clauses?voice=agency" 200 "miss" "203.0.113.7""#, r#""/v1/clauses?voice=agency" 200 "hit" "127.0.0.1""#, r#""/v1" 200 "miss" "127.0.0.1""#]
    );
    assert_eq!((&lines[0]["request_id"], &lines[1]["request_id"], &lines[0]["method"]), (&"from-the_proxy.7".into(), &ids[0].into(), &"GET".into()));
    assert_eq!(lines[1]["response_bytes"].as_u64().unwrap().to_string(), header(&kept, "content-length"));
    assert!(lines.iter().all(|line| line["duration_ms"].as_f64().unwrap() > 0.0));
}

#[test]
fn what_is_logged_can_be_chosen() {
    let folder = tempfile::tempdir().unwrap();
    for (level, lines) in [(None, 1), (Some("warn,bayan=info,bayan::request=debug"), 2), (Some("warn"), 0), (Some("off"), 0)] {
        let mut program = program(folder.path());
        program.env("BAYAN_LOG_FORMAT", "json").envs(level.map(|level| ("BAYAN_LOG", level)));
        let running = Running::start(&mut program);
        get(&running.1, "/v1");
        get(&running.1, "/v1");
        assert_eq!(entries(running).iter().filter(|line| line["target"] == "bayan::request").count(), lines, "{level:?}");
    }
}

#[tokio::test]
async fn the_cause_of_an_error_is_logged_once_with_the_id_of_its_request() {
    let folder = tempfile::tempdir().unwrap();
    // An item that cannot be read.
    let _ = crate::database::changed(folder.path(), "ALTER TABLE items RENAME TO lost").await;
    let running = Running::start(program(folder.path()).args(["--log-format=json"]));
    let answer = get(&running.1, "/v1/clauses");
    assert_eq!(status(&answer), 500);
    assert!(!answer.contains("items") && !answer.contains("no such"), "{answer}");
    let lines = entries(running);
    let causes: Vec<_> = lines.iter().filter(|line| line["level"] == "ERROR").collect();
    assert_eq!(causes.len(), 1, "{causes:?}");
    assert!(causes[0]["fields"]["cause"].as_str().unwrap().contains("no such table"));
    assert_eq!(causes[0]["span"]["request_id"], header(&answer, "x-request-id"));
}
