//! Dates of the Hijri calendar, and the Gregorian days that they are about.

use chrono::NaiveDate;

use crate::package::time::{reader::Reader, words::TimeWord};

/// The years that can be meant.
const YEARS: std::ops::RangeInclusive<u64> = 1300..=1600;
/// The number of the day before the first of the calendar (Friday, 16 July 622 Julian), counted as chrono does: 1 January of the year 1
/// is 1.
const EPOCH: i32 = 1_948_439 - 1_721_425;

/// A date of the Hijri calendar: a year, a month of it, or a day of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HijriDate {
    /// The year, if it is named.
    pub year: Option<i32>,
    /// The month, Muharram is 1.
    pub month: Option<u32>,
    /// The day.
    pub day: Option<u32>,
}

impl HijriDate {
    /// The first and the last day by the tabular calendar. The sighting of the moon moves them by a day or two. `None` without a year.
    #[must_use]
    pub fn days(self) -> Option<(NaiveDate, NaiveDate)> {
        let year = self.year?;
        let (first, last) = match (self.month, self.day) {
            (Some(month), Some(day)) => (day_number(year, month, day), day_number(year, month, day)),
            (Some(12), None) | (None, _) => (day_number(year, self.month.unwrap_or(1), 1), day_number(year + 1, 1, 1) - 1),
            (Some(month), None) => (day_number(year, month, 1), day_number(year, month + 1, 1) - 1),
        };
        Some((NaiveDate::from_num_days_from_ce_opt(first)?, NaiveDate::from_num_days_from_ce_opt(last)?))
    }
}

/// The number of a day by the tabular calendar: eleven years of thirty have 355 days, and months have 30 and 29 days by turns.
fn day_number(year: i32, month: u32, day: u32) -> i32 {
    let before = i32::try_from((59 * (month - 1)).div_ceil(2) + day).unwrap_or_default();
    EPOCH + (year - 1) * 354 + (3 + 11 * year) / 30 + before
}

/// The dates of the Hijri calendar in a text, in order.
#[must_use]
pub fn hijri_dates(reader: &Reader<'_>) -> Vec<HijriDate> {
    let (mut dates, mut at) = (Vec::new(), 0);
    while at < reader.tokens.len() {
        match reader.hijri(at) {
            Some((date, next)) => {
                dates.push(date);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    dates
}

impl Reader<'_> {
    /// 15 رمضان 1446 هـ, غرة المحرم 1449هـ, رجب 1447, عام 1446 هجري, 1 Muharram 1449 AH. A month alone needs a day or a year, and a year its era.
    #[must_use]
    pub fn hijri(&self, at: usize) -> Option<(HijriDate, usize)> {
        let month = |at: usize| self.word(at, |word| if let TimeWord::HijriMonth(month) = word { Some(month) } else { None });
        let day = match self.other(at, "first_of_month") {
            Some(next) => Some((1, next)),
            None => self.day_number(at),
        };
        let after_day = |next: usize| {
            let next = self.skip(next, "of");
            month(next).or_else(|| month(self.skip(self.skip_unit(next), "of")))
        };
        if let Some((day, next)) = day
            && let Some((month, next)) = after_day(next)
        {
            let (year, end) = self.hijri_year(next).map_or((None, next), |(year, end, _)| (Some(year), end));
            return Some((HijriDate { year, month: Some(month), day: Some(day) }, end));
        }
        if let Some((month, next)) = month(self.skip_unit(at))
            && let Some((year, end, _)) = self.hijri_year(next)
        {
            return Some((HijriDate { year: Some(year), month: Some(month), day: None }, end));
        }
        let (year, end, has_era) = self.hijri_year(at)?;
        has_era.then_some((HijriDate { year: Some(year), month: None, day: None }, end))
    }

    /// A year with or without its era, and the word "year" before it.
    fn hijri_year(&self, at: usize) -> Option<(i32, usize, bool)> {
        let number = self.skip_year_word(at);
        let (value, digits) = self.number(number)?;
        let year = i32::try_from(value).ok().filter(|_| digits && YEARS.contains(&value))?;
        let next = number + 1;
        let is_era = ["ه", "هجري", "هجريه", "للهجره", "ah"].iter().any(|era| self.is(next, era));
        let is_dotted_era = self.is(next, "a") && self.is(next + 1, "h");
        let end = next + usize::from(is_era) + 2 * usize::from(is_dotted_era);
        Some((year, end, end > next))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize::TokenizedText;

    #[test]
    fn dates_of_the_hijri_calendar_are_read_in_both_languages() {
        for (text, year, month, day) in [
            ("غرة المحرم 1449هـ", Some(1449), Some(1), Some(1)),
            ("15 رمضان 1446 هـ", Some(1446), Some(9), Some(15)),
            ("الخامس من شهر ربيع الأول عام 1446 هجرية", Some(1446), Some(3), Some(5)),
            ("في رجب 1447", Some(1447), Some(7), None),
            ("سنة 1445هـ", Some(1445), None, None),
            ("3 Dhu al-Hijjah 1445 AH", Some(1445), Some(12), Some(3)),
        ] {
            let text = TokenizedText::new(text);
            assert_eq!(hijri_dates(&Reader::new(&text)), [HijriDate { year, month, day }]);
        }
        for text in ["1449 متراً", "27 أيلول 2024", "within 1400 days", "ربيع 2027"] {
            assert_eq!(hijri_dates(&Reader::new(&TokenizedText::new(text))), [], "{text}");
        }
    }

    #[test]
    fn their_gregorian_days_are_those_of_the_tabular_calendar() {
        let days = |year, month, day| HijriDate { year: Some(year), month, day }.days().map(|(first, last)| (first.to_string(), last.to_string()));
        let two = |first: &str, last: &str| Some((first.to_owned(), last.to_owned()));
        assert_eq!(days(1446, Some(1), Some(1)), two("2024-07-08", "2024-07-08"));
        assert_eq!(days(1446, Some(9), None), two("2025-03-01", "2025-03-30"));
        assert_eq!(days(1449, None, None), two("2027-06-06", "2028-05-24"));
        assert_eq!(HijriDate { year: None, month: Some(9), day: None }.days(), None);
    }
}
