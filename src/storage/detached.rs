//! File operations on threads of their own, so that no other task waits for them.

use std::{io, thread};

use tokio::sync::oneshot;

/// Runs `work` on a thread of its own.
///
/// A file system that does not answer blocks its caller, without an end if it must. On a thread of the runtime it would block other
/// tasks; on one of the runtime's blocking threads, the end of the program. When the future is dropped, the thread is
/// abandoned: it ends with its work or with the process.
///
/// # Errors
/// When the thread cannot be started, or `work` panics.
pub async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> io::Result<T> {
    let (sender, receiver) = oneshot::channel();
    thread::Builder::new().name("storage".to_owned()).spawn(move || {
        // Nobody waits any more.
        let _ = sender.send(work());
    })?;
    receiver.await.map_err(|_| io::Error::other("the thread ended early"))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn work_that_never_ends_delays_neither_other_tasks_nor_the_end_of_the_runtime() {
        let started = Instant::now();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let outcome = runtime.block_on(async {
            let hung = run(|| {
                loop {
                    thread::park();
                }
            });
            tokio::time::timeout(Duration::from_millis(50), hung).await.map(drop)
        });
        drop(runtime);
        assert!(outcome.is_err() && started.elapsed() < Duration::from_secs(60));
    }

    #[tokio::test]
    async fn work_that_panics_is_an_error() {
        assert_eq!(run(|| 7).await.unwrap(), 7);
        assert!(run(|| -> u8 { panic!("on purpose") }).await.is_err());
    }
}
