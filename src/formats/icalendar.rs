//! iCalendar (RFC 5545): milestones for calendars, as all-day events that say how sure their dates are.
//!
//! Nothing in a calendar comes from the clock: stamps and sequence numbers are the data's, so that equal data is equal
//! to the byte. A date without a lower bound is shown on its last day, one without an upper bound on its first; what
//! has neither is left out, and the calendar says how many were.

use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use crate::corpus::{
    milestones::{Kind, Milestone},
    name,
};
use crate::formats::{List, RenderContext, RenderError};

/// How often a calendar should be fetched anew (RFC 7986, section 5.7).
const REFRESH: &str = "PT1H";

/// Writes milestones as a calendar.
///
/// # Errors
/// None that occurs: what is written is ours.
pub fn list(list: &List<Milestone>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    Ok(calendar(&list.items, context))
}

/// Writes one milestone as a calendar, which is empty where it has no date.
///
/// # Errors
/// None that occurs: what is written is ours.
pub fn item(milestone: &Milestone, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    Ok(calendar(std::slice::from_ref(milestone), context))
}

/// A calendar of milestones.
fn calendar(milestones: &[Milestone], context: &RenderContext<'_>) -> Vec<u8> {
    let events: Vec<Event> = milestones.iter().filter_map(|milestone| event(milestone, context)).collect();
    let undated = milestones.len() - events.len();
    let name = context.phrase("بيان: المحطات", "Bayan: milestones");
    let described = match context.language {
        Some(crate::corpus::Language::Ar) => format!("محطات البيان بتواريخها ودرجة اليقين فيها. محطات بلا تاريخ لم تُدرج: {undated}."),
        _ => format!("The statement's milestones, with how sure their dates are. Milestones without a date that are left out: {undated}."),
    };
    let mut calendar = Calendar::empty();
    for (key, value) in
        [("VERSION", "2.0"), ("PRODID", "-//Bayan//Bayan//EN"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH"), ("NAME", name), ("X-WR-CALNAME", name)]
    {
        calendar.append_property(Property::new(key, value));
    }
    calendar.append_property(Property::new("DESCRIPTION", &described));
    calendar.append_property(Property::new("X-WR-CALDESC", &described));
    calendar.append_property(Property::new("REFRESH-INTERVAL", REFRESH).add_parameter("VALUE", "DURATION").done());
    calendar.append_property(Property::new("X-PUBLISHED-TTL", REFRESH));
    calendar.extend(events);
    calendar.to_string().into_bytes()
}

/// One event; none where nothing is known of the date.
fn event(milestone: &Milestone, context: &RenderContext<'_>) -> Option<Event> {
    let (earliest, latest) = (milestone.date.earliest, milestone.date.latest);
    let (first, last) = (earliest.or(latest)?.date(), latest.or(earliest)?.date());
    let status = if milestone.kind == Kind::Forecast { EventStatus::Tentative } else { EventStatus::Confirmed };
    let event = Event::new()
        .uid(&format!("{}@bayan", milestone.id))
        .timestamp(milestone.modified)
        .last_modified(milestone.modified)
        .sequence(milestone.sequence)
        .starts(first)
        // The end is exclusive (section 3.6.1).
        .ends(last.succ_opt()?)
        .summary(&summary(milestone, context))
        .description(&milestone.told(context))
        .url(&context.absolute_url(milestone.clauses.first().map_or(&milestone.url, |clause| &clause.url)))
        .status(status)
        // It takes nobody's time.
        .add_property("TRANSP", "TRANSPARENT")
        .add_property("CATEGORIES", name(&milestone.kind))
        .done();
    Some(event)
}

/// The title, with what a day in a calendar cannot show.
fn summary(milestone: &Milestone, context: &RenderContext<'_>) -> String {
    let title = context.text(&milestone.title);
    match (milestone.date.earliest, milestone.date.latest) {
        (None, Some(_)) => format!("{} {title}", context.phrase("(إلى هذا اليوم على الأكثر)", "(by this day)")),
        (Some(_), None) => format!("{} {title}", context.phrase("(من هذا اليوم)", "(from this day)")),
        _ => title.to_owned(),
    }
}

impl Milestone {
    /// Everything that a reader must know with a milestone: who says it, its words, how sure its date is, what it is
    /// subject to, the editors' notes, and what was later reported.
    pub(super) fn told(&self, context: &RenderContext<'_>) -> String {
        let mut lines = vec![context.voice_label(self.voice).to_owned()];
        for clause in &self.clauses {
            lines.push(format!("[{}] «{}»", clause.label, clause.text.ar));
            if context.language != Some(crate::corpus::Language::Ar) {
                lines.push(format!("{} (working translation)", clause.text.en));
            }
        }
        let date = self.date.edtf.as_deref().unwrap_or_else(|| context.phrase("بلا تاريخ", "undated"));
        lines.push(format!("{}: {date}", context.phrase("التاريخ (EDTF)", "Date (EDTF)")));
        if self.conditional {
            let conditions: Vec<String> = self.conditions.iter().map(ToString::to_string).collect();
            lines.push(format!("{}: {}", context.phrase("مشروط بـ", "Subject to"), conditions.join(", ")));
        }
        lines.extend(self.notes.iter().map(|note| format!("{}: {}", context.phrase("ملاحظة", "Note"), context.text(&note.text))));
        for report in &self.developments {
            let on = report.date.edtf.as_deref().unwrap_or_default();
            lines.push(format!("{} ({on}): {}", context.phrase("ذُكر لاحقاً", "Later reported"), context.text(&report.text)));
        }
        if self.developments.is_empty() {
            lines.push(context.phrase("لا تقرير لاحق مسجل هنا.", "No later report is recorded here.").to_owned());
        }
        lines.join("\n")
    }
}
