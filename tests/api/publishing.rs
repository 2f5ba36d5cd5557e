//! What becomes of imported statements: withdrawal, an upgrade, a running service, and a process that is killed.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use axum::http::Method;
use bayan::{
    AppState,
    clock::Clock,
    corpus::BilingualText,
    package::{Package, known::Known, report},
    storage::{self, Imported},
};

use crate::{
    TestResponse,
    packages::{checked, copy, example, exported, import, now},
    seeded, send,
    storage::{append_other_trailer, change},
    test_server::{TestServer, bayan, get, status},
};

const ENGLISH: &str = "ex-sarn-2030-05-02";
const ARABIC: &str = "ex-sarn-2030-08-20";

/// A database with both examples.
async fn with_examples() -> (tempfile::TempDir, std::path::PathBuf) {
    let (folder, database) = copy().await;
    let packages = ["sarn.en.yaml", "sarn.ar.yaml"].iter().map(|name| Package::open(&example(name))).collect();
    import(&database, checked(&database, packages).await).await;
    (folder, database)
}

pub(crate) async fn withdraw(database: &Path, id: &'static str) -> Result<Imported, storage::Error> {
    let database = database.to_owned();
    let reason = BilingualText { ar: "نص غير صحيح".to_owned(), en: "The text was not authentic".to_owned() };
    tokio::task::spawn_blocking(move || storage::withdraw(&database, id, &reason, now())).await.unwrap()
}

async fn ask(database: &Path, path: &str) -> TestResponse {
    let state = AppState::new(storage::open(database).await.unwrap(), Clock::system(Some("2030-06-01".parse().unwrap())), None);
    send(&bayan::app(state), Method::GET, path, &[]).await
}

#[tokio::test]
async fn withdrawn_ids_are_gone_with_the_reason_and_shared_entries_stay() {
    let (folder, database) = with_examples().await;
    let withdrawn = withdraw(&database, ENGLISH).await.unwrap();
    assert!(withdrawn.withdrawn && withdrawn.differences > 5);
    for path in [
        "/v1/statements/ex-sarn-2030-05-02",
        "/v1/clauses/ex-sarn-2030-05-02-1a",
        "/v1/dates/ex-sarn-2030-05-02-1a-d1",
        "/v1/notes/ex-sarn-2030-05-02-3b-n1",
        "/v1/milestones/ex-sarn-2030-05-02-release-begins",
        "/v1/actors/dam-engineer",
        "/v1/actors/dam-engineer/mentions",
    ] {
        let response = ask(&database, path).await;
        assert_eq!((response.status.as_u16(), response.header("content-type")), (410, "application/problem+json"), "{path}");
        let detail = response.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("2027-01-01") && detail.contains("The text was not authentic"), "{path}: {detail}");
    }
    let page = String::from_utf8(ask(&database, &format!("/ar/statements/{ENGLISH}")).await.body).unwrap();
    assert!(page.contains("نص غير صحيح") && page.contains("سُحبت هذه الصفحة"), "{page}");
    assert_eq!(ask(&database, "/v1/statements/ex-sarn-2030-05-03").await.status, 404);
    // The other example uses these.
    for path in ["/v1/actors/upland", "/v1/locations/sarn", "/v1/statements/ex-sarn-2030-08-20"] {
        assert_eq!(ask(&database, path).await.status, 200, "{path}");
    }
    assert!(exported(&database, ARABIC).await.unwrap().contains("\"id\": \"upland\",\n      \"kind\": \"state\""), "the entry is exported with the other");
    // Again, and what there never was.
    let bytes = fs::read(&database).unwrap();
    assert_eq!(withdraw(&database, ENGLISH).await.unwrap().differences, 0);
    assert!(withdraw(&database, "nobody").await.unwrap_err().to_string().contains("no statement has the id nobody"));
    assert_eq!(fs::read(&database).unwrap(), bytes);
    // In another database, with the statement and without it.
    let (tombstone, other) = (exported(&database, ENGLISH).await.unwrap(), exported(&database, ARABIC).await.unwrap());
    for (name, with_statement) in [("with.db", true), ("without.db", false)] {
        let target = folder.path().join(name);
        fs::copy(seeded().await, &target).unwrap();
        if with_statement {
            import(&target, checked(&target, vec![Package::open(&example("sarn.en.yaml"))]).await).await;
        }
        let packages = [&tombstone, &other].map(|json| Package::from_text("exported.json".into(), json.clone()));
        import(&target, checked(&target, packages.into()).await).await;
        assert_eq!(exported(&target, ARABIC).await.unwrap(), other);
        assert_eq!(ask(&target, "/v1/clauses/ex-sarn-2030-05-02-1a").await.status, 410);
        assert!(with_statement || exported(&target, ENGLISH).await.unwrap() == tombstone);
    }
    // Its id stands for its text for ever.
    let both = ["sarn.ar.yaml", "sarn.en.yaml"].iter().map(|name| Package::open(&example(name))).collect();
    let published_again = import(&database, checked(&database, both).await).await;
    assert!(published_again[0].replaced && !published_again[1].replaced);
    assert_eq!(ask(&database, "/v1/clauses/ex-sarn-2030-05-02-1a").await.status, 200);
}

#[tokio::test]
async fn the_statement_of_the_seed_can_be_withdrawn_and_stays_so_after_an_upgrade() {
    let (_folder, database) = copy().await;
    withdraw(&database, "iq-us-2024-09-27").await.unwrap();
    for upgraded in [false, true] {
        assert_eq!(ask(&database, "/v1/clauses/iq-us-2024-09-27-6b").await.status, 410, "{upgraded}");
        assert_eq!(ask(&database, "/v1/clauses?count=true").await.json()["meta"]["total"], 0);
        if !upgraded {
            change(&database, "UPDATE _sqlx_migrations SET checksum = x'07'").await;
            append_other_trailer(&database);
        }
    }
}

#[tokio::test]
async fn imported_statements_are_carried_over_from_a_file_of_other_migrations() {
    let (folder, database) = with_examples().await;
    withdraw(&database, ENGLISH).await.unwrap();
    let ids = [ENGLISH, ARABIC, "iq-us-2024-09-27"];
    let mut before = Vec::new();
    for id in ids {
        before.push(exported(&database, id).await.unwrap());
    }
    let changes = ask(&database, "/v1/changes?since=3&limit=200").await.json()["items"].clone();
    // Tables that this version could not read, and a text of the migrations that it corrects.
    let other = "ALTER TABLE clauses RENAME COLUMN translation TO en; UPDATE statements SET title_en = 'Old'; DELETE FROM items; \
        UPDATE _sqlx_migrations SET checksum = x'07'";
    change(&database, other).await;
    append_other_trailer(&database);
    let old = fs::read(&database).unwrap();
    // Checking a package builds nothing.
    let program = |arguments: &[&str]| {
        let output = bayan(folder.path()).args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let edition = folder.path().join("edition.json");
    fs::write(&edition, before[1].replace("\"id\": \"sarn\"", "\"id\": \"sarn-2\"")).unwrap();
    let (code, out, _) = program(&["check", edition.to_str().unwrap()]);
    assert!(code == Some(1) && out.contains("unknown-id") && !out.contains("upland"), "{out}");
    fs::write(&edition, &before[1]).unwrap();
    let (code, out, _) = program(&["check", edition.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{out}");
    assert_eq!(fs::read(&database).unwrap(), old);
    let (code, out, log) = program(&["import", "--upgrade"]);
    assert!(code == Some(0) && out.contains("built anew") && log.contains("carried the packages over"), "{out}{log}");
    for (id, before) in ids.iter().zip(before) {
        assert_eq!(exported(&database, id).await.unwrap(), before, "{id}");
    }
    assert_eq!(ask(&database, "/v1/changes?since=3&limit=200").await.json()["items"], changes, "each change is in its revision");
    let (code, out, _) = program(&["import", "--upgrade"]);
    assert!(code == Some(0) && out.contains("already built"), "{out}");
}

#[tokio::test]
async fn a_package_that_this_version_rejects_leaves_the_older_file_as_it_is() {
    let (_folder, database) = with_examples().await;
    // A package without its actors: an earlier version had them elsewhere.
    let line = exported(&database, ARABIC).await.unwrap().replace("\"upland\"", "\"upland-2\"");
    let mut connection: sqlx::SqliteConnection = {
        let bytes = fs::read(&database).unwrap();
        fs::write(&database, &bytes[..bytes.len() - 112]).unwrap();
        <sqlx::SqliteConnection as sqlx::Connection>::connect(&format!("sqlite://{}", database.display())).await.unwrap()
    };
    sqlx::query("UPDATE packages SET package = ? WHERE statement = ?")
        .bind(zstd::encode_all(line.as_bytes(), 3).unwrap())
        .bind(ARABIC)
        .execute(&mut connection)
        .await
        .unwrap();
    sqlx::raw_sql("UPDATE _sqlx_migrations SET checksum = x'07'").execute(&mut connection).await.unwrap();
    fs::OpenOptions::new().append(true).open(&database).unwrap().write_all(&[0; 112]).unwrap();
    append_other_trailer(&database);
    let bytes = fs::read(&database).unwrap();
    let error = storage::open(&database).await.unwrap_err().to_string();
    assert!(error.contains(ARABIC) && error.contains("upland-2") && error.contains("mend it"), "{error}");
    assert_eq!(fs::read(&database).unwrap(), bytes);
}

#[tokio::test]
async fn an_edition_without_an_entry_that_others_use_is_an_error_of_that_package() {
    let (folder, database) = with_examples().await;
    let file = fs::read_to_string(example("sarn.en.yaml")).unwrap();
    let id = "vale-dam";
    assert!(file.contains(id));
    let (mut other, mut edition) = (Package::open(&example("sarn.ar.yaml")), Package::open(&example("sarn.en.yaml")));
    let known = storage::known(&database, &[ENGLISH.to_owned()].into()).await.unwrap();
    let used = known.in_use[ENGLISH].iter().find(|entry| entry.register == "location").unwrap().clone();
    assert_eq!(used.user, ARABIC);
    if let Some(document) = &mut edition.document {
        document.locations.retain(|location| location.id.as_ref().is_none_or(|id| id.value != used.id));
    }
    edition.check(&known);
    let entries = report::entries(&edition);
    assert!(entries.iter().any(|entry| entry.code == "entry-in-use" && entry.message.contains(&used.id) && entry.message.contains(ARABIC)), "{entries:?}");
    // Without a database, what the program comes with is known.
    let none = storage::known(&folder.path().join("none.db"), &[].into()).await.unwrap();
    assert!(none.registers.actors.contains_key("iraq") && !folder.path().join("none.db").exists());
    other.check(&Known::default());
    assert!(other.log.errors() > 0);
}

#[tokio::test]
async fn a_running_service_takes_an_import_up_within_two_seconds() {
    let (folder, _database) = copy().await;
    let server = TestServer::start(&mut bayan(folder.path()));
    let path = "/v1/statements/ex-sarn-2030-05-02";
    assert_eq!(status(&get(&server.addr, path)), 404);
    let output = bayan(folder.path()).arg("import").arg(example("sarn.en.yaml")).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let imported = Instant::now();
    while status(&get(&server.addr, path)) != 200 {
        assert!(imported.elapsed() < Duration::from_secs(2), "the import is served");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[tokio::test]
async fn a_killed_import_leaves_the_database_as_it_is() {
    let (folder, database) = copy().await;
    let bytes = fs::read(&database).unwrap();
    let line = {
        let mut package = Package::open(&example("sarn.en.yaml"));
        package.check(&Known::default());
        let mut document = package.document.unwrap();
        let source = document.source.as_mut().unwrap();
        (source.text, source.text_file) = (Some(package.original.unwrap().text().to_owned().into()), None);
        bayan::package::export::to_json_line(&document)
    };
    let lines: String = (0..2_000).map(|number| line.replace(ENGLISH, &format!("ex-{number}"))).collect();
    fs::write(folder.path().join("many.jsonl"), lines).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_bayan"));
    let mut child = child.args(["import", "many.jsonl"]).current_dir(folder.path()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    assert_eq!(lines.next().unwrap().unwrap(), "1000 of 2000 packages");
    assert!(folder.path().join("bayan.db.new").exists());
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(fs::read(&database).unwrap(), bytes);
    storage::open(&database).await.unwrap();
    let mut left: Vec<String> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    left.sort();
    assert_eq!(left, ["bayan.db", "bayan.db.lock", "many.jsonl"]);
}
