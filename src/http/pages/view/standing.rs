//! Where a milestone stands on a day, in words. They say what the bounds of its date say, no more exactly than the text, and nothing of
//! what happened.

use crate::{
    corpus::{
        Language, Precision, Voice,
        milestones::{Kind, Milestone, Status},
    },
    formats::{
        date_bounds::{Certainty, certainty},
        date_words::no_date,
    },
    http::pages::view::{
        messages::Message,
        plural::{format_about_days_away, format_days_away},
    },
};

/// Where a milestone stands on its `as_of`: `The deadline passed 424 days ago`.
pub fn standing(milestone: &Milestone, language: Language) -> String {
    let date = &milestone.date;
    let ar = language == Language::Ar;
    let [first, last] = certainty(date);
    let is_one_day = date.earliest.is_some() && date.earliest == date.latest;
    let until_first = date.earliest.map(|first| (first.date() - milestone.as_of.date()).num_days());
    match (milestone.status, until_first.zip(first), milestone.days_until.zip(last)) {
        (Status::Undated, ..) => no_date(language).to_owned(),
        (_, Some((days, first)), _) if is_one_day => capitalized(&away(days, first, language)),
        (Status::Upcoming, Some((days, first)), _) => format!("{} {}", beginning(first).of(language), away(days, first, language)),
        (Status::Past, _, Some((days, last))) => passed(milestone, last, &away(days, last, language), language),
        (_, _, Some((days, last))) => format!("{} {}", ending(milestone, last).of(language), away(days, last, language)),
        _ if ar => "جارٍ، ولا يذكر النص آخر يوم".to_owned(),
        _ => "Open: the text gives no last day".to_owned(),
    }
}

/// The distance to a bound, no more exact than the bound.
fn away(days: i64, bound: Certainty, language: Language) -> String {
    if bound.is_estimate { format_about_days_away(days, bound.precision, language) } else { format_days_away(days, language) }
}

/// What begins with the first bound of a date, which is still to come.
const fn beginning(first: Certainty) -> Message {
    match (first.is_estimate, first.precision) {
        (true, _) => Message::new("يبدأ الوقت التقديري", "The estimated time begins"),
        (false, Precision::Month) => Message::new("يبدأ الشهر المذكور", "The month named begins"),
        (false, Precision::Year) => Message::new("تبدأ السنة المذكورة", "The year named begins"),
        (false, Precision::Day | Precision::Unknown) => Message::new("أول يوم ممكن", "The earliest possible day is"),
    }
}

/// What of a date is over since its last bound. Only the statement sets deadlines.
fn passed(milestone: &Milestone, last: Certainty, away: &str, language: Language) -> String {
    let over = match (milestone.kind, milestone.voice, last) {
        (Kind::Forecast, ..) => Message::new("انقضى الوقت المتوقع", "The forecast time passed"),
        (Kind::Deadline, Voice::Statement, Certainty { is_estimate: true, .. } | Certainty { precision: Precision::Day, .. }) => {
            Message::new("انقضى الموعد", "The deadline passed")
        }
        (_, _, Certainty { is_estimate: false, precision: Precision::Month }) => Message::new("انتهى الشهر المذكور", "The month named ended"),
        (_, _, Certainty { is_estimate: false, precision: Precision::Year }) => Message::new("انتهت السنة المذكورة", "The year named ended"),
        (Kind::Deadline | Kind::Period, ..) => Message::new("انقضت المدة المذكورة", "The time named ended"),
        (Kind::Event, ..) if milestone.date.earliest.is_some() => return capitalized(away),
        (Kind::Event, ..) if language == Language::Ar => return format!("{away} أو أكثر"),
        (Kind::Event, ..) => return capitalized(&format!("{away} or earlier")),
    };
    format!("{} {away}", over.of(language))
}

/// What of a date ends with its last bound, which is still to come.
fn ending(milestone: &Milestone, last: Certainty) -> Message {
    match (milestone.kind, milestone.voice, last) {
        (_, _, Certainty { is_estimate: false, precision: Precision::Month }) => Message::new("ينتهي الشهر المذكور", "The month named ends"),
        (_, _, Certainty { is_estimate: false, precision: Precision::Year }) => Message::new("تنتهي السنة المذكورة", "The year named ends"),
        (Kind::Deadline, Voice::Statement, _) => Message::new("يحل الموعد", "The deadline is"),
        (_, _, Certainty { is_estimate: true, .. }) => Message::new("ينتهي الوقت التقديري", "The estimated time ends"),
        _ => Message::new("آخر يوم ممكن", "The latest possible day is"),
    }
}

/// A phrase with a capital at its start.
fn capitalized(phrase: &str) -> String {
    let mut letters = phrase.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use serde_json::json;

    use super::*;
    use crate::corpus::edtf::Edtf;

    /// Where a milestone with this date stands on a day, in English.
    fn on(day: &str, kind: &str, edtf: &str) -> String {
        let (read, as_of): (Edtf, NaiveDate) = (edtf.parse().unwrap(), day.parse().unwrap());
        let status = match (read.earliest(), read.latest()) {
            (_, Some(last)) if as_of > last => "past",
            (Some(first), _) if as_of < first => "upcoming",
            _ => "open",
        };
        let text = json!({"ar": "", "en": ""});
        let date = json!({"edtf": edtf, "earliest": read.earliest(), "latest": read.latest(), "precision": read.precision(), "basis": null});
        let milestone = json!({
            "id": "m", "url": "", "statement": "s", "title": text, "kind": kind, "voice": "statement", "date": date, "expression": null,
            "conditional": false, "conditions": [], "condition_clauses": [], "clauses": [], "actors": [], "locations": [], "notes": [], "developments": [],
            "sequence": 0, "modified": "2024-10-01T00:00:00Z", "status": status, "as_of": day,
            "days_until": read.latest().map(|last| (last - as_of).num_days()),
        });
        standing(&serde_json::from_value(milestone).unwrap(), Language::En)
    }

    #[test]
    fn what_ended_is_the_unit_of_the_last_bound_whatever_that_of_the_first() {
        for (kind, edtf, expected) in [
            ("period", "2023-12~/2024-09-27", "The time named ended 100 days ago"),
            ("period", "2014/2024-09-27", "The time named ended 100 days ago"),
            ("deadline", "2014/2024-09-27", "The deadline passed 100 days ago"),
            ("event", "2014~/2024-09-27", "100 days ago"),
            ("period", "2024-01-15/2024-11", "The month named ended 36 days ago"),
            ("event", "2022-05-01/2023", "The year named ended 371 days ago"),
        ] {
            assert_eq!(on("2025-01-05", kind, edtf), expected, "{edtf}");
        }
    }

    #[test]
    fn no_distance_to_an_estimate_or_to_a_month_is_as_to_a_day() {
        for (day, kind, edtf, expected) in [
            ("2030-07-05", "forecast", "../2030-06~", "The forecast time passed less than two months ago"),
            ("2030-07-05", "deadline", "../2030-06-20~", "The deadline passed about 15 days ago"),
            ("2031-12-30", "period", "../2030-06?", "The time named ended about 18 months ago"),
            ("2030-05-05", "event", "2030-06~", "The estimated time begins in less than two months"),
            ("2030-05-05", "event", "2030-06", "The month named begins in 27 days"),
            ("2029-12-30", "period", "2030/2031", "The year named begins in 2 days"),
            ("2030-05-05", "event", "2030-05-25~", "In about 20 days"),
            ("2030-06-01", "period", "../2030-06~", "The estimated time ends in less than two months"),
        ] {
            assert_eq!(on(day, kind, edtf), expected, "{edtf} on {day}");
        }
    }
}
