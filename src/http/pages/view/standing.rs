//! Where a milestone stands on a day, in words. They say what the bounds of its date say, no more exactly than the text, and nothing of
//! what happened.

use crate::{
    corpus::{
        Language, Precision, Voice,
        milestones::{Kind, Milestone, Status},
    },
    formats::date_words::{estimated_bounds, no_date},
    http::pages::view::plural::{format_about_days_away, format_days_away},
};

/// Where a milestone stands on its `as_of`: `The deadline passed 424 days ago`.
pub fn standing(milestone: &Milestone, language: Language) -> String {
    let date = &milestone.date;
    let ar = language == Language::Ar;
    let [is_first_estimated, is_last_estimated] = estimated_bounds(date);
    let away = |days: i64, is_estimated: bool| if is_estimated { format_about_days_away(days, language) } else { format_days_away(days, language) };
    let is_one_day = date.earliest.is_some() && date.earliest == date.latest;
    let until_first = date.earliest.map(|first| (first.date() - milestone.as_of.date()).num_days());
    match (milestone.status, until_first, milestone.days_until) {
        (Status::Undated, ..) => no_date(language).to_owned(),
        (_, Some(days), _) if is_one_day => capitalized(&away(days, is_first_estimated)),
        (Status::Upcoming, Some(days), _) if ar => format!("أول يوم ممكن {}", away(days, is_first_estimated)),
        (Status::Upcoming, Some(days), _) => format!("The earliest possible day is {}", away(days, is_first_estimated)),
        (Status::Past, _, Some(days)) => passed(milestone, &away(days, is_last_estimated), language),
        (_, _, Some(days)) => still_open(milestone, &away(days, is_last_estimated), language),
        _ if ar => "جارٍ، ولا يذكر النص آخر يوم".to_owned(),
        _ => "Open: the text gives no last day".to_owned(),
    }
}

/// What of a date is over since its latest day. Only the statement sets deadlines.
fn passed(milestone: &Milestone, away: &str, language: Language) -> String {
    let [ar, en] = match (milestone.date.precision, milestone.kind, milestone.voice) {
        (_, Kind::Forecast, _) => ["انقضى الوقت المتوقع", "The forecast time passed"],
        (Precision::Month, ..) => ["انتهى الشهر المذكور", "The month named ended"],
        (Precision::Year, ..) => ["انتهت السنة المذكورة", "The year named ended"],
        (_, Kind::Deadline, Voice::Statement) => ["انقضى الموعد", "The deadline passed"],
        (_, Kind::Deadline | Kind::Period, _) => ["انقضت المدة المذكورة", "The time named ended"],
        (_, Kind::Event, _) if milestone.date.earliest.is_none() && language == Language::Ar => return format!("{away} أو أكثر"),
        (_, Kind::Event, _) if milestone.date.earliest.is_none() => return capitalized(&format!("{away} or earlier")),
        (_, Kind::Event, _) => return capitalized(away),
    };
    format!("{} {away}", if language == Language::Ar { ar } else { en })
}

/// What of a date ends on its latest day, which is still to come.
fn still_open(milestone: &Milestone, away: &str, language: Language) -> String {
    let [ar, en] = match (milestone.date.precision, milestone.kind, milestone.voice) {
        (Precision::Month, ..) => ["ينتهي الشهر المذكور", "The month named ends"],
        (Precision::Year, ..) => ["تنتهي السنة المذكورة", "The year named ends"],
        (_, Kind::Deadline, Voice::Statement) => ["يحل الموعد", "The deadline is"],
        _ => ["آخر يوم ممكن", "The latest possible day is"],
    };
    format!("{} {away}", if language == Language::Ar { ar } else { en })
}

/// A phrase with a capital at its start.
fn capitalized(phrase: &str) -> String {
    let mut letters = phrase.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
