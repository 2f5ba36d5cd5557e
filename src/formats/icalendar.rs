//! iCalendar (RFC 5545): milestones as all-day events.
//!
//! DTSTAMP and SEQUENCE come from the data and not from the clock, so that equal data gives equal bytes. A milestone
//! with only one bound is shown on that bound. One without a date is omitted; the description of the calendar gives
//! their number.

use chrono::NaiveDate;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use crate::corpus::{
    Language, Precision, UncertainDate, Voice,
    edtf::{Edtf, End},
    enum_name,
    milestones::{Kind, Milestone},
};
use crate::formats::{
    context::RenderContext,
    envelope::List,
    error::RenderError,
    milestone::{description, page_path},
    paragraph::plain_text,
};

/// How often a client should refresh the calendar (RFC 7986, section 5.7).
const REFRESH_INTERVAL: &str = "PT1H";

/// The time zone in which a day begins and ends, for a calendar without an event: one without any component is invalid
/// (section 3.6), and a VTODO or a VJOURNAL in its place would be among the reader's tasks or notes. Baghdad has had no summer
/// time since 2008.
const TIME_ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:Asia/Baghdad\r\nBEGIN:STANDARD\r\nDTSTART:20080101T000000\r\n\
    TZNAME:+03\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
/// The last line of a calendar.
const END: &str = "END:VCALENDAR\r\n";

/// Writes milestones as a calendar.
///
/// # Errors
/// If the context lacks a statement.
pub fn list(list: &List<Milestone>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    calendar(&list.items, context)
}

/// Writes one milestone as a calendar, which has no event if the milestone has no date.
///
/// # Errors
/// If the context lacks a statement.
pub fn item(milestone: &Milestone, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    calendar(std::slice::from_ref(milestone), context)
}

/// A calendar of milestones.
fn calendar(milestones: &[Milestone], context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let events = milestones.iter().filter_map(|milestone| event(milestone, context).transpose()).collect::<Result<Vec<Event>, _>>()?;
    let undated = milestones.len() - events.len();
    let name = context.phrase("بيان: المحطات", "Bayan: milestones");
    let calendar_description = match context.language {
        Some(Language::Ar) => format!("محطات البيان بتواريخها ودرجة اليقين فيها. محطات بلا تاريخ لم تُدرج: {undated}."),
        _ => format!("The statement's milestones, with how sure their dates are. Milestones without a date that are left out: {undated}."),
    };
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", "-//Bayan//Bayan//EN"), ("CALSCALE", "GREGORIAN"), ("NAME", name), ("X-WR-CALNAME", name)] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.append_property(Property::new("URL", context.page_url("milestones")));
    calendar.append_property(Property::new("DESCRIPTION", &calendar_description));
    calendar.append_property(Property::new("X-WR-CALDESC", &calendar_description));
    calendar.append_property(Property::new("REFRESH-INTERVAL", REFRESH_INTERVAL).add_parameter("VALUE", "DURATION").done());
    calendar.append_property(Property::new("X-PUBLISHED-TTL", REFRESH_INTERVAL));
    let mut text = calendar.to_string();
    text.truncate(text.rfind(END).unwrap_or(text.len()));
    if events.is_empty() {
        text.push_str(TIME_ZONE);
    }
    text.extend(events.iter().map(Component::to_string));
    text.push_str(END);
    Ok(text.into_bytes())
}

/// One event; `None` if the milestone has no date.
fn event(milestone: &Milestone, context: &RenderContext<'_>) -> Result<Option<Event>, RenderError> {
    // DTEND is exclusive (section 3.6.1).
    let Some((first, end)) = event_days(&milestone.date).and_then(|(first, last)| Some((first, last.succ_opt()?))) else { return Ok(None) };
    let status = if milestone.kind == Kind::Forecast { EventStatus::Tentative } else { EventStatus::Confirmed };
    let event = Event::new()
        .uid(&format!("{}@bayan", milestone.id))
        .timestamp(milestone.modified)
        .last_modified(milestone.modified)
        .sequence(milestone.sequence)
        .starts(first)
        .ends(end)
        .summary(&summary(milestone, context))
        .description(&plain_text(&description(milestone, context)?))
        .url(&context.page_url(&page_path(&milestone.id)))
        .status(status)
        // The event does not make anybody busy (section 3.8.2.7).
        .add_property("TRANSP", "TRANSPARENT")
        .add_property("CATEGORIES", enum_name(&milestone.kind))
        .done();
    Ok(Some(event))
}

/// The first and the last day of the event. A date with only one bound has the days of that bound: a month, if that is
/// its precision.
fn event_days(date: &UncertainDate) -> Option<(NaiveDate, NaiveDate)> {
    let bound = match date.edtf.as_deref()?.parse().ok()? {
        Edtf::Interval(End::At(_), End::At(_)) | Edtf::Date(_) => return Some((date.earliest?.date(), date.latest?.date())),
        Edtf::Interval(End::At(bound), _) | Edtf::Interval(_, End::At(bound)) => Edtf::Date(bound),
        Edtf::Interval(..) => return None,
    };
    Some((bound.earliest()?, bound.latest()?))
}

/// The title, marked if the event shows only a bound of the date. Only the statement sets deadlines.
fn summary(milestone: &Milestone, context: &RenderContext<'_>) -> String {
    let title = context.text(&milestone.title);
    let unit = match milestone.date.precision {
        Precision::Day => context.phrase("هذا اليوم", "this day"),
        Precision::Month => context.phrase("هذا الشهر", "this month"),
        Precision::Year | Precision::Unknown => context.phrase("هذا العام", "this year"),
    };
    let is_arabic = context.language == Some(Language::Ar);
    match (milestone.date.earliest, milestone.date.latest, milestone.kind, milestone.voice) {
        (None, Some(_), Kind::Deadline, Voice::Statement) if is_arabic => format!("(إلى {unit} على الأكثر) {title}"),
        (None, Some(_), Kind::Deadline, Voice::Statement) => format!("(by {unit}) {title}"),
        (None, Some(_), Kind::Period, _) => format!("({} {unit}) {title}", context.phrase("حتى", "until")),
        (None, Some(_), ..) => format!("({unit} {}) {title}", context.phrase("أو قبله", "or before")),
        (Some(_), None, ..) => format!("({} {unit}) {title}", context.phrase("من", "from")),
        _ => title.to_owned(),
    }
}
