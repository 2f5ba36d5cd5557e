//! Dates as tokens of the index, and the dates that a query names.
//!
//! A date that an expression of time resolves to is indexed by its day, its month, its year, and its day without a year; a
//! query that names one of these finds it. No token is finer than what the source says: "September 2026" has no day.

use chrono::{Datelike, NaiveDate};

use crate::text::{
    calendar::{self, DateWord},
    words::Word,
};

/// The numbers of four digits that are read as years.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2199;

/// The token of a day, and of the same day in any year.
#[must_use]
pub fn day_keys(date: NaiveDate) -> [String; 2] {
    [format!("d_{:04}_{:02}_{:02}", date.year(), date.month(), date.day()), format!("d_{:02}_{:02}", date.month(), date.day())]
}

/// The token of a month in a year.
#[must_use]
pub fn month_key(year: i32, month: u32) -> String {
    format!("d_{year:04}_{month:02}")
}

/// The token of a year.
#[must_use]
pub fn year_key(year: i32) -> String {
    format!("d_{year:04}")
}

/// The token of a month that a text names, by any of its names.
#[must_use]
pub fn month_name_key(month: u32) -> String {
    format!("_month_{month:02}")
}

/// A date that words of a query name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedDate {
    /// The first of the words.
    pub first: usize,
    /// The word after the last.
    pub end: usize,
    /// The tokens of the date: a text matches if it has one of them.
    pub keys: Vec<String>,
}

/// The dates that words name, none inside another.
#[must_use]
pub fn named_dates(words: &[Word], text: &str) -> Vec<NamedDate> {
    let chars: Vec<char> = text.chars().collect();
    let reader = Reader { words, chars: &chars };
    let mut dates = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match reader.date(at) {
            Some(date) => {
                at = date.end;
                dates.push(date);
            }
            None => at += 1,
        }
    }
    dates
}

struct Reader<'a> {
    words: &'a [Word],
    chars: &'a [char],
}

impl Reader<'_> {
    /// The longest date that begins with this word.
    fn date(&self, first: usize) -> Option<NamedDate> {
        let start = self.skip_unit(first);
        let (weekday, at) = match self.word(start) {
            Some((DateWord::Weekday(weekday), length)) => (Some(weekday), start + length),
            _ => (None, start),
        };
        let (end, keys) = self.day(at, weekday).or_else(|| if weekday.is_none() { self.part(at).or_else(|| self.month_or_year(at)) } else { None })?;
        Some(NamedDate { first, end, keys })
    }

    /// A day, with or without its year. A weekday before it must be that of the day.
    fn day(&self, at: usize, weekday: Option<u32>) -> Option<(usize, Vec<String>)> {
        let (year, month, day, end) = self.numeric(at).or_else(|| self.day_month(at)).or_else(|| self.month_day(at))?;
        let Some(year) = year else {
            // 29 February needs a leap year.
            let valid = NaiveDate::from_ymd_opt(2000, month, day).is_some() && weekday.is_none();
            return valid.then(|| (end, vec![format!("d_{month:02}_{day:02}")]));
        };
        let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
        let agrees = weekday.is_none_or(|weekday| weekday == date.weekday().number_from_monday());
        let [key, _] = day_keys(date);
        agrees.then(|| (end, vec![key]))
    }

    /// 2024-09-27, 27/9/2024, and 9/27/2024 where no other reading is a date.
    fn numeric(&self, at: usize) -> Option<(Option<u32>, u32, u32, usize)> {
        let (one, two, three) = (self.number(at)?, self.number(at + 1)?, self.number(at + 2)?);
        if !(self.joined(at) && self.joined(at + 1)) {
            return None;
        }
        if YEARS.contains(&one) {
            return Some((Some(one), two, three, at + 3));
        }
        YEARS.contains(&three).then(|| if two <= 12 { (Some(three), two, one, at + 3) } else { (Some(three), one, two, at + 3) })
    }

    /// 27 September 2024, 27th of September, 15-16 نيسان/أبريل 2024 (its last day).
    fn day_month(&self, at: usize) -> Option<(Option<u32>, u32, u32, usize)> {
        let day = self.day_number(at)?;
        let after = self.skip_of(at + 1);
        let (month, mut end) = self.month(after)?;
        if let Some((other, further)) = self.month(end)
            && other == month
        {
            end = further;
        }
        let (year, end) = self.year(end).map_or((None, end), |(year, end)| (Some(year), end));
        Some((year, month, day, end))
    }

    /// September 27, 2024.
    fn month_day(&self, at: usize) -> Option<(Option<u32>, u32, u32, usize)> {
        let (month, after) = self.month(at)?;
        let day = self.day_number(after)?;
        let (year, end) = self.year(after + 1).map_or((None, after + 1), |(year, end)| (Some(year), end));
        Some((year, month, day, end))
    }

    /// Mid-2025, the end of September 2025, منتصف عام 2025.
    fn part(&self, at: usize) -> Option<(usize, Vec<String>)> {
        let Some((DateWord::Part(part), length)) = self.word(at) else { return None };
        let after = self.skip_of(at + length);
        if let Some((year, end)) = self.year(after) {
            let months = match part {
                1 => 1..=3,
                2 => 6..=7,
                _ => 10..=12,
            };
            let year = i32::try_from(year).ok()?;
            return Some((end, months.map(|month| month_key(year, month)).collect()));
        }
        let (month, after) = self.month(after)?;
        let (year, end) = self.year(after)?;
        let days = match part {
            1 => 1..=10,
            2 => 11..=20,
            _ => 21..=31,
        };
        let year = i32::try_from(year).ok()?;
        Some((end, days.filter_map(|day| NaiveDate::from_ymd_opt(year, month, day)).map(|date| day_keys(date)[0].clone()).collect()))
    }

    /// September 2025, 2025-09, 2025.
    fn month_or_year(&self, at: usize) -> Option<(usize, Vec<String>)> {
        if let Some((month, after)) = self.month(at) {
            let after = if let Some((other, further)) = self.month(after) { if other == month { further } else { after } } else { after };
            let (year, end) = self.year(after)?;
            return Some((end, vec![month_key(i32::try_from(year).ok()?, month)]));
        }
        let (year, end) = self.year(at)?;
        let year = i32::try_from(year).ok()?;
        if self.joined(end - 1)
            && let Some(month) = self.number(end).filter(|month| (1..=12).contains(month))
        {
            return Some((end + 1, vec![month_key(year, month)]));
        }
        Some((end, vec![year_key(year)]))
    }

    fn word(&self, at: usize) -> Option<(DateWord, usize)> {
        calendar::read(self.words.get(at..)?)
    }

    fn month(&self, at: usize) -> Option<(u32, usize)> {
        let at = self.skip_unit(at);
        match self.word(at)? {
            (DateWord::Month(month), length) => Some((month, at + length)),
            _ => None,
        }
    }

    /// A year, with or without the word before it.
    fn year(&self, at: usize) -> Option<(u32, usize)> {
        let at = if matches!(self.word(at), Some((DateWord::Year, 1))) { at + 1 } else { at };
        self.number(at).filter(|number| YEARS.contains(number)).map(|year| (year, at + 1))
    }

    /// The day of a month: 27, 27th.
    fn day_number(&self, at: usize) -> Option<u32> {
        let text = self.words.get(at)?.text();
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(&text);
        digits.parse().ok().filter(|day| digits.len() <= 2 && (1..=31).contains(day))
    }

    fn number(&self, at: usize) -> Option<u32> {
        self.words.get(at)?.text().parse().ok()
    }

    /// Skips يوم and شهر, with or without "of".
    fn skip_unit(&self, at: usize) -> usize {
        let after = self.skip_of(at + 1);
        let is_dated = matches!(self.word(after), Some((DateWord::Weekday(_) | DateWord::Month(_), _))) || self.day_number(after).is_some();
        if matches!(self.word(at), Some((DateWord::Unit, 1))) && is_dated { after } else { at }
    }

    /// Skips "of" and من.
    fn skip_of(&self, at: usize) -> usize {
        if self.words.get(at).is_some_and(|word| matches!(word.text().as_str(), "of" | "من")) { at + 1 } else { at }
    }

    /// Whether a hyphen, a slash or a point joins this word to the next.
    fn joined(&self, at: usize) -> bool {
        let (Some(word), Some(next)) = (self.words.get(at), self.words.get(at + 1)) else { return false };
        next.start == word.end + 1 && matches!(self.chars.get(word.end), Some('-' | '/' | '.' | '\u{2010}' | '\u{2011}' | '\u{2013}'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::tokenize;

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (text, keys) in [
            ("27 September 2024", "d_2024_09_27"),
            ("September 27, 2024", "d_2024_09_27"),
            ("Friday 27 September 2024", "d_2024_09_27"),
            ("27th of Sept 2024", "d_2024_09_27"),
            ("27 أيلول/سبتمبر 2024", "d_2024_09_27"),
            ("٢٧ شتنبر ٢٠٢٤", "d_2024_09_27"),
            ("2024-09-27", "d_2024_09_27"),
            ("27/9/2024", "d_2024_09_27"),
            ("يوم الجمعة 27 من شهر أيلول عام 2024", "d_2024_09_27"),
            ("27 أيلول", "d_09_27"),
            ("the month of September 2025", "d_2025_09"),
            ("Sept 2025", "d_2025_09"),
            ("2025-09", "d_2025_09"),
            ("2025م", "d_2025"),
            ("عام 2025", "d_2025"),
            ("mid-2025", "d_2025_06 d_2025_07"),
            ("منتصف العام 2025", "d_2025_06 d_2025_07"),
            ("end of February 2025", "d_2025_02_21 d_2025_02_22 d_2025_02_23 d_2025_02_24 d_2025_02_25 d_2025_02_26 d_2025_02_27 d_2025_02_28"),
            ("Saturday 27 September 2024", "d_2024_09_27"),
            ("30 February 2025", "d_2025_02"),
            ("September", ""),
            ("12 months", ""),
            ("12 months 2025", "d_2025"),
        ] {
            let dates = named_dates(&tokenize(text), text);
            let found = dates.iter().flat_map(|date| date.keys.clone()).collect::<Vec<_>>().join(" ");
            assert_eq!(found, keys, "{text}: {dates:?}");
            if text.starts_with("Saturday") {
                assert_eq!(dates[0].first, 1, "the day of the week is another");
            }
            if text.starts_with("12 months 2") {
                assert_eq!(dates[0].first, 2, "a number of months is not a month");
            }
        }
    }
}
