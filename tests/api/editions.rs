//! Editions of a statement: what a correction changes, and entries that pass from one statement to another.

use std::path::Path;

use axum::http::Method;
use bayan::{AppState, clock::Clock, package::Package, storage};

use crate::{
    TestResponse,
    packages::{checked, copy, example, import},
    send,
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
