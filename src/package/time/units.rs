//! Units, parts and limits of time.

use chrono::{Months, NaiveDate, TimeDelta};

/// What a length of time counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
    /// Ten years.
    Decade,
}

impl Unit {
    /// The unit with this name in the tables.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "hour" => Self::Hour,
            "day" => Self::Day,
            "week" => Self::Week,
            "month" => Self::Month,
            "year" => Self::Year,
            "decade" => Self::Decade,
            _ => return None,
        })
    }

    /// A day and a number of units later, or earlier if the number is negative. `None` for hours, and outside the calendar.
    #[must_use]
    pub fn add(self, date: NaiveDate, count: i32) -> Option<NaiveDate> {
        let months = |months: i32| {
            let size = Months::new(months.unsigned_abs());
            if months < 0 { date.checked_sub_months(size) } else { date.checked_add_months(size) }
        };
        match self {
            Self::Hour => None,
            Self::Day => date.checked_add_signed(TimeDelta::days(count.into())),
            Self::Week => date.checked_add_signed(TimeDelta::weeks(count.into())),
            Self::Month => months(count),
            Self::Year => months(count.checked_mul(12)?),
            Self::Decade => months(count.checked_mul(120)?),
        }
    }

    /// A day, as precisely as the unit, in EDTF.
    #[must_use]
    pub fn write(self, date: NaiveDate) -> String {
        let format = match self {
            Self::Hour | Self::Day | Self::Week => "%Y-%m-%d",
            Self::Month => "%Y-%m",
            Self::Year | Self::Decade => "%Y",
        };
        date.format(format).to_string()
    }
}

/// A part of a month or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its beginning.
    Begin,
    /// Its first third or quarter.
    Early,
    /// Its middle.
    Mid,
    /// Its last third or quarter.
    Late,
    /// Its end.
    End,
}

impl Part {
    /// The part with this name in the tables.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "begin" => Self::Begin,
            "early" => Self::Early,
            "mid" => Self::Mid,
            "late" => Self::Late,
            "end" => Self::End,
            _ => return None,
        })
    }
}

/// How an expression is limited by a point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// At the latest then.
    By,
    /// It lasts until then; whether then is included is open.
    Until,
    /// Earlier.
    Before,
    /// At the earliest then.
    NotBefore,
    /// Later.
    After,
    /// It has lasted since then.
    Since,
    /// It lasts from then.
    Starting,
    /// Then.
    During,
}

impl Limit {
    /// The limit with this name in the tables.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "by" => Self::By,
            "until" => Self::Until,
            "before" => Self::Before,
            "not_before" => Self::NotBefore,
            "after" => Self::After,
            "since" => Self::Since,
            "starting" => Self::Starting,
            "during" => Self::During,
            _ => return None,
        })
    }
}
