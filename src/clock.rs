//! The one clock: every "today" comes from here, and a day begins at midnight in Baghdad.

use std::{fmt, sync::Arc};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
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
    pub fn today(&self) -> LocalDay {
        if let Some(date) = self.today {
            // A date that replaces the clock's lasts.
            return LocalDay { date, began: DateTime::UNIX_EPOCH, ends: DateTime::<Utc>::MAX_UTC };
        }
        let date = self.now().with_timezone(&Baghdad).date_naive();
        let began = midnight(Some(date)).unwrap_or(DateTime::<Utc>::MIN_UTC);
        let ends = midnight(date.succ_opt()).unwrap_or(DateTime::<Utc>::MAX_UTC);
        // A clock beyond the year 9998 has no day that can be asked for; the last one stands for it.
        LocalDay { date: Day::new(date).unwrap_or(Day::LAST), began, ends }
    }
}

/// The first instant of a day in Baghdad.
fn midnight(date: Option<NaiveDate>) -> Option<DateTime<Utc>> {
    let local = date?.and_time(NaiveTime::MIN);
    // Iraq has had no summer time since 2008; where a midnight was skipped, the day begins an hour later.
    let instant = |local| Baghdad.from_local_datetime(&local).earliest();
    Some(instant(local).or_else(|| instant(local + TimeDelta::hours(1)))?.to_utc())
}

/// A day in Baghdad, and how long it lasts.
#[derive(Clone, Copy, Debug)]
pub struct LocalDay {
    /// Which day.
    pub date: Day,
    /// Its first instant.
    pub began: DateTime<Utc>,
    /// The first instant of the next.
    pub ends: DateTime<Utc>,
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock").field("today", &self.today().date).finish_non_exhaustive()
    }
}
