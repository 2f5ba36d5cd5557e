//! Reads points in time: days, months, parts of years, weekdays, and what is counted from the day of the text.

use chrono::NaiveDate;

use crate::package::time::{
    point::{Point, Shape, Year},
    reader::{Reader, YEARS},
    units::Unit,
    words::TimeWord,
};

/// How much of a point has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// No word before it announces a point: a month or a year alone may be something else.
    Alone,
    /// A word before it announces a point.
    Announced,
}

impl Reader<'_> {
    /// The longest point that begins at a word, and the place after it.
    #[must_use]
    pub fn point(&self, at: usize, context: Context) -> Option<(Point, usize)> {
        let at = self.skip_the(at);
        self.numeric(at)
            .or_else(|| self.weekday(at))
            .or_else(|| self.day(at))
            .or_else(|| self.edge_day(at))
            .or_else(|| self.week_of_month(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.part(at))
            .or_else(|| self.fraction(at))
            .or_else(|| self.season(at))
            // No rule of that calendar gives its days exactly.
            .or_else(|| self.hijri(at).map(|(_, next)| (Point::Open, next)))
            .or_else(|| self.month_point(at, context))
            .or_else(|| self.year_point(at, context))
            .or_else(|| self.relative(at))
            .or_else(|| self.today(at))
    }

    /// 2024-09-27, 27/9/2024, 2024-09. In English 9/10/2024 has two readings, and the text does not decide; in Arabic, and with
    /// points, the day is first.
    fn numeric(&self, at: usize) -> Option<(Point, usize)> {
        const JOINTS: [&str; 3] = ["-", "/", "."];
        let number = |at: usize| self.number(at).filter(|(_, digits)| *digits).and_then(|(value, _)| u32::try_from(value).ok());
        let joined = |at: usize| number(at).filter(|_| self.is_joined(at, &JOINTS));
        let (one, two) = (number(at)?, joined(at + 1)?);
        let date = |year: u32, month: u32, day: u32, next: usize| {
            let year = i32::try_from(year).ok()?;
            NaiveDate::from_ymd_opt(year, month, day).map(|_| (Point::Dated(Year::Known(year), Shape::Day(month, day)), next))
        };
        let is_year = |number: u32| YEARS.contains(&u64::from(number));
        match joined(at + 2) {
            Some(three) if is_year(one) => date(one, two, three, at + 3),
            Some(three) if is_year(three) => match (date(three, two, one, at + 3), date(three, one, two, at + 3)) {
                (Some(_), Some(_)) if one != two && !self.is_arabic && self.is_joined(at + 1, &["/", "-"]) => Some((Point::Open, at + 3)),
                (european, american) => european.or(american),
            },
            None if is_year(one) && (1..=12).contains(&two) && self.is_joined(at + 1, &["-", "/"]) && self.tokens[at + 1].letters.len() == 2 => {
                Some((Point::Dated(Year::Known(i32::try_from(one).ok()?), Shape::Month(two)), at + 2))
            }
            _ => None,
        }
    }

    /// Friday, last Friday, يوم الجمعة, الجمعة الماضي; with its date, it is that day.
    fn weekday(&self, at: usize) -> Option<(Point, usize)> {
        let unit = |at: usize| self.word(at, |word| matches!(word, TimeWord::Unit(Unit::Day)).then_some(()));
        let today = self.word(at, |word| if let TimeWord::Today(0) = word { Some(()) } else { None });
        let (before, start) = match self.direction(at) {
            Some((direction, next)) => (Some(direction), next),
            None => (None, at),
        };
        let named = today.or_else(|| unit(start)).map_or(start, |((), next)| next);
        let (weekday, next) = self.word(named, |word| if let TimeWord::Weekday(weekday) = word { Some(weekday) } else { None })?;
        if !self.is_capital(named) {
            return None;
        }
        let after = if matches!(self.marks(next).as_str(), "" | "," | "(") { Some(next) } else { None };
        if let Some((point @ Point::Dated(_, Shape::Day(..)), end)) = after.and_then(|next| self.numeric(next).or_else(|| self.day(self.skip_the(next)))) {
            return Some((point, end));
        }
        if today.is_some() {
            return Some((Point::Today(0), next));
        }
        let direction = self.direction(next).filter(|_| self.follows(next));
        // الاثنين is also "both", and Sat, Sun and Wed are also words.
        let text = &self.tokens[named].key;
        if named == at && direction.is_none() && (text == "الاثنين" || (text.is_ascii() && text.len() <= 4)) {
            return None;
        }
        match (before, direction) {
            (_, Some((direction, next))) => Some((Point::Weekday(weekday, direction), next)),
            (Some(direction), None) if direction != 0 => Some((Point::Weekday(weekday, direction), next)),
            _ => Some((Point::Weekday(weekday, 0), next)),
        }
    }

    /// 27 September 2024, September 27, 2024, 15-16 نيسان/أبريل 2024, the 5th of May.
    fn day(&self, at: usize) -> Option<(Point, usize)> {
        let with_year = |month: u32, days: (u32, Option<u32>), next: usize| {
            let comma = matches!(self.marks(next).as_str(), "" | ",");
            let (year, next) = self.year(self.skip(next, "of")).filter(|_| comma).unwrap_or((Year::Unnamed, next));
            let shape = days.1.map_or(Shape::Day(month, days.0), |last| Shape::Days(month, days.0, last));
            // A day that no month has is not read.
            Point::Dated(year, shape).stamps(super::point::Issued { day: None, year: Some(2000) }).map(|_| (Point::Dated(year, shape), next))
        };
        let start = self
            .other(at, "days")
            .unwrap_or_else(|| self.word(at, |word| matches!(word, TimeWord::Unit(Unit::Day)).then_some(())).map_or(at, |((), next)| next));
        let days = |at: usize| {
            let (first, next) = self.day_number(at)?;
            Some(match self.second_day(first, next) {
                Some((last, next)) => ((first, Some(last)), next),
                None => ((first, None), next),
            })
        };
        if let Some((found, next)) = days(start)
            && let Some((month, next)) = self.month(self.skip(next, "of")).filter(|_| matches!(self.marks(next).as_str(), "" | "-"))
        {
            return with_year(month, found, next);
        }
        let (month, next) = self.month(at)?;
        let (found, next) = days(self.skip_the(next)).filter(|_| self.follows(next) || self.is_abbreviated(next))?;
        with_year(month, found, next)
    }

    /// The last of several days in a row: 15-16, 10 and 11, 10 و11.
    fn second_day(&self, first: u32, at: usize) -> Option<(u32, usize)> {
        let joined = |next: &str| self.tokens.get(at).and_then(|token| token.number.as_ref()).is_some_and(|number| number.proclitics == next);
        let dash = self.marks(at) == "-";
        let start = if dash || (joined("و") && self.follows(at)) { at } else { self.other(at, "and")? };
        let (last, next) = self.day_number(start)?;
        (last > first && (dash || last == first + 1)).then_some((last, next))
    }

    /// The first day of June 2035.
    fn edge_day(&self, at: usize) -> Option<(Point, usize)> {
        let (part, next) = self.word(at, |word| if let TimeWord::EdgeDay(part) = word { Some(part) } else { None })?;
        if let Some((month, next)) = self.month(next) {
            let (year, next) = self.year_after(next);
            return Some((Point::Dated(year, Shape::EdgeOfMonth(month, part)), next));
        }
        let (year, next) = self.year(next)?;
        Some((Point::Dated(year, Shape::EdgeOfYear(part)), next))
    }

    /// The first week of September, الأسبوع الأول من أيلول: which days it has is not decided.
    fn week_of_month(&self, at: usize) -> Option<(Point, usize)> {
        let is_week = |at: usize| self.word(at, |word| matches!(word, TimeWord::Unit(Unit::Week)).then_some(())).is_some();
        let is_nth =
            |at: usize| self.ordinal(at).is_some() || self.word(at, |word| matches!(word, TimeWord::Last | TimeWord::Direction(-1)).then_some(())).is_some();
        let is_there = (is_week(at) && is_nth(at + 1)) || (is_nth(at) && is_week(at + 1));
        let (_, next) = self.month(self.skip_the(self.skip(at + 2, "of"))).filter(|_| is_there)?;
        Some((Point::Open, self.year_after(next).1))
    }

    /// The end of June 2030, mid-2025, منتصف العام المقبل.
    fn part(&self, at: usize) -> Option<(Point, usize)> {
        let (part, next) = self.word(at, |word| if let TimeWord::Part(part) = word { Some(part) } else { None })?;
        let next = self.skip_the(self.skip(next, "of"));
        if let Some((month, next)) = self.month(next) {
            let (year, next) = self.year_after(next);
            return Some((Point::Dated(year, Shape::PartOfMonth(month, part)), next));
        }
        if let Some((year, next)) = self.year(next) {
            return Some((Point::Dated(year, Shape::PartOfYear(part)), next));
        }
        match self.relative(next) {
            Some((Point::Month(offset, None), next)) => Some((Point::Month(offset, Some(part)), next)),
            Some((Point::Open, next)) => Some((Point::Open, next)),
            _ => {
                // "The end of the year" is that of the text's.
                let unit = |word| if let TimeWord::Unit(unit @ (Unit::Month | Unit::Year)) = word { Some(unit) } else { None };
                let is_definite = self.is(next.wrapping_sub(1), "the") || self.tokens.get(next).is_some_and(|token| token.key.starts_with("ال"));
                let (unit, after) = self.word(next, unit).filter(|_| is_definite)?;
                match unit {
                    Unit::Year => Some((Point::Dated(Year::Relative(0), Shape::PartOfYear(part)), after)),
                    _ => Some((Point::Month(0, Some(part)), after)),
                }
            }
        }
    }

    /// The second quarter of 2026, النصف الأول من العام المقبل, Q2 2026.
    fn fraction(&self, at: usize) -> Option<(Point, usize)> {
        let fraction = |at: usize| self.word(at, |word| if let TimeWord::Fraction(count) = word { Some(count) } else { None });
        let ordinal = |count: u32, at: usize| {
            let last = self.word(at, |word| matches!(word, TimeWord::Last).then_some(count));
            self.ordinal(at)
                .and_then(|ordinal| u32::try_from(ordinal).ok())
                .filter(|ordinal| (1..=count).contains(ordinal))
                .map(|ordinal| (ordinal, at + 1))
                .or(last)
        };
        let (count, number, next) = if let Some((count, next)) = fraction(at) {
            let (number, next) = ordinal(count, next)?;
            (count, number, next)
        } else if let Some((number, next)) = ordinal(4, at) {
            let (count, next) = fraction(next)?;
            (count, if self.ordinal(at).is_none() { count } else { number }, next)
        } else {
            let count = [("q", 4), ("h", 2)].iter().find(|(letter, _)| self.is(at, letter))?.1;
            let (number, _) = self.number(at + 1).filter(|_| self.is_joined(at + 1, &[""]))?;
            (count, u32::try_from(number).ok()?, at + 2)
        };
        let (year, next) = self.year(self.skip_the(self.skip(next, "of")))?;
        let length = 12 / count;
        (1..=count).contains(&number).then(|| (Point::Dated(year, Shape::Months((number - 1) * length + 1, number * length)), next))
    }

    /// The 1990s, the late 1990s, أواخر تسعينيات القرن الماضي. Of which century bare التسعينيات are, the words do not say.
    fn decade(&self, at: usize) -> Option<(Point, usize)> {
        let part = self.word(at, |word| if let TimeWord::Part(part) = word { Some(part) } else { None });
        let start = self.skip_the(part.map_or(at, |(_, next)| self.skip(next, "of")));
        let (year, next) = self.decade_in_digits(start).or_else(|| self.decade_in_words(start))?;
        let shape = part.map_or(Shape::Decade, |(part, _)| Shape::PartOfDecade(part));
        Some((Point::Dated(Year::Known(year), shape), next))
    }

    fn decade_in_digits(&self, at: usize) -> Option<(i32, usize)> {
        let (year, next) = self.digits_year(at).filter(|(year, _)| year % 10 == 0)?;
        (self.is(next, "s") && self.is_joined(next, &["", "'", "’"])).then_some((year, next + 1))
    }

    fn decade_in_words(&self, at: usize) -> Option<(i32, usize)> {
        let (decade, next) = self.word(at, |word| if let TimeWord::Decade(decade) = word { Some(decade) } else { None })?;
        let next = self.other(next, "last_century")?;
        Some((1900 + i32::try_from(decade).ok()?, next))
    }

    /// The summer of 2032, صيف العام المقبل.
    fn season(&self, at: usize) -> Option<(Point, usize)> {
        let season = |at: usize| self.word(at, |word| if let TimeWord::Season(season) = word { Some(season) } else { None });
        if let Some((direction, next)) = self.direction(at)
            && let Some((season, next)) = season(next)
        {
            // The next summer may be this year's.
            return Some((if direction == 0 { Point::Dated(Year::Relative(0), Shape::Season(season)) } else { Point::Open }, next));
        }
        let (season, next) = season(self.skip(at, "season_word"))?;
        let next = self.skip_the(self.skip(next, "of"));
        if let Some((year, next)) = self.year(next) {
            return Some((Point::Dated(year, Shape::Season(season)), next));
        }
        self.direction(next).filter(|_| self.follows(next)).map(|(_, next)| (Point::Open, next))
    }

    /// September 2025; a month alone where a word announces it.
    fn month_point(&self, at: usize, context: Context) -> Option<(Point, usize)> {
        let (month, next) = self.month(at)?;
        let (year, end) = self.year_after(next);
        // آذار الماضي may be of this year or of the last.
        if let Some((_, end)) = self.direction(next).filter(|_| self.follows(next) && year == Year::Unnamed) {
            return Some((Point::Open, end));
        }
        (year != Year::Unnamed || context == Context::Announced).then_some((Point::Dated(year, Shape::Month(month)), end))
    }

    /// Whether the word before a place is a short one with a full stop: Feb.
    fn is_abbreviated(&self, at: usize) -> bool {
        self.marks(at) == "." && self.tokens[at - 1].letters.len() <= 4
    }

    /// The year after a month.
    fn year_after(&self, at: usize) -> (Year, usize) {
        let comma = matches!(self.marks(at).as_str(), "" | "," | ".");
        self.year(self.skip(at, "of")).filter(|_| comma).unwrap_or((Year::Unnamed, at))
    }

    /// A year: one in digits needs a word that announces it.
    fn year_point(&self, at: usize, context: Context) -> Option<(Point, usize)> {
        let (year, next) = self.year(at)?;
        let is_bare = self.digits_year(at).is_some();
        (!is_bare || context == Context::Announced).then_some((Point::Dated(year, Shape::Year), next))
    }

    /// Next month, الأسبوع الماضي.
    fn relative(&self, at: usize) -> Option<(Point, usize)> {
        let unit = |at: usize| self.word(at, |word| if let TimeWord::Unit(unit) = word { Some(unit) } else { None });
        let (direction, unit, next) = if let Some((direction, next)) = self.direction(at) {
            let (unit, next) = unit(next)?;
            (direction, unit, next)
        } else {
            let (unit, next) = unit(at)?;
            let (direction, next) = self.direction(next).filter(|_| self.follows(next))?;
            (direction, unit, next)
        };
        let singular = ["يوم", "اسبوع", "شهر", "عقد", "week", "month", "decade"].iter().any(|word| (at..next).any(|at| self.tokens[at].key.ends_with(word)));
        match unit {
            _ if !singular => None,
            Unit::Month => Some((Point::Month(direction, None), next)),
            Unit::Week | Unit::Decade => Some((Point::Open, next)),
            _ => None,
        }
    }

    /// Today, أمس.
    fn today(&self, at: usize) -> Option<(Point, usize)> {
        let (days, next) = self.word(at, |word| if let TimeWord::Today(days) = word { Some(days) } else { None })?;
        // اليوم is also "the day": of a date, or with an adjective.
        let noun = self.tokens[at].key.ends_with("اليوم")
            && (self.direction(at.wrapping_sub(1)).is_some()
                || self.number(next).is_some()
                || self.is(next, "الذي")
                || self.is(next, "التالي")
                || self.ordinal(next).is_some()
                || self.direction(next).is_some());
        (!noun).then_some((Point::Today(days), next))
    }
}
