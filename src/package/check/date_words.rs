//! Dates agree with their own words, where those alone decide: a day, a month, a weekday, a date of the Hijri calendar.

use std::ops::Range;

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use crate::{
    corpus::{dates::TimexType, edtf::Edtf},
    package::{
        check::Subject,
        diagnostic::{Code, Log},
        document::Date,
        time::{
            expressions::{Expression, Time},
            hijri::{HijriDate, hijri_dates},
            point::{Issued, Point, Shape, Year},
            reader::Reader,
            units::Limit,
        },
    },
    text::tokenize::TokenizedText,
};

/// The years that are those of another calendar, if the words are of the Hijri one.
const HIJRI_YEARS: std::ops::RangeInclusive<i32> = 1300..=1600;

/// The first and the last day of a date.
type Days = (Option<NaiveDate>, Option<NaiveDate>);

/// Warns of dates that are not what their words say.
pub fn check(subject: &Subject<'_>, log: &mut Log) {
    for (clause, places) in subject.document.clauses.iter().zip(&subject.places.clauses) {
        for (date, span) in clause.dates.iter().zip(&places.dates) {
            if let Some(span) = span {
                one(date, &TokenizedText::new(subject.original.slice(*span)), log);
            }
        }
    }
}

fn one(date: &Date, words: &TokenizedText, log: &mut Log) {
    let reader = Reader::new(words);
    let time = match &reader.expressions()[..] {
        [Expression { tokens, time }] if is_whole(tokens, &reader) => Some(*time),
        _ => None,
    };
    if let Some(time) = time {
        timex(date, time, &reader, log);
    }
    let Some((text, edtf)) = date.edtf.as_ref().and_then(|text| Some((text, text.as_str().parse::<Edtf>().ok()?))) else { return };
    let given = (edtf.earliest(), edtf.latest());
    if let Some(hijri) = hijri_dates(&reader).first() {
        if let Some((message, help)) = hijri_fault(*hijri, given) {
            log.add_with_help(Code::DateWords, &text.place, message, help);
        }
        return;
    }
    if let Some(reading) = time.and_then(|time| fault(time, given)) {
        log.add_with_help(Code::DateWords, &text.place, format!("the words read as {reading}, and this is `{}`", text.value), Vec::new());
    }
}

/// Whether an expression has all of the words but a preposition and an article. Others may change what it says.
fn is_whole(tokens: &Range<usize>, reader: &Reader<'_>) -> bool {
    tokens.start <= reader.skip_the(reader.skip(0, "in")) && tokens.end == reader.tokens.len()
}

/// A time of day is named by hours.
fn timex(date: &Date, time: Time, reader: &Reader<'_>, log: &mut Log) {
    let names_days = matches!(time, Time::At(_) | Time::Limited(..) | Time::Range(..)) && !(1..reader.tokens.len()).any(|at| reader.is_joined(at, &[":"]));
    if let Some(timex) = date.timex.as_ref().filter(|timex| timex.value == TimexType::Time)
        && names_days
    {
        log.add(Code::DateWords, &timex.place, "the words name days, and TIME is a time of day: DATE is a point, DURATION a length");
    }
}

/// What the words say, if the days are others.
fn fault(time: Time, given: Days) -> Option<String> {
    match time {
        Time::At(Point::Weekday(weekday, _)) => {
            let day = given.0.filter(|day| given.1 == Some(*day))?;
            let expected = Weekday::try_from(u8::try_from(weekday - 1).ok()?).ok()?;
            (day.weekday() != expected).then(|| format!("a {}", expected_name(expected)))
        }
        Time::At(point) | Time::Limited(Limit::During, point) => {
            let (first, last, is_exact) = days(point, given)?;
            let is_right =
                if is_exact { given == (Some(first), Some(last)) } else { [given.0, given.1].iter().flatten().all(|day| (first..=last).contains(day)) };
            (!is_right).then(|| reading(time, given))
        }
        Time::Limited(limit, point) => {
            let (first, last, _) = days(point, given)?;
            let is_near = |day: Option<NaiveDate>| day.is_some_and(|day| (first - TimeDelta::days(1)..=last + TimeDelta::days(1)).contains(&day));
            let is_right = match limit {
                // "Until September" does not say whether September counts.
                Limit::Until => is_near(given.1),
                Limit::By | Limit::Before => is_near(given.1) && given.0.is_none_or(|day| day < first - TimeDelta::days(1)),
                _ => is_near(given.0) && given.1.is_none_or(|day| day > last),
            };
            (!is_right).then(|| reading(time, given))
        }
        Time::Range(Point::Dated(Year::Known(_), _), Point::Dated(Year::Known(_), _)) => {
            let expected: Edtf = time.edtf(Issued::default())?.parse().ok()?;
            (given != (expected.earliest(), expected.latest())).then(|| reading(time, given))
        }
        _ => None,
    }
}

/// The days that a point allows, and whether it is exactly these: "the middle of the year" is not. A year that the words do not
/// name is that of the date.
fn days(point: Point, given: Days) -> Option<(NaiveDate, NaiveDate, bool)> {
    let Point::Dated(year @ (Year::Known(_) | Year::Unnamed), shape) = point else { return None };
    let year = if let Year::Known(year) = year { year } else { year_of(given)? };
    let (whole, is_exact) = match shape {
        // The winter of a year ends in the next.
        Shape::Season(_) => return Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year + 1, 3, 31)?, false)),
        Shape::PartOfDecade(_) => (Shape::Decade, false),
        Shape::PartOfYear(_) => (Shape::Year, false),
        Shape::PartOfMonth(month, _) => (Shape::Month(month), false),
        exact => (exact, true),
    };
    let expected: Edtf = Point::Dated(Year::Known(year), whole).stamps(Issued::default())?.edtf().parse().ok()?;
    Some((expected.earliest()?, expected.latest()?, is_exact))
}

fn year_of(given: Days) -> Option<i32> {
    given.1.or(given.0).map(|day| day.year())
}

/// What an expression says, for the message.
fn reading(time: Time, given: Days) -> String {
    time.edtf(Issued { day: None, year: year_of(given) }).map_or_else(|| "another date".to_owned(), |edtf| format!("`{edtf}`"))
}

const fn expected_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// What is wrong with the days of a date of the Hijri calendar. Its months begin a day or two earlier or later than computed ones.
fn hijri_fault(hijri: HijriDate, given: Days) -> Option<(String, Vec<String>)> {
    let is_hijri_year = [given.0, given.1].iter().flatten().any(|day| HIJRI_YEARS.contains(&day.year()));
    let computed = hijri.days();
    let is_far = computed.is_some_and(|(first, last)| {
        let near = first - TimeDelta::days(3)..=last + TimeDelta::days(3);
        ![given.0, given.1].iter().flatten().any(|day| near.contains(day))
    });
    if !is_hijri_year && !is_far {
        return None;
    }
    let about = computed.map_or_else(String::new, |(first, last)| {
        let days = if first == last { first.to_string() } else { format!("{first} to {last}") };
        format!("it is about {days}, a day or two earlier or later")
    });
    let write = "write the first and the last day that it can be, `2027-06-05/2027-06-07`, with the basis `inferred` and a `basis_note`".to_owned();
    Some(("the words have a date of the Hijri calendar, and an `edtf` is Gregorian".to_owned(), vec![about, write]))
}
