//! Statement packages: what `check` finds, and that export, import and export again give the same bytes.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use bayan::{
    package::{
        Package,
        diagnostic::{Code, Severity},
        export,
        known::{Known, Moved},
        report,
    },
    storage,
};
use chrono::{DateTime, Utc};

use crate::seeded;

pub(crate) fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/packages").join(name)
}

/// The English example with one mistake, and what `check` reports.
pub(crate) fn planted(from: &str, to: &str) -> (Package, Vec<report::Entry>) {
    let path = example("sarn.en.yaml");
    let file = std::fs::read_to_string(&path).unwrap();
    assert!(file.contains(from), "{from}");
    let mut package = Package::from_text(path, file.replacen(from, to, 1));
    package.check(&Known::default());
    let entries = report::entries(&package);
    (package, entries)
}

/// A database of its own, a copy of the seeded one.
pub(crate) async fn copy() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bayan.db");
    std::fs::copy(seeded().await, &file).unwrap();
    (folder, file)
}

pub(crate) async fn exported(database: &Path, id: &str) -> Option<String> {
    let corpus = storage::open(database).await.unwrap();
    export::export_from(&corpus, id).await.unwrap().map(|document| export::to_json(&document))
}

pub(crate) fn now() -> DateTime<Utc> {
    "2027-01-01T00:00:00Z".parse().unwrap()
}

/// Checks packages that have no errors, and imports them.
pub(crate) async fn import(database: &Path, packages: Vec<Package>) -> Vec<storage::Imported> {
    let database = database.to_owned();
    tokio::task::spawn_blocking(move || storage::import(&database, packages.into_iter(), &Moved::default(), now(), false).unwrap()).await.unwrap()
}

pub(crate) async fn checked(database: &Path, packages: Vec<Package>) -> Vec<Package> {
    let ids = packages.iter().filter_map(|package| package.document.as_ref()).map(|document| document.id().to_owned()).collect();
    let mut known = storage::known(database, &ids).await.unwrap();
    known.restore = true;
    packages.iter().filter_map(|package| package.document.as_ref()).for_each(|document| known.add(document));
    let check = |mut package: Package| {
        package.check(&known);
        assert_eq!(package.log.errors(), 0, "{}", report::text(&package, false).0);
        package
    };
    packages.into_iter().map(check).collect()
}

#[tokio::test]
async fn the_article_is_the_same_after_export_import_and_export() {
    let (_folder, database) = copy().await;
    let before = exported(&database, "iq-us-2024-09-27").await.unwrap();
    let package = Package::from_text("article.json".into(), before.clone());
    let packages = checked(&database, vec![package]).await;
    assert!(packages[0].log.diagnostics.is_empty(), "{}", report::text(&packages[0], false).0);
    let bytes = std::fs::read(&database).unwrap();
    let imported = import(&database, packages).await;
    assert_eq!(imported[0].differences, 0, "the import of what is there changes nothing");
    assert_eq!(std::fs::read(&database).unwrap(), bytes);
    assert_eq!(exported(&database, "iq-us-2024-09-27").await.unwrap(), before);
}

#[tokio::test]
async fn an_annotation_under_another_id_has_the_same_rows() {
    let (_folder, database) = copy().await;
    let before = exported(&database, "iq-us-2024-09-27").await.unwrap();
    let other = before.replace("iq-us-2024-09-27", "iq-us-2024-09-27-second");
    let packages = checked(&database, vec![Package::from_text("second.json".into(), other.clone())]).await;
    let imported = import(&database, packages).await;
    assert!(!imported[0].replaced && imported[0].differences > 100);
    let after: serde_json::Value = serde_json::from_str(&exported(&database, "iq-us-2024-09-27-second").await.unwrap()).unwrap();
    let other: serde_json::Value = serde_json::from_str(&other).unwrap();
    // The registers stay with the statement that introduced them.
    for key in ["source", "title", "issued", "issuers", "versions", "clauses", "milestones", "changes"] {
        assert_eq!(after[key], other[key], "{key}");
    }
    assert_eq!(exported(&database, "iq-us-2024-09-27").await.unwrap(), before);
}

#[tokio::test]
async fn the_examples_are_imported_served_and_exported_again() {
    let (folder, database) = copy().await;
    let files = ["sarn.en.yaml", "sarn.ar.yaml"];
    let packages = checked(&database, files.iter().map(|name| Package::open(&example(name))).collect()).await;
    for package in &packages {
        assert!(package.log.diagnostics.is_empty(), "{}", report::text(package, false).0);
    }
    let imported = import(&database, packages).await;
    assert!(imported.iter().all(|package| !package.replaced && package.differences > 5));
    let first: Vec<String> = vec![exported(&database, "ex-sarn-2030-05-02").await.unwrap(), exported(&database, "ex-sarn-2030-08-20").await.unwrap()];
    // Into another database, without the first.
    let other = folder.path().join("other.db");
    std::fs::copy(seeded().await, &other).unwrap();
    let packages = first.iter().map(|json| Package::from_text("exported.json".into(), json.clone())).collect();
    let packages = checked(&other, packages).await;
    import(&other, packages).await;
    assert_eq!(exported(&other, "ex-sarn-2030-05-02").await.unwrap(), first[0]);
    assert_eq!(exported(&other, "ex-sarn-2030-08-20").await.unwrap(), first[1]);
}

#[tokio::test]
async fn a_second_edition_records_what_differs_item_by_item() {
    let (_folder, database) = copy().await;
    let path = example("sarn.en.yaml");
    let file = std::fs::read_to_string(&path).unwrap();
    import(&database, checked(&database, vec![Package::open(&path)]).await).await;
    let corrected = file.replace("severity: major", "severity: critical").replace("شرط أن يسمح الوارد بذلك", "بشرط أن يسمح الوارد بذلك");
    let (removed, _) = corrected.split_once("  - id: release-begins").unwrap();
    let packages = checked(&database, vec![Package::from_text(path, removed.to_owned())]).await;
    let imported = import(&database, packages).await;
    let changes: Vec<String> = imported[0].changes.iter().map(|change| format!("{:?} {}", change.action, change.target)).collect();
    assert_eq!(changes, ["Corrected ex-sarn-2030-05-02-3b", "Corrected ex-sarn-2030-05-02-3b-n1", "Withdrawn ex-sarn-2030-05-02-release-begins"],);
}

#[test]
fn each_planted_mistake_is_found_at_its_line_and_nothing_else() {
    let (original, mut wrong) = (std::fs::read_to_string(example("sarn.en.yaml")).unwrap(), Vec::new());
    for (from, to, code, line) in [
        ("quote: provided that the inflow", "quote: provided that inflow", "quote-not-found", 0),
        ("quote: in a meeting at Sarn Bridge", "quote: Sarn", "quote-ambiguous", 0),
        ("{id: vale-dam, quote: Vale dam}", "{id: vale-dam, quote: Sarn Bridge}", "outside-clause", 0),
        ("edtf: ../2030-06-30", "edtf: ../2030-6-30", "bad-edtf", 0),
        ("edtf: ../2030-06-30,", "edtf: ../2030-06-30, latest: 2030-07-01,", "bounds", 0),
        ("edtf: ../2030-06-30,", "edtf: ../2030-06-30, precision: month,", "precision", 0),
        ("speaker: dam-engineer", "speaker: dam-engineeer", "unknown-id", 0),
        ("- {id: lowland, kind: state", "- {id: Lowland, kind: state", "bad-id", 0),
        ("  - label: 1b", "  - label: 1a", "duplicate-id", 0),
        ("kind: communique", "kind: comunique", "unknown-value", 0),
        ("    kind: condition\n", "    kind: condition\n    sort: condition\n", "unknown-key", 0),
        ("    kind: condition\n", "    kind: condition\n    kind: condition\n", "duplicate-key", 0),
        ("    kind: condition\n", "", "missing-key", 0),
        ("translation: شرط أن يسمح الوارد بذلك", "translation:", "missing-translation", 0),
        ("translation: شرط أن يسمح الوارد بذلك", "translation: TODO", "todo", 0),
        ("translation: شرط أن يسمح", "translation: شرط \u{202e}أن يسمح", "bidi-control", 0),
        ("    voice: third_party\n    speaker: dam-engineer\n", "    voice: third_party\n", "speaker", 0),
        ("source:\n", "source:\n  sha256: 0000000000000000000000000000000000000000000000000000000000000000\n", "sha256-mismatch", 0),
        (
            "basis: relative\n        anchor: {clause: 1a, quote: 2 May 2030}\n        basis_note:\n          en: 2 May 2030 is a Thursday.\n          ar: يوم 2 أيار 2030 هو يوم خميس.\n",
            "basis: relative\n",
            "basis",
            0,
        ),
        ("issuers: [upland, lowland]", "issuers: [upland, lowland", "syntax", 0),
        ("issuers: [upland, lowland]", "issuers: &a [upland, lowland]", "syntax", 0),
        (
            "    voice: statement\n    kind: commitment\n    translation: الجانبين",
            "    voice: agency\n    speaker: example-agency\n    kind: commitment\n    translation: الجانبين",
            "voice",
            0,
        ),
        ("- {id: vale-dam, quote: Vale dam}", "- {id: vale-dam, quote: Vale dam}\n      - {id: vale-dam, quote: Vale dam}", "duplicate-id", 0),
        ("parent: sarn\n", "parent: sarn-bridge\n", "circle", 0),
        ("clauses: [4a]", "clauses: [4b]", "unknown-id", 0),
        ("date: {clause: 4a, quote: in mid-July}", "date: {clause: 4a, quote: mid-July}", "unknown-date", 0),
        ("anchor: {clause: 1a, quote: 2 May 2030}", "anchor: {clause: 1a, quote: Thursday}", "anchor", 0),
        ("text_file: sarn.en.txt", "text_file: ../sarn.en.txt", "bad-value", 0),
        ("text_file: sarn.en.txt", "text_file: sarn.txt", "unreadable", 0),
        ("language: en\n", "language: en\n  url: http://example.org\n", "bad-value", 0),
        ("format: 1", "format: 2", "unknown-format", 2),
        ("    quote: and publish their readings every week", "    quote: publish their readings every week", "uncovered-text", 2),
        ("    quote: in a meeting at Sarn Bridge", "    quote: river Sarn, in a meeting at Sarn Bridge", "overlap", 0),
        // What only follows from another mistake is not reported as well.
        ("    translation: شرط أن يسمح", "    tranlsation: شرط أن يسمح", "unknown-key", 0),
        ("    translation: شرط أن يسمح الوارد بذلك", "    translation: [1, 2]", "wrong-type", 0),
        ("    speaker: dam-engineer\n", "    speaker: TODO\n", "todo", 0),
        ("kind: medium, name", "kind: newspaper, name", "unknown-value", 0),
        ("\nclauses:\n", "\nclaus:\n", "unknown-key", 0),
        ("issuers: [upland, lowland]", "issuers: []", "missing-key", 0),
        ("issuers: [upland, lowland]", "issuers:", "missing-key", 0),
        ("    clauses: [2a]\n", "    clauses: []\n", "missing-key", 0),
        ("text_file: sarn.en.txt", "text_file: sarn.en.txt\n  text: The gauges.", "duplicate-key", 0),
        ("  - label: 4a", "  - label: 3a", "duplicate-id", 0),
        ("  medium: example-agency\n", "", "speaker", 9),
        ("  medium: example-agency\n", "  medium: lowland\n", "bad-value", 0),
        ("edtf: ../2030-06-30", "edtf: ../2030-06-31", "bad-edtf", 0),
        ("edtf: ../2030-06-30", "edtf: TODO", "todo", 0),
        ("    kind: condition\n", "\tkind: condition\n", "syntax", 0),
        ("        - {id: dam-engineer, quote", "        - {id: dam-engineer, role: speaker, quote", "unknown-key", 0),
        ("    date: {clause: 4a, quote: in mid-July}", "    edtf: 2030-07", "unknown-key", 0),
        ("      - {quote: 2 May 2030, type: DATE,", "      - {id: d-1, quote: 2 May 2030, type: DATE,", "bad-id", 0),
        // Warnings.
        ("    translation: شرط أن يسمح الوارد بذلك", "    translation: provided that the inflow allows it", "wrong-script", 0),
        ("edtf: ../2030-06-30", "edtf: ../2030-07-30", "date-words", 0),
        ("edtf: ../2030-06-30", "edtf: 2030-06-30", "date-words", 0),
        ("edtf: 2030-07/2030-09", "edtf: 2030-07/2031-09", "date-words", 0),
        ("quote: 2 May 2030, type: DATE, edtf: 2030-05-02", "quote: 2 May 2030, type: DATE, edtf: 2030-02-05", "date-words", 0),
        ("quote: 2 May 2030, type: DATE", "quote: 2 May 2030, type: TIME", "date-words", 0),
        ("edtf: 2030-05-02\n        basis: relative", "edtf: 2030-05-03\n        basis: relative", "date-words", 0),
        ("edtf: 2030-07-15~", "edtf: 2030-08-15~", "date-words", 0),
    ] {
        let (package, entries) = planted(from, to);
        let found: Vec<(&str, usize)> = entries.iter().map(|entry| (entry.code.as_str(), entry.line)).collect();
        // 0: wherever the mistake was planted.
        let planted = original[..original.find(from).unwrap()].matches('\n').count() + 1;
        let expected = if line > 0 { line..line + 1 } else { planted..planted + 3 };
        // A key that is missing is reported at the first of its object.
        let is_right = matches!(found[..], [(own, at)] if own == code && (to.is_empty() || expected.contains(&at)));
        if !is_right {
            wrong.push(format!("{code}: {to:?} planted in line {planted}\n{}", report::text(&package, false).0));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_text_file_with_other_bytes_is_reported_in_that_file() {
    let text = std::fs::read_to_string(example("sarn.en.txt")).unwrap();
    for (bytes, codes) in [
        (text.replace('\n', "\r\n").into_bytes(), vec!["crlf"]),
        (format!("\u{feff}{text}").into_bytes(), vec!["bom"]),
        (text.replace("May", "M\u{202e}ay").into_bytes(), vec!["bidi-control"]),
        (text.replace("river Sarn,", "river Sarn\u{378},").into_bytes(), vec!["bad-character"]),
        ([text.as_bytes(), b"\xff"].concat(), vec!["not-utf8"]),
    ] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("sarn.en.txt"), bytes).unwrap();
        std::fs::copy(example("sarn.en.yaml"), folder.path().join("sarn.en.yaml")).unwrap();
        let mut package = Package::open(&folder.path().join("sarn.en.yaml"));
        package.check(&Known::default());
        let entries = report::entries(&package);
        let own: Vec<&str> = entries.iter().filter(|entry| entry.file.ends_with("sarn.en.txt")).map(|entry| entry.code.as_str()).collect();
        assert_eq!(own, codes, "{}", report::text(&package, false).0);
        // Quotes of words that the control is in are not found either.
        assert!(entries.iter().all(|entry| entry.file.ends_with("sarn.en.txt") || entry.code.starts_with("quote")));
    }
}

#[test]
fn a_quote_in_another_form_is_shown_with_its_difference() {
    let (package, entries) = planted("quote: The communiqué says that", "quote: The communique\u{301} says that");
    let text = report::text(&package, false).0;
    assert_eq!(entries.iter().map(|entry| entry.code.as_str()).collect::<Vec<_>>(), ["not-nfc", "quote-not-found"], "{text}");
    assert!(text.contains("written otherwise") && text.contains("U+0065") && text.contains("U+00E9"), "{text}");
    let (package, _) = planted("quote: provided that the inflow allows it", "quote: provided that an inflow allows it");
    let text = report::text(&package, false).0;
    assert!(text.contains("the nearest passage (paragraph 3): provided that the inflow allows it"), "{text}");
}

#[tokio::test]
async fn the_program_checks_imports_and_exports() {
    let (folder, database) = copy().await;
    let bayan = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_bayan"));
        command.args(arguments).arg("--database").arg(&database).current_dir(example(""));
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let files = ["sarn.ar.yaml", "sarn.en.yaml"];
    let (code, out, _) = bayan(&["check", files[0], files[1]]);
    assert_eq!((code, out.as_str()), (Some(0), "2 packages: 0 errors, 0 warnings\n"));
    let (code, out, _) = bayan(&["check", "--format", "json", files[0]]);
    let entries: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
    assert_eq!(code, Some(1));
    assert!(entries.iter().all(|entry| entry["file"] == files[0] && entry["code"] == "unknown-id" && entry["severity"] == "error"), "{out}");
    assert!(entries.iter().any(|entry| entry["pointer"] == "/issuers/1" && entry["line"] == 21 && entry["column"] == 19), "{out}");
    let (code, out, _) = bayan(&["import", "--dry-run", files[0], files[1]]);
    assert!(code == Some(0) && out.contains("ex-sarn-2030-05-02: would be added"), "{out}");
    let (code, out, _) = bayan(&["import", files[0], files[1]]);
    assert!(code == Some(0) && out.contains("ex-sarn-2030-08-20: added"), "{out}");
    let (code, out, _) = bayan(&["import", files[0]]);
    assert_eq!((code, out.as_str()), (Some(0), "ex-sarn-2030-08-20: nothing differs\n"));
    let (code, lines, _) = bayan(&["export"]);
    assert_eq!((code, lines.lines().count()), (Some(0), 3));
    let all = folder.path().join("all.jsonl");
    std::fs::write(&all, &lines).unwrap();
    let (code, out, _) = bayan(&["import", all.to_str().unwrap()]);
    assert!(code == Some(0) && out.matches("nothing differs").count() == 3, "{out}");
    let compressed = folder.path().join("all.jsonl.zst");
    std::fs::write(&compressed, zstd::encode_all(lines.as_bytes(), 3).unwrap()).unwrap();
    let (code, out, _) = bayan(&["check", compressed.to_str().unwrap()]);
    assert_eq!((code, out.as_str()), (Some(0), "3 packages: 0 errors, 0 warnings\n"));
    let (code, _, error) = bayan(&["export", "nobody"]);
    assert!(code == Some(1) && error.contains("nobody"), "{error}");
}

#[test]
fn the_document_lists_every_code() {
    // serde names the values of an enum between backticks, after the one that was given.
    let error = serde_json::from_str::<Code>("\"?\"").unwrap_err().to_string();
    let codes: BTreeSet<&str> = error.split('`').skip(3).step_by(2).collect();
    let document = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/your-own-statement.md")).unwrap();
    let rows = document.lines().skip_while(|line| !line.starts_with("| code |")).skip(2).take_while(|line| line.starts_with('|'));
    let written: BTreeSet<&str> = rows.flat_map(|row| row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2)).collect();
    assert_eq!(written, codes);
}

#[test]
fn the_template_has_only_what_is_to_do() {
    let mut package = Package::open(&example("template.yaml"));
    package.check(&Known::default());
    assert!(report::entries(&package).iter().any(|entry| entry.code == "todo" && entry.severity == Severity::Error && entry.pointer == "/id"));
}

#[tokio::test]
async fn the_article_and_nothing_else_matches_the_json_schema() {
    let schema = serde_json::to_value(bayan::package::schema::json_schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let (_folder, database) = copy().await;
    let article: serde_json::Value = serde_json::from_str(&exported(&database, "iq-us-2024-09-27").await.unwrap()).unwrap();
    let errors: Vec<String> = validator.iter_errors(&article).map(|error| format!("{}: {error}", error.instance_path)).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    for (pointer, value) in [
        ("/clauses/0/voice", serde_json::json!("nobody")),
        ("/clauses/0/label", serde_json::Value::Null),
        ("/clauses/0/dates/0", serde_json::json!({"quote": "x"})),
        ("/milestones/0/date", serde_json::json!({"edtf": 2030})),
        ("/source/language", serde_json::json!("fr")),
        ("/title", serde_json::json!({"en": "x"})),
    ] {
        let mut wrong = article.clone();
        *wrong.pointer_mut(pointer).unwrap() = value;
        assert!(!validator.is_valid(&wrong), "{pointer}");
    }
    let mut unknown = article;
    unknown["clauses"][0]["sort"] = serde_json::json!("x");
    assert!(!validator.is_valid(&unknown));
}

#[test]
fn hostile_files_are_errors_in_bounded_time() {
    for file in [
        "",
        "{",
        "[1, 2]",
        "format: 1",
        "{\"format\": 1, \"id\": \"\\ud800\"}",
        "{\"format\": 1} x",
        "a: &a [x]\nb: *a",
        "format: 1\n---\nformat: 1",
        "format: 1\nid: \"a\\0b\"",
        "- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -",
        &"[".repeat(100_000),
        &"{\"a\":".repeat(100_000),
        &"x: y\n".repeat(20_000),
        &format!("format: 1\nclauses: [{}]", "{label: x}, ".repeat(5_000)),
    ] {
        let mut package = Package::from_text("hostile.yaml".into(), file.to_owned());
        package.check(&Known::default());
        assert!(package.log.errors() > 0, "{}", &file[..file.len().min(60)]);
        let (text, errors, _) = report::text(&package, false);
        assert!(errors > 0 && text.len() < 1_000_000);
        assert!(serde_json::to_string(&report::entries(&package)).unwrap().len() < 10_000_000);
    }
}

#[tokio::test]
async fn a_paragraph_may_have_more_clauses_than_the_alphabet_has_letters() {
    let (_folder, database) = copy().await;
    let words: Vec<String> = (1..=30).map(|number| format!("We open gate {number}.")).collect();
    let letters: Vec<String> = ('a'..='z').map(String::from).chain(('a'..='d').map(|last| format!("a{last}"))).collect();
    let clauses: Vec<serde_json::Value> = std::iter::zip(&words, &letters)
        .map(|(words, letter)| {
            let label = format!("1{letter}");
            serde_json::json!({"label": label, "quote": words, "voice": "statement", "kind": "decision", "translation": "نفتح البوابة"})
        })
        .collect();
    let package = serde_json::json!({
        "format": 1, "id": "ex-gates", "kind": "declaration", "title": {"ar": "البوابات", "en": "Gates"}, "issuers": ["iraq"],
        "source": {"publisher": {"ar": "مثال", "en": "Example"}, "language": "en", "text": words.join(" ")}, "clauses": clauses,
    });
    let packages = checked(&database, vec![Package::from_text("gates.json".into(), package.to_string())]).await;
    import(&database, packages).await;
    let again: serde_json::Value = serde_json::from_str(&exported(&database, "ex-gates").await.unwrap()).unwrap();
    assert_eq!(again["clauses"], package["clauses"]);
}
