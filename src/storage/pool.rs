//! The connection pool: read-only connections to one finished file, with a deadline for each query.

use std::{path::Path, time::Instant};

use chrono::{DateTime, Utc};
use sqlx::{
    Row,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use crate::{config::Limits, corpus::Corpus};

/// The number of connections.
const CONNECTIONS: u32 = 4;
/// How many virtual machine instructions `SQLite` runs between two checks of the deadline: about a thousand checks a second.
const PROGRESS_OPS: i32 = 20_000;

/// Opens a finished file for reading.
pub async fn connect(path: &Path, limits: &Limits) -> sqlx::Result<Corpus> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        // A finished file never changes, so SQLite need not lock it or look for a journal.
        .immutable(true)
        .pragma("query_only", "ON")
        .statement_cache_capacity(128);
    let timeout = limits.query_timeout.get();
    let pool = SqlitePoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(limits.db_acquire_timeout.get())
        // A connection to a file does not break.
        .test_before_acquire(false)
        // Each use of a connection gets a deadline. It is not removed: the next use replaces it, and a query whose client
        // is gone runs into it.
        .before_acquire(move |connection, _| {
            Box::pin(async move {
                let deadline = Instant::now() + timeout;
                connection.lock_handle().await?.set_progress_handler(PROGRESS_OPS, move || Instant::now() < deadline);
                Ok(true)
            })
        })
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options)
        .await?;
    // Open all connections now: one that is opened later might find another file at the path.
    let mut all = Vec::new();
    for _ in 0..CONNECTIONS {
        all.push(pool.acquire().await?);
    }
    drop(all);
    let last = sqlx::query("SELECT revision, at FROM revisions ORDER BY revision DESC LIMIT 1").fetch_one(&pool).await?;
    let published: DateTime<Utc> = last.try_get("at")?;
    Ok(Corpus { revision: last.try_get("revision")?, published, pool })
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let corpus = connect(&file, &Limits::DEFAULT).await.unwrap();
            let result = sqlx::raw_sql(sql).execute(&corpus.pool).await;
            assert!(result.is_err(), "{sql}");
        }
        let items: i64 = sqlx::query_scalar("SELECT count(*) FROM items").fetch_one(&corpus.pool).await.unwrap();
        assert!(items > 100);
        assert_eq!(std::fs::read(&file).unwrap(), before);
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left.len(), 2, "the database and its lock: {left:?}");
    }
}
