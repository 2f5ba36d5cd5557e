//! The connection pool: read-only connections to one finished file, with a deadline for each query.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use futures_util::FutureExt;
use sqlx::{ConnectOptions, sqlite::SqliteConnectOptions};

use crate::{
    config::Limits,
    corpus::{ConnectionPool, ConnectionTimeouts, Corpus},
    storage::{
        detached,
        file_version::{FileVersion, file_version},
    },
};

/// The number of connections.
const CONNECTIONS: usize = 4;

/// What every connection has, to a file that is built as well as to one that is served.
///
/// # Errors
/// When the current folder is gone.
pub fn options(path: &Path) -> sqlx::Result<SqliteConnectOptions> {
    let options = SqliteConnectOptions::new()
        // SQLite gives meanings to `:memory:` and `file:`, but not to what begins with a slash.
        .filename(std::path::absolute(path)?)
        // What SQLite's authors advise for files that others may have written (sqlite.org/security.html, 1.2).
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON");
    Ok(options)
}

/// Opens a finished file for reading. `version` is that of the file that was inspected.
///
/// # Errors
/// When `SQLite` cannot open it, or another file is at the path by now.
pub async fn connect(path: &Path, version: FileVersion, limits: &Limits) -> sqlx::Result<Corpus> {
    let options = options(path)?
        .read_only(true)
        // A finished file never changes, so SQLite need not lock it or look for a journal.
        .immutable(true)
        .pragma("query_only", "ON")
        .statement_cache_capacity(128);
    let path: Arc<PathBuf> = Arc::new(path.to_owned());
    // Later than the others, a connection is opened in place of one that was lost.
    let open = move || {
        let (options, path) = (options.clone(), path.clone());
        async move {
            let connection = options.connect().await?;
            let found = detached::run(move || file_version(&path)).await?;
            if found == Some(version) { Ok(connection) } else { Err(sqlx::Error::PoolClosed) }
        }
        .boxed()
    };
    let timeouts = ConnectionTimeouts { acquire: limits.db_acquire_timeout.get(), query: limits.query_timeout.get() };
    // All are opened now: once another file is at the path, none can be.
    Corpus::open(ConnectionPool::open(CONNECTIONS, timeouts, Box::new(open)).await?).await
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::config::Seconds;

    #[tokio::test]
    async fn connections_are_read_only() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bayan.db");
        let corpus = crate::storage::open(&file).await.unwrap();
        let before = std::fs::read(&file).unwrap();
        for sql in [
            "INSERT INTO revisions VALUES (2, '2026-12-01T00:00:00Z')",
            "DELETE FROM items",
            "UPDATE items SET item = ''",
            "DROP TABLE items",
            "CREATE TABLE notes_of_mine (x)",
            "CREATE TEMP TABLE t (x); INSERT INTO t VALUES (1)",
            "PRAGMA query_only = OFF; DELETE FROM items",
            "PRAGMA writable_schema = ON; DELETE FROM sqlite_master",
            "PRAGMA query_only = OFF; PRAGMA writable_schema = ON; DELETE FROM sqlite_master",
            "PRAGMA user_version = 99; PRAGMA query_only = OFF; PRAGMA user_version = 99",
            "VACUUM",
            "ATTACH 'elsewhere.db' AS other; CREATE TABLE other.t (x)",
            "ATTACH '' AS other; PRAGMA query_only = OFF; DELETE FROM main.items",
        ] {
            // A new pool for each, so that one statement does not affect the next.
            let corpus = connect(&file, file_version(&file).unwrap(), &Limits::DEFAULT).await.unwrap();
            let result = sqlx::raw_sql(sql).execute(&corpus.pool).await;
            assert!(result.is_err(), "{sql}");
        }
        let items: i64 = sqlx::query_scalar("SELECT count(*) FROM items").fetch_one(&corpus.pool).await.unwrap();
        assert!(items > 100);
        assert_eq!(std::fs::read(&file).unwrap(), before);
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left.len(), 2, "the database and its lock: {left:?}");
    }

    /// A copy of a new database, its folder, and connections to it.
    async fn connected() -> (tempfile::TempDir, std::path::PathBuf, Corpus) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bayan.db");
        crate::storage::open(&file).await.unwrap();
        let limits = Limits { query_timeout: Seconds::from_millis(100), db_acquire_timeout: Seconds::from_millis(500), ..Limits::DEFAULT };
        let corpus = connect(&file, file_version(&file).unwrap(), &limits).await.unwrap();
        (folder, file, corpus)
    }

    #[tokio::test]
    async fn a_connection_that_replaces_another_has_a_deadline_and_the_same_file() {
        let (_folder, file, corpus) = connected().await;
        let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
        let lose_all = || async {
            let all = futures_util::future::join_all((0..CONNECTIONS).map(|_| corpus.pool.acquire())).await;
            for connection in all {
                connection.unwrap().lose();
            }
        };
        lose_all().await;
        for _ in 0..2 {
            let started = Instant::now();
            let result = sqlx::query(endless).fetch_one(&corpus.pool).await;
            assert!(result.is_err() && started.elapsed() < Duration::from_secs(60), "on a new connection and on a used one");
        }
        lose_all().await;
        std::fs::copy(&file, file.with_extension("new")).unwrap();
        std::fs::rename(file.with_extension("new"), &file).unwrap();
        assert!(corpus.pool.acquire().await.is_err(), "another file is at the path");
    }

    #[tokio::test]
    async fn connections_do_not_trust_the_schema_and_check_the_cells() {
        let (_folder, _file, corpus) = connected().await;
        let all = futures_util::future::join_all((0..CONNECTIONS).map(|_| corpus.pool.acquire())).await;
        for connection in all {
            let mut connection = connection.unwrap();
            for (pragma, value) in [("PRAGMA trusted_schema", 0), ("PRAGMA cell_size_check", 1), ("PRAGMA query_only", 1)] {
                let found: i64 = sqlx::query_scalar(pragma).fetch_one(connection.connection().unwrap()).await.unwrap();
                assert_eq!(found, value, "{pragma}");
            }
        }
    }
}
