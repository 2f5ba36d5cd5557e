//! Reads lengths of time: "within twelve months", على مدى الأشهر التسعة الماضية.

use crate::package::time::{
    point::Issued,
    reader::Reader,
    units::{Limit, Unit},
    words::{LengthWord, TimeWord},
};

/// A length of time, and where it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// How many; `None` if the words do not say.
    pub count: Option<i32>,
    /// Of what.
    pub unit: Unit,
    /// Where it lies, seen from the day of the text.
    pub place: Place,
}

/// Where a length of time lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It ends with the day of the text.
    Past,
    /// It begins with the day of the text.
    Future,
    /// Its far end is meant: "ten years ago".
    Ago,
    /// The words do not say.
    Open,
}

impl Length {
    /// The dates of a length, if the text decides them. Only one end is a day that the text knows; the other is about a day, or
    /// as precise as the unit if it is past.
    #[must_use]
    pub fn edtf(self, issued: Issued) -> Option<String> {
        let (day, count) = (issued.day?, self.count?);
        let past = || Some(self.unit.write(self.unit.add(day, -count)?) + "~");
        match self.place {
            Place::Past => Some(format!("{}/{day}", past()?)),
            Place::Future => Some(format!("{day}/{}~", self.unit.add(day, count)?)),
            Place::Ago => past(),
            Place::Open => None,
        }
    }
}

/// What is read of a length before the words around it are.
struct Counted {
    count: Option<i32>,
    unit: Unit,
    direction: Option<i32>,
    /// The number is in the words: a unit alone needs a word before it.
    is_numbered: bool,
}

impl Reader<'_> {
    /// The length that begins at a word with what limits it, and the place after it.
    #[must_use]
    pub fn length(&self, at: usize) -> Option<(Length, usize)> {
        let prefix = self.word(at, |word| if let TimeWord::Length(word) = word { Some(word) } else { None });
        if let Some((word, start)) = prefix
            && let Some((counted, next)) = self.roughly_counted(self.skip_the(start))
            && self.is_separate(start)
        {
            let is_of = self.other(next, "of").is_some();
            let place = match (word, counted.direction) {
                (_, Some(-1)) => Place::Past,
                (_, Some(1)) | (LengthWord::Within, None) => Place::Future,
                // "Ten days before each change" is no time ago.
                (LengthWord::Before, None) if !is_of => Place::Ago,
                _ => Place::Open,
            };
            let (place, next) = self.ago(next).unwrap_or_else(|| (place, self.skip(next, "of_time")));
            // "Within six months of its beginning" is not counted from the day of the text.
            let place = if place == Place::Future && self.is_counted_from(next) { Place::Open } else { place };
            return Some((Length { count: counted.count, unit: counted.unit, place }, next));
        }
        if let Some(next) = self.nth_day(at) {
            return Some((Length { count: None, unit: Unit::Day, place: Place::Open }, next));
        }
        let (counted, next) = self.roughly_counted(self.skip_the(at))?;
        let place = match counted.direction {
            Some(-1) => Place::Past,
            Some(1) => Place::Future,
            _ => Place::Open,
        };
        let ago = self.ago(next);
        let after = self.other(next, "of_time");
        if !(counted.is_numbered || ago.is_some() || after.is_some() || (counted.unit == Unit::Decade && !self.is_arabic && self.is_one(at))) {
            return None;
        }
        let (place, next) = ago.unwrap_or((place, after.unwrap_or(next)));
        Some((Length { count: counted.count, unit: counted.unit, place }, next))
    }

    /// Whether words follow that say from what a length is counted.
    fn is_counted_from(&self, at: usize) -> bool {
        let after = |word| matches!(word, TimeWord::Limit(Limit::After | Limit::Starting | Limit::Since)).then_some(());
        self.follows(at) && (self.other(at, "of").is_some() || self.is(at, "of") || self.word(at, after).is_some())
    }

    /// Whether no mark is before a word.
    fn is_separate(&self, at: usize) -> bool {
        matches!(self.marks(at).as_str(), "" | "(")
    }

    /// "A", "an" and "one".
    fn is_one(&self, at: usize) -> bool {
        self.word(at, |word| matches!(word, TimeWord::Number(1)).then_some(())).is_some()
    }

    /// Ago or later.
    fn ago(&self, at: usize) -> Option<(Place, usize)> {
        let (direction, next) = self.word(at, |word| if let TimeWord::Ago(direction) = word { Some(direction) } else { None }).filter(|_| self.follows(at))?;
        Some((if direction < 0 { Place::Ago } else { Place::Open }, next))
    }

    /// The thirtieth day after something, اليوم الثلاثين من شيء.
    fn nth_day(&self, at: usize) -> Option<usize> {
        let at = self.skip_the(at);
        let is_nth = |at: usize| self.ordinal(at).is_some() || self.number(at).is_some();
        let next = if self.is_arabic {
            self.unit(at).filter(|(unit, next)| *unit == Unit::Day && is_nth(*next)).map(|(_, next)| next + 1)
        } else {
            self.unit(at + 1).filter(|(unit, _)| *unit == Unit::Day && self.ordinal(at).is_some()).map(|(_, next)| next)
        }?;
        let after = |word| matches!(word, TimeWord::Length(LengthWord::After)).then_some(());
        (self.word(next, after).is_some() || self.other(next, "of").is_some() || self.is(next, "following")).then_some(next)
    }

    /// A number of units; about a number is no number that can be counted with.
    fn roughly_counted(&self, at: usize) -> Option<(Counted, usize)> {
        match self.other(at, "about").and_then(|start| self.counted(start)) {
            Some((counted, next)) => Some((Counted { count: None, ..counted }, next)),
            None => self.counted(at),
        }
    }

    /// A number of units, in the orders of both languages.
    fn counted(&self, at: usize) -> Option<(Counted, usize)> {
        let direction = self.direction(at);
        let start = direction.map_or(at, |(_, next)| next);
        let direction = direction.map(|(direction, _)| direction);
        let dual = self.word(start, |word| if let TimeWord::Dual(unit) = word { Some(unit) } else { None });
        if let Some((unit, next)) = dual {
            return Some(self.with_direction(Counted { count: Some(2), unit, direction, is_numbered: true }, next));
        }
        if let Some((count, next)) = self.count(start)
            && let Some((unit, next)) = self.unit(next)
            && (self.follows(next - 1) || self.marks(next - 1) == "-")
        {
            // "A day" and "a year" alone are mostly rates.
            let is_numbered = !self.is_one(start) || self.is(start, "one");
            return Some(self.with_direction(Counted { count, unit, direction, is_numbered }, next));
        }
        let (unit, next) = self.unit(start)?;
        if let Some((count, after)) = self.count(next)
            && self.follows(next)
            && self.digits_year(next).is_none()
        {
            return Some(self.with_direction(Counted { count, unit, direction, is_numbered: true }, after));
        }
        // "The coming weeks": some of them.
        let plural = self.is_plural(start);
        let (around, end) = match (direction, self.direction(next)) {
            (None, Some((direction, end))) if self.follows(next) => (Some(direction), end),
            _ => (direction, next),
        };
        if plural && around.is_some_and(|direction| direction != 0) {
            return Some((Counted { count: None, unit, direction: around, is_numbered: true }, end));
        }
        // A year or a month after "within" without a number is one; with the article it is a certain one.
        let is_indefinite = !self.tokens[start].key.contains("ال") && self.is_arabic && !self.is_plural(start) && direction.is_none();
        is_indefinite.then(|| self.with_direction(Counted { count: Some(1), unit, direction, is_numbered: false }, next))
    }

    fn with_direction(&self, counted: Counted, at: usize) -> (Counted, usize) {
        match self.direction(at).filter(|_| self.follows(at) && counted.direction.is_none()) {
            Some((direction, next)) => (Counted { direction: Some(direction), ..counted }, next),
            None => (counted, at),
        }
    }

    fn count(&self, at: usize) -> Option<(Option<i32>, usize)> {
        if let Some((value, _)) = self.number(at) {
            return Some((i32::try_from(value).ok(), at + 1));
        }
        let (value, next) = self.word(at, |word| if let TimeWord::Number(value) = word { Some(value) } else { None })?;
        Some((i32::try_from(value).ok().filter(|value| *value > 0), next))
    }

    fn unit(&self, at: usize) -> Option<(Unit, usize)> {
        self.word(at, |word| if let TimeWord::Unit(unit) = word { Some(unit) } else { None })
    }

    fn is_plural(&self, at: usize) -> bool {
        ["ايام", "اسابيع", "اشهر", "شهور", "اعوام", "سنوات", "سنين", "عقود", "ساعات", "days", "weeks", "months", "years", "decades", "hours"]
            .iter()
            .any(|plural| self.tokens[at].key.ends_with(plural))
    }
}
