//! A database file is never changed in place, and a file that is not ours is left unchanged.

use std::{
    fs,
    path::{Path, PathBuf},
};

use bayan::storage::{self, Error};
use sqlx::{Connection, SqliteConnection};

use crate::seeded;

/// The error of opening a file; the file stays unchanged.
async fn open_error(file: &Path) -> Error {
    let before = fs::read(file).unwrap();
    let error = storage::open(file).await.unwrap_err();
    assert_eq!(fs::read(file).unwrap(), before, "the file is unchanged: {error}");
    assert!(!error.to_string().contains('\n'), "one line: {error}");
    error
}

/// A copy of the seeded database with changed bytes.
fn copy(folder: &Path, change: impl FnOnce(&mut Vec<u8>), seeded: &Path) -> PathBuf {
    let file = folder.join("bayan.db");
    let mut bytes = fs::read(seeded).unwrap();
    change(&mut bytes);
    fs::write(&file, bytes).unwrap();
    file
}

#[tokio::test]
async fn open_builds_a_missing_file_and_does_not_touch_a_current_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bayan.db");
    storage::open(&file).await.unwrap();
    let first = fs::read(&file).unwrap();
    let written = fs::metadata(&file).unwrap().modified().unwrap();
    storage::open(&file).await.unwrap();
    assert_eq!((fs::read(&file).unwrap() == first, fs::metadata(&file).unwrap().modified().unwrap()), (true, written));
    let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["bayan.db", "bayan.db.lock"], "no other file is left");
}

#[tokio::test]
async fn two_builds_have_the_same_items() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bayan.db");
    storage::open(&file).await.unwrap();
    let mut builds = Vec::new();
    for file in [file.as_path(), seeded().await] {
        let mut database = reading(file).await;
        let items = "SELECT resource || char(10) || id || char(10) || position || starts || ends || item FROM items ORDER BY resource, id";
        builds.push(sqlx::query_scalar::<_, String>(items).fetch_all(&mut database).await.unwrap());
    }
    assert!(builds[0].len() > 300 && builds[0] == builds[1]);
}

/// A read-only connection that is independent of the program's own.
async fn reading(file: &Path) -> SqliteConnection {
    SqliteConnection::connect(&format!("sqlite://{}?mode=ro&immutable=1", file.display())).await.unwrap()
}

#[tokio::test]
async fn a_file_that_is_not_ours_is_rejected_and_left_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bayan.db");
    for bytes in [b"".as_slice(), b"minutes of the meeting", &[0; 4096]] {
        fs::write(&file, bytes).unwrap();
        assert!(matches!(open_error(&file).await, Error::NotBayan(_)));
    }
    fs::remove_file(&file).unwrap();
    let mut other = SqliteConnection::connect(&format!("sqlite://{}?mode=rwc", file.display())).await.unwrap();
    sqlx::raw_sql("CREATE TABLE recipes (name TEXT)").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    assert!(matches!(open_error(&file).await, Error::NotBayan(_)));
}

/// Changes a copy of the seeded database with SQL, and renews its checksum trailer.
pub(crate) async fn changed(folder: &Path, sql: &'static str) -> PathBuf {
    let file = copy(folder, |_| {}, seeded().await);
    change(&file, sql).await;
    file
}

/// Changes a database with SQL, and renews its checksum trailer.
pub(crate) async fn change(file: &Path, sql: &'static str) {
    let mut bytes = fs::read(file).unwrap();
    bytes.truncate(bytes.len() - 112);
    fs::write(file, bytes).unwrap();
    let mut database = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    sqlx::raw_sql(sql).execute(&mut database).await.unwrap();
    renew_digests(&mut database).await;
    database.close().await.unwrap();
    append_trailer(file, &builder_digests(seeded().await));
}

/// Computes the digests of the items anew, as a build does.
async fn renew_digests(database: &mut SqliteConnection) {
    use bayan::corpus::{Bounds, Resource, item_place};
    let is_table = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'items')";
    if !sqlx::query_scalar::<_, bool>(is_table).fetch_one(&mut *database).await.unwrap() {
        return;
    }
    let items = "SELECT number, resource, id, starts, ends, item FROM items";
    for (number, resource, id, starts, ends, item) in
        sqlx::query_as::<_, (i64, String, String, String, String, String)>(items).fetch_all(&mut *database).await.unwrap()
    {
        let resource = Resource::ALL.into_iter().find(|known| known.name() == resource).unwrap();
        let digest = item_place(resource, &id, Bounds { starts: &starts, ends: &ends }).digest(item.as_bytes());
        sqlx::query("UPDATE items SET digest = ?2 WHERE number = ?1 AND digest <> ?2").bind(number).bind(digest).execute(&mut *database).await.unwrap();
    }
}

/// The digests of the migrations and of the analysis in the trailer of a file.
fn builder_digests(file: &Path) -> Vec<u8> {
    let bytes = fs::read(file).unwrap();
    bytes[bytes.len() - 96..bytes.len() - 32].to_vec()
}

/// Appends a checksum trailer as the program does: a mark, the digests of the migrations and of the analysis, and those of the
/// payload and of the first page with the trailer.
fn append_trailer(file: &Path, builder: &[u8]) {
    use xxhash_rust::xxh3::xxh3_128;
    let mut bytes = fs::read(file).unwrap();
    let trailer = [b"\nbayan xxh3-128\n", builder, &xxh3_128(&bytes).to_le_bytes()].concat();
    let root = xxh3_128(&[&bytes[..16_384], &trailer].concat());
    bytes.extend_from_slice(&trailer);
    bytes.extend_from_slice(&root.to_le_bytes());
    fs::write(file, bytes).unwrap();
}

#[tokio::test]
async fn a_newer_schema_is_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let file = changed(folder.path(), "PRAGMA user_version = 999").await;
    let error = open_error(&file).await;
    assert!(matches!(error, Error::SchemaTooNew { found: 999, .. }), "{error}");
    assert!(error.to_string().contains("newer version"));
}

#[tokio::test]
async fn a_file_of_other_migrations_without_packages_is_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let file = changed(folder.path(), "DROP TABLE packages; UPDATE _sqlx_migrations SET checksum = x'07'").await;
    append_other_trailer(&file);
    assert!(matches!(open_error(&file).await, Error::MigrationMismatch(_)));
}

/// Puts a trailer of other migrations and of another analysis in the place of a file's trailer.
pub(crate) fn append_other_trailer(file: &Path) {
    let mut bytes = fs::read(file).unwrap();
    bytes.truncate(bytes.len() - 112);
    fs::write(file, bytes).unwrap();
    append_trailer(file, &[7; 64]);
}

#[tokio::test]
async fn a_file_whose_index_another_analysis_built_is_built_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = changed(folder.path(), "DELETE FROM search_words; DELETE FROM postings").await;
    let builder = builder_digests(&file);
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, &bytes[..bytes.len() - 112]).unwrap();
    append_trailer(&file, &[&builder[..32], &[7; 32]].concat());
    storage::open(&file).await.unwrap();
    assert_eq!(builder_digests(&file), builder_digests(seeded().await));
    let mut sets = Vec::new();
    for file in [file.as_path(), seeded().await] {
        let mut database = reading(file).await;
        sets.push(sqlx::query_scalar::<_, i64>("SELECT count(*) FROM postings").fetch_one(&mut database).await.unwrap());
    }
    assert!(sets[0] > 10 && sets[0] == sets[1], "{sets:?}");
}

#[tokio::test]
async fn a_file_with_another_size_header_or_trailer_is_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let length = fs::metadata(seeded().await).unwrap().len();
    let middle = usize::try_from(length / 2).unwrap();
    let intact = fs::read(seeded().await).unwrap();
    let flipped = |at: usize| {
        let mut flipped = intact.clone();
        flipped[at] ^= 1;
        flipped
    };
    let in_trailer = [112, 97, 96, 64, 40, 17, 16, 1].map(|from_end| flipped(intact.len() - from_end));
    let in_first_page = [99, 5_000, 16_383].map(flipped);
    let lengths = [intact[..middle].to_vec(), intact[..intact.len() - 1].to_vec(), [intact.as_slice(), &[0]].concat()];
    for damaged in in_trailer.into_iter().chain(in_first_page).chain(lengths) {
        let file = copy(folder.path(), |bytes| *bytes = damaged, seeded().await);
        assert!(matches!(open_error(&file).await, Error::Damaged(_)));
    }
}

#[tokio::test]
async fn an_older_database_is_replaced_by_a_migrated_copy() {
    let folder = tempfile::tempdir().unwrap();
    // As an earlier version of the program leaves it: an older schema version, and other items.
    let file = changed(folder.path(), "DELETE FROM items; PRAGMA user_version = 1").await;
    let before = storage::file_version(&file);
    let old = fs::File::open(&file).unwrap();
    storage::open(&file).await.unwrap();
    assert_ne!(storage::file_version(&file), before, "the file is replaced");
    assert_eq!(std::io::read_to_string(std::io::Read::take(old, 15)).unwrap(), "SQLite format 3", "a process that has the old file open still reads it");
    let mut new = reading(&file).await;
    let items: i64 = sqlx::query_scalar("SELECT count(*) FROM items WHERE resource = 'clauses'").fetch_one(&mut new).await.unwrap();
    let version: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut new).await.unwrap();
    assert_eq!((items, version), (50, storage::schema_version()));
}

#[tokio::test]
async fn invalid_data_is_not_published() {
    let folder = tempfile::tempdir().unwrap();
    for (defect, message) in [
        (
            "PRAGMA foreign_keys = OFF; DELETE FROM items; PRAGMA user_version = 1; UPDATE notes SET id = 'Not A Slug' WHERE id LIKE '%5a-n1'; \
             UPDATE note_sources SET note = 'Not A Slug' WHERE note LIKE '%5a-n1'; UPDATE note_actors SET note = 'Not A Slug' WHERE note LIKE '%5a-n1'; \
             UPDATE note_locations SET note = 'Not A Slug' WHERE note LIKE '%5a-n1'",
            "cannot build an item",
        ),
        ("DELETE FROM items; PRAGMA user_version = 1; UPDATE dates SET latest = '2025-10-01' WHERE edtf = '../2025-09-30'", "bounds"),
        (
            "PRAGMA foreign_keys = OFF; PRAGMA user_version = 1; DELETE FROM note_sources; DELETE FROM note_actors; DELETE FROM clause_actors WHERE actor = 'iraq'; DELETE FROM actors WHERE id = 'israel'",
            "refers to one that does not exist",
        ),
    ] {
        let file = changed(folder.path(), defect).await;
        let error = open_error(&file).await.to_string();
        assert!(error.contains(message), "{error}");
        assert!(!folder.path().join("bayan.db.new").exists());
    }
}

#[tokio::test]
async fn a_temporary_file_of_a_killed_process_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let (file, temp) = (folder.path().join("bayan.db"), folder.path().join("bayan.db.new"));
    for state in ["before there is a database", "beside a finished one"] {
        fs::write(&temp, b"half a database").unwrap();
        storage::open(&file).await.unwrap();
        assert!(!temp.exists(), "{state}");
    }
}

#[tokio::test]
async fn a_corpus_reads_its_own_file_after_that_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let file = copy(folder.path(), |_| {}, seeded().await);
    let corpus = storage::open(&file).await.unwrap();
    let other = tempfile::tempdir().unwrap();
    fs::rename(changed(other.path(), "UPDATE items SET item = json_set(item, '$.kind', 'region') WHERE id = 'baghdad'").await, &file).unwrap();
    let service = bayan::app(bayan::AppState::new(corpus, bayan::clock::Clock::system(None), None));
    let requests = (0..64).map(|_| crate::send(&service, axum::http::Method::GET, "/v1/locations/baghdad", &[]));
    for response in futures_util::future::join_all(requests).await {
        assert_eq!(response.json()["kind"], "city");
    }
}

#[tokio::test]
async fn a_published_file_has_no_views() {
    // The functions in a view may be newer than the SQLite that opens the file: Debian 12 has 3.40.
    let views: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE type = 'view'").fetch_one(&mut reading(seeded().await).await).await.unwrap();
    assert_eq!(views, 0);
}

#[tokio::test]
async fn sqlite_version_is_the_reviewed_one() {
    let mut database = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&mut database).await.unwrap();
    // Two FTS5 vulnerabilities on crafted files are fixed in 3.53.2 only, so the program opens only files with a valid
    // trailer. Read the release notes before changing this.
    assert!(version.starts_with("3.51."), "{version}");
}
