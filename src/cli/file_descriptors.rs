//! Raises the limit of file descriptors to what the connections need.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Descriptors for everything but the connections of clients: the database, the sockets, the log, the admin listener.
const RESERVED: u64 = 128;

/// Raises the soft limit of file descriptors, as far as the hard limit allows, so that so many connections fit.
///
/// Returns the number of connections that fit: beyond it, `accept` would fail, rather than an idle connection make room.
pub fn raise_limit(max_connections: usize) -> usize {
    let needed = u64::try_from(max_connections).unwrap_or(u64::MAX).saturating_add(RESERVED);
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let Some(mut limit) = current else { return max_connections };
    if limit < needed {
        let raised = maximum.map_or(needed, |maximum| maximum.min(needed));
        match setrlimit(Resource::Nofile, Rlimit { current: Some(raised), maximum }) {
            Ok(()) => limit = raised,
            Err(cause) => tracing::warn!(%cause, "the limit of file descriptors cannot be raised"),
        }
    }
    if limit >= needed {
        return max_connections;
    }
    let fit = usize::try_from(limit.saturating_sub(RESERVED).max(limit / 2)).unwrap_or(usize::MAX).clamp(1, max_connections);
    tracing::warn!(
        "--max-connections {max_connections} needs {needed} file descriptors, and the limit is {limit}: at most {fit} connections will be open; raise the limit (LimitNOFILE, ulimit -n)"
    );
    fit
}
