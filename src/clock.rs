//! The clock: the only source of the time and of today's date, which is that of Baghdad.

use std::{fmt, sync::Arc};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Asia::Baghdad;

use crate::corpus::Day;

/// The clock. It is passed in, so that a test or a demonstration can set it.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    /// A date that replaces the clock's.
    today: Option<Day>,
}

impl Clock {
    /// The system clock; `today` replaces its date.
    #[must_use]
    pub fn system(today: Option<Day>) -> Self {
        #[expect(clippy::disallowed_methods, reason = "this is the only place that reads the system clock")]
        Self { now: Arc::new(Utc::now), today }
    }

    /// A clock whose time is what the function returns.
    pub fn from_fn(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self { now: Arc::new(now), today: None }
    }

    /// The current time.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        (self.now)()
    }

    /// The current day in Baghdad.
    #[must_use]
    pub fn today(&self) -> LocalDay {
        if let Some(date) = self.today {
            // A date that replaces the clock's never ends.
            return LocalDay { date, start: DateTime::UNIX_EPOCH, end: DateTime::<Utc>::MAX_UTC };
        }
        let date = self.now().with_timezone(&Baghdad).date_naive();
        let start = midnight(Some(date)).unwrap_or(DateTime::<Utc>::MIN_UTC);
        let end = midnight(date.succ_opt()).unwrap_or(DateTime::<Utc>::MAX_UTC);
        // `Day` ends with the year 9998; a clock beyond it has the last one.
        LocalDay { date: Day::new(date).unwrap_or(Day::LAST), start, end }
    }
}

/// The first instant of a day in Baghdad.
fn midnight(date: Option<NaiveDate>) -> Option<DateTime<Utc>> {
    let local = date?.and_time(NaiveTime::MIN);
    // Iraq has had no summer time since 2008; a day that skipped its midnight starts an hour later.
    let instant = |local| Baghdad.from_local_datetime(&local).earliest();
    Some(instant(local).or_else(|| instant(local + TimeDelta::hours(1)))?.to_utc())
}

/// A day in Baghdad.
#[derive(Clone, Copy, Debug)]
pub struct LocalDay {
    /// The date.
    pub date: Day,
    /// The first instant of the day.
    pub start: DateTime<Utc>,
    /// The first instant of the next day.
    pub end: DateTime<Utc>,
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock").field("today", &self.today().date).finish_non_exhaustive()
    }
}
