//! What goes wrong around the program: it is killed, the disk is full, the file is damaged, the clock jumps, descriptors
//! run out. Nothing is lost, it recovers by itself, or it says what to do. (The README's "When things go wrong" is this.)

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
use sha2::{Digest, Sha256};

use crate::{
    database::changed,
    running::{Running, get, log, program, say},
    seeded, send, service,
};

/// A whole file of an earlier version.
async fn older() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    fs::read(changed(folder.path(), "DELETE FROM items; PRAGMA user_version = 1").await).unwrap()
}

/// Whether a file is what was sealed: its last 32 bytes are the SHA-256 of all but the last 80.
fn whole(file: &[u8]) -> bool {
    file.len() > 80 && Sha256::digest(&file[..file.len() - 80])[..] == file[file.len() - 32..]
}

fn is_ready(address: &str) -> bool {
    get(address, "/health/ready").starts_with("HTTP/1.1 200")
}

/// Waits until something is so, and says how long that took.
fn waited(what: &str, is_so: impl Fn() -> bool) -> Duration {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(15), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
    begun.elapsed()
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").unwrap().1
}

/// The program, started by a script in which `"$0"` is its path and `"$@"` what it is told.
fn scripted(folder: &Path, shell: &[&str], script: &str) -> Command {
    let mut command = Command::new(shell[0]);
    command.args(&shell[1..]).args(["bash", "-ec", script, env!("CARGO_BIN_EXE_bayan")]);
    command.current_dir(folder).env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A name space in which a test may mount what it likes, without being root. Without one the test is skipped, and says so.
fn mounting() -> Option<&'static [&'static str]> {
    const SHELL: &[&str] = &["unshare", "--user", "--map-root-user", "--mount"];
    let folder = tempfile::tempdir().unwrap();
    let tried = scripted(folder.path(), SHELL, "mount -t tmpfs tmpfs .").output();
    let may = tried.is_ok_and(|tried| tried.status.success());
    if !may {
        // Past the test's capture: a promise that was not tested must not look like one that was.
        let _ = writeln!(std::io::stderr(), "\nSKIPPED: unshare and mount are not permitted here; full disks and read-only file systems are NOT tested");
    }
    may.then_some(SHELL)
}

#[tokio::test]
async fn a_build_that_is_killed_at_any_moment_leaves_the_old_file_or_the_new_one() {
    let (mut interrupted, mut kills) = (0, 0);
    for before in [None, Some(older().await)] {
        let prepared = || {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("bayan.db");
            if let Some(before) = &before {
                fs::write(&file, before).unwrap();
            }
            (folder, file)
        };
        // How long a build takes here, to the first answer.
        let (folder, _) = prepared();
        let begun = Instant::now();
        drop(Running::start(&mut program(folder.path())));
        let time = begun.elapsed();
        for moment in 0..12 {
            let (folder, file) = prepared();
            let mut child = program(folder.path()).arg("--listen=127.0.0.1:0").spawn().unwrap();
            std::thread::sleep(time * moment / 11);
            child.kill().unwrap();
            child.wait().unwrap();
            kills += 1;
            interrupted += usize::from(folder.path().join("bayan.db.new").exists());
            match fs::read(&file) {
                Ok(bytes) => assert!(before.as_ref() == Some(&bytes) || whole(&bytes), "old or new, at moment {moment}"),
                Err(_) => assert!(before.is_none(), "the old file is still there"),
            }
            let running = Running::start(&mut program(folder.path()));
            assert!(is_ready(&running.1) && get(&running.1, "/v1/clauses/iq-us-2024-09-27-6b").starts_with("HTTP/1.1 200"), "moment {moment}");
            assert!(whole(&fs::read(&file).unwrap()) && !folder.path().join("bayan.db.new").exists(), "nothing is left of the killed run");
        }
    }
    assert!(kills >= 20 && interrupted >= 5, "{interrupted} of {kills} were in the midst of writing");
}

#[test]
fn sixteen_that_start_at_once_build_one_database_though_some_are_killed() {
    let folder = tempfile::tempdir().unwrap();
    let started: Vec<Running> = std::thread::scope(|scope| {
        for number in 0..4 {
            let mut child = program(folder.path()).arg("--listen=127.0.0.1:0").spawn().unwrap();
            scope.spawn(move || {
                std::thread::sleep(Duration::from_millis(60 * number));
                child.kill().unwrap();
                child.wait().unwrap();
            });
        }
        let starts: Vec<_> = (0..12).map(|_| scope.spawn(|| Running::start(&mut program(folder.path())))).collect();
        starts.into_iter().map(|start| start.join().unwrap()).collect()
    });
    let answers: Vec<String> = started.iter().map(|running| body(&get(&running.1, "/v1/milestones?limit=200&as_of=2024-10-01")).to_owned()).collect();
    assert!(answers[0].contains("\"items\"") && answers.iter().all(|answer| answer == &answers[0]), "they serve the same");
    let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["bayan.db", "bayan.db.lock"]);
}

#[tokio::test]
async fn a_full_disk_is_named_and_the_old_file_stays_until_there_is_room() {
    let Some(shell) = mounting() else { return };
    for before in [None, Some(older().await)] {
        let folder = tempfile::tempdir().unwrap();
        if let Some(before) = &before {
            fs::write(folder.path().join("old"), before).unwrap();
        }
        fs::create_dir(folder.path().join("disk")).unwrap();
        // Room for the old file and 300 KB more; then, after the refusal, for everything.
        let script = format!(
            "mount -t tmpfs -o size={}k tmpfs disk
            if [ -e old ]; then cp old disk/bayan.db; fi
            if (cd disk && exec \"$0\" \"$@\") >out 2>refused; then exit 3; fi
            ls disk >left
            if [ -e old ]; then cmp old disk/bayan.db; fi
            mount -o remount,size=64m disk
            cd disk
            exec \"$0\" \"$@\"",
            before.as_ref().map_or(0, |before| before.len().div_ceil(1024)) + 300
        );
        let running = Running::start(&mut scripted(folder.path(), shell, &script));
        let refused = fs::read_to_string(folder.path().join("refused")).unwrap();
        assert!(refused.lines().count() == 1 && refused.contains("cannot write bayan.db.new") && refused.contains("space"), "{refused}");
        let left = fs::read_to_string(folder.path().join("left")).unwrap();
        assert_eq!(left, if before.is_some() { "bayan.db\nbayan.db.lock\n" } else { "bayan.db.lock\n" }, "the unfinished file makes room");
        assert!(is_ready(&running.1), "with room it starts as if nothing had been");
    }
}

#[tokio::test]
async fn a_file_that_may_not_grow_is_as_good_as_a_full_disk() {
    let older = older().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bayan.db");
    fs::write(&file, &older).unwrap();
    // With the signal that the system sends for it passed over, and with the death that it means otherwise.
    for (trap, left) in [("trap '' XFSZ", false), ("true", true)] {
        let output = scripted(folder.path(), &["env"], &format!("{trap}; ulimit -c 0; ulimit -f 1200; exec \"$0\" --listen=127.0.0.1:0")).output().unwrap();
        assert!(!output.status.success());
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(left || (told.lines().count() == 1 && told.contains("cannot write bayan.db.new")), "{told}");
        assert_eq!((fs::read(&file).unwrap() == older, folder.path().join("bayan.db.new").exists()), (true, left));
    }
    let running = Running::start(&mut program(folder.path()));
    assert!(is_ready(&running.1) && !folder.path().join("bayan.db.new").exists());
}

#[tokio::test]
async fn a_read_only_file_system_serves_a_finished_file_and_names_what_it_cannot_build() {
    let Some(shell) = mounting() else { return };
    let folder = tempfile::tempdir().unwrap();
    fs::copy(seeded().await, folder.path().join("finished")).unwrap();
    fs::write(folder.path().join("old"), older().await).unwrap();
    fs::create_dir(folder.path().join("disk")).unwrap();
    let script = "mount -t tmpfs tmpfs disk
        cp old finished disk
        mount -o remount,ro disk
        for name in old new; do if \"$0\" --database disk/$name \"$@\" >>out 2>>refused; then exit 3; fi; done
        cmp old disk/old
        exec \"$0\" --database disk/finished \"$@\"";
    let running = Running::start(&mut scripted(folder.path(), shell, script));
    assert!(is_ready(&running.1) && get(&running.1, "/v1/notes?q=iraq").starts_with("HTTP/1.1 200"));
    let refused = fs::read_to_string(folder.path().join("refused")).unwrap();
    let lines: Vec<&str> = refused.lines().collect();
    let [old, new] = lines[..] else { panic!("a line for each: {refused}") };
    assert!(old.contains("cannot write disk/old.lock: Read-only file system") && new.contains("cannot write disk/new.lock: Read-only"), "{refused}");
}

/// A service on a copy of the seeded database, and the copy.
async fn served(folder: &Path) -> (Running, PathBuf) {
    let file = folder.join("bayan.db");
    fs::copy(seeded().await, &file).unwrap();
    (Running::start(&mut program(folder)), file)
}

/// Writes over the middle of a file, whose length stays.
fn write_over(file: &Path) {
    let mut open = File::options().write(true).open(file).unwrap();
    let length = open.metadata().unwrap().len();
    for place in (4096..length - 4096).step_by(1000) {
        open.seek(std::io::SeekFrom::Start(place)).unwrap();
        open.write_all(b"damage").unwrap();
    }
}

#[tokio::test]
async fn a_file_that_is_written_to_while_it_is_served_is_not_read_any_more() {
    type Damage = (&'static str, fn(&Path));
    let damages: [Damage; 4] = [
        ("cut", |file| File::options().write(true).open(file).unwrap().set_len(100_000).unwrap()),
        ("emptied", |file| drop(File::create(file).unwrap())),
        ("overwritten in the middle", write_over),
        ("replaced in place", |file| fs::write(file, "minutes of the meeting").unwrap()),
    ];
    for (number, (damage, harm)) in damages.into_iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let (running, file) = served(folder.path()).await;
        let address = running.1.clone();
        let kept = get(&address, "/v1/clauses?limit=3");
        harm(&file);
        // A search is never kept. SQLite may notice first, by itself, which is a 500; what it does not notice ends here.
        let searched = || get(&address, "/v1/notes?q=iraq");
        waited("it is noticed", || searched().starts_with("HTTP/1.1 503"));
        assert_eq!(body(&get(&address, "/v1/clauses?limit=3")), body(&kept), "{damage}: what is in memory was made before");
        let refused = searched();
        assert!(refused.contains("application/problem+json") && refused.contains("retry-after"), "{damage}: {refused}");
        assert!(!is_ready(&address), "a balancer sends nobody here");
        assert!(get(&address, "/health/live").starts_with("HTTP/1.1 200"), "restarting it would not help");
        // A whole file heals it: in its place, as it should be done, or written over it.
        if number % 2 == 0 {
            fs::copy(seeded().await, folder.path().join("whole")).unwrap();
            fs::rename(folder.path().join("whole"), &file).unwrap();
        } else {
            fs::copy(seeded().await, &file).unwrap();
        }
        waited("it recovers by itself", || is_ready(&address));
        assert!(searched().starts_with("HTTP/1.1 200"));
        let log = log(running);
        assert!(log.contains("is no longer read; replace it with an intact one") && log.contains("serving new data"), "{damage}: {log}");
    }
}

#[tokio::test]
async fn a_file_that_is_removed_touched_or_refused_while_it_is_served_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (running, file) = served(folder.path()).await;
    let address = running.1.clone();
    let stays = |path: &str| {
        std::thread::sleep(Duration::from_millis(800));
        assert!(is_ready(&address) && get(&address, path).starts_with("HTTP/1.1 200"), "{path}");
    };
    File::options().append(true).open(&file).unwrap().set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    stays("/v1/dates?limit=1");
    fs::remove_file(&file).unwrap();
    stays("/v1/dates?limit=2");
    fs::write(&file, "minutes of the meeting").unwrap();
    stays("/v1/dates?limit=3");
    // A file system may give the number of the refused file to the next one.
    fs::remove_file(&file).unwrap();
    let new = tempfile::tempdir().unwrap();
    let new = changed(new.path(), "INSERT INTO revisions VALUES (3, '2026-12-01T00:00:00Z')").await;
    fs::copy(new, &file).unwrap();
    waited("the new data is served", || get(&address, "/v1/dates?limit=4").contains("\"revision\":3"));
    let log = log(running);
    assert_eq!(log.matches("cannot serve the new file; serving the old data").count(), 1, "{log}");
}

#[tokio::test]
async fn without_descriptors_it_waits_and_goes_on_by_itself_and_new_data_is_not_missed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bayan.db");
    fs::copy(seeded().await, &file).unwrap();
    let running = Running::start(&mut scripted(folder.path(), &["env"], "ulimit -n 40; exec \"$0\" \"$@\""));
    let address = running.1.clone();
    assert!(is_ready(&address));
    let idle: Vec<TcpStream> = (0..80).map(|_| TcpStream::connect(&address).unwrap()).collect();
    std::thread::sleep(Duration::from_millis(300));
    let new = tempfile::tempdir().unwrap();
    let new = changed(
        new.path(),
        "UPDATE items SET item = json_set(item, '$.kind', 'region') WHERE id = 'baghdad'; INSERT INTO revisions VALUES (3, '2026-12-01T00:00:00Z')",
    )
    .await;
    fs::rename(new, &file).unwrap();
    // A client waits in the kernel's queue until those who ask for nothing are sent away.
    let begun = Instant::now();
    assert!(get(&address, "/v1/locations/washington-dc").starts_with("HTTP/1.1 200"));
    assert!(begun.elapsed() < Duration::from_secs(12), "{:?}", begun.elapsed());
    waited("the new data is served", || get(&address, "/v1/locations/baghdad").contains(r#""kind":"region""#));
    drop(idle);
    let log = log(running);
    assert!(log.contains("accepted") && log.contains("Too many open files"), "{log}");
    assert_eq!(log.matches("cannot open the new file yet").count(), 1, "told once, and tried again: {log}");
}

#[test]
fn a_log_that_nobody_reads_is_not_waited_for_and_what_is_dropped_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start(&mut program(folder.path()));
    // Nor is there anybody left to tell on standard output.
    drop(running.0.stdout.take());
    let many = "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n".repeat(499) + "GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    for _ in 0..24 {
        // A pipe holds 64 KB, some 400 lines.
        assert_eq!(say(&running.1, &many).matches("HTTP/1.1 404").count(), 500);
    }
    let metrics = get(&running.1, "/metrics");
    let dropped = metrics.lines().find_map(|line| line.strip_prefix("bayan_log_lines_dropped_total "));
    assert!(dropped.is_some_and(|dropped| dropped.parse::<u64>().unwrap() > 1000), "{dropped:?}");
    running.signal("-TERM");
    let asked = Instant::now();
    assert!(running.ended().success());
    assert!(asked.elapsed() < Duration::from_secs(9));
}

#[test]
fn a_clock_that_jumps_is_believed_and_no_answer_of_another_day_is_given() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let hands = Arc::new(AtomicI64::new(0));
    let clock = Clock::from_fn({
        let hands = hands.clone();
        move || DateTime::from_timestamp(hands.load(Ordering::Relaxed), 0).unwrap()
    });
    let running = runtime.block_on(service(clock, None));
    let paths = [
        "/v1/milestones?kind=deadline",
        "/v1/milestones?kind=deadline&sort=latest",
        "/v1/milestones/iq-us-2024-09-27-mission-in-iraq-ends",
        "/v1/milestones.ics?status=open",
        "/v1/clauses?limit=1",
    ];
    // Around midnights in Baghdad, and where clocks that lost their battery or their 33rd bit stand.
    let midnight = |text: &str| text.parse::<DateTime<chrono::Utc>>().unwrap().timestamp();
    let places = prop::sample::select(vec![
        midnight("2024-09-26T21:00:00Z"),
        midnight("2025-09-30T21:00:00Z"),
        midnight("2026-09-30T21:00:00Z"),
        0,
        midnight("2038-01-19T03:14:08Z"),
        midnight("9998-12-31T21:00:00Z"),
    ]);
    let jumps = prop::collection::vec((places, -90_000..90_000_i64, 0..paths.len()), 1..30);
    let mut fresh: HashMap<(String, usize), (StatusCode, String, Vec<u8>)> = HashMap::new();
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let seen = std::cell::RefCell::new(&mut fresh);
    let checked = runner.run(&jumps, |jumps| {
        for (place, offset, path) in jumps {
            hands.store(place + offset, Ordering::Relaxed);
            let clock = Clock::from_fn(move || DateTime::from_timestamp(place + offset, 0).unwrap());
            let day = clock.today().date.to_string();
            let ask = |service| runtime.block_on(async move { send(&service, Method::GET, paths[path], &[]).await });
            let told = |answer: crate::Answer| (answer.status, answer.header("etag").to_owned(), answer.body);
            let expected = seen.borrow_mut().entry((day.clone(), path)).or_insert_with(|| told(ask(runtime.block_on(service(clock, None))))).clone();
            prop_assert_eq!(expected.0, StatusCode::OK);
            prop_assert!(told(ask(running.clone())) == expected, "{} on {day}", paths[path]);
        }
        Ok(())
    });
    checked.unwrap();
    assert!(fresh.len() > 20);
}
