//! Computes on a blocking thread, and cancels the work when the request no longer waits for the result.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use tokio::task::spawn_blocking;

use crate::{error::Error, http::state::AppState};

/// Computes on a blocking thread. `work` must return soon after its argument says so: the request has timed out, or the client
/// is gone.
///
/// # Errors
/// When the work panics.
pub async fn compute<T: Send + 'static>(app: &AppState, work: impl FnOnce(&dyn Fn() -> bool) -> T + Send + 'static) -> Result<T, Error> {
    let deadline = Instant::now() + app.limits().request_timeout.get();
    let cancelled = Arc::new(AtomicBool::new(false));
    let _guard = CancelOnDrop(cancelled.clone());
    spawn_blocking(move || work(&|| cancelled.load(Ordering::Relaxed) || Instant::now() >= deadline)).await.map_err(|_| Error::Internal)
}

/// Cancels the work when the future that waits for it is dropped.
struct CancelOnDrop(Arc<AtomicBool>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
