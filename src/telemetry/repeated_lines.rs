//! Similar lines of the log: in each second the first ones, and one line that counts the rest.

use std::{
    collections::HashMap,
    fmt,
    hash::Hash,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use tokio::runtime::Handle;

/// The lines of one kind that are logged in a period.
pub const MAX_LINES: u64 = 100;
/// The time in which lines of one kind are counted together.
const PERIOD: Duration = Duration::from_secs(1);

/// Counts the lines of each kind in the present second.
#[derive(Clone)]
pub struct RepeatedLines<K>(Arc<Mutex<HashMap<K, Period>>>);

struct Period {
    started_at: Instant,
    lines: u64,
    max_lines: u64,
    /// Logs the number of lines that were not logged; there are some.
    log_rest: Option<Box<dyn FnOnce(u64) + Send>>,
}

impl<K: Copy + Eq + Hash + Send + 'static> RepeatedLines<K> {
    /// Counts a line of a kind, and says whether it is to be logged: if it is one of the first `max_lines` in its second.
    ///
    /// The first line beyond those has `log_rest` called when the second is over, with the number of lines that were not logged.
    /// Where no task can do that, every line is logged.
    pub fn has_line(&self, kind: K, max_lines: u64, now: Instant, log_rest: impl FnOnce(u64) + Send + 'static) -> bool {
        let mut periods = self.periods();
        let new = || Period { started_at: now, lines: 0, max_lines, log_rest: None };
        let period = periods.entry(kind).or_insert_with(new);
        if period.log_rest.is_none() && now.saturating_duration_since(period.started_at) >= PERIOD {
            *period = new();
        }
        if period.lines == max_lines {
            let Ok(runtime) = Handle::try_current() else { return true };
            period.log_rest = Some(Box::new(log_rest));
            let (lines, end) = (self.clone(), period.started_at + PERIOD);
            runtime.spawn(async move {
                tokio::time::sleep_until(end.into()).await;
                let period = lines.periods().remove(&kind);
                if let Some(period) = period {
                    period.end();
                }
            });
        }
        period.lines += 1;
        period.lines <= max_lines
    }

    /// Logs the number of lines that were not logged in the present second, of every kind.
    pub fn end(&self) {
        // Unlocked before anything is logged, since that counts lines as well.
        let periods = mem::take(&mut *self.periods());
        periods.into_values().for_each(Period::end);
    }

    fn periods(&self) -> MutexGuard<'_, HashMap<K, Period>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Period {
    fn end(self) {
        if let Some(log_rest) = self.log_rest {
            log_rest(self.lines - self.max_lines);
        }
    }
}

impl<K> Default for RepeatedLines<K> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K> fmt::Debug for RepeatedLines<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RepeatedLines").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn the_first_lines_of_each_kind_and_second_are_logged_and_the_rest_is_counted() {
        let (lines, start) = (RepeatedLines::default(), Instant::now());
        let (sender, rests) = mpsc::channel();
        let logged = |kind: &'static str, max_lines: u64, after: u64| {
            let now = start + Duration::from_millis(after);
            let has_line = |_: &i32| {
                let sender = sender.clone();
                lines.has_line(kind, max_lines, now, move |rest| sender.send((kind, rest)).unwrap())
            };
            (0..250).filter(has_line).count()
        };
        assert_eq!((logged("a", 100, 0), logged("b", 1, 0)), (100, 1));
        assert_eq!((logged("c", 250, 10), logged("c", 250, 500), logged("a", 100, 900)), (250, 0, 0));
        tokio::time::sleep(Duration::from_millis(1200)).await;
        let mut counted: Vec<_> = rests.try_iter().collect();
        counted.sort_unstable();
        assert_eq!(counted, [("a", 400), ("b", 249), ("c", 250)]);
        assert_eq!((logged("a", 100, 1200), logged("b", 1, 1200)), (100, 1));
        lines.end();
        assert_eq!(rests.try_iter().map(|(_, rest)| rest).sum::<u64>(), 150 + 249);
    }

    #[tokio::test]
    async fn few_lines_in_each_second_are_all_logged() {
        let (lines, start) = (RepeatedLines::default(), Instant::now());
        assert!((0..1000).all(|number| lines.has_line("a", 100, start + Duration::from_millis(11 * number), |_| panic!("there is no rest"))));
    }

    #[test]
    fn without_a_runtime_every_line_is_logged() {
        let lines = RepeatedLines::default();
        assert!((0..1000).all(|_| lines.has_line("a", 1, Instant::now(), |_| panic!("there is no rest"))));
    }
}
