//! Days, and dates that say how sure they are.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};
use sqlx::{QueryBuilder, Sqlite};
use utoipa::ToSchema;

use crate::corpus::values::from_text;

/// A day, written `YYYY-MM-DD` and not otherwise; the years 0001 to 9998, so that an open bound lies outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ToSchema)]
#[schema(value_type = String, format = Date, example = "2025-09-30")]
pub struct Day(NaiveDate);

impl Day {
    /// The last day that can be asked for.
    pub const LAST: Self = Self(match NaiveDate::from_ymd_opt(9998, 12, 31) {
        Some(date) => date,
        None => NaiveDate::MAX,
    });

    /// The day, if it lies within the years that can be asked for.
    #[must_use]
    pub fn new(date: NaiveDate) -> Option<Self> {
        use chrono::Datelike;
        (1..=9998).contains(&date.year()).then_some(Self(date))
    }

    /// The day as chrono has it.
    #[must_use]
    pub const fn date(self) -> NaiveDate {
        self.0
    }
}

impl FromStr for Day {
    type Err = ParseDayError;

    fn from_str(text: &str) -> Result<Self, ParseDayError> {
        // chrono alone would take 2025-9-1 and +2025-09-01 as well.
        let shaped = text.len() == 10 && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
        if !shaped {
            return Err(ParseDayError);
        }
        NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().and_then(Self::new).ok_or(ParseDayError)
    }
}

/// The text is no day.
#[derive(Debug, thiserror::Error)]
#[error("a date that exists, written YYYY-MM-DD, from 0001-01-01 to 9998-12-31")]
pub struct ParseDayError;

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_text(deserializer, &ParseDayError)
    }
}

/// A date and how sure it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UncertainDate {
    /// EDTF level 1 (ISO 8601-2); null: the text leaves it open.
    #[schema(example = "../2025-09-30")]
    pub edtf: Option<String>,
    /// The first day that it can be; null: not known.
    pub earliest: Option<Day>,
    /// The last day that it can be; null: not known.
    pub latest: Option<Day>,
    /// The coarsest unit in `edtf`.
    pub precision: Precision,
    /// What it rests on; null where the source has no expression of time at all.
    pub basis: Option<Basis>,
}

/// How far a date can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To the year.
    Year,
    /// The text does not say.
    Unknown,
}

/// What a date rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum Basis {
    /// Written out in the source.
    Explicit,
    /// Counted from another date.
    Relative,
    /// Read from the context.
    Inferred,
}

/// How a date must stand to the window `from`..`to`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Match {
    /// It may overlap the window; an unknown bound is open.
    #[default]
    Possible,
    /// It lies inside the window whatever the unknown days turn out to be.
    Certain,
}

/// The part of `items` that carries the bounds which a window is laid over.
#[derive(Clone, Copy, Debug)]
pub enum Bounds {
    /// The listed item's own.
    Own,
    /// Those of a date that belongs to it, joined as `w`.
    OfItsDates,
}

/// A window in time, both ends inclusive, an absent one open.
#[derive(Clone, Copy, Debug)]
pub struct DateRange {
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
    /// What it takes to match; `possible` unless asked otherwise.
    pub matching: Option<Match>,
}

impl DateRange {
    /// The window that keeps everything.
    pub const OPEN: Self = Self { from: None, to: None, matching: None };

    /// Whether it keeps everything.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// Adds the condition on the bounds. In `items` an unknown bound is written as the far end of time, so one
    /// comparison serves both meanings.
    pub(crate) fn condition(&self, query: &mut QueryBuilder<Sqlite>, bounds: Bounds) {
        let (opens, closes) = match bounds {
            Bounds::Own => ("i.opens", "i.closes"),
            Bounds::OfItsDates => ("w.opens", "w.closes"),
        };
        let (starts, ends) = match self.matching.unwrap_or_default() {
            Match::Possible => (closes, opens),
            Match::Certain => (opens, closes),
        };
        if let Some(from) = self.from {
            query.push(" AND ").push(starts).push(" >= ").push_bind(from.to_string());
        }
        if let Some(to) = self.to {
            query.push(" AND ").push(ends).push(" <= ").push_bind(to.to_string());
        }
    }
}
