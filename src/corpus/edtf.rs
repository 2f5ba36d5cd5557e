//! EDTF level 1 (ISO 8601-2:2019; loc.gov/standards/datetime): dates with their certainty.
//!
//! ```
//! use bayan::corpus::edtf::Edtf;
//!
//! let deadline: Edtf = "../2025-09-30".parse()?;
//! assert_eq!(deadline.earliest(), None);
//! assert_eq!(deadline.latest().map(|day| day.to_string()), Some("2025-09-30".to_owned()));
//! # Ok::<(), bayan::corpus::edtf::ParseEdtfError>(())
//! ```
//!
//! Times of day are not supported: no statement is that exact.

use std::str::FromStr;

use chrono::NaiveDate;

use crate::corpus::Precision;

/// A date or an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edtf {
    /// One date, of any precision.
    Date(Moment),
    /// From one date to another.
    Interval(End, End),
}

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// A date.
    At(Moment),
    /// `..`: the interval is open at this end.
    Open,
    /// Empty: the end is unknown.
    Unknown,
}

/// A date with its qualification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The span of the calendar.
    pub span: Span,
    /// `?` or `%`: the source may be wrong.
    pub uncertain: bool,
    /// `~` or `%`: the value is an estimate.
    pub approximate: bool,
}

/// A span of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// The years from the first to the last: a year, a decade (`201X`) or a century (`20XX`).
    Years(i64, i64),
    /// A season (21 to 24) of a year. Its hemisphere is unknown, so its bounds are those of the year.
    Season(i64, u8),
    /// A month.
    Month(i64, u32),
    /// A day.
    Day(NaiveDate),
    /// Some day of a known month: `1985-04-XX`.
    SomeDayOf(i64, u32),
    /// Some month, or some day, of a known year: `1985-XX`, `1985-XX-XX`.
    SomeTimeIn(i64),
}

/// The text is not EDTF of level 1.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an EDTF date of level 1")]
pub struct ParseEdtfError;

impl Edtf {
    /// The first possible day; `None` if it is open, unknown or outside the range of chrono.
    #[must_use]
    pub fn earliest(&self) -> Option<NaiveDate> {
        match self {
            Self::Date(moment) | Self::Interval(End::At(moment), _) => moment.span.first(),
            Self::Interval(..) => None,
        }
    }

    /// The last possible day; `None` if it is open, unknown or outside the range of chrono.
    #[must_use]
    pub fn latest(&self) -> Option<NaiveDate> {
        match self {
            Self::Date(moment) | Self::Interval(_, End::At(moment)) => moment.span.last(),
            Self::Interval(..) => None,
        }
    }

    /// The coarsest unit that it uses.
    #[must_use]
    pub fn precision(&self) -> Precision {
        let of = |end: &End| match end {
            End::At(moment) => moment.span.precision(),
            End::Open | End::Unknown => Precision::Day,
        };
        match self {
            Self::Date(moment) => moment.span.precision(),
            Self::Interval(start, end) => coarser(of(start), of(end)),
        }
    }
}

/// The less exact of two precisions.
fn coarser(a: Precision, b: Precision) -> Precision {
    let rank = |precision| match precision {
        Precision::Day => 0,
        Precision::Month => 1,
        Precision::Year => 2,
        Precision::Unknown => 3,
    };
    if rank(a) >= rank(b) { a } else { b }
}

impl Span {
    fn first(self) -> Option<NaiveDate> {
        match self {
            Self::Years(year, _) | Self::Season(year, _) | Self::SomeTimeIn(year) => day(year, 1, 1),
            Self::Month(year, month) | Self::SomeDayOf(year, month) => day(year, month, 1),
            Self::Day(date) => Some(date),
        }
    }

    fn last(self) -> Option<NaiveDate> {
        match self {
            Self::Years(_, year) | Self::Season(year, _) | Self::SomeTimeIn(year) | Self::Month(year, 12) | Self::SomeDayOf(year, 12) => day(year, 12, 31),
            Self::Month(year, month) | Self::SomeDayOf(year, month) => day(year, month + 1, 1)?.pred_opt(),
            Self::Day(date) => Some(date),
        }
    }

    /// The unit that it is.
    #[must_use]
    pub const fn precision(self) -> Precision {
        match self {
            Self::Years(..) | Self::Season(..) | Self::SomeTimeIn(_) => Precision::Year,
            Self::Month(..) | Self::SomeDayOf(..) => Precision::Month,
            Self::Day(_) => Precision::Day,
        }
    }
}

/// The day, if it is in the range of chrono.
fn day(year: i64, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

impl FromStr for Edtf {
    type Err = ParseEdtfError;

    fn from_str(text: &str) -> Result<Self, ParseEdtfError> {
        let Some((start, end)) = text.split_once('/') else {
            return text.parse().map(Self::Date);
        };
        let (start, end) = (start.parse::<End>()?, end.parse::<End>()?);
        // An interval needs at least one date.
        if !matches!((start, end), (End::At(_), _) | (_, End::At(_))) {
            return Err(ParseEdtfError);
        }
        let interval = Self::Interval(start, end);
        match (interval.earliest(), interval.latest()) {
            (Some(earliest), Some(latest)) if earliest > latest => Err(ParseEdtfError),
            _ => Ok(interval),
        }
    }
}

impl FromStr for End {
    type Err = ParseEdtfError;

    fn from_str(text: &str) -> Result<Self, ParseEdtfError> {
        match text {
            ".." => Ok(Self::Open),
            "" => Ok(Self::Unknown),
            _ => text.parse().map(Self::At),
        }
    }
}

impl FromStr for Moment {
    type Err = ParseEdtfError;

    fn from_str(text: &str) -> Result<Self, ParseEdtfError> {
        let (text, uncertain, approximate) = match text.as_bytes().last() {
            Some(b'?') => (&text[..text.len() - 1], true, false),
            Some(b'~') => (&text[..text.len() - 1], false, true),
            Some(b'%') => (&text[..text.len() - 1], true, true),
            _ => (text, false, false),
        };
        Ok(Self { span: span(text).ok_or(ParseEdtfError)?, uncertain, approximate })
    }
}

/// Parses a date without its qualification.
fn span(text: &str) -> Option<Span> {
    if let Some(year) = text.strip_prefix('Y') {
        return long_year(year);
    }
    let (negative, rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let mut parts = rest.split('-');
    let (first, last) = years(parts.next()?, negative)?;
    let (month, date) = (parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    let Some(month) = month else { return Some(Span::Years(first, last)) };
    // Only the rightmost parts may be unspecified, so a month needs a complete year.
    if first != last {
        return None;
    }
    if month == "XX" {
        return matches!(date, None | Some("XX")).then_some(Span::SomeTimeIn(first));
    }
    let month: u32 = digits(month, 2)?.try_into().ok()?;
    match date {
        None if (21..=24).contains(&month) => Some(Span::Season(first, u8::try_from(month).ok()?)),
        None => (1..=12).contains(&month).then_some(Span::Month(first, month)),
        Some("XX") => (1..=12).contains(&month).then_some(Span::SomeDayOf(first, month)),
        Some(date) => day(first, month, digits(date, 2)?.try_into().ok()?).map(Span::Day),
    }
}

/// Parses a year of more than four digits, after its `Y`.
fn long_year(text: &str) -> Option<Span> {
    let (sign, number) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let year = sign * digits(number, number.len())?;
    (number.len() > 4 && !number.starts_with('0')).then_some(Span::Years(year, year))
}

/// Parses a year of four digits, of which the last one to three may be unspecified.
fn years(text: &str, negative: bool) -> Option<(i64, i64)> {
    if text.len() != 4 {
        return None;
    }
    let known = text.trim_end_matches('X');
    if known.is_empty() {
        return None;
    }
    let unit = 10_i64.checked_pow(u32::try_from(4 - known.len()).ok()?)?;
    let first = digits(known, known.len())? * unit;
    let last = first + unit - 1;
    Some(if negative { (-last, -first) } else { (first, last) })
}

/// Parses a number with exactly this many digits.
fn digits(text: &str, length: usize) -> Option<i64> {
    (text.len() == length && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{Edtf, ParseEdtfError};

    /// The examples of the specification (loc.gov/standards/datetime) for levels 0 and 1, with their bounds.
    #[test]
    fn examples_of_the_specification_have_their_bounds() {
        let examples = [
            ("1985-04-12", "1985-04-12", "1985-04-12"),
            ("1985-04", "1985-04-01", "1985-04-30"),
            ("1985", "1985-01-01", "1985-12-31"),
            ("1964/2008", "1964-01-01", "2008-12-31"),
            ("2004-06/2006-08", "2004-06-01", "2006-08-31"),
            ("2004-02-01/2005-02-08", "2004-02-01", "2005-02-08"),
            ("2004-02-01/2005-02", "2004-02-01", "2005-02-28"),
            ("2004-02-01/2005", "2004-02-01", "2005-12-31"),
            ("2005/2006-02", "2005-01-01", "2006-02-28"),
            ("Y170000002", "", ""),
            ("Y-170000002", "", ""),
            ("2001-21", "2001-01-01", "2001-12-31"),
            ("1984?", "1984-01-01", "1984-12-31"),
            ("2004-06~", "2004-06-01", "2004-06-30"),
            ("2004-06-11%", "2004-06-11", "2004-06-11"),
            ("201X", "2010-01-01", "2019-12-31"),
            ("20XX", "2000-01-01", "2099-12-31"),
            ("2004-XX", "2004-01-01", "2004-12-31"),
            ("1985-04-XX", "1985-04-01", "1985-04-30"),
            ("1985-XX-XX", "1985-01-01", "1985-12-31"),
            ("1985-04-12/..", "1985-04-12", ""),
            ("1985-04/..", "1985-04-01", ""),
            ("1985/..", "1985-01-01", ""),
            ("../1985-04-12", "", "1985-04-12"),
            ("../1985", "", "1985-12-31"),
            ("1985-04-12/", "1985-04-12", ""),
            ("/1985-04", "", "1985-04-30"),
            ("-1985", "-1985-01-01", "-1985-12-31"),
            ("1984~/2004-06", "1984-01-01", "2004-06-30"),
            ("1984-06-02?/2004-08-08~", "1984-06-02", "2004-08-08"),
            ("2004-02-29", "2004-02-29", "2004-02-29"),
            ("2004-12", "2004-12-01", "2004-12-31"),
        ];
        for (text, earliest, latest) in examples {
            let edtf: Edtf = text.parse().unwrap_or_else(|ParseEdtfError| panic!("{text} is EDTF"));
            let shown = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
            assert_eq!((shown(edtf.earliest()).as_str(), shown(edtf.latest()).as_str()), (earliest, latest), "{text}");
        }
    }

    #[test]
    fn text_that_is_not_level_1_is_rejected() {
        for text in [
            "",
            "/",
            "../..",
            "..",
            "XXXX",
            "1985-13",
            "1985-00",
            "1985-02-30",
            "2003-02-29",
            "85",
            "1985-4",
            "1985-04-1",
            "1985-04-12-01",
            "1985-X4",
            "201X-04",
            "2004-XX-01",
            "Y2004",
            "Y",
            "1985??",
            "1985/1984",
            "1985/1986/1987",
            "سنة",
            "1985-25",
            "1985 ",
            "+1985",
            "{1667,1668}",
            "156X-12-25",
        ] {
            assert_eq!(text.parse::<Edtf>(), Err(ParseEdtfError), "{text}");
        }
    }
}
