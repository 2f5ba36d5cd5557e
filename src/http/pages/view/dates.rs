//! Dates in words, no more precise than the text.
//!
//! In Arabic a month has the name that Iraq uses and the international one, as in the source: `نيسان/أبريل`.

use chrono::{Datelike, NaiveDate};

use crate::corpus::{
    Language, UncertainDate,
    edtf::{Edtf, End, Moment, Span},
};
use crate::http::pages::view::messages as msg;

const ENGLISH_MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const ARABIC_MONTHS: [&str; 12] = [
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيو",
    "تموز/يوليو",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
];
const ENGLISH_SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];
const ARABIC_SEASONS: [&str; 4] = ["ربيع", "صيف", "خريف", "شتاء"];

/// A date in words, with its precision: `no later than 30 September 2025`.
pub fn format_date(date: &UncertainDate, language: Language) -> String {
    let edtf = date.edtf.as_deref().and_then(|edtf| edtf.parse().ok());
    match edtf {
        None => msg::NO_DATE.of(language).to_owned(),
        Some(Edtf::Date(moment)) => format_moment(moment, language),
        Some(Edtf::Interval(start, end)) => format_interval(start, end, language),
    }
}

/// A day in words.
pub fn format_day(date: NaiveDate, language: Language) -> String {
    format!("{} {} {}", date.day(), month_name(date.month(), language), date.year())
}

/// An interval in words.
fn format_interval(start: End, end: End, language: Language) -> String {
    let ar = language == Language::Ar;
    match (start, end) {
        (End::At(start), End::At(end)) => {
            let (from, to) = (start_without_month(start, end).unwrap_or_else(|| format_moment(start, language)), format_moment(end, language));
            if ar { format!("من {from} إلى {to}") } else { format!("from {from} to {to}") }
        }
        (_, End::At(end)) => {
            let end = format_moment(end, language);
            if ar { format!("في موعد أقصاه {end}") } else { format!("no later than {end}") }
        }
        (End::At(start), _) => {
            let start = format_moment(start, language);
            if ar { format!("من {start}، بلا نهاية مذكورة") } else { format!("from {start}, with no end given") }
        }
        _ => msg::NO_DATE.of(language).to_owned(),
    }
}

/// The day of the start of an interval, if both bounds are in one month.
fn start_without_month(start: Moment, end: Moment) -> Option<String> {
    let (Span::Day(first), Span::Day(last)) = (start.span, end.span) else { return None };
    let same = (first.year(), first.month()) == (last.year(), last.month());
    (same && !start.approximate && !start.uncertain).then(|| first.day().to_string())
}

/// A moment in words, with its qualifiers.
fn format_moment(moment: Moment, language: Language) -> String {
    let span = format_span(moment.span, language);
    match (language, moment.approximate, moment.uncertain) {
        (_, false, false) => span,
        (Language::En, true, false) => format!("about {span}"),
        (Language::En, false, true) => format!("perhaps {span}"),
        (Language::En, true, true) => format!("perhaps about {span}"),
        (Language::Ar, true, false) => format!("نحو {span}"),
        (Language::Ar, false, true) => format!("ربما {span}"),
        (Language::Ar, true, true) => format!("ربما نحو {span}"),
    }
}

/// A year, season, month or day in words.
fn format_span(span: Span, language: Language) -> String {
    let ar = language == Language::Ar;
    match span {
        Span::Years(first, last) if first == last => first.to_string(),
        Span::Years(first, last) if ar => format!("سنة بين {first} و{last}"),
        Span::Years(first, last) => format!("some year from {first} to {last}"),
        Span::Season(year, season) => {
            let names = if ar { ARABIC_SEASONS } else { ENGLISH_SEASONS };
            let name = usize::from(season).checked_sub(21).and_then(|season| names.get(season)).copied().unwrap_or_default();
            format!("{name} {year}")
        }
        Span::Month(year, month) => format!("{} {year}", month_name(month, language)),
        Span::Day(date) => format_day(date, language),
        Span::SomeDayOf(year, month) if ar => format!("يوم من {} {year}", month_name(month, language)),
        Span::SomeDayOf(year, month) => format!("some day of {} {year}", month_name(month, language)),
        Span::SomeTimeIn(year) if ar => format!("وقت ما من {year}"),
        Span::SomeTimeIn(year) => format!("some time in {year}"),
    }
}

/// The name of a month, 1 to 12.
fn month_name(month: u32, language: Language) -> &'static str {
    let names = if language == Language::Ar { ARABIC_MONTHS } else { ENGLISH_MONTHS };
    (month as usize).checked_sub(1).and_then(|month| names.get(month)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Precision;

    fn words(edtf: Option<&str>, language: Language) -> String {
        format_date(&UncertainDate { edtf: edtf.map(ToOwned::to_owned), earliest: None, latest: None, precision: Precision::Unknown, basis: None }, language)
    }

    #[test]
    fn words_are_as_precise_as_the_edtf() {
        for (edtf, en, ar) in [
            (Some("2024-09-27"), "27 September 2024", "27 أيلول/سبتمبر 2024"),
            (Some("2026-09"), "September 2026", "أيلول/سبتمبر 2026"),
            (Some("2024-04-15/2024-04-16"), "from 15 to 16 April 2024", "من 15 إلى 16 نيسان/أبريل 2024"),
            (Some("../2025-09-30"), "no later than 30 September 2025", "في موعد أقصاه 30 أيلول/سبتمبر 2025"),
            (Some("../2025-07~"), "no later than about July 2025", "في موعد أقصاه نحو تموز/يوليو 2025"),
            (Some("2024-09-27/2025-09-27~"), "from 27 September 2024 to about 27 September 2025", "من 27 أيلول/سبتمبر 2024 إلى نحو 27 أيلول/سبتمبر 2025"),
            (Some("2014~/2024-09-27"), "from about 2014 to 27 September 2024", "من نحو 2014 إلى 27 أيلول/سبتمبر 2024"),
            (Some("2024-01-31/.."), "from 31 January 2024, with no end given", "من 31 كانون الثاني/يناير 2024، بلا نهاية مذكورة"),
            (Some("1985-04-XX"), "some day of April 1985", "يوم من نيسان/أبريل 1985"),
            (Some("2004-XX"), "some time in 2004", "وقت ما من 2004"),
            (Some("201X"), "some year from 2010 to 2019", "سنة بين 2010 و2019"),
            (Some("2001-21"), "spring 2001", "ربيع 2001"),
            (Some("1984?"), "perhaps 1984", "ربما 1984"),
            (None, "The text gives no date", "لا يذكر النص تاريخاً"),
        ] {
            assert_eq!((words(edtf, Language::En).as_str(), words(edtf, Language::Ar).as_str()), (en, ar));
        }
    }
}
