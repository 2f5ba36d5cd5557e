//! Editions of a statement: what a correction changes, and entries that pass from one statement to another.

use std::path::Path;

use axum::http::Method;
use bayan::{AppState, clock::Clock, package::Package, storage};

use crate::{
    TestResponse,
    packages::{checked, copy, example, exported, import},
    send,
    test_server::bayan,
};

async fn ask(database: &Path, path: &str) -> TestResponse {
    let state = AppState::new(storage::open(database).await.unwrap(), Clock::system(Some("2030-06-01".parse().unwrap())), None);
    send(&bayan::app(state), Method::GET, path, &[]).await
}

/// An example with some of its words replaced.
fn edited(name: &str, replacements: &[(&str, &str)]) -> Package {
    let path = example(name);
    let mut file = std::fs::read_to_string(&path).unwrap();
    for (from, to) in replacements {
        assert!(file.contains(from), "{from}");
        file = file.replace(from, to);
    }
    Package::from_text(path, file)
}

/// Imports editions together, and returns what changed: the action and the target of each.
async fn import_editions(database: &Path, editions: Vec<Package>) -> Vec<String> {
    let imported = import(database, checked(database, editions).await).await;
    imported.iter().flat_map(|package| &package.changes).map(|change| format!("{:?} {}", change.action, change.target)).collect()
}

#[tokio::test]
async fn what_an_item_takes_from_another_changes_with_it() {
    let (_folder, database) = copy().await;
    import_editions(&database, vec![edited("sarn.en.yaml", &[])]).await;
    let before = ask(&database, "/v1/milestones/ex-sarn-2030-05-02-gauges-open").await.json();
    assert_eq!((&before["sequence"], &before["date"]["latest"]), (&0.into(), &"2030-06-30".into()));
    // The date of an expression is that of its milestone, and of the statement that it dates.
    let changes = import_editions(&database, vec![edited("sarn.en.yaml", &[("edtf: ../2030-06-30", "edtf: ../2030-06-29")])]).await;
    assert_eq!(changes, ["Corrected ex-sarn-2030-05-02-2a-d1", "Corrected ex-sarn-2030-05-02-gauges-open"]);
    let after = ask(&database, "/v1/milestones/ex-sarn-2030-05-02-gauges-open").await.json();
    assert_eq!((&after["sequence"], &after["date"]["latest"]), (&1.into(), &"2030-06-29".into()));
    assert!(before["modified"].as_str().unwrap() < after["modified"].as_str().unwrap());
    let calendar = String::from_utf8(ask(&database, "/v1/milestones/ex-sarn-2030-05-02-gauges-open.ics").await.body).unwrap();
    assert!(calendar.contains("SEQUENCE:1\r\n"), "{calendar}");
    let changes = import_editions(
        &database,
        vec![edited(
            "sarn.en.yaml",
            &[
                ("edtf: ../2030-06-30", "edtf: ../2030-06-29"),
                ("{quote: 2 May 2030, type: DATE, edtf: 2030-05-02", "{quote: 2 May 2030, type: DATE, edtf: 2030-05-02~"),
            ],
        )],
    )
    .await;
    assert_eq!(changes, ["Corrected ex-sarn-2030-05-02", "Corrected ex-sarn-2030-05-02-1a-d1"]);
    // A voice that is that of the first clause, and a lead-in of an earlier clause.
    let edition = edited(
        "sarn.en.yaml",
        &[
            ("    voice: third_party\n    speaker: dam-engineer\n", "    voice: agency\n    speaker: example-agency\n"),
            ("translation: ويضيف أن", "translation: وأضاف أن"),
        ],
    );
    let changes = import_editions(&database, vec![edition]).await;
    for target in ["4a", "release-begins", "3a", "3b"] {
        assert!(changes.contains(&format!("Corrected ex-sarn-2030-05-02-{target}")), "{target}: {changes:?}");
    }
}

/// Runs the program in a folder; its exit code, its output and its errors.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = bayan(folder).args(arguments).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// A package of one clause in a file of its own: what it introduces, and what it refers to.
fn write_package(folder: &Path, id: &str, introduced: &[(&str, &str)], mentioned: &[&str]) -> String {
    let actors: Vec<String> = introduced.iter().map(|(id, name)| format!("  - {{id: {id}, kind: body, name: {{en: {name}, ar: لجنة}}}}\n")).collect();
    let roles: Vec<String> = mentioned.iter().map(|id| format!("{{id: {id}, role: party}}")).collect();
    let (introduced, register) = (actors.concat(), if actors.is_empty() { "" } else { "actors:\n" });
    let package = format!(
        "format: 1\nid: {id}\nkind: declaration\ntitle: {{en: Title, ar: عنوان}}\nsource:\n  publisher: {{en: Example, ar: مثال}}\n  language: en\n  \
         text: The gates of {id} are open.\nissuers: [iraq]\n{register}{introduced}clauses:\n  - label: 1a\n    quote: The gates of {id} are open\n    \
         voice: statement\n    kind: declaration\n    translation: البوابات مفتوحة\n    actors: [{}]\n",
        roles.join(", ")
    );
    let file = format!("{id}.yaml");
    std::fs::write(folder.join(&file), package).unwrap();
    file
}

#[tokio::test]
async fn an_entry_passes_to_another_statement_of_the_run_whatever_the_order() {
    for order in [["first", "second"], ["second", "first"]] {
        let (folder, database) = copy().await;
        let folder = folder.path();
        write_package(folder, "first", &[("council", "Council"), ("panel", "Panel")], &["council", "panel"]);
        write_package(folder, "second", &[], &["council"]);
        let (code, out, error) = run(folder, &["import", "first.yaml", "second.yaml"]);
        assert!(code == Some(0) && out.contains("first: added, "), "{out}{error}");
        // The second introduces it from now on, with another name.
        write_package(folder, "first", &[("panel", "Panel")], &["council", "panel"]);
        write_package(folder, "second", &[("council", "The Council")], &["council"]);
        let files = order.map(|id| format!("{id}.yaml"));
        let (code, out, error) = run(folder, &["import", &files[0], &files[1]]);
        assert!(code == Some(0) && out.contains("second: replaced, 1 item\n  corrected actors council"), "{out}{error}");
        assert!(!out.contains("withdrawn"), "{out}");
        let package = exported(&database, "second").await.unwrap();
        assert!(package.contains("\"en\": \"The Council\""), "{package}");
        assert!(!exported(&database, "first").await.unwrap().contains("\"en\": \"Council\""));
        assert_eq!(ask(&database, "/v1/actors/council").await.json()["name"]["en"], "The Council");
        // What is exported can be imported, in any order, and back again.
        let (code, lines, _) = run(folder, &["export"]);
        std::fs::write(folder.join("all.jsonl"), &lines).unwrap();
        let (again, out, error) = run(folder, &["import", "all.jsonl"]);
        assert!(code == Some(0) && again == Some(0) && out.matches("nothing differs").count() == 3, "{out}{error}");
        write_package(folder, "first", &[("panel", "Panel"), ("council", "The Council")], &["council", "panel"]);
        write_package(folder, "second", &[], &["council"]);
        let (code, out, error) = run(folder, &["import", &files[0], &files[1]]);
        assert!(code == Some(0) && out.contains("first: replaced, 1 item\n") && !out.contains("corrected"), "{out}{error}");
        assert!(exported(&database, "first").await.unwrap().contains("\"The Council\""));
    }
}

#[tokio::test]
async fn entries_that_passed_with_a_withdrawal_are_explained_and_can_be_taken_back() {
    let (folder, database) = copy().await;
    let folder = folder.path();
    write_package(folder, "first", &[("council", "Council")], &["council"]);
    write_package(folder, "second", &[], &["council"]);
    run(folder, &["import", "first.yaml", "second.yaml"]);
    let (_, before, _) = run(folder, &["export"]);
    std::fs::write(folder.join("before.jsonl"), before).unwrap();
    let (code, out, error) = run(folder, &["withdraw", "first", "--reason", "Not authentic.", "--reason-ar", "غير صحيح."]);
    assert!(code == Some(0) && out.contains("first: withdrawn, "), "{out}{error}");
    let (code, out, _) = run(folder, &["check", "second.yaml"]);
    assert_eq!((code, out.matches("unknown-id").count()), (Some(1), 1), "{out}");
    assert!(out.contains("it passed to this statement when first was withdrawn") && out.contains("bayan export second"), "{out}");
    // What was withdrawn comes back only where somebody says so.
    let (code, out, _) = run(folder, &["import", "before.jsonl"]);
    assert!(code == Some(1) && out.contains("was withdrawn: Not authentic.") && out.contains("--restore"), "{out}");
    assert_eq!(ask(&database, "/v1/statements/first").await.status, 410);
    let (code, out, error) = run(folder, &["import", "--restore", "before.jsonl"]);
    assert!(code == Some(0) && out.contains("first: added"), "{out}{error}");
    assert_eq!(ask(&database, "/v1/statements/first").await.status, 200);
    assert!(exported(&database, "first").await.unwrap().contains("\"id\": \"council\",\n      \"kind\""));
    assert!(!exported(&database, "second").await.unwrap().contains("\"kind\": \"body\""));
}

#[tokio::test]
async fn an_entry_that_another_statement_uses_is_an_error_although_a_third_is_replaced_as_well() {
    let (folder, _database) = copy().await;
    let folder = folder.path();
    write_package(folder, "first", &[("council", "Council")], &["council"]);
    write_package(folder, "second", &[], &["council"]);
    write_package(folder, "third", &[], &["council"]);
    run(folder, &["import", "first.yaml", "second.yaml", "third.yaml"]);
    write_package(folder, "first", &[], &[]);
    write_package(folder, "second", &[], &[]);
    let (code, out, error) = run(folder, &["import", "first.yaml", "second.yaml"]);
    assert!(code == Some(1) && out.contains("nothing was imported") && out.contains("entry-in-use") && out.contains("third uses it"), "{out}{error}");
}

#[tokio::test]
async fn the_reason_of_a_withdrawal_has_both_languages_and_can_be_corrected() {
    let (folder, database) = copy().await;
    let folder = folder.path();
    write_package(folder, "first", &[("council", "Council")], &["council"]);
    run(folder, &["import", "first.yaml"]);
    let (code, _, error) = run(folder, &["withdraw", "first", "--reason", "Forged."]);
    assert!(code == Some(2) && error.contains("--reason-ar"), "{error}");
    let (code, _, error) = run(folder, &["withdraw", "frist", "--reason", "Forged.", "--reason-ar", "مزور."]);
    assert_eq!((code, error.as_str()), (Some(1), "bayan: no statement has the id frist; did you mean first?\n"));
    let withdraw = |reason: &str| run(folder, &["withdraw", "first", "--reason", reason, "--reason-ar", "مزور."]);
    let (_, out, _) = withdraw("Frged.");
    let count = out.lines().count();
    let (code, out, error) = withdraw("Forged.");
    assert!(code == Some(0) && out.lines().count() == count, "{out}{error}");
    for path in ["/v1/statements/first", "/v1/clauses/first-1a", "/v1/actors/council"] {
        let detail = ask(&database, path).await.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("Forged.") && !detail.contains("Frged."), "{path}: {detail}");
    }
    let (code, out, _) = withdraw("Forged.");
    assert_eq!((code, out.as_str()), (Some(0), "first: withdrawn already\n"));
    // As a package, too.
    let package = exported(&database, "first").await.unwrap().replacen("Forged.", "A forgery.", 1);
    std::fs::write(folder.join("withdrawn.json"), package).unwrap();
    let (code, out, error) = run(folder, &["import", "withdrawn.json"]);
    assert!(code == Some(0) && out.contains("first: withdrawn"), "{out}{error}");
    assert!(ask(&database, "/v1/clauses/first-1a").await.json()["detail"].as_str().unwrap().contains("A forgery."));
}

#[tokio::test]
async fn ids_that_are_made_of_two_collide_before_the_import() {
    let (folder, _database) = copy().await;
    let folder = folder.path();
    let milestone = |id: &str| format!("milestones:\n  - {{id: {id}, kind: event, title: {{en: Event, ar: حدث}}, clauses: [1a]}}\n");
    for (statement, local) in [("ex-river", "north-opening"), ("ex-river-north", "opening")] {
        let file = folder.join(write_package(folder, statement, &[], &[]));
        std::fs::write(&file, std::fs::read_to_string(&file).unwrap() + &milestone(local)).unwrap();
    }
    let (code, out, _) = run(folder, &["check", "ex-river.yaml", "ex-river-north.yaml"]);
    assert!(code == Some(1) && out.matches("colliding-id").count() == 1 && out.contains("`ex-river-north-opening`"), "{out}");
    for [first, second] in [["ex-river.yaml", "ex-river-north.yaml"], ["ex-river-north.yaml", "ex-river.yaml"]] {
        let (folder_of_one, _database) = copy().await;
        for file in [first, second] {
            std::fs::copy(folder.join(file), folder_of_one.path().join(file)).unwrap();
        }
        assert_eq!(run(folder_of_one.path(), &["import", first]).0, Some(0));
        let (code, out, error) = run(folder_of_one.path(), &["import", second]);
        assert!(code == Some(1) && out.contains("colliding-id") && !error.contains("UNIQUE"), "{out}{error}");
    }
}
