//! The house: who may import whom, and how large a file may grow.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The source files below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).filter(|path| path.extension().is_some_and(|kind| kind == "rs")).collect()
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn nothing_is_imported_upward() {
    // A layer, and what it must not know.
    let rules = [
        ("text", ["corpus", "formats", "http", "axum", "sqlx", "storage", "verify"].as_slice()),
        ("corpus", ["formats", "http", "axum", "storage", "verify", "clock", "config", "error", "server"].as_slice()),
        ("formats", ["http", "axum", "sqlx", "storage", "clock", "config", "server"].as_slice()),
        ("http", ["sqlx", "server", "storage"].as_slice()),
    ];
    for (layer, forbidden) in rules {
        let folder = src().join(layer);
        if !folder.exists() {
            continue;
        }
        for file in sources(&folder) {
            let code = fs::read_to_string(&file).unwrap();
            let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            for name in forbidden {
                let ours = format!("crate::{name}");
                let outside = format!("{name}::");
                let starts = |line: &str| {
                    line.match_indices(&outside).any(|(at, _)| !line[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':'))
                };
                let used = code.iter().any(|line| line.contains(&ours) || starts(line));
                let listed = code.join("\n").split("use crate::{").skip(1).any(|rest| {
                    let list = rest.split("};").next().unwrap();
                    list.split([',', '\n']).any(|item| item.trim().split("::").next() == Some(name))
                });
                assert!(!used && !listed, "{} imports {name}", file.display());
            }
        }
    }
}

#[test]
fn only_corpus_storage_and_verify_contain_sql() {
    for file in sources(&src()) {
        let place = file.strip_prefix(src()).unwrap();
        if place.starts_with("corpus") || place.starts_with("storage") || place.starts_with("verify") {
            continue;
        }
        let code = fs::read_to_string(&file).unwrap();
        for word in ["SELECT ", "INSERT ", "QueryBuilder", "AssertSqlSafe"] {
            assert!(!code.contains(word), "{} has SQL: {word}", file.display());
        }
    }
}

#[test]
fn sql_is_never_asserted_to_be_safe() {
    for file in sources(&src()) {
        assert!(!fs::read_to_string(&file).unwrap().contains("AssertSqlSafe"), "{}", file.display());
    }
}

#[test]
fn every_file_opens_with_a_sentence_and_stays_readable() {
    for file in sources(&src()) {
        let code = fs::read_to_string(&file).unwrap();
        assert!(code.starts_with("//! "), "{} says what it is", file.display());
        let lines = code.lines().count();
        assert!(lines <= 350, "{} has {lines} lines", file.display());
    }
}
