//! Hashing a file while it is served, slowly, so that damage is found even where nothing reads.

use std::{
    num::NonZeroU32,
    sync::Arc,
    time::{Duration, Instant},
};

use crate::storage::{checksum::CHUNK_BYTES, database_file::DatabaseFile, detached};

/// How long to wait between two passes over the file.
const PASS_INTERVAL: Duration = Duration::from_secs(3_600);

/// Reads a served file again and again, at most `rate` mebibytes a second. It returns when the file is not what was published,
/// or cannot be read.
pub async fn scrub(file: Arc<DatabaseFile>, rate: NonZeroU32) {
    #[expect(clippy::cast_possible_truncation, reason = "a chunk is one mebibyte")]
    let step_time = Duration::from_secs(1) * (CHUNK_BYTES >> 20) as u32 / rate.get();
    loop {
        let mut hashing = file.hashing();
        loop {
            let (started, file) = (Instant::now(), file.clone());
            let step = detached::run(move || {
                let step = file.step(&mut hashing);
                (hashing, step)
            });
            match step.await {
                Ok((next, Ok(None))) => hashing = next,
                // It is whole, or there is no thread for it now.
                Ok((_, Ok(Some(true)))) | Err(_) => break,
                Ok((_, Ok(Some(false)) | Err(_))) => return,
            }
            tokio::time::sleep(step_time.saturating_sub(started.elapsed())).await;
        }
        tokio::time::sleep(PASS_INTERVAL).await;
    }
}
