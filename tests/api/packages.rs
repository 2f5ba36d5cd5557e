//! Statement packages: what `check` finds, and that export, import and export again give the same bytes.

use std::path::{Path, PathBuf};

use bayan::{
    package::{Package, diagnostic::Severity, export, known::Known, report},
    storage,
};
use chrono::{DateTime, Utc};

use crate::seeded;

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/packages").join(name)
}

/// The English example with one mistake, and what `check` reports.
fn planted(from: &str, to: &str) -> (Package, Vec<report::Entry>) {
    let path = example("sarn.en.yaml");
    let file = std::fs::read_to_string(&path).unwrap();
    assert!(file.contains(from), "{from}");
    let mut package = Package::from_text(path, file.replacen(from, to, 1));
    package.check(&Known::default());
    let entries = report::entries(&package);
    (package, entries)
}

/// A database of its own, a copy of the seeded one.
async fn copy() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bayan.db");
    std::fs::copy(seeded().await, &file).unwrap();
    (folder, file)
}

async fn exported(database: &Path, id: &str) -> Option<String> {
    let corpus = storage::open(database).await.unwrap();
    export::export_from(&corpus, id).await.unwrap().map(|document| export::to_json(&document))
}

async fn known(database: &Path) -> Known {
    export::known_from(&storage::open(database).await.unwrap()).await.unwrap()
}

fn now() -> DateTime<Utc> {
    "2027-01-01T00:00:00Z".parse().unwrap()
}

/// Checks packages that have no errors, and imports them.
async fn import(database: &Path, packages: Vec<Package>) -> Vec<storage::Imported> {
    let database = database.to_owned();
    tokio::task::spawn_blocking(move || storage::import(&database, packages.into_iter(), now(), false).unwrap()).await.unwrap()
}

async fn checked(database: &Path, packages: Vec<Package>) -> Vec<Package> {
    let mut known = known(database).await;
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
    assert!(!imported[0].replaced && imported[0].differences > 200);
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
    assert!(imported.iter().all(|package| !package.replaced && package.differences > 10));
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
        ("format: 1", "format: 2", "unknown-format", 2),
        ("    quote: and publish their readings every week", "    quote: publish their readings every week", "uncovered-text", 2),
        ("    quote: in a meeting at Sarn Bridge", "    quote: river Sarn, in a meeting at Sarn Bridge", "overlap", 0),
    ] {
        let (package, entries) = planted(from, to);
        let found: Vec<(&str, usize)> = entries.iter().map(|entry| (entry.code.as_str(), entry.line)).collect();
        let text = report::text(&package, false).0;
        assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), [code], "{to}\n{text}");
        // 0: wherever the mistake was planted.
        let file = &package.file;
        let planted = file.find(to).map_or(0, |at| file[..at].matches('\n').count() + 1);
        assert!(to.is_empty() || if line > 0 { found[0].1 == line } else { (planted..planted + 3).contains(&found[0].1) }, "{to} in line {planted}\n{text}");
    }
}

#[test]
fn the_template_has_only_what_is_to_do() {
    let mut package = Package::open(&example("template.yaml"));
    package.check(&Known::default());
    assert!(report::entries(&package).iter().any(|entry| entry.code == "todo" && entry.severity == Severity::Error && entry.pointer == "/id"));
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
