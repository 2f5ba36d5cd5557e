//! Reads the expressions of time of a paragraph: points and lengths, with the words that limit them.

use std::ops::Range;

use chrono::NaiveDate;

use crate::{
    corpus::{Basis, dates::TimexType, edtf::Edtf},
    package::time::{
        lengths::{Length, Place},
        point::{Issued, Point, Shape, Stamps, Year},
        points::Context,
        reader::Reader,
        units::{Limit, Part, Unit},
        words::{TimeWord, is_bare_weekday},
    },
};

/// An expression of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// Its words.
    pub tokens: Range<usize>,
    /// What it says.
    pub time: Time,
}

/// What an expression of time says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// A point.
    At(Point),
    /// A point with a limit.
    Limited(Limit, Point),
    /// From one point to another.
    Range(Point, Point),
    /// A length.
    Length(Length),
    /// Slightly before (-1) or after (1) another point.
    Slightly(i32, Option<Point>),
    /// A recurrence.
    Recurrence,
    /// A stretch that only a reader knows: "the transitional period".
    Period,
}

impl Reader<'_> {
    /// The expressions of the paragraph, in order.
    #[must_use]
    pub fn expressions(&self) -> Vec<Expression> {
        let mut found: Vec<Expression> = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let last = found.last().filter(|last| last.tokens.end == at).map(|last| last.time);
            match self.expression(at, last).filter(|(_, next)| *next > at) {
                Some((time, next)) => {
                    found.push(Expression { tokens: self.start(at)..next, time });
                    at = next;
                }
                None => at += 1,
            }
        }
        found
    }

    /// "The" before an expression is not one of its words.
    fn start(&self, at: usize) -> usize {
        self.skip_the(at)
    }

    fn expression(&self, at: usize, last: Option<Time>) -> Option<(Time, usize)> {
        if let Some((direction, next)) = self.word(at, |word| if let TimeWord::Slightly(direction) = word { Some(direction) } else { None }) {
            let of = match last? {
                Time::At(point) | Time::Limited(_, point) | Time::Range(_, point) => Some(point),
                Time::Length(_) => None,
                _ => return None,
            };
            return Some((Time::Slightly(direction, of), next));
        }
        let (time, next) = self
            .part_of_every(at)
            .map(|next| (Time::Recurrence, next))
            .or_else(|| self.range(at))
            .or_else(|| self.limited(at))
            .or_else(|| self.point(at, self.context(at)).map(|(point, next)| (Time::At(point), next)))
            .or_else(|| self.length(at).map(|(length, next)| (Time::Length(length), next)))
            .or_else(|| self.period(at))
            .or_else(|| self.recurrence(at))?;
        let postfix = self.word(next, |word| if let TimeWord::Postfix(limit) = word { Some(limit) } else { None });
        match (time, postfix) {
            (Time::At(point) | Time::Limited(_, point), Some((limit, next))) => Some((Time::Limited(limit, point), next)),
            _ => Some((time, next)),
        }
    }

    /// Whether the word before a point announces one.
    fn context(&self, at: usize) -> Context {
        let before = |at: usize| ["in", "of"].iter().any(|name| self.other(at, name) == Some(at + 1)) || self.is(at, "dated");
        if at > 0 && before(at - 1) && self.follows(at) { Context::Announced } else { Context::Alone }
    }

    /// From January to March 2030, بين 1 أيار و30 حزيران 2032, 2031-2034.
    fn range(&self, at: usize) -> Option<(Time, usize)> {
        if let Some(start) = self.other(at, "between")
            && let Some((first, next)) = self.end_of_range(start)
        {
            let second = self.other(next, "and").or_else(|| self.begins_with_and(next).then_some(next))?;
            return self.join(first, second);
        }
        if let Some(start) = self.other(at, "from")
            && let Some((first, next)) = self.end_of_range(start)
            && let Some(second) = self.other(next, "to").or_else(|| (self.marks(next) == "-").then_some(next))
            && let Some(range) = self.join(first, second)
        {
            return Some(range);
        }
        let (first, next) = self.point(at, Context::Announced)?;
        // A day is often moved "to" another; longer stretches are not.
        if let Some(start) = self.other(next, "to")
            && matches!(first, Point::Dated(Year::Known(_), Shape::Month(_) | Shape::Season(_) | Shape::Months(..)))
            && let Some((second @ Point::Dated(Year::Known(_), _), end)) = self.point(start, Context::Announced)
        {
            return Some((Time::Range(first, second), end));
        }
        let years = matches!(first, Point::Dated(Year::Known(_), Shape::Year));
        if self.marks(next) != "-" || (years && self.digits_year(next).is_none()) {
            return None;
        }
        let (second, end) = self.point(next, Context::Announced)?;
        let same_kind = matches!((first, second), (Point::Dated(..), Point::Dated(..)));
        (same_kind && (!years || self.is_joined(next, &["-"]))).then(|| (Time::Range(with_year_of(first, second), second), end))
    }

    /// The first point of a range: a day of a month may be its number only.
    fn end_of_range(&self, at: usize) -> Option<(Result<Point, u32>, usize)> {
        let point = self.point(at, Context::Announced).map(|(point, next)| (Ok(point), next));
        point.or_else(|| self.day_number(self.skip_the(at)).map(|(day, next)| (Err(day), next)))
    }

    fn join(&self, first: Result<Point, u32>, at: usize) -> Option<(Time, usize)> {
        let (second, next) = self.point(at, Context::Announced)?;
        let first = match (first, second) {
            (Ok(first), _) => with_year_of(first, second),
            (Err(day), Point::Dated(year, Shape::Day(month, _))) => Point::Dated(year, Shape::Day(month, day)),
            _ => return None,
        };
        Some((Time::Range(first, second), next))
    }

    fn begins_with_and(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.letters.first().is_some_and(|letter| letter.char == 'و')) && self.follows(at)
    }

    /// By the end of June 2030.
    fn limited(&self, at: usize) -> Option<(Time, usize)> {
        let limit =
            |wanted: usize| self.word(at, |word| if let TimeWord::Limit(limit) = word { Some(limit) } else { None }).filter(|(_, next)| *next >= wanted);
        let (limit, start) = limit(0)?;
        if !matches!(self.marks(start).as_str(), "" | "(") {
            return None;
        }
        let (point, next) = self.point(self.skip_clock(start), Context::Announced)?;
        // "Until the Sunday" and "during last week" are limits too; a length is read elsewhere.
        let time = if limit == Limit::During { Time::At(point) } else { Time::Limited(limit, point) };
        Some((time, next))
    }

    /// The place after a time of day: "12:00 (Damascus time) on".
    fn skip_clock(&self, at: usize) -> usize {
        let is_clock = self.number(at).is_some() && self.number(at + 1).is_some() && self.is_joined(at + 1, &[":"]);
        let is_named = self.is(at, "midnight") || self.is(at, "noon");
        let start = if is_clock { at + 2 } else { at + 1 };
        let after = (start..start + 4).find(|at| self.is(*at, "on")).map(|on| on + 1);
        if is_clock || is_named { after.unwrap_or(at) } else { at }
    }

    /// During the transitional period, خلال فترة الأزمة.
    fn period(&self, at: usize) -> Option<(Time, usize)> {
        let is_during = |word| matches!(word, TimeWord::Limit(Limit::During)).then_some(());
        let ((), start) = self.word(at, is_during)?;
        let noun = |at: usize| self.other(at, "period").filter(|_| self.follows(at));
        let start = self.skip_the(start);
        let next = (start..=start + 2).find_map(|at| noun(at).filter(|_| !self.is_arabic || at == start))?;
        // The adjective or the noun after an Arabic noun says which.
        let ends_with_word = self.is_arabic && self.follows(next) && self.tokens[next].key.starts_with("ال");
        Some((Time::Period, if ends_with_word { next + 1 } else { next }))
    }

    /// Every week, كل ثلاثة أشهر, سنوياً.
    fn recurrence(&self, at: usize) -> Option<(Time, usize)> {
        if let Some(next) = self.other(at, "set") {
            return Some((Time::Recurrence, next));
        }
        let unit = |at: usize| self.word(at, |word| matches!(word, TimeWord::Unit(_) | TimeWord::Weekday(_) | TimeWord::Dual(_)).then_some(()));
        let times = self.other(at, "times");
        if let Some(next) = times.and_then(|next| self.other(next, "set")) {
            return Some((Time::Recurrence, next));
        }
        if let Some(next) = times
            && (self.is(next, "a") || self.is(next, "per") || self.other(next, "every").is_some() || self.is_arabic && self.other(next, "in").is_some())
            && let Some(((), next)) = unit(next + 1)
        {
            return Some((Time::Recurrence, next));
        }
        let start = self.other(at, "every")?;
        let start = self.number(start).map_or(start, |_| start + 1);
        let ((), next) = unit(start).filter(|_| self.follows(start))?;
        // كل يوم اثنين: the day of the week has no article then.
        let is_day = self.word(start, |word| matches!(word, TimeWord::Unit(Unit::Day)).then_some(())).is_some();
        let has_weekday = is_day && self.follows(next) && self.tokens.get(next).is_some_and(is_bare_weekday);
        Some((Time::Recurrence, next + usize::from(has_weekday)))
    }

    /// The last week of each quarter, الأسبوع الأول من كل شهر.
    fn part_of_every(&self, at: usize) -> Option<usize> {
        let unit = |at: usize| self.word(at, |word| matches!(word, TimeWord::Unit(_) | TimeWord::Weekday(_)).then_some(()));
        let which = |at: usize| {
            let word = self.word(at, |word| matches!(word, TimeWord::Last | TimeWord::Direction(_)).then_some(())).map(|((), next)| next);
            word.or_else(|| self.ordinal(at).map(|_| at + 1))
        };
        let start = self.skip_the(at);
        let named = if self.is_arabic { unit(start).and_then(|((), next)| which(next)) } else { which(start).and_then(unit).map(|((), next)| next) }?;
        let of = if self.is(named, "of") { named + 1 } else { self.other(named, "of")? };
        let every = self.other(of, "every")?;
        let period = |word| matches!(word, TimeWord::Unit(_) | TimeWord::Fraction(_)).then_some(());
        let ((), next) = self.word(every, period)?;
        // ربع سنة
        Some(if self.is_arabic { unit(next).filter(|_| self.follows(next)).map_or(next, |((), next)| next) } else { next })
    }
}

/// The first end of a range, with the year of the second if it has none.
fn with_year_of(first: Point, second: Point) -> Point {
    match (first, second) {
        (Point::Dated(Year::Unnamed, shape), Point::Dated(year, _)) => Point::Dated(year, shape),
        _ => first,
    }
}

impl Time {
    /// What the expression denotes.
    #[must_use]
    pub const fn timex(self) -> TimexType {
        match self {
            Self::At(_) | Self::Limited(..) | Self::Slightly(..) | Self::Length(Length { place: Place::Ago, .. }) => TimexType::Date,
            Self::Range(..) | Self::Length(_) | Self::Period => TimexType::Duration,
            Self::Recurrence => TimexType::Set,
        }
    }

    /// Whether its words alone decide it.
    #[must_use]
    pub const fn basis(self) -> Basis {
        let is_explicit = match self {
            Self::At(point) | Self::Limited(_, point) => point.is_explicit(),
            Self::Range(first, second) => first.is_explicit() && second.is_explicit(),
            Self::Length(_) | Self::Slightly(..) | Self::Recurrence | Self::Period => false,
        };
        if is_explicit { Basis::Explicit } else { Basis::Relative }
    }

    /// Its days in EDTF, if the text decides them.
    #[must_use]
    pub fn edtf(self, issued: Issued) -> Option<String> {
        let edtf = match self {
            Self::At(point) => point.stamps(issued)?.edtf(),
            Self::Limited(limit, point) => limited(limit, point, &point.stamps(issued)?)?,
            Self::Range(first, second) => {
                let (first, second) = (first.stamps(issued)?, second.stamps(issued)?);
                format!("{}/{}", first.first, second.end.map_or(second.last, |end| Unit::Day.write(end)))
            }
            Self::Length(length) => length.edtf(issued)?,
            Self::Slightly(-1, Some(point)) => format!("../{}", point.stamps(issued)?.first),
            Self::Slightly(_, Some(point)) => format!("{}/..", point.stamps(issued)?.last),
            Self::Slightly(_, None) | Self::Recurrence | Self::Period => return None,
        };
        // A range whose end is before its start is not one.
        edtf.parse::<Edtf>().is_ok_and(|parsed| parsed.earliest().is_some() || parsed.latest().is_some()).then_some(edtf)
    }
}

/// A point with a limit, in EDTF.
fn limited(limit: Limit, point: Point, stamps: &Stamps) -> Option<String> {
    let end = stamps.end.map(|end| Unit::Day.write(end));
    Some(match limit {
        Limit::By => format!("../{}", end.as_ref().unwrap_or(&stamps.last)),
        // Whether "until September" includes September is not decided; an end is.
        Limit::Until => match (end, point) {
            (Some(end), _) => format!("../{end}"),
            (None, Point::Dated(_, Shape::Day(..) | Shape::EdgeOfMonth(..) | Shape::EdgeOfYear(_)) | Point::Weekday(..) | Point::Today(_)) => {
                format!("../{}", stamps.last)
            }
            _ => stamps.edtf(),
        },
        Limit::Before => match end {
            Some(end) => format!("../{end}"),
            None => format!("../{}", beside(point, &stamps.first, -1)?),
        },
        Limit::After => format!("{}/..", beside(point, &end.unwrap_or_else(|| stamps.last.clone()), 1)?),
        Limit::NotBefore | Limit::Since | Limit::Starting => format!("{}/..", stamps.first),
        Limit::During => stamps.edtf(),
    })
}

/// The day, the month or the year before or after a date.
fn beside(point: Point, stamp: &str, step: i32) -> Option<String> {
    // About which day something is, the words do not say, so nothing is beside it; nor beside a season.
    if stamp.ends_with('~') && !matches!(point, Point::Dated(_, Shape::PartOfYear(Part::Mid | Part::Late | Part::Early) | Shape::PartOfMonth(..))) {
        return None;
    }
    let (stamp, about) = stamp.strip_suffix('~').map_or((stamp, ""), |stamp| (stamp, "~"));
    if matches!(point, Point::Dated(_, Shape::Season(_))) {
        return None;
    }
    let (unit, first) = match stamp.len() {
        4 => (Unit::Year, format!("{stamp}-01-01")),
        7 => (Unit::Month, format!("{stamp}-01")),
        _ => (Unit::Day, stamp.to_owned()),
    };
    let day: NaiveDate = first.parse().ok()?;
    Some(unit.write(unit.add(day, step)?) + about)
}
