//! What surrounds the service: its sockets, the admin listener, signals, the supervisor, standard output, file descriptors.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::{TcpListener, TcpStream},
    os::{
        fd::OwnedFd,
        linux::net::SocketAddrExt,
        unix::{
            net::{SocketAddr, UnixDatagram, UnixListener},
            process::CommandExt,
        },
    },
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::test_server::{TestServer, bayan, get, get_unix, status};

/// Starts the program, and waits until it responds on a Unix socket.
fn start_on(command: &mut Command, socket: &Path) -> TestServer {
    let mut server = TestServer { child: command.spawn().unwrap(), addr: String::new() };
    let started = Instant::now();
    while !get_unix(socket, "/health/ready").starts_with("HTTP/1.1 200") {
        assert!(server.child.try_wait().unwrap().is_none(), "it runs");
        assert!(started.elapsed() < Duration::from_secs(30), "it listens on {}", socket.display());
        std::thread::sleep(Duration::from_millis(20));
    }
    server
}

/// The program with a shell script in front of it, which starts it with `"$0"`.
fn with_script(folder: &Path, script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_bayan")]).current_dir(folder).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[test]
fn the_admin_listener_responds_when_all_connections_are_in_use_and_has_no_rate_limit() {
    let folder = tempfile::tempdir().unwrap();
    let admin = folder.path().join("admin.sock");
    let settings =
        ["--admin-listen=unix:admin.sock", "--max-connections=1", "--rate-limit=1", "--rate-limit-window=600", "--rate-limit-exempt=", "--shutdown-delay=1"];
    let mut server = TestServer::start(bayan(folder.path()).args(settings));
    assert_eq!(status(&get(&server.addr, "/metrics")), 404, "metrics are not public then");
    assert_eq!(status(&get(&server.addr, "/health/live")), 200);
    let held = TcpStream::connect(&server.addr).unwrap();
    for _ in 0..3 {
        assert_eq!(status(&get_unix(&admin, "/health/ready")), 200);
        assert!(get_unix(&admin, "/metrics").contains("bayan_connections_open 1"));
        let build = get_unix(&admin, "/build");
        let build: Value = serde_json::from_str(build.split_once("\r\n\r\n").unwrap().1).unwrap();
        assert!(build["version"] == env!("CARGO_PKG_VERSION") && build["revision"].is_number(), "{build}");
        assert!(build["sqlite"].as_str().unwrap().starts_with("3.") && build["rustc"].as_str().unwrap().starts_with("rustc 1."), "{build}");
        assert_eq!(status(&get_unix(&admin, "/v1")), 404);
    }
    drop(held);
    assert_eq!(status(&get(&server.addr, "/build")), 404);
    let health = |arguments: &[&str]| bayan(folder.path()).arg("health").args(arguments).status().unwrap().success();
    assert!(health(&["--admin-listen=unix:admin.sock"]) && health(&["--listen=unix:admin.sock"]));
    server.signal("-TERM");
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!((status(&get_unix(&admin, "/health/ready")), status(&get_unix(&admin, "/health/live"))), (503, 200), "it responds until the end");
    assert!(server.wait_for_exit().success());
    assert!(!health(&["--admin-listen=unix:admin.sock"]));
}

#[test]
fn it_listens_on_numbers_names_and_unix_sockets_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("public.sock");
    let server = TestServer::start(bayan(folder.path()).args(["--listen=localhost:0,unix:public.sock", "--admin-listen=127.0.0.1:0"]));
    assert_eq!((status(&get(&server.addr, "/v1")), status(&get_unix(&socket, "/v1"))), (200, 200));
    // A socket that a killed process left behind is replaced; one that is in use is not, nor is another file.
    drop(server);
    assert!(socket.exists() && get_unix(&socket, "/v1").is_empty());
    let server = start_on(bayan(folder.path()).arg("--listen=unix:public.sock"), &socket);
    fs::write(folder.path().join("file"), "minutes of the meeting").unwrap();
    for (path, cause) in
        [("unix:public.sock", "in use"), ("unix:file", "in use"), ("unix:nowhere/at.sock", "No such file"), ("no-such-host.invalid:80", "lookup")]
    {
        let output = bayan(folder.path()).args(["--listen", path]).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        let line = error.lines().last().unwrap();
        assert!(!output.status.success() && line.contains(path) && line.contains("BAYAN_LISTEN") && line.contains(cause), "{error}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("file")).unwrap(), "minutes of the meeting");
    assert_eq!(status(&get_unix(&socket, "/v1")), 200);
    drop(server);
}

#[test]
fn it_serves_on_the_sockets_that_a_supervisor_passes() {
    let folder = tempfile::tempdir().unwrap();
    let script = r#"exec 3<&0 </dev/null; export LISTEN_FDS=1 LISTEN_PID=$$; exec "$0" --listen=unix:unused.sock"#;
    let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = tcp.local_addr().unwrap().to_string();
    let server = TestServer { child: with_script(folder.path(), script).stdin(OwnedFd::from(tcp)).spawn().unwrap(), addr };
    // The socket exists already: a client that is early waits.
    assert_eq!(status(&get(&server.addr, "/v1")), 200);
    assert!(!folder.path().join("unused.sock").exists(), "the setting is not used");
    drop(server);
    let path = folder.path().join("passed.sock");
    let unix = UnixListener::bind(&path).unwrap();
    drop(start_on(with_script(folder.path(), script).stdin(OwnedFd::from(unix)), &path));
    let output = with_script(folder.path(), script).stdin(Stdio::null()).output().unwrap();
    assert!(String::from_utf8(output.stderr).unwrap().contains("LISTEN_FDS"), "what is no socket is named");
}

#[test]
fn the_supervisor_is_told_of_the_start_of_reloads_and_of_the_stop() {
    let folder = tempfile::tempdir().unwrap();
    let name = format!("bayan-test-{}", std::process::id());
    let by_path = UnixDatagram::bind(folder.path().join("notify")).unwrap();
    let abstract_name = UnixDatagram::bind_addr(&SocketAddr::from_abstract_name(&name).unwrap()).unwrap();
    for (supervisor, address) in [(by_path, "notify".to_owned()), (abstract_name, format!("@{name}"))] {
        supervisor.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let next = || {
            let mut state = [0; 100];
            let length = supervisor.recv(&mut state).unwrap();
            String::from_utf8(state[..length].to_vec()).unwrap()
        };
        let mut server = TestServer::start(bayan(folder.path()).env("NOTIFY_SOCKET", address));
        assert_eq!(next(), "READY=1");
        server.signal("-HUP");
        let (reloading, ready) = (next(), next());
        assert!(reloading.strip_prefix("RELOADING=1\nMONOTONIC_USEC=").is_some_and(|time| time.parse::<u64>().is_ok()), "{reloading}");
        assert_eq!(ready, "READY=1");
        server.signal("-TERM");
        assert_eq!(next(), "STOPPING=1");
        assert!(server.wait_for_exit().success());
    }
}

#[test]
fn a_reload_ends_when_the_file_is_open_or_rejected_or_missing() {
    type Change = fn(&Path);

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bayan.db");
    let supervisor = UnixDatagram::bind(folder.path().join("notify")).unwrap();
    supervisor.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let next = || {
        let mut state = [0; 100];
        let length = supervisor.recv(&mut state).unwrap();
        String::from_utf8(state[..length].to_vec()).unwrap()
    };
    let mut server = TestServer::start(bayan(folder.path()).env("NOTIFY_SOCKET", "notify").arg("--log-format=json"));
    let mut log = BufReader::new(server.child.stderr.take().unwrap()).lines();
    assert_eq!(next(), "READY=1");
    let changes: [(Change, &str); 4] = [
        (|_| (), "serving new data"),
        (|file| fs::write(file, "minutes of the meeting").unwrap(), "is no longer read"),
        (|file| fs::rename(file, file.with_extension("away")).unwrap(), ""),
        (|file| fs::create_dir(file).unwrap(), "cannot serve the new file"),
    ];
    for (change, line) in changes {
        change(&file);
        server.signal("-HUP");
        assert!(next().starts_with("RELOADING=1\n"));
        assert_eq!(next(), "READY=1");
        assert!(line.is_empty() || log.any(|logged| logged.unwrap().contains(line)), "{line}");
    }
}

#[test]
fn sighup_opens_the_file_again_and_sigusr1_and_sigusr2_do_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = TestServer::start(bayan(folder.path()).args(["--log-format=json"]));
    let mut log = BufReader::new(server.child.stderr.take().unwrap()).lines();
    let mut wait_for = |text: &str| assert!(log.any(|line| line.unwrap().contains(text)), "the log has: {text}");
    for (signal, line) in [("-USR1", "SIGUSR1 does nothing"), ("-USR2", "SIGUSR2 does nothing"), ("-HUP", "SIGHUP: opening the database file again")] {
        server.signal(signal);
        wait_for(line);
    }
    wait_for("serving new data");
    assert_eq!(status(&get(&server.addr, "/v1")), 200);
    server.signal("-TERM");
    assert!(server.wait_for_exit().success());
}

#[test]
fn it_serves_although_nobody_reads_standard_output() {
    for script in [r#"exec "$0" --listen=unix:bayan.sock >/dev/full"#, r#""$0" --listen=unix:bayan.sock | true"#, r#"exec "$0" --listen=unix:bayan.sock >&-"#] {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("bayan.sock");
        let server = start_on(with_script(folder.path(), script).process_group(0), &socket);
        assert_eq!(status(&get_unix(&socket, "/v1")), 200, "{script}");
        let group = format!("-{}", server.child.id());
        assert!(Command::new("kill").args(["-KILL", "--", &group]).status().unwrap().success());
    }
}

#[test]
fn the_limit_of_file_descriptors_is_raised_or_the_connections_that_fit_are_logged() {
    let folder = tempfile::tempdir().unwrap();
    let start = |limits: &str| TestServer::start(&mut with_script(folder.path(), &format!("{limits}; exec \"$0\" --max-connections=500 \"$@\"")));
    let server = start("ulimit -S -n 64");
    let limits = fs::read_to_string(format!("/proc/{}/limits", server.child.id())).unwrap();
    let raised = limits.lines().find(|line| line.starts_with("Max open files")).unwrap();
    assert_eq!(raised.split_whitespace().nth(3), Some("628"), "{raised}");
    assert!(get(&server.addr, "/metrics").contains("bayan_connections_max 500"));
    drop(server);
    let server = start("ulimit -n 200");
    assert!(get(&server.addr, "/metrics").contains("bayan_connections_max 100"));
    let log = server.stop_and_read_log();
    assert!(log.contains("--max-connections 500 needs 628 file descriptors, and the limit is 200: at most 100"), "{log}");
}
