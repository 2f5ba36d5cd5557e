//! Faults around the program: it is killed, the disk is full, the file is damaged, the clock jumps, descriptors run out. It
//! loses nothing, and recovers or logs what to do (docs/operations.md, "When things go wrong").

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{Seek, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use axum::http::{Method, StatusCode};
use bayan::clock::Clock;
use chrono::DateTime;
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use xxhash_rust::xxh3::xxh3_128;

use crate::{
    seeded, send, service,
    storage::changed,
    test_server::{TestServer, bayan, get, send_raw},
};

/// A valid file of an earlier version.
async fn older_file() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    fs::read(changed(folder.path(), "DELETE FROM items; PRAGMA user_version = 1").await).unwrap()
}

/// Whether a file matches its checksum trailer.
fn is_intact(file: &[u8]) -> bool {
    file.len() > 112 && xxh3_128(&file[..file.len() - 112]).to_le_bytes() == file[file.len() - 32..file.len() - 16]
}

pub(crate) fn is_ready(addr: &str) -> bool {
    get(addr, "/health/ready").starts_with("HTTP/1.1 200")
}

/// Waits until a condition holds.
pub(crate) fn wait_until(condition: &str, holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_secs(15), "{condition}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn body(response: &str) -> &str {
    response.split_once("\r\n\r\n").unwrap().1
}

/// The program, started by a script in which `"$0"` is its path and `"$@"` its arguments.
fn scripted(folder: &Path, shell: &[&str], script: &str) -> Command {
    let mut command = Command::new(shell[0]);
    command.args(&shell[1..]).args(["bash", "-ec", script, env!("CARGO_BIN_EXE_bayan")]);
    command.current_dir(folder).env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A command that enters a mount namespace, in which a test may mount file systems without being root. Where that is not
/// permitted, the test is skipped and says so.
fn mount_namespace() -> Option<&'static [&'static str]> {
    const SHELL: &[&str] = &["unshare", "--user", "--map-root-user", "--mount"];
    let folder = tempfile::tempdir().unwrap();
    let attempt = scripted(folder.path(), SHELL, "mount -t tmpfs tmpfs .").output();
    let is_permitted = attempt.is_ok_and(|attempt| attempt.status.success());
    if !is_permitted {
        // Not captured: a skipped test must not look like a passed one.
        let _ = writeln!(std::io::stderr(), "\nSKIPPED: unshare and mount are not permitted here; full disks and read-only file systems are NOT tested");
    }
    is_permitted.then_some(SHELL)
}

#[tokio::test]
async fn a_build_killed_at_any_moment_leaves_the_old_file_or_the_new_one() {
    let (mut interrupted, mut kills) = (0, 0);
    for before in [None, Some(older_file().await)] {
        let prepared = || {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("bayan.db");
            if let Some(before) = &before {
                fs::write(&file, before).unwrap();
            }
            (folder, file)
        };
        // How long a build takes on this machine, to the first response.
        let (folder, _) = prepared();
        let started = Instant::now();
        drop(TestServer::start(&mut bayan(folder.path())));
        let time = started.elapsed();
        for moment in 0..7 {
            let (folder, file) = prepared();
            let mut child = bayan(folder.path()).arg("--listen=127.0.0.1:0").spawn().unwrap();
            std::thread::sleep(time * moment / 6);
            child.kill().unwrap();
            child.wait().unwrap();
            kills += 1;
            interrupted += usize::from(folder.path().join("bayan.db.new").exists());
            match fs::read(&file) {
                Ok(bytes) => assert!(before.as_ref() == Some(&bytes) || is_intact(&bytes), "the old file or the new one, at moment {moment}"),
                Err(_) => assert!(before.is_none(), "the old file is still there"),
            }
            let server = TestServer::start(&mut bayan(folder.path()));
            assert!(is_ready(&server.addr) && get(&server.addr, "/v1/clauses/iq-us-2024-09-27-6b").starts_with("HTTP/1.1 200"), "moment {moment}");
            assert!(is_intact(&fs::read(&file).unwrap()) && !folder.path().join("bayan.db.new").exists(), "nothing remains of the killed run");
        }
    }
    assert!(kills >= 14 && interrupted >= 3, "{interrupted} of {kills} kills interrupted a write");
}

#[test]
fn sixteen_processes_build_one_database_even_if_some_are_killed() {
    let folder = tempfile::tempdir().unwrap();
    let servers: Vec<TestServer> = std::thread::scope(|scope| {
        for number in 0..4 {
            let mut child = bayan(folder.path()).arg("--listen=127.0.0.1:0").spawn().unwrap();
            scope.spawn(move || {
                std::thread::sleep(Duration::from_millis(60 * number));
                child.kill().unwrap();
                child.wait().unwrap();
            });
        }
        let threads: Vec<_> = (0..12).map(|_| scope.spawn(|| TestServer::start(&mut bayan(folder.path())))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let bodies: Vec<String> = servers.iter().map(|server| body(&get(&server.addr, "/v1/milestones?limit=200&as_of=2024-10-01")).to_owned()).collect();
    assert!(bodies[0].contains("\"items\"") && bodies.iter().all(|body| body == &bodies[0]), "all serve the same");
    let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["bayan.db", "bayan.db.lock"]);
}

#[tokio::test]
async fn a_full_disk_is_reported_and_the_old_file_stays_until_there_is_space() {
    let Some(shell) = mount_namespace() else { return };
    for before in [None, Some(older_file().await)] {
        let folder = tempfile::tempdir().unwrap();
        if let Some(before) = &before {
            fs::write(folder.path().join("old"), before).unwrap();
        }
        fs::create_dir(folder.path().join("disk")).unwrap();
        // Space for the old file and 300 KB more; after the failure, space for everything.
        let script = format!(
            "mount -t tmpfs -o size={}k tmpfs disk
            if [ -e old ]; then cp old disk/bayan.db; fi
            if (cd disk && exec \"$0\" \"$@\") >out 2>error; then exit 3; fi
            ls disk >remaining
            if [ -e old ]; then cmp old disk/bayan.db; fi
            mount -o remount,size=64m disk
            cd disk
            exec \"$0\" \"$@\"",
            before.as_ref().map_or(0, |before| before.len().div_ceil(1024)) + 300
        );
        let server = TestServer::start(&mut scripted(folder.path(), shell, &script));
        let error = fs::read_to_string(folder.path().join("error")).unwrap();
        assert!(error.matches("bayan: ").count() == 1 && error.contains("bayan: cannot write bayan.db.new") && error.contains("space"), "{error}");
        let remaining = fs::read_to_string(folder.path().join("remaining")).unwrap();
        assert_eq!(remaining, if before.is_some() { "bayan.db\nbayan.db.lock\n" } else { "bayan.db.lock\n" }, "the unfinished file is removed");
        assert!(is_ready(&server.addr), "with space it starts normally");
    }
}

#[tokio::test]
async fn a_file_size_limit_is_reported_like_a_full_disk() {
    let older = older_file().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bayan.db");
    fs::write(&file, &older).unwrap();
    // With the signal SIGXFSZ ignored, and with its default, which kills the process.
    for (trap, left) in [("trap '' XFSZ", false), ("true", true)] {
        let output = scripted(folder.path(), &["env"], &format!("{trap}; ulimit -c 0; ulimit -f 1200; exec \"$0\" --listen=127.0.0.1:0")).output().unwrap();
        assert!(!output.status.success());
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(left || (error.matches("bayan: ").count() == 1 && error.contains("bayan: cannot write bayan.db.new")), "{error}");
        assert_eq!((fs::read(&file).unwrap() == older, folder.path().join("bayan.db.new").exists()), (true, left));
    }
    let server = TestServer::start(&mut bayan(folder.path()));
    assert!(is_ready(&server.addr) && !folder.path().join("bayan.db.new").exists());
}

#[tokio::test]
async fn a_finished_file_is_served_from_a_read_only_file_system_and_a_failed_build_is_reported() {
    let Some(shell) = mount_namespace() else { return };
    let folder = tempfile::tempdir().unwrap();
    fs::copy(seeded().await, folder.path().join("finished")).unwrap();
    fs::write(folder.path().join("old"), older_file().await).unwrap();
    fs::create_dir(folder.path().join("disk")).unwrap();
    let script = "mount -t tmpfs tmpfs disk
        cp old finished disk
        mount -o remount,ro disk
        for name in old new; do if \"$0\" --database disk/$name \"$@\" >>out 2>>error; then exit 3; fi; done
        cmp old disk/old
        exec \"$0\" --database disk/finished \"$@\"";
    let server = TestServer::start(&mut scripted(folder.path(), shell, script));
    assert!(is_ready(&server.addr) && get(&server.addr, "/v1/notes?q=iraq").starts_with("HTTP/1.1 200"));
    let error = fs::read_to_string(folder.path().join("error")).unwrap();
    let lines: Vec<&str> = error.lines().collect();
    let [old, new] = lines[..] else { panic!("a line for each: {error}") };
    assert!(old.contains("cannot write disk/old.lock: Read-only file system") && new.contains("cannot write disk/new.lock: Read-only"), "{error}");
}

/// A service on a copy of the seeded database, and the path of the copy.
async fn server_on_copy(folder: &Path) -> (TestServer, PathBuf) {
    let file = folder.join("bayan.db");
    fs::copy(seeded().await, &file).unwrap();
    (TestServer::start(&mut bayan(folder)), file)
}

/// Overwrites bytes in the middle of a file; its length stays.
fn overwrite(file: &Path) {
    let mut open = File::options().write(true).open(file).unwrap();
    let length = open.metadata().unwrap().len();
    for offset in (4096..length - 4096).step_by(1000) {
        open.seek(std::io::SeekFrom::Start(offset)).unwrap();
        open.write_all(b"damage").unwrap();
    }
}

#[tokio::test]
async fn a_file_changed_in_place_while_it_is_served_is_not_served_any_more() {
    type Damage = (&'static str, fn(&Path));
    let damages: [Damage; 6] = [
        ("truncated", |file| File::options().write(true).open(file).unwrap().set_len(100_000).unwrap()),
        ("emptied", |file| drop(File::create(file).unwrap())),
        ("overwritten in the middle", overwrite),
        ("replaced in place", |file| fs::write(file, "minutes of the meeting").unwrap()),
        ("moved and overwritten", |file| {
            fs::rename(file, file.with_extension("old")).unwrap();
            overwrite(&file.with_extension("old"));
        }),
        ("moved, replaced by what is no database, and emptied", |file| {
            fs::rename(file, file.with_extension("old")).unwrap();
            fs::write(file, "minutes of the meeting").unwrap();
            drop(File::create(file.with_extension("old")).unwrap());
        }),
    ];
    for (number, (damage, harm)) in damages.into_iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let (server, file) = server_on_copy(folder.path()).await;
        let addr = server.addr.clone();
        assert!(get(&addr, "/v1/clauses?limit=3").starts_with("HTTP/1.1 200"));
        harm(&file);
        // A search is never cached. SQLite may notice the damage first, which is a 500; then the watcher does.
        let search = || get(&addr, "/v1/notes?q=iraq");
        wait_until("the damage is noticed", || search().starts_with("HTTP/1.1 503"));
        let cached = get(&addr, "/v1/clauses?limit=3");
        assert!(cached.starts_with("HTTP/1.1 503"), "{damage}: what was cached may be made from changed bytes: {cached}");
        let response = search();
        assert!(response.contains("application/problem+json") && response.contains("retry-after"), "{damage}: {response}");
        assert!(!is_ready(&addr), "a load balancer sends nobody here");
        assert!(get(&addr, "/health/live").starts_with("HTTP/1.1 200"), "a restart would not help");
        // An intact file repairs it: renamed into its place, as it should be, or copied over it.
        if number % 2 == 0 {
            fs::copy(seeded().await, folder.path().join("intact")).unwrap();
            fs::rename(folder.path().join("intact"), &file).unwrap();
        } else {
            fs::copy(seeded().await, &file).unwrap();
        }
        wait_until("it recovers by itself", || is_ready(&addr));
        assert!(search().starts_with("HTTP/1.1 200"));
        let log = server.stop_and_read_log();
        assert_eq!(log.matches("is no longer read; replace it with an intact one").count(), 1, "{damage}: {log}");
        assert!(log.contains("serving new data"), "{damage}: {log}");
    }
}

#[tokio::test]
async fn a_removed_touched_or_invalid_file_does_not_change_what_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let (server, file) = server_on_copy(folder.path()).await;
    let addr = server.addr.clone();
    let assert_still_served = |path: &str| {
        std::thread::sleep(Duration::from_millis(800));
        assert!(is_ready(&addr) && get(&addr, path).starts_with("HTTP/1.1 200"), "{path}");
    };
    File::options().append(true).open(&file).unwrap().set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    assert_still_served("/v1/dates?limit=1");
    fs::remove_file(&file).unwrap();
    assert_still_served("/v1/dates?limit=2");
    fs::write(&file, "minutes of the meeting").unwrap();
    assert_still_served("/v1/dates?limit=3");
    fs::write(folder.path().join("older"), older_file().await).unwrap();
    fs::rename(folder.path().join("older"), &file).unwrap();
    assert_still_served("/v1/dates?limit=5");
    // The next file may get the inode number of the invalid one.
    fs::remove_file(&file).unwrap();
    let new = tempfile::tempdir().unwrap();
    let new = changed(new.path(), "INSERT INTO revisions VALUES (4, '2026-12-01T00:00:00Z')").await;
    fs::copy(new, &file).unwrap();
    wait_until("the new data is served", || get(&addr, "/v1/dates?limit=4").contains("\"revision\":4"));
    let log = server.stop_and_read_log();
    assert_eq!(log.matches("cannot serve the new file; serving the old data").count(), 2, "{log}");
    assert!(log.contains("was built by another version of Bayan (schema 1;"), "{log}");
}

#[tokio::test]
async fn without_file_descriptors_it_waits_and_recovers_and_does_not_miss_new_data() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bayan.db");
    fs::copy(seeded().await, &file).unwrap();
    let server = TestServer::start(&mut bayan(folder.path()));
    server.limit_file_descriptors(40);
    let addr = server.addr.clone();
    assert!(is_ready(&addr));
    let idle: Vec<TcpStream> = (0..80).map(|_| TcpStream::connect(&addr).unwrap()).collect();
    std::thread::sleep(Duration::from_millis(300));
    let new = tempfile::tempdir().unwrap();
    let new = changed(
        new.path(),
        "UPDATE items SET item = json_set(item, '$.kind', 'region') WHERE id = 'baghdad'; INSERT INTO revisions VALUES (4, '2026-12-01T00:00:00Z')",
    )
    .await;
    fs::rename(new, &file).unwrap();
    // A client waits in the kernel's queue until the idle connections are closed.
    let started = Instant::now();
    assert!(get(&addr, "/v1/locations/washington-dc").starts_with("HTTP/1.1 200"));
    assert!(started.elapsed() < Duration::from_secs(12), "{:?}", started.elapsed());
    wait_until("the new data is served", || get(&addr, "/v1/locations/baghdad").contains(r#""kind":"region""#));
    drop(idle);
    let log = server.stop_and_read_log();
    assert!(log.contains("accepted") && log.contains("Too many open files"), "{log}");
    assert_eq!(log.matches("cannot open the new file yet").count(), 1, "logged once, and retried: {log}");
}

#[test]
fn a_log_without_a_reader_blocks_nothing_and_its_dropped_lines_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = TestServer::start(bayan(folder.path()).arg("--log=bayan=debug"));
    // Standard output has no reader either.
    drop(server.child.stdout.take());
    let request = |fields: &str| format!("GET /v1?_={} HTTP/1.1\r\nHost: x\r\n{fields}\r\n", "x".repeat(900));
    let many = request("").repeat(499) + &request("Connection: close\r\n");
    for _ in 0..24 {
        // A pipe holds 64 KB, some 60 of these lines.
        assert_eq!(send_raw(&server.addr, &many).matches("HTTP/1.1 200").count(), 500);
    }
    let metrics = get(&server.addr, "/metrics");
    let dropped = metrics.lines().find_map(|line| line.strip_prefix("bayan_log_lines_dropped_total "));
    assert!(dropped.is_some_and(|dropped| dropped.parse::<u64>().unwrap() > 1000), "{dropped:?}");
    server.signal("-TERM");
    let signalled_at = Instant::now();
    assert!(server.wait_for_exit().success());
    assert!(signalled_at.elapsed() < Duration::from_secs(9));
}

#[tokio::test]
async fn the_date_of_a_response_follows_the_clock_back_and_a_clock_before_1970_breaks_nothing() {
    let seconds = Arc::new(AtomicI64::new(1_727_740_800));
    let clock = Clock::from_fn({
        let seconds = seconds.clone();
        move || DateTime::from_timestamp(seconds.load(Ordering::Relaxed), 0).unwrap()
    });
    let service = service(clock, None).await;
    for (time, date) in [
        (1_727_740_800, "Tue, 01 Oct 2024 00:00:00 GMT"),
        (1_727_740_801, "Tue, 01 Oct 2024 00:00:01 GMT"),
        (946_684_800, "Sat, 01 Jan 2000 00:00:00 GMT"),
        (-1, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (-5_000_000_000, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (253_402_300_800, "Fri, 31 Dec 9999 23:59:59 GMT"),
    ] {
        seconds.store(time, Ordering::Relaxed);
        for path in ["/v1/milestones", "/v1/milestones.ics", "/en/", "/v1/clauses?x", "/health/live", "/metrics"] {
            let response = send(&service, Method::GET, path, &[]).await;
            assert!(!response.status.is_server_error(), "{path} at {time}");
            assert_eq!(response.header("date"), date, "{path} at {time}");
        }
    }
}

#[test]
fn after_a_clock_jump_responses_are_for_the_new_day() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let time = Arc::new(AtomicI64::new(0));
    let clock = Clock::from_fn({
        let time = time.clone();
        move || DateTime::from_timestamp(time.load(Ordering::Relaxed), 0).unwrap()
    });
    let shared = runtime.block_on(service(clock, None));
    let paths = [
        "/v1/milestones?kind=deadline",
        "/v1/milestones?kind=deadline&sort=latest",
        "/v1/milestones/iq-us-2024-09-27-mission-in-iraq-ends",
        "/v1/milestones.ics?status=open",
        "/v1/clauses?limit=1",
    ];
    // Around midnight in Baghdad, at the epoch (a clock without a battery), and around the limits of 32-bit seconds.
    let midnight = |text: &str| text.parse::<DateTime<chrono::Utc>>().unwrap().timestamp();
    let instants = prop::sample::select(vec![
        midnight("2024-09-26T21:00:00Z"),
        midnight("2025-09-30T21:00:00Z"),
        midnight("2026-09-30T21:00:00Z"),
        0,
        midnight("2038-01-19T03:14:08Z"),
        midnight("9998-12-31T21:00:00Z"),
    ]);
    let jumps = prop::collection::vec((instants, -90_000..90_000_i64, 0..paths.len()), 1..30);
    let mut fresh: HashMap<(String, usize), (StatusCode, String, Vec<u8>)> = HashMap::new();
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let expected_by_day = std::cell::RefCell::new(&mut fresh);
    let checked = runner.run(&jumps, |jumps| {
        for (instant, offset, path) in jumps {
            time.store(instant + offset, Ordering::Relaxed);
            let clock = Clock::from_fn(move || DateTime::from_timestamp(instant + offset, 0).unwrap());
            let day = clock.today().date.to_string();
            let get = |service| runtime.block_on(async move { send(&service, Method::GET, paths[path], &[]).await });
            let parts = |response: crate::TestResponse| (response.status, response.header("etag").to_owned(), response.body);
            let expected =
                expected_by_day.borrow_mut().entry((day.clone(), path)).or_insert_with(|| parts(get(runtime.block_on(service(clock, None))))).clone();
            prop_assert_eq!(expected.0, StatusCode::OK);
            prop_assert!(parts(get(shared.clone())) == expected, "{} on {day}", paths[path]);
        }
        Ok(())
    });
    checked.unwrap();
    assert!(fresh.len() > 20);
}
