//! The connections that answers are read through: to one finished file, for reading only, each query with a deadline.

use std::{path::Path, time::Instant};

use chrono::{DateTime, Utc};
use sqlx::{
    Row,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use crate::{corpus::Corpus, limits::Limits};

/// How many there are.
const CONNECTIONS: u32 = 4;
/// How often a query looks at its deadline, in steps of `SQLite`'s machine: some thousand times a second.
const STEPS: i32 = 20_000;

/// Opens a finished file for reading.
pub async fn connect(path: &Path, limits: &Limits) -> sqlx::Result<Corpus> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        // A finished file never changes: no locks, and no looking for a journal.
        .immutable(true)
        .pragma("query_only", "ON")
        .statement_cache_capacity(128);
    let most = limits.query_timeout.get();
    let pool = SqlitePoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(limits.database_wait.get())
        // The connections are to a file, and stay good.
        .test_before_acquire(false)
        // A deadline for whatever the connection is wanted for. It need not be taken back: the next one replaces it, and
        // who goes away while a query runs leaves it to its deadline.
        .before_acquire(move |connection, _| {
            Box::pin(async move {
                let deadline = Instant::now() + most;
                connection.lock_handle().await?.set_progress_handler(STEPS, move || Instant::now() < deadline);
                Ok(true)
            })
        })
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options)
        .await?;
    // All of them now, since one that is opened later might find another file at the path.
    let mut all = Vec::new();
    for _ in 0..CONNECTIONS {
        all.push(pool.acquire().await?);
    }
    drop(all);
    let last = sqlx::query("SELECT revision, at FROM revisions ORDER BY revision DESC LIMIT 1").fetch_one(&pool).await?;
    let published: DateTime<Utc> = last.try_get("at")?;
    Ok(Corpus { revision: last.try_get("revision")?, published, pool })
}
