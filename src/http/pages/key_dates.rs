//! The dates that a statement sets, which its page and the home page lead with.

use crate::{
    corpus::{
        Language, Voice,
        milestones::{Kind, Milestone, Status},
    },
    formats::date_words::format_dated_title,
};

/// How many dates a page leads with at most.
const MAX_KEY_DATES: usize = 4;

/// Dates in a sentence each.
pub fn dates_in_words(dates: &[&Milestone], language: Language) -> String {
    let sentence = |date: &&Milestone| format!("{}.", format_dated_title(date, language));
    dates.iter().map(sentence).collect::<Vec<_>>().join(" ")
}

/// The dates that a statement sets: its deadlines, and the ends of periods that have no other bound. Those still to come go before
/// those that passed last; then they are in order.
pub fn key_dates(milestones: &[Milestone]) -> Vec<&Milestone> {
    let is_set = |milestone: &Milestone| match milestone.kind {
        Kind::Deadline => true,
        Kind::Period => milestone.date.earliest.is_none(),
        Kind::Event | Kind::Forecast => false,
    };
    let mut dates: Vec<&Milestone> =
        milestones.iter().filter(|milestone| milestone.voice == Voice::Statement && milestone.date.latest.is_some() && is_set(milestone)).collect();
    dates.sort_by_key(|milestone| (milestone.status == Status::Past, milestone.days_until.map(i64::abs)));
    dates.truncate(MAX_KEY_DATES);
    dates.sort_by_key(|milestone| milestone.date.latest);
    dates
}
