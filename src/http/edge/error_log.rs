//! Which errors have a line in the access log: of many of one status in a second, the first ones, and one line for the rest.

use std::time::Instant;

use axum::http::StatusCode;

use crate::telemetry::repeated_lines::{MAX_LINES, RepeatedLines};

/// Counts the error responses of the present second, by their status.
#[derive(Debug, Default)]
pub struct ErrorLog(RepeatedLines<StatusCode>);

impl ErrorLog {
    /// Counts an error response, and says whether it is to have a line of its own.
    pub fn has_line(&self, status: StatusCode, now: Instant) -> bool {
        self.0.has_line(status, max_lines(status), now, move |responses| {
            tracing::info!(target: "bayan::request", status = status.as_u16(), responses, "more responses had this status within a second");
        })
    }

    /// Logs the number of responses of the present second without a line, of every status.
    pub fn end(&self) {
        self.0.end();
    }
}

/// How many responses of a status have a line of their own in a second. A 429 says only that its client sends too much; the
/// first one names the client.
fn max_lines(status: StatusCode) -> u64 {
    if status == StatusCode::TOO_MANY_REQUESTS { 1 } else { MAX_LINES }
}
