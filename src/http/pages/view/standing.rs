//! Where a milestone stands on a day, in words. They say what the bounds of its date say, and nothing of what happened.

use crate::{
    corpus::{
        Language,
        milestones::{Milestone, Status},
    },
    formats::date_words::no_date,
    http::pages::view::plural::format_days_away,
};

/// Where a milestone stands on its `as_of`: `The last possible day is in 55 days`.
pub fn standing(milestone: &Milestone, language: Language) -> String {
    let date = &milestone.date;
    let is_one_day = date.earliest.is_some() && date.earliest == date.latest;
    let until_first = date.earliest.map(|first| (first.date() - milestone.as_of.date()).num_days());
    let away = |days: i64| format_days_away(days, language);
    let ar = language == Language::Ar;
    match (milestone.status, until_first, milestone.days_until) {
        (Status::Undated, ..) => no_date(language).to_owned(),
        (_, Some(days), _) if is_one_day => capitalized(&away(days)),
        (Status::Upcoming, Some(days), _) if ar => format!("أول يوم ممكن {}", away(days)),
        (Status::Upcoming, Some(days), _) => format!("The first possible day is {}", away(days)),
        (Status::Past, _, Some(days)) if ar => format!("انقضى آخر يوم ممكن {}", away(days)),
        (Status::Past, _, Some(days)) => format!("The last possible day was {}", away(days)),
        (_, _, Some(days)) if ar => format!("آخر يوم ممكن {}", away(days)),
        (_, _, Some(days)) => format!("The last possible day is {}", away(days)),
        _ if ar => "جارٍ، ولا يذكر النص آخر يوم".to_owned(),
        _ => "Open: the text gives no last day".to_owned(),
    }
}

/// A phrase with a capital at its start.
fn capitalized(phrase: &str) -> String {
    let mut letters = phrase.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
