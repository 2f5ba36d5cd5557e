//! Which errors have a line in the access log: of many in a second, the first ones, and one line for the rest together.

use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use axum::http::StatusCode;

/// The time in which responses of one status are counted together.
const PERIOD: Duration = Duration::from_secs(1);
/// The responses of one status that have a line each, in a period.
const MAX_LINES: u64 = 100;

/// Counts the error responses of the present second.
#[derive(Clone, Debug, Default)]
pub struct ErrorLog(Arc<Mutex<HashMap<StatusCode, Period>>>);

#[derive(Debug)]
struct Period {
    started_at: Instant,
    responses: u64,
}

impl ErrorLog {
    /// Counts an error response, and says whether it is to have a line of its own. If it is the first one without, the number
    /// of those without a line is logged when the second is over.
    pub fn has_line(&self, status: StatusCode, now: Instant) -> bool {
        let max_lines = max_lines(status);
        let mut periods = self.periods();
        let period = periods.entry(status).or_insert(Period { started_at: now, responses: 0 });
        if period.responses <= max_lines && now.saturating_duration_since(period.started_at) >= PERIOD {
            *period = Period { started_at: now, responses: 0 };
        }
        period.responses += 1;
        if period.responses == max_lines + 1 {
            let (log, end) = (self.clone(), period.started_at + PERIOD);
            tokio::spawn(async move {
                tokio::time::sleep_until(end.into()).await;
                let period = log.periods().remove(&status);
                if let Some(period) = period {
                    period.log_rest(status);
                }
            });
        }
        period.responses <= max_lines
    }

    /// Logs the number of responses without a line, of every status.
    pub fn end(&self) {
        let periods = mem::take(&mut *self.periods());
        for (status, period) in periods {
            period.log_rest(status);
        }
    }

    fn periods(&self) -> MutexGuard<'_, HashMap<StatusCode, Period>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many responses of a status have a line of their own. A 429 says only that its client sends too much; the first one
/// names the client.
fn max_lines(status: StatusCode) -> u64 {
    if status == StatusCode::TOO_MANY_REQUESTS { 1 } else { MAX_LINES }
}

impl Period {
    /// Logs the number of responses without a line, if there are any.
    fn log_rest(&self, status: StatusCode) {
        let responses = self.responses.saturating_sub(max_lines(status));
        if responses > 0 {
            tracing::info!(target: "bayan::request", status = status.as_u16(), responses, "more responses had this status within a second");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_first_errors_of_each_status_and_second_have_a_line() {
        let log = ErrorLog::default();
        let start = Instant::now();
        let lines = |status: StatusCode, after: u64| (0..250).filter(|_| log.has_line(status, start + Duration::from_millis(after))).count();
        assert_eq!((lines(StatusCode::BAD_REQUEST, 0), lines(StatusCode::TOO_MANY_REQUESTS, 0)), (100, 1));
        assert_eq!((lines(StatusCode::NOT_FOUND, 10), lines(StatusCode::NOT_FOUND, 500)), (100, 0));
        tokio::time::sleep(Duration::from_millis(1100)).await;
        assert_eq!((lines(StatusCode::BAD_REQUEST, 1100), lines(StatusCode::TOO_MANY_REQUESTS, 1100)), (100, 1));
    }

    #[tokio::test]
    async fn few_errors_in_each_second_all_have_a_line() {
        let log = ErrorLog::default();
        let start = Instant::now();
        assert!((0..1000).all(|number| log.has_line(StatusCode::NOT_FOUND, start + Duration::from_millis(11 * number))));
    }
}
