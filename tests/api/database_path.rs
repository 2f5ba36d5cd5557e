//! The path of the database may lead anywhere: to what has no end, to what waits for another process, to nothing. A start says so
//! in one line; a running service goes on serving, takes the next good file, and stops when it is told to.

use std::{
    fs::{self, File},
    os::unix::{
        fs::{FileExt, symlink},
        net::UnixListener,
    },
    path::Path,
    process::{Command, Output},
    time::{Duration, Instant},
};

use bayan::{
    config::Limits,
    storage::{self, Database, WatchEvent},
};
use tokio::sync::mpsc;

use crate::{
    seeded,
    storage::changed,
    test_server::{TestServer, bayan, get, status},
};

/// More than can be hashed in the time that a start or a stop may take.
const SIX_GIGABYTES: u64 = 6 << 30;

/// Puts something at a path.
type Put = fn(&Path);

fn fifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// A sparse file of six gigabytes that begins like the seeded database.
fn huge(path: &Path, prefix: &[u8]) {
    let file = File::create(path).unwrap();
    file.write_all_at(prefix, 0).unwrap();
    file.set_len(SIX_GIGABYTES).unwrap();
}

/// What is no database, and what is said of it.
const FOREIGN: [(&str, Put, &str); 8] = [
    ("fifo", fifo, "is a FIFO and not a file"),
    ("socket", |path| drop(UnixListener::bind(path).unwrap()), "is a socket and not a file"),
    ("folder", |path| fs::create_dir(path).unwrap(), "is a folder and not a file"),
    ("endless", |path| symlink("/dev/zero", path).unwrap(), "is a device and not a file"),
    ("empty-device", |path| symlink("/dev/null", path).unwrap(), "is a device and not a file"),
    ("link-to-itself", |path| symlink(path, path).unwrap(), "cannot read"),
    ("huge", |path| huge(path, b""), "is not a Bayan database"),
    ("huge-sqlite", |path| huge(path, b"SQLite format 3\0"), "is not a Bayan database"),
];

/// Starts the program, which must not start, and returns its one line.
fn failed_start(folder: &Path, database: &str) -> String {
    let started = Instant::now();
    let Output { status, stderr, .. } = bayan(folder).args(["--listen=127.0.0.1:0", "--database", database]).output().unwrap();
    let error = String::from_utf8(stderr).unwrap();
    assert!(status.code() == Some(1) && error.lines().count() == 1, "{database}: {error}");
    assert!(started.elapsed() < Duration::from_secs(5), "{database}: {:?}", started.elapsed());
    error
}

#[tokio::test]
async fn a_start_on_what_is_no_file_ends_at_once_with_one_line() {
    let folder = tempfile::tempdir().unwrap();
    for (name, put, message) in FOREIGN {
        put(&folder.path().join(name));
        let error = failed_start(folder.path(), name);
        assert!(error.contains(name) && error.contains(message), "{error}");
        let link = format!("link-to-{name}");
        symlink(name, folder.path().join(&link)).unwrap();
        let error = failed_start(folder.path(), &link);
        assert!(error.contains(&link) && error.contains(message), "{error}");
    }
    // One of ours, but far longer than its header says.
    let start = fs::read(seeded().await).unwrap();
    huge(&folder.path().join("huge-bayan"), &start[..4096]);
    assert!(failed_start(folder.path(), "huge-bayan").contains("is damaged"));
    assert!(failed_start(folder.path(), "huge/bayan.db").contains("Not a directory"));
    // A FIFO in the place of the lock is not waited for either.
    fifo(&folder.path().join("new.db.lock"));
    assert!(failed_start(folder.path(), "new.db").contains("cannot write new.db.lock"));
}

#[test]
fn names_that_do_not_name_a_file_are_rejected() {
    let folder = tempfile::tempdir().unwrap();
    for name in [":memory:", "file:bayan.db", "file::memory:?cache=shared", "file:///tmp/x?mode=rwc", "sqlite://bayan.db", "sqlite::memory:"] {
        let error = failed_start(folder.path(), name);
        assert!(error.contains(name) && error.contains("does not name a file"), "{error}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is built");
    for name in ["./:memory:", "./file:a?mode=memory", "100% b#c.db"] {
        let server = TestServer::start(bayan(folder.path()).args(["--database", name]));
        assert_eq!(status(&get(&server.addr, "/v1/clauses?limit=1")), 200);
        assert!(folder.path().join(name).metadata().unwrap().len() > 100_000, "{name} is a file");
    }
}

#[tokio::test]
async fn a_running_service_outlives_whatever_takes_the_place_of_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bayan.db");
    fs::copy(seeded().await, &file).unwrap();
    let mut server = TestServer::start(&mut bayan(folder.path()));
    let remove = || fs::remove_file(&file).or_else(|_| fs::remove_dir(&file)).unwrap();
    for (number, (name, put, _)) in FOREIGN.into_iter().enumerate() {
        remove();
        put(&file);
        std::thread::sleep(Duration::from_millis(500));
        assert_eq!(status(&get(&server.addr, &format!("/v1/clauses?limit={}", number + 1))), 200, "{name}");
        assert_eq!(status(&get(&server.addr, "/health/ready")), 200, "{name}");
        // A link to itself leads to nothing.
        let is_rejected = u8::from(name != "link-to-itself");
        let metrics = get(&server.addr, "/metrics");
        assert!(metrics.contains(&format!("\nbayan_data_file_rejected {is_rejected}\n")), "{name}: {metrics}");
    }
    let elsewhere = tempfile::tempdir().unwrap();
    let new = changed(elsewhere.path(), "INSERT INTO revisions VALUES (9, '2026-12-01T00:00:00Z')").await;
    remove();
    fs::copy(new, &file).unwrap();
    let started = Instant::now();
    while !get(&server.addr, "/v1/notes?limit=1").contains("\"revision\":9") {
        assert!(started.elapsed() < Duration::from_secs(10), "the next good file is served");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(get(&server.addr, "/metrics").contains("\nbayan_data_file_rejected 0\n"));
    remove();
    fifo(&file);
    std::thread::sleep(Duration::from_millis(500));
    server.signal("-TERM");
    assert!(server.wait_for_exit().success());
}

#[test]
fn a_start_that_waits_for_another_builder_ends_on_sigterm() {
    let folder = tempfile::tempdir().unwrap();
    let lock = File::create(folder.path().join("bayan.db.lock")).unwrap();
    lock.lock().unwrap();
    let mut child = bayan(folder.path()).arg("--listen=127.0.0.1:0").spawn().unwrap();
    std::thread::sleep(Duration::from_millis(700));
    assert!(child.try_wait().unwrap().is_none(), "it waits");
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    let signalled = Instant::now();
    assert!(child.wait().unwrap().success() && signalled.elapsed() < Duration::from_secs(2), "{:?}", signalled.elapsed());
}

#[tokio::test]
async fn a_symbolic_link_stays_one_when_its_target_is_built_or_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("data")).unwrap();
    fs::create_dir(at("names")).unwrap();
    // Relative links count from their own folder; the last one leads to nothing yet.
    symlink("../names/current", at("data/bayan.db")).unwrap();
    symlink("first.db", at("names/current")).unwrap();
    storage::open(&at("data/bayan.db")).await.unwrap();
    let older = tempfile::tempdir().unwrap();
    let older = changed(older.path(), "DELETE FROM items; PRAGMA user_version = 1").await;
    fs::copy(older, at("names/first.db")).unwrap();
    let before = storage::file_version(&at("names/first.db"));
    storage::open(&at("data/bayan.db")).await.unwrap();
    assert_ne!(storage::file_version(&at("names/first.db")), before, "the older file is replaced");
    assert!(at("data/bayan.db").is_symlink() && at("names/current").is_symlink() && !at("names/first.db").is_symlink());
    let mut names: Vec<_> = fs::read_dir(at("names")).unwrap().chain(fs::read_dir(at("data")).unwrap()).map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["bayan.db", "current", "first.db", "first.db.lock"], "the lock is beside the file, so that all names of it share one");
}

#[tokio::test]
async fn a_file_is_rejected_while_it_is_at_the_path() {
    let folder = tempfile::tempdir().unwrap();
    let (file, elsewhere) = (folder.path().join("bayan.db"), folder.path().join("elsewhere"));
    fs::copy(seeded().await, &file).unwrap();
    let older = tempfile::tempdir().unwrap();
    let older = changed(older.path(), "PRAGMA user_version = 1").await;
    let server = TestServer::start(&mut bayan(folder.path()));
    let wait_for = |expected: u8| {
        let started = Instant::now();
        while !get(&server.addr, "/metrics").contains(&format!("\nbayan_data_file_rejected {expected}\n")) {
            assert!(started.elapsed() < Duration::from_secs(10), "bayan_data_file_rejected is {expected}");
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    wait_for(0);
    for bad in [fs::read(older).unwrap(), fs::read(&file).unwrap()[..100_000].to_vec(), b"minutes of the meeting".to_vec(), Vec::new()] {
        let good = fs::read(&file).unwrap();
        fs::write(&elsewhere, bad).unwrap();
        fs::rename(&elsewhere, &file).unwrap();
        wait_for(1);
        // It is moved away and back, and then a good one takes its place.
        fs::rename(&file, &elsewhere).unwrap();
        wait_for(0);
        fs::rename(&elsewhere, &file).unwrap();
        wait_for(1);
        fs::write(&elsewhere, good).unwrap();
        fs::rename(&elsewhere, &file).unwrap();
        wait_for(0);
        assert_eq!(status(&get(&server.addr, "/health/ready")), 200);
    }
}

#[tokio::test]
async fn what_happens_to_the_file_before_it_is_watched_is_noticed() {
    let replace: Put = |file| {
        fs::copy(file, file.with_extension("new")).unwrap();
        fs::rename(file.with_extension("new"), file).unwrap();
    };
    let damage: Put = |file| File::options().write(true).open(file).unwrap().write_all_at(b"damage", 5000).unwrap();
    for (change, is_closed) in [(replace, false), (damage, true)] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bayan.db");
        fs::copy(seeded().await, &file).unwrap();
        let database = Database::open(&file, &Limits::DEFAULT).await.unwrap();
        change(&file);
        let (sender, mut receiver) = mpsc::unbounded_channel();
        let watching = tokio::spawn(storage::watch(database, file.clone(), Limits::DEFAULT, mpsc::channel(1).1, move |event| sender.send(event).unwrap()));
        let mut event = async || tokio::time::timeout(Duration::from_secs(10), receiver.recv()).await.unwrap().unwrap();
        let mut is_rejected = false;
        let corpus = loop {
            match event().await {
                WatchEvent::Data(corpus) => break corpus,
                WatchEvent::Rejected(rejected) => is_rejected = rejected,
            }
        };
        assert_eq!(is_rejected, is_closed);
        let service = bayan::app(bayan::AppState::new(corpus, bayan::clock::Clock::system(None), None));
        let response = crate::send(&service, axum::http::Method::GET, "/v1/clauses?limit=1", &[]).await;
        assert_eq!(response.status.as_u16(), if is_closed { 503 } else { 200 });
        watching.abort();
    }
}
