//! Days of the calendar.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};
use sqlx::{
    Sqlite,
    error::BoxDynError,
    sqlite::{SqliteTypeInfo, SqliteValueRef},
};
use utoipa::ToSchema;

use crate::corpus::parse::deserialize_from_str;

/// A day, written `YYYY-MM-DD`, from 0001-01-01 to 9998-12-31. `items` stores an unknown bound as a day outside these years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ToSchema)]
#[schema(value_type = String, format = Date, example = "2025-09-30")]
pub struct Day(NaiveDate);

impl Day {
    /// The last valid day.
    pub const LAST: Self = Self(match NaiveDate::from_ymd_opt(9998, 12, 31) {
        Some(date) => date,
        None => NaiveDate::MAX,
    });

    /// The day, if it lies within the valid years.
    #[must_use]
    pub fn new(date: NaiveDate) -> Option<Self> {
        use chrono::Datelike;
        (1..=9998).contains(&date.year()).then_some(Self(date))
    }

    /// The day as a chrono date.
    #[must_use]
    pub const fn date(self) -> NaiveDate {
        self.0
    }
}

impl FromStr for Day {
    type Err = ParseDayError;

    fn from_str(text: &str) -> Result<Self, ParseDayError> {
        // chrono alone also accepts 2025-9-1 and +2025-09-01.
        let shaped = text.len() == 10 && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
        if !shaped {
            return Err(ParseDayError);
        }
        NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().and_then(Self::new).ok_or(ParseDayError)
    }
}

/// The text is not a day.
#[derive(Debug, thiserror::Error)]
#[error("an existing date, written YYYY-MM-DD, from 0001-01-01 to 9998-12-31")]
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
        deserialize_from_str(deserializer, &ParseDayError)
    }
}

impl sqlx::Type<Sqlite> for Day {
    fn type_info() -> SqliteTypeInfo {
        <str as sqlx::Type<Sqlite>>::type_info()
    }
}

impl<'r> sqlx::Decode<'r, Sqlite> for Day {
    fn decode(value: SqliteValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(<&str as sqlx::Decode<Sqlite>>::decode(value)?.parse()?)
    }
}
