//! What a connection does at the moment, and since when: its timeouts follow from that.

use std::{
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{sync::Notify, time::Instant};

/// An idle connection is closed this much later than its timeout says, so that a client that sends its next request at the
/// very end of the timeout is still served.
const IDLE_GRACE: Duration = Duration::from_millis(500);

/// What a connection does at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// No byte of a request has arrived since the last response was written.
    Idle,
    /// A header section has begun to arrive, and is incomplete.
    ReadingHead,
    /// The service computes a response.
    Handling,
    /// The service waits for more of a request's body.
    ReadingBody,
    /// A response is being written, and the client has not taken all of it.
    Writing,
    /// The last response is written, and the client has not closed the connection yet.
    Closing,
}

/// How long a connection may stay in a phase.
#[derive(Clone, Copy, Debug)]
pub struct PhaseTimeouts {
    /// The time that a client has to send a header section, from its first byte.
    pub header_read: Duration,
    /// The time that a connection may stay idle.
    pub keep_alive: Duration,
    /// The time in which a client must take some bytes of a response that is being written.
    pub send: Duration,
}

/// The activity of one connection. Its stream and its service record it; its task and the accept loop read it.
#[derive(Debug)]
pub struct Activity {
    state: Mutex<State>,
    is_leaving: AtomicBool,
    is_evicted: AtomicBool,
    eviction: Notify,
}

#[derive(Clone, Copy, Debug)]
struct State {
    phase: Phase,
    since: Instant,
    /// When the task of the connection last began to work. A request takes several phases at once, and reading the clock for each
    /// costs more than the phases do.
    now: Instant,
}

impl Activity {
    /// The activity of a new connection, which is idle.
    pub fn new() -> Self {
        let now = Instant::now();
        let state = Mutex::new(State { phase: Phase::Idle, since: now, now });
        Self { state, is_leaving: AtomicBool::new(false), is_evicted: AtomicBool::new(false), eviction: Notify::new() }
    }

    /// What the connection does.
    pub fn phase(&self) -> Phase {
        self.state().phase
    }

    /// Reads the clock: phases that start from now on start at this time.
    pub fn read_clock(&self) -> Instant {
        let now = Instant::now();
        self.lock().now = now;
        now
    }

    /// Starts a phase, or starts it again.
    pub fn enter(&self, phase: Phase) {
        let mut state = self.lock();
        *state = State { phase, since: state.now, ..*state };
    }

    /// Records that bytes arrived.
    pub fn on_bytes_read(&self) {
        match self.phase() {
            Phase::Idle => self.enter(Phase::ReadingHead),
            Phase::ReadingBody => self.enter(Phase::Handling),
            _ => {}
        }
    }

    /// Records that more bytes are wanted, and none have arrived. hyper reads during a request only for its body.
    pub fn on_read_pending(&self) {
        if self.phase() == Phase::Handling {
            self.enter(Phase::ReadingBody);
        }
    }

    /// Records that the client took some bytes of a response.
    pub fn on_bytes_written(&self) {
        if self.phase() == Phase::Writing {
            self.enter(Phase::Writing);
        }
    }

    /// Records that the client took all bytes. hyper flushes only when its buffer is empty, and a body is one buffer.
    pub fn on_flushed(&self) {
        if self.phase() == Phase::Writing {
            self.enter(Phase::Idle);
        }
    }

    /// When the connection has been in its phase for too long; `None` while the service is at work, which has timeouts of
    /// its own.
    pub fn deadline(&self, timeouts: &PhaseTimeouts) -> Option<Instant> {
        let State { phase, since, .. } = self.state();
        match phase {
            Phase::Idle => Some(since + timeouts.keep_alive + IDLE_GRACE),
            Phase::ReadingHead => Some(since + timeouts.header_read),
            Phase::Writing => Some(since + timeouts.send),
            Phase::Handling | Phase::ReadingBody | Phase::Closing => None,
        }
    }

    /// Since when the connection waits for its client; `None` while the service computes a response.
    pub fn waiting_since(&self) -> Option<Instant> {
        let State { phase, since, .. } = self.state();
        (phase != Phase::Handling).then_some(since)
    }

    /// Makes the next response close the connection.
    pub fn leave(&self) {
        self.is_leaving.store(true, Ordering::Relaxed);
    }

    /// Whether the next response closes the connection.
    pub fn is_leaving(&self) -> bool {
        self.is_leaving.load(Ordering::Relaxed)
    }

    /// Closes the connection, to make room for another.
    pub fn evict(&self) {
        self.is_evicted.store(true, Ordering::Relaxed);
        self.eviction.notify_one();
    }

    /// Whether the connection must make room for another.
    pub fn is_evicted(&self) -> bool {
        self.is_evicted.load(Ordering::Relaxed)
    }

    /// Waits until the connection must make room for another.
    pub async fn evicted(&self) {
        self.eviction.notified().await;
    }

    /// Makes it look as if the phase had begun earlier.
    #[cfg(test)]
    pub fn backdate(&self, by: Duration) {
        self.state.lock().unwrap().since -= by;
    }

    fn state(&self) -> State {
        *self.lock()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMEOUTS: PhaseTimeouts = PhaseTimeouts { header_read: Duration::from_secs(3), keep_alive: Duration::from_secs(75), send: Duration::from_secs(20) };

    /// In seconds, rounded up.
    fn time_left(activity: &Activity) -> Option<u64> {
        activity.deadline(&TIMEOUTS).map(|deadline| (deadline - Instant::now()).as_secs() + 1)
    }

    #[test]
    fn each_phase_has_its_timeout_and_only_writing_is_extended_by_progress() {
        let activity = Activity::new();
        assert_eq!(time_left(&activity), Some(76));
        activity.on_bytes_read();
        activity.backdate(Duration::from_secs(1));
        activity.on_bytes_read();
        assert_eq!((activity.phase(), time_left(&activity)), (Phase::ReadingHead, Some(2)), "more bytes do not extend the timeout");
        activity.enter(Phase::Handling);
        assert_eq!((activity.waiting_since(), time_left(&activity)), (None, None));
        activity.on_read_pending();
        assert!(activity.waiting_since().is_some(), "the body is the client's to send");
        activity.on_bytes_read();
        activity.enter(Phase::Writing);
        activity.backdate(Duration::from_secs(15));
        assert_eq!(time_left(&activity), Some(5));
        activity.on_bytes_written();
        assert_eq!(time_left(&activity), Some(20));
        activity.on_flushed();
        assert_eq!((activity.phase(), time_left(&activity)), (Phase::Idle, Some(76)));
    }
}
