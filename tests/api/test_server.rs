//! A running `bayan` process, and raw HTTP over its socket.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::net::UnixStream,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

/// The program in a folder of its own, with nothing configured.
pub(crate) fn bayan(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bayan"));
    command.current_dir(folder).env_clear().stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A running service.
pub(crate) struct TestServer {
    /// The process.
    pub(crate) child: Child,
    /// The address on which it listens.
    pub(crate) addr: String,
}

impl TestServer {
    /// Starts the service on a free port, and waits for the line that names its address.
    pub(crate) fn start(command: &mut Command) -> Self {
        Self::start_on(command, "127.0.0.1:0")
    }

    /// Starts the service on this address.
    pub(crate) fn start_on(command: &mut Command, listen: &str) -> Self {
        let mut child = command.arg("--listen").arg(listen).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let addr = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_else(|| panic!("the line names the address: {line:?}"));
        Self { child, addr: addr.to_owned() }
    }

    /// Sends a signal.
    pub(crate) fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap().success());
    }

    /// Limits the number of its file descriptors from now on.
    pub(crate) fn limit_file_descriptors(&self, limit: u32) {
        let pid = self.child.id().to_string();
        assert!(Command::new("prlimit").args(["--pid", &pid, &format!("--nofile={limit}:{limit}")]).status().unwrap().success());
    }

    /// Waits for the process to exit, for at most ten seconds.
    pub(crate) fn wait_for_exit(&mut self) -> ExitStatus {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(started.elapsed() < Duration::from_secs(10), "the process does not exit");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Stops the service, and reads its log.
    pub(crate) fn stop_and_read_log(mut self) -> String {
        self.signal("-TERM");
        assert!(self.child.wait().unwrap().success());
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        log
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends the bytes of a request, and reads the response to the end of the connection.
pub(crate) fn send_raw(addr: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(addr).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    // The service may respond and close before everything is sent.
    let _ = stream.write_all(request.as_bytes());
    let mut response = Vec::new();
    stream.read_to_end(&mut response).unwrap();
    String::from_utf8(response).unwrap()
}

/// Gets a path from a service on a Unix socket; empty if it does not respond.
pub(crate) fn get_unix(socket: &Path, path: &str) -> String {
    let mut response = String::new();
    if let Ok(mut stream) = UnixStream::connect(socket) {
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        stream.read_to_string(&mut response).unwrap();
    }
    response
}

/// Gets a path.
pub(crate) fn get(addr: &str, path: &str) -> String {
    send_raw(addr, &format!("GET {path} HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\n\r\n"))
}

/// The status of a response.
pub(crate) fn status(response: &str) -> u16 {
    response.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("a response: {response}"))
}

/// The value of a header; empty if it is absent.
pub(crate) fn header<'a>(response: &'a str, name: &str) -> &'a str {
    let head = response.split("\r\n\r\n").next().unwrap();
    head.lines().filter_map(|line| line.split_once(": ")).find(|(header, _)| header.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
}
