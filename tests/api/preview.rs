//! `bayan preview`: a package on pages before it is imported.

use std::{
    fs,
    time::{Duration, Instant},
};

use crate::{
    packages::example,
    test_server::{TestServer, bayan, get, status},
};

/// The page, once it has these words.
fn page_with(server: &TestServer, path: &str, words: &str) -> String {
    let started = Instant::now();
    loop {
        let page = get(&server.addr, path);
        if page.contains(words) {
            return page;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "{words} is not on {path}: {page}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_preview_shows_a_package_and_what_is_wrong_with_it_after_each_save() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sarn.en.yaml");
    fs::copy(example("sarn.en.txt"), folder.path().join("sarn.en.txt")).unwrap();
    let package = fs::read_to_string(example("sarn.en.yaml")).unwrap();
    let quote = "quote: both sides will open the gauges at Sarn Bridge";
    assert!(package.contains(quote));
    // The first version has a mistake, so that there is nothing of it yet.
    fs::write(&file, package.replacen(quote, "quote: both sides will shut the gauges at Sarn Bridge", 1)).unwrap();
    let server = TestServer::start(bayan(folder.path()).args(["preview", "sarn.en.yaml"]));
    let home = page_with(&server, "/en/", "sarn.en.yaml:");
    assert!(home.contains("quote-not-found"), "{home}");
    let statement = "/en/statements/ex-sarn-2030-05-02";
    assert_eq!(status(&get(&server.addr, statement)), 404);

    fs::write(&file, &package).unwrap();
    let page = page_with(&server, statement, "It has no mistakes.");
    assert_eq!(status(&page), 200);
    assert!(page_with(&server, "/ar/", "معاينة").contains("sarn.en.yaml"));

    // The text beside it counts as well, and the last version without errors stays.
    let text = fs::read_to_string(folder.path().join("sarn.en.txt")).unwrap();
    fs::write(folder.path().join("sarn.en.txt"), text.replace("gauges", "sluices")).unwrap();
    assert_eq!(status(&page_with(&server, statement, "quote-not-found")), 200);
    assert!(get(&server.addr, "/v1/clauses?q=gauges").contains("ex-sarn-2030-05-02-"));

    assert!(!folder.path().join("bayan.db").exists(), "nothing is published");
    let log = server.stop_and_read_log();
    assert!(log.contains("quote-not-found") && log.contains("0 errors"), "{log}");
}

#[test]
fn the_preview_of_a_file_that_does_not_exist_says_so_and_waits_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).args(["preview", "nowhere.yaml"]));
    page_with(&server, "/en/", "nowhere.yaml");
    fs::copy(example("sarn.en.txt"), folder.path().join("sarn.en.txt")).unwrap();
    fs::copy(example("sarn.en.yaml"), folder.path().join("nowhere.yaml")).unwrap();
    page_with(&server, "/en/statements/ex-sarn-2030-05-02", "It has no mistakes.");
}
