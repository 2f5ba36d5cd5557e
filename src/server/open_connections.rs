//! The open connections: how many there may be, in all and for each client, and which one makes room for another.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::Notify,
    time::{self, Instant},
};

use crate::server::activity::Activity;

/// A connection that has waited for its client for less than this makes room for no other: it is in use.
const MIN_WAIT: Duration = Duration::from_millis(250);
/// How often a full server looks for a connection that has waited long enough.
const RETRY_INTERVAL: Duration = Duration::from_millis(50);

/// Identifies a client, of which there may be a bounded number of connections.
pub type ClientKey = u128;

/// The open connections.
#[derive(Debug)]
pub struct OpenConnections {
    max: usize,
    max_per_client: usize,
    table: Mutex<Table>,
    closed: Notify,
}

#[derive(Debug, Default)]
struct Table {
    next_id: u64,
    entries: HashMap<u64, Entry>,
    /// The number of connections of each client, without those that were told to close.
    by_client: HashMap<ClientKey, usize>,
    /// The number of connections that were told to close and are still open, and when the last one was told.
    evicting: usize,
    evicted_at: Option<Instant>,
}

#[derive(Debug)]
struct Entry {
    client: Option<ClientKey>,
    activity: Arc<Activity>,
    is_evicted: bool,
}

/// Whether a new connection may be served.
#[derive(Debug)]
pub enum Admission {
    /// It may.
    Admitted(OpenConnection),
    /// It may, and another connection of the same client was closed for it.
    Replaced(OpenConnection),
    /// Its client has as many connections as it may, and all are in use.
    Refused,
    /// The server has as many connections as it may; one was told to close, if any could be.
    Full {
        /// Whether one was told to close.
        is_evicting: bool,
    },
}

/// One open connection. It is counted until this is dropped.
#[derive(Debug)]
pub struct OpenConnection {
    id: u64,
    /// What the connection does.
    pub activity: Arc<Activity>,
    connections: Arc<OpenConnections>,
}

impl OpenConnections {
    /// No connections yet, and at most this many.
    pub fn new(max: usize, max_per_client: usize) -> Arc<Self> {
        Arc::new(Self { max, max_per_client, table: Mutex::default(), closed: Notify::new() })
    }

    /// Admits a connection of a client; `None` is a client without a bound of its own.
    pub fn admit(self: &Arc<Self>, client: Option<ClientKey>) -> Admission {
        let mut table = self.table();
        if table.entries.len() >= self.max {
            return Admission::Full { is_evicting: table.make_room() };
        }
        let is_client_full = client.is_some_and(|client| table.by_client.get(&client).is_some_and(|count| *count >= self.max_per_client));
        if is_client_full && !table.evict_longest_waiting(client) {
            return Admission::Refused;
        }
        let activity = Arc::new(Activity::new());
        let id = table.insert(Entry { client, activity: activity.clone(), is_evicted: false });
        let connection = OpenConnection { id, activity, connections: self.clone() };
        if is_client_full { Admission::Replaced(connection) } else { Admission::Admitted(connection) }
    }

    /// Waits until a connection is closed, or until it is time to look again for one that can be.
    pub async fn wait_for_room(&self) {
        let _ = time::timeout(RETRY_INTERVAL, self.closed.notified()).await;
    }

    /// Tells the connection that has waited longest for its client to close. Whether there is one.
    pub fn evict_longest_waiting(&self) -> bool {
        self.table().evict_longest_waiting(None)
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn insert(&mut self, entry: Entry) -> u64 {
        self.next_id += 1;
        if let Some(client) = entry.client {
            *self.by_client.entry(client).or_default() += 1;
        }
        self.entries.insert(self.next_id, entry);
        self.next_id
    }

    /// Tells a connection to close, unless one is about to. One that does not close soon does not count.
    fn make_room(&mut self) -> bool {
        let is_closing = self.evicting > 0 && self.evicted_at.is_some_and(|evicted_at| evicted_at.elapsed() < RETRY_INTERVAL);
        is_closing || self.evict_longest_waiting(None)
    }

    /// Tells the longest waiting connection, of this client or of all, to close.
    fn evict_longest_waiting(&mut self, client: Option<ClientKey>) -> bool {
        let now = Instant::now();
        let waiting = self.entries.values_mut().filter(|entry| !entry.is_evicted && (client.is_none() || entry.client == client)).filter_map(|entry| {
            let since = entry.activity.waiting_since().filter(|since| now - *since >= MIN_WAIT)?;
            Some((since, entry))
        });
        let Some((_, entry)) = waiting.min_by_key(|(since, _)| *since) else { return false };
        entry.is_evicted = true;
        entry.activity.evict();
        let client = entry.client;
        self.uncount(client);
        self.evicting += 1;
        self.evicted_at = Some(now);
        true
    }

    fn remove(&mut self, id: u64) {
        match self.entries.remove(&id) {
            Some(entry) if entry.is_evicted => self.evicting -= 1,
            Some(entry) => self.uncount(entry.client),
            None => {}
        }
    }

    fn uncount(&mut self, client: Option<ClientKey>) {
        let Some(client) = client else { return };
        if let Some(count) = self.by_client.get_mut(&client) {
            *count -= 1;
            if *count == 0 {
                self.by_client.remove(&client);
            }
        }
    }
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.connections.table().remove(self.id);
        self.connections.closed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::activity::Phase;

    fn admitted(connections: &Arc<OpenConnections>, client: Option<ClientKey>) -> OpenConnection {
        match connections.admit(client) {
            Admission::Admitted(connection) | Admission::Replaced(connection) => connection,
            other => panic!("it is admitted: {other:?}"),
        }
    }

    async fn is_evicted(connection: &OpenConnection) -> bool {
        time::timeout(Duration::ZERO, connection.activity.evicted()).await.is_ok()
    }

    #[tokio::test]
    async fn when_full_the_longest_waiting_connection_makes_room() {
        let connections = OpenConnections::new(4, 100);
        let busy = admitted(&connections, None);
        busy.activity.enter(Phase::Handling);
        busy.activity.backdate(Duration::from_secs(9));
        let [stalled, other, fresh] = [(); 3].map(|()| admitted(&connections, None));
        assert!(matches!(connections.admit(None), Admission::Full { is_evicting: false }), "all are in use");
        stalled.activity.backdate(2 * MIN_WAIT);
        other.activity.backdate(MIN_WAIT);
        assert!(matches!(connections.admit(None), Admission::Full { is_evicting: true }));
        assert!(matches!(connections.admit(None), Admission::Full { is_evicting: true }), "one is about to close");
        assert!(is_evicted(&stalled).await && !is_evicted(&other).await && !is_evicted(&busy).await && !is_evicted(&fresh).await);
        drop(stalled);
        admitted(&connections, None);
    }

    #[tokio::test]
    async fn a_client_at_its_bound_replaces_its_own_connections_only() {
        let connections = OpenConnections::new(100, 2);
        let other = admitted(&connections, Some(9));
        let unbounded: Vec<_> = (0..10).map(|_| admitted(&connections, None)).collect();
        for connection in unbounded.iter().chain([&other]) {
            connection.activity.backdate(Duration::from_secs(9));
        }
        let (first, second) = (admitted(&connections, Some(1)), admitted(&connections, Some(1)));
        assert!(matches!(connections.admit(Some(1)), Admission::Refused), "both are in use");
        first.activity.backdate(MIN_WAIT);
        second.activity.enter(Phase::Handling);
        let third = admitted(&connections, Some(1));
        assert!(is_evicted(&first).await && !is_evicted(&second).await && !is_evicted(&other).await && !is_evicted(&unbounded[0]).await);
        assert!(matches!(connections.admit(Some(1)), Admission::Refused), "the evicted one counts no longer, and is replaced once");
        drop((first, second));
        drop(third);
        assert_eq!(connections.table().by_client, HashMap::from([(9, 1)]));
    }
}
