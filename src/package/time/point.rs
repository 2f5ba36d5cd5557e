//! Points in time as a text names them, and the days that they are, in EDTF.

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::package::time::units::{Part, Unit};

/// The year of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    /// Written out.
    Known(i32),
    /// Counted from that of the text: next year is 1.
    Relative(i32),
    /// Not named.
    Unnamed,
}

/// What a point is within its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The year.
    Year,
    /// The ten years that begin with it.
    Decade,
    /// A part of these.
    PartOfDecade(Part),
    /// A month.
    Month(u32),
    /// A day of a month.
    Day(u32, u32),
    /// The days of a month from one to another.
    Days(u32, u32, u32),
    /// The months from one to another.
    Months(u32, u32),
    /// A season, by its number in EDTF.
    Season(u8),
    /// A part of the year.
    PartOfYear(Part),
    /// A part of a month.
    PartOfMonth(u32, Part),
    /// The first day of the year, or its last.
    EdgeOfYear(Part),
    /// The first day of a month, or its last.
    EdgeOfMonth(u32, Part),
}

/// A point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// In a year.
    Dated(Year, Shape),
    /// A day of the week, Monday is 1; -1 is the last one, 1 the next, and 0 is not decided.
    Weekday(u32, i32),
    /// A number of days from the day of the text.
    Today(i64),
    /// A number of months from that of the text, or a part of this month.
    Month(i32, Option<Part>),
    /// What the words do not decide: a week, a day of another calendar.
    Open,
}

/// When a text was issued, as far as it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Issued {
    /// The day.
    pub day: Option<NaiveDate>,
    /// The year.
    pub year: Option<i32>,
}

/// A point as two dates of EDTF, the first and the last; both are the same if it is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamps {
    /// The first.
    pub first: String,
    /// The last.
    pub last: String,
    /// The last day, where the words name an end: "the end of June" is about its last day, and "by the end of June" is that day.
    pub end: Option<NaiveDate>,
}

impl Stamps {
    fn one(stamp: String) -> Self {
        Self { first: stamp.clone(), last: stamp, end: None }
    }

    fn two(first: String, last: String) -> Self {
        Self { first, last, end: None }
    }

    /// The two as EDTF.
    #[must_use]
    pub fn edtf(&self) -> String {
        if self.first == self.last { self.first.clone() } else { format!("{}/{}", self.first, self.last) }
    }
}

impl Point {
    /// The dates of a point, if the text decides them.
    #[must_use]
    pub fn stamps(self, issued: Issued) -> Option<Stamps> {
        match self {
            Self::Dated(year, shape) => {
                let year = match year {
                    Year::Known(year) => year,
                    Year::Relative(offset) => issued.year?.checked_add(offset)?,
                    Year::Unnamed => issued.year?,
                };
                shape.stamps(year)
            }
            Self::Weekday(weekday, direction) => {
                let day = issued.day?;
                let ahead = (i64::from(weekday) - i64::from(day.weekday().number_from_monday())).rem_euclid(7);
                let days = match direction {
                    -1 => ahead - 7,
                    1 if ahead == 0 => 7,
                    1 => ahead,
                    // A weekday alone is that of the text, or before or after it.
                    _ if ahead == 0 => 0,
                    _ => return None,
                };
                day.checked_add_signed(TimeDelta::days(days)).map(|day| Stamps::one(Unit::Day.write(day)))
            }
            Self::Today(days) => issued.day?.checked_add_signed(TimeDelta::try_days(days)?).map(|day| Stamps::one(Unit::Day.write(day))),
            Self::Month(offset, part) => {
                let day = Unit::Month.add(issued.day?, offset)?;
                let shape = part.map_or(Shape::Month(day.month()), |part| Shape::PartOfMonth(day.month(), part));
                shape.stamps(day.year())
            }
            Self::Open => None,
        }
    }

    /// Whether its words alone decide it.
    #[must_use]
    pub const fn is_explicit(self) -> bool {
        matches!(self, Self::Dated(Year::Known(_), _))
    }
}

impl Shape {
    fn stamps(self, year: i32) -> Option<Stamps> {
        let month = |month: u32| format!("{year:04}-{month:02}");
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
        let written = |month, number| day(month, number).map(|day| Unit::Day.write(day));
        let last = |month: u32| days_of(year, month);
        Some(match self {
            Self::Year => Stamps::one(format!("{year:04}")),
            Self::Decade => Stamps::one(format!("{:03}X", year / 10)),
            Self::PartOfDecade(part) => {
                let (first, last) = match part {
                    Part::Begin | Part::Early => (0, 3),
                    Part::Mid => (4, 6),
                    Part::Late | Part::End => (7, 9),
                };
                Stamps::two(format!("{:04}~", year + first), format!("{:04}~", year + last))
            }
            Self::Month(number) => Stamps::one(month(number)),
            Self::Day(month, number) => Stamps::one(written(month, number)?),
            Self::Days(month, first, last) if first < last => Stamps::two(written(month, first)?, written(month, last)?),
            Self::Days(..) => return None,
            Self::Months(first, last) => Stamps::two(month(first), month(last)),
            Self::Season(season) => Stamps::one(format!("{year:04}-{season}")),
            Self::PartOfYear(part) => match part {
                Part::Begin => Stamps::one(month(1) + "~"),
                Part::Early => Stamps::two(month(1) + "~", month(3) + "~"),
                Part::Mid => Stamps::two(month(6) + "~", month(7) + "~"),
                Part::Late => Stamps::two(month(10) + "~", month(12) + "~"),
                Part::End => Stamps { end: day(12, 31), ..Stamps::one(month(12) + "~") },
            },
            Self::PartOfMonth(month, part) => {
                let about = |number| written(month, number).map(|day| day + "~");
                match part {
                    Part::Begin => Stamps::one(about(1)?),
                    Part::Early => Stamps::two(about(1)?, about(10)?),
                    Part::Mid => Stamps::one(about(15)?),
                    Part::Late => Stamps::two(about(21)?, about(last(month)?)?),
                    Part::End => Stamps { end: day(month, last(month)?), ..Stamps::one(about(last(month)?)?) },
                }
            }
            Self::EdgeOfYear(part) => Stamps::one(if part == Part::Begin { written(1, 1)? } else { written(12, 31)? }),
            Self::EdgeOfMonth(month, part) => Stamps::one(written(month, if part == Part::Begin { 1 } else { last(month)? })?),
        })
    }
}

/// How many days a month has.
fn days_of(year: i32, month: u32) -> Option<u32> {
    let next = if month == 12 { NaiveDate::from_ymd_opt(year + 1, 1, 1) } else { NaiveDate::from_ymd_opt(year, month + 1, 1) };
    Some(next?.pred_opt()?.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_days_as_far_as_the_text_says() {
        let issued = Issued { day: NaiveDate::from_ymd_opt(2024, 9, 27), year: Some(2024) };
        let edtf = |point: Point, issued| point.stamps(issued).map(|stamps| stamps.edtf());
        for (point, expected) in [
            (Point::Weekday(5, 0), Some("2024-09-27")),
            (Point::Weekday(6, -1), Some("2024-09-21")),
            (Point::Weekday(5, 1), Some("2024-10-04")),
            (Point::Weekday(6, 0), None),
            (Point::Month(4, None), Some("2025-01")),
            (Point::Dated(Year::Relative(1), Shape::PartOfYear(Part::Mid)), Some("2025-06~/2025-07~")),
            (Point::Dated(Year::Unnamed, Shape::PartOfMonth(2, Part::End)), Some("2024-02-29~")),
            (Point::Dated(Year::Known(2025), Shape::Day(2, 29)), None),
        ] {
            assert_eq!(edtf(point, issued).as_deref(), expected, "{point:?}");
        }
        assert_eq!(edtf(Point::Month(1, None), Issued::default()), None);
    }
}
