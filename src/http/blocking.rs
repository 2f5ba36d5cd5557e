//! Computes and draws on blocking threads, and cancels the work when the request no longer waits for the result.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use tokio::{sync::Semaphore, task::spawn_blocking};

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

/// One permit for each picture that may be drawn at a time: each takes a core, and up to 24 MB.
static DRAWING_PERMITS: Semaphore = Semaphore::const_new(2);

/// Draws on a blocking thread; others wait for a permit as long as their requests do.
///
/// # Errors
/// When the work panics, or when the request no longer waits.
pub async fn draw<T: Send + 'static>(app: &AppState, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let permit = DRAWING_PERMITS.acquire().await.map_err(|_| Error::Internal)?;
    let work = move |is_cancelled: &dyn Fn() -> bool| {
        let _permit = permit;
        (!is_cancelled()).then(work)
    };
    compute(app, work).await?.ok_or(Error::Unavailable)
}

/// Cancels the work when the future that waits for it is dropped.
struct CancelOnDrop(Arc<AtomicBool>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
