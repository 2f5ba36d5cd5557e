//! The connections to the file of a revision: a few, each with a deadline for what it runs.

use std::{
    fmt,
    future::ready,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use futures_util::{
    StreamExt, TryStreamExt,
    future::BoxFuture,
    stream::{self, BoxStream},
};
use sqlx::{
    Connection, Either, Error, Execute, Executor, SqlStr, Sqlite, SqliteConnection,
    sqlite::{SqliteQueryResult, SqliteRow, SqliteStatement, SqliteTypeInfo},
};
use tokio::{runtime::Handle, sync::Semaphore, time::timeout};

/// How many virtual machine instructions `SQLite` runs between two checks of the deadline: about a thousand checks a second.
const PROGRESS_OPS: i32 = 20_000;

/// Opens a connection to the file.
pub type Opener = Box<dyn Fn() -> BoxFuture<'static, sqlx::Result<SqliteConnection>> + Send + Sync>;

/// How long connections are waited for, and how long they may work.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionTimeouts {
    /// The maximum time to wait for a connection.
    pub acquire: Duration,
    /// The maximum time from then on for what runs on it.
    pub query: Duration,
}

/// The connections to a file. Each query runs on one that is idle, or waits for it.
///
/// The pool of `sqlx` would visit the thread of a connection three times for a query: to set its deadline, to run it, and to
/// ask whether the connection still works. Here the deadline is a number that `SQLite` reads while it works, and a connection
/// to a file does not break.
#[derive(Clone)]
pub struct ConnectionPool(Arc<Shared>);

struct Shared {
    /// One permit for each connection that is idle or lost. Closed with the connections.
    permits: Semaphore,
    /// As many as there are permits; `None` for a connection that was lost.
    idle: Mutex<Vec<Option<TimedConnection>>>,
    open: Opener,
    timeouts: ConnectionTimeouts,
    /// What deadlines are counted from.
    epoch: Instant,
}

/// A connection that interrupts what it runs after its deadline.
struct TimedConnection {
    connection: SqliteConnection,
    /// In milliseconds since the epoch.
    deadline: Arc<AtomicU64>,
}

/// A connection in use. It returns to the others when it is dropped.
pub struct Lease {
    pool: ConnectionPool,
    /// `None` if it was lost.
    timed: Option<TimedConnection>,
    /// Whether the connection may still run something.
    is_busy: bool,
}

impl ConnectionPool {
    /// Opens so many connections. `open` is called again for one that was lost.
    ///
    /// # Errors
    /// When a connection cannot be opened.
    pub async fn open(count: usize, timeouts: ConnectionTimeouts, open: Opener) -> sqlx::Result<Self> {
        let shared = Shared { permits: Semaphore::new(0), idle: Mutex::default(), open, timeouts, epoch: Instant::now() };
        for _ in 0..count {
            let opened = shared.open().await?;
            shared.put_back(Some(opened));
        }
        Ok(Self(Arc::new(shared)))
    }

    /// A connection, whose time begins now.
    ///
    /// # Errors
    /// When none is idle in time, when the connections are closed, or when a lost one cannot be opened again.
    pub async fn acquire(&self) -> sqlx::Result<Lease> {
        let shared = &self.0;
        let permit = match shared.permits.try_acquire() {
            Ok(permit) => permit,
            Err(_) => timeout(shared.timeouts.acquire, shared.permits.acquire()).await.map_err(|_| Error::PoolTimedOut)?.map_err(|_| Error::PoolClosed)?,
        };
        permit.forget();
        let mut lease = Lease { pool: self.clone(), timed: shared.idle().pop().flatten(), is_busy: false };
        let timed = match &mut lease.timed {
            Some(timed) => timed,
            lost => lost.insert(shared.open().await?),
        };
        timed.deadline.store(shared.now() + millis(shared.timeouts.query), Ordering::Relaxed);
        lease.is_busy = true;
        Ok(lease)
    }

    /// Closes the connections: those that are idle now, the others when they return.
    pub fn close(&self) {
        self.0.permits.close();
        self.0.idle().clear();
    }

    /// Whether the connections are closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.0.permits.is_closed()
    }

    /// How many connections are idle.
    #[must_use]
    pub fn idle_count(&self) -> usize {
        self.0.permits.available_permits()
    }
}

impl Shared {
    fn idle(&self) -> MutexGuard<'_, Vec<Option<TimedConnection>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The time since the epoch, in milliseconds.
    fn now(&self) -> u64 {
        millis(self.epoch.elapsed())
    }

    async fn open(&self) -> sqlx::Result<TimedConnection> {
        let mut connection = (self.open)().await?;
        let (deadline, epoch) = (Arc::new(AtomicU64::new(u64::MAX)), self.epoch);
        let read = deadline.clone();
        connection.lock_handle().await?.set_progress_handler(PROGRESS_OPS, move || millis(epoch.elapsed()) < read.load(Ordering::Relaxed));
        Ok(TimedConnection { connection, deadline })
    }

    fn put_back(&self, timed: Option<TimedConnection>) {
        let mut idle = self.idle();
        if !self.permits.is_closed() {
            idle.push(timed);
            self.permits.add_permits(1);
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

impl Lease {
    /// The connection.
    ///
    /// # Errors
    /// When it was lost.
    pub fn connection(&mut self) -> sqlx::Result<&mut SqliteConnection> {
        self.timed.as_mut().map(|timed| &mut timed.connection).ok_or(Error::WorkerCrashed)
    }

    /// Loses the connection, as if its thread had ended.
    #[cfg(test)]
    pub fn lose(mut self) {
        self.timed = None;
    }

    /// Notes that what ran has ended, with this result.
    fn finish<T>(mut self, result: sqlx::Result<T>) -> sqlx::Result<T> {
        self.is_busy = false;
        if matches!(result, Err(Error::WorkerCrashed)) {
            self.timed = None;
        }
        result
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let pool = self.pool.clone();
        match self.timed.take() {
            // The request is gone before its query ended: interrupt the query, and wait until the thread is free again.
            Some(mut timed) if self.is_busy => {
                timed.deadline.store(0, Ordering::Relaxed);
                match Handle::try_current() {
                    Ok(runtime) => drop(runtime.spawn(async move {
                        let is_free = timed.connection.ping().await.is_ok();
                        pool.0.put_back(is_free.then_some(timed));
                    })),
                    Err(_) => pool.0.put_back(None),
                }
            }
            timed => pool.0.put_back(timed),
        }
    }
}

impl fmt::Debug for ConnectionPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConnectionPool").field("idle", &self.idle_count()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease").field("is_busy", &self.is_busy).finish_non_exhaustive()
    }
}

/// Runs a query on any connection. Its rows are read to the end; one that may not be read to its end runs on a lease.
impl<'p> Executor<'p> for &'p ConnectionPool {
    type Database = Sqlite;

    fn fetch_many<'e, 'q: 'e, E>(self, query: E) -> BoxStream<'e, sqlx::Result<Either<SqliteQueryResult, SqliteRow>>>
    where
        'p: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        let read = async move {
            let mut lease = self.acquire().await?;
            let result: sqlx::Result<Vec<_>> = lease.connection()?.fetch_many(query).try_collect().await;
            Ok::<_, Error>(stream::iter(lease.finish(result)?.into_iter().map(Ok)))
        };
        stream::once(read).try_flatten().boxed()
    }

    fn fetch_all<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, sqlx::Result<Vec<SqliteRow>>>
    where
        'p: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        Box::pin(async move {
            let mut lease = self.acquire().await?;
            let result = lease.connection()?.fetch_many(query).try_filter_map(|step| ready(Ok(step.right()))).try_collect().await;
            lease.finish(result)
        })
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, sqlx::Result<Option<SqliteRow>>>
    where
        'p: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        Box::pin(async move {
            let mut lease = self.acquire().await?;
            let result = lease.connection()?.fetch_optional(query).await;
            lease.finish(result)
        })
    }

    fn prepare_with<'e>(self, sql: SqlStr, parameters: &'e [SqliteTypeInfo]) -> BoxFuture<'e, sqlx::Result<SqliteStatement>>
    where
        'p: 'e,
    {
        Box::pin(async move {
            let mut lease = self.acquire().await?;
            let result = lease.connection()?.prepare_with(sql, parameters).await;
            lease.finish(result)
        })
    }
}

#[cfg(test)]
impl ConnectionPool {
    /// Two connections to a file.
    ///
    /// # Panics
    /// If they cannot be opened.
    pub async fn for_tests(options: sqlx::sqlite::SqliteConnectOptions) -> Self {
        let timeouts = ConnectionTimeouts { acquire: Duration::from_millis(200), query: Duration::from_millis(100) };
        let open = move || -> BoxFuture<'static, _> {
            let options = options.clone();
            Box::pin(async move { sqlx::ConnectOptions::connect(&options).await })
        };
        Self::open(2, timeouts, Box::new(open)).await.unwrap()
    }
}

#[cfg(test)]
mod tests {
    use sqlx::sqlite::SqliteConnectOptions;

    use super::*;

    const ENDLESS: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

    async fn pool() -> ConnectionPool {
        ConnectionPool::for_tests(SqliteConnectOptions::new().in_memory(true)).await
    }

    #[tokio::test]
    async fn a_query_is_interrupted_at_its_deadline_and_the_next_one_has_its_own() {
        let pool = pool().await;
        for _ in 0..4 {
            let started = Instant::now();
            assert!(sqlx::query(ENDLESS).fetch_all(&pool).await.is_err());
            assert!((Duration::from_millis(90)..Duration::from_secs(30)).contains(&started.elapsed()));
            assert_eq!(sqlx::query_scalar::<_, i64>("SELECT 7").fetch_one(&pool).await.unwrap(), 7);
        }
        assert_eq!(pool.idle_count(), 2);
    }

    #[tokio::test]
    async fn a_query_whose_request_is_gone_is_interrupted_before_its_connection_returns() {
        let pool = pool().await;
        for _ in 0..6 {
            let cancelled = timeout(Duration::from_millis(5), sqlx::query(ENDLESS).fetch_all(&pool)).await;
            assert!(cancelled.is_err());
        }
        // Those that wait for a connection get one that is free.
        let selected = futures_util::future::join_all((0..10).map(|_| sqlx::query_scalar::<_, i64>("SELECT 7").fetch_one(&pool))).await;
        assert!(selected.into_iter().all(|selected| selected.is_ok_and(|value| value == 7)));
    }

    #[tokio::test]
    async fn connections_are_waited_for_and_closed_at_once() {
        let pool = pool().await;
        let leases = (pool.acquire().await.unwrap(), pool.acquire().await.unwrap());
        assert!(matches!(pool.acquire().await, Err(Error::PoolTimedOut)));
        let (waiting, ()) = tokio::join!(pool.acquire(), async { pool.close() });
        assert!(matches!(waiting, Err(Error::PoolClosed)) && pool.is_closed());
        drop(leases);
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(matches!(pool.acquire().await, Err(Error::PoolClosed)) && pool.idle_count() == 0);
    }
}
