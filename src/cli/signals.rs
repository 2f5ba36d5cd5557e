//! What each signal does.

use std::io;

use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::{mpsc, oneshot},
};

use crate::{cli::supervisor, storage::Reload};

/// A future that is ready when the process gets SIGTERM, SIGINT or SIGQUIT.
///
/// # Errors
/// When the signals cannot be handled.
pub fn shutdown_signal() -> io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut quit = signal(SignalKind::quit())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {},
            _ = interrupt.recv() => {},
            _ = quit.recv() => {},
        }
        supervisor::notify("STOPPING=1");
        tracing::info!("shutting down; requests in flight are finished");
    })
}

/// Lets a write beyond the maximum size of a file (`ulimit -f`) fail with an error that is shown: SIGXFSZ would end the process
/// without a word.
#[tokio::main(flavor = "current_thread")]
pub async fn survive_file_size_limit() {
    // The handler stays for the life of the process. Without it, the signal does what it did.
    if let Err(cause) = signal(SignalKind::from_raw(libc::SIGXFSZ)) {
        tracing::debug!(%cause, "SIGXFSZ cannot be handled");
    }
}

/// The signals that do not stop the service.
#[derive(Debug)]
pub struct OtherSignals {
    hangup: Signal,
    user1: Signal,
    user2: Signal,
}

impl OtherSignals {
    /// Handles the signals from now on: without that, each ends the process at once.
    ///
    /// # Errors
    /// When the signals cannot be handled.
    pub fn register() -> io::Result<Self> {
        Ok(Self { hangup: signal(SignalKind::hangup())?, user1: signal(SignalKind::user_defined1())?, user2: signal(SignalKind::user_defined2())? })
    }

    /// On SIGHUP, has the database file opened again. The others do nothing. Never returns.
    pub async fn handle(mut self, reloads: mpsc::Sender<Reload>) {
        loop {
            tokio::select! {
                _ = self.hangup.recv() => {
                    tracing::info!("SIGHUP: opening the database file again");
                    supervisor::notify_reloading();
                    let (reload, reloaded) = oneshot::channel();
                    if reloads.send(reload).await.is_ok() {
                        // Dropped rather than sent, once the file is open or rejected.
                        let _ = reloaded.await;
                    }
                    supervisor::notify("READY=1");
                }
                _ = self.user1.recv() => tracing::info!("SIGUSR1 does nothing"),
                _ = self.user2.recv() => tracing::info!("SIGUSR2 does nothing"),
            }
        }
    }
}
