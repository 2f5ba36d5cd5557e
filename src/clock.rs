//! The one clock: every "today" comes from here, and a day begins at midnight in Baghdad.

use std::{fmt, sync::Arc};

use chrono::{DateTime, Utc};
use chrono_tz::Asia::Baghdad;

use crate::corpus::Day;

/// What tells the time. It is passed in, so that a test or a demonstration can set it.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    /// Replaces the clock's date, and never moves.
    today: Option<Day>,
}

impl Clock {
    /// The system's clock; with a date, that date for ever.
    #[must_use]
    pub fn system(today: Option<Day>) -> Self {
        #[expect(clippy::disallowed_methods, reason = "this is the one place where the time comes from")]
        Self { now: Arc::new(Utc::now), today }
    }

    /// A clock that tells what the function says.
    pub fn from_fn(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self { now: Arc::new(now), today: None }
    }

    /// The instant.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        (self.now)()
    }

    /// The day in Baghdad.
    #[must_use]
    pub fn today(&self) -> Day {
        // A clock beyond the year 9998 has no day that can be asked for; the last one stands for it.
        self.today.or_else(|| Day::new(self.now().with_timezone(&Baghdad).date_naive())).unwrap_or(Day::LAST)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock").field("today", &self.today()).finish_non_exhaustive()
    }
}
