//! The clock: the only source of the time and of today's date, which is that of Baghdad.

use std::{fmt, sync::Arc, time::SystemTime};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Utc};

use crate::corpus::Day;

/// The time in Baghdad. Iraq has had no summer time since 2008, before the first statement, so an offset is all that there is
/// to know; the tables of all time zones of the world take longer to build than to write this down.
const BAGHDAD: FixedOffset = match FixedOffset::east_opt(3 * 60 * 60) {
    Some(offset) => offset,
    None => panic!("three hours are an offset"),
};

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
        // `Utc::now` panics before 1970.
        #[expect(clippy::disallowed_methods, reason = "this is the only place that reads the system clock")]
        Self { now: Arc::new(|| SystemTime::now().into()), today }
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
        let date = date_in_baghdad(self.now());
        let start = midnight(Some(date)).unwrap_or(DateTime::<Utc>::MIN_UTC);
        let end = midnight(date.succ_opt()).unwrap_or(DateTime::<Utc>::MAX_UTC);
        // `Day` ends with the year 9998; a clock beyond it has the last one.
        LocalDay { date: Day::new(date).unwrap_or(Day::LAST), start, end }
    }
}

/// The date in Baghdad at an instant.
#[must_use]
pub fn date_in_baghdad(instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&BAGHDAD).date_naive()
}

/// The first instant of a day in Baghdad.
fn midnight(date: Option<NaiveDate>) -> Option<DateTime<Utc>> {
    date?.and_time(NaiveTime::MIN).and_local_timezone(BAGHDAD).single().map(|instant| instant.to_utc())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_that_of_baghdad_in_summer_and_in_winter() {
        for (instant, date) in [
            // The last summer time of Iraq ended on 1 October 2007.
            ("2008-04-01T20:59:59Z", "2008-04-01"),
            ("2008-04-01T21:00:00Z", "2008-04-02"),
            ("2025-07-31T20:59:59Z", "2025-07-31"),
            ("2025-07-31T21:00:00Z", "2025-08-01"),
            ("2026-12-31T20:59:59Z", "2026-12-31"),
            ("2026-12-31T21:00:00Z", "2027-01-01"),
        ] {
            let now = instant.parse().unwrap();
            let today = Clock::from_fn(move || now).today();
            assert_eq!(today.date.to_string(), date, "{instant}");
            assert!(today.start <= now && now < today.end && today.end - today.start == chrono::TimeDelta::days(1), "{instant}");
        }
    }
}
