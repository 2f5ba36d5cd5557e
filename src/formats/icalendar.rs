//! iCalendar (RFC 5545): milestones as all-day events.
//!
//! DTSTAMP and SEQUENCE come from the data and not from the clock, so that equal data gives equal bytes. A milestone
//! with only one bound is shown on that bound, and a period on its end. One without a date is omitted; the description of the
//! calendar gives their number.

use chrono::NaiveDate;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use crate::corpus::{
    Language, Voice,
    edtf::{Edtf, End},
    enum_name,
    milestones::{Kind, Milestone},
};
use crate::formats::{
    context::RenderContext,
    date_bounds::certainty,
    envelope::List,
    error::RenderError,
    milestone::{description, page_path},
    paragraph::plain_text,
};

/// The kinds of a calendar whose request names none: what is due, expected, or comes to an end.
pub const CALENDAR_KINDS: [Kind; 3] = [Kind::Deadline, Kind::Period, Kind::Forecast];

/// The longest event, in days: a quarter of a year. A longer one would be a banner over every other day of the calendar, and is
/// shown on its last day.
const MAX_EVENT_DAYS: i64 = 92;

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
    let kinds = kinds_in_words(milestones, context);
    let calendar_description = match context.language {
        Some(Language::Ar) => format!("محطات البيان{kinds} بتواريخها ودرجة اليقين فيها. ومنها بلا تاريخ ولم يُدرج: {undated}."),
        _ => format!("The statement’s milestones{kinds}, with how sure their dates are. Of these, without a date and left out: {undated}."),
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

/// The kinds of milestones, in parentheses: a calendar whose request names no kinds is without events.
fn kinds_in_words(milestones: &[Milestone], context: &RenderContext<'_>) -> String {
    let kinds = [
        (Kind::Deadline, context.phrase("المواعيد القصوى", "deadlines")),
        (Kind::Period, context.phrase("الفترات", "periods")),
        (Kind::Forecast, context.phrase("التوقعات", "forecasts")),
        (Kind::Event, context.phrase("الأحداث", "events")),
    ];
    let present = kinds.iter().filter(|(kind, _)| milestones.iter().any(|milestone| milestone.kind == *kind));
    let names: Vec<&str> = present.map(|(_, name)| *name).collect();
    if names.is_empty() { String::new() } else { format!(" ({})", names.join(context.phrase(" و", ", "))) }
}

/// One event; `None` if the milestone has no date.
fn event(milestone: &Milestone, context: &RenderContext<'_>) -> Result<Option<Event>, RenderError> {
    // DTEND is exclusive (section 3.6.1).
    let Some((days, end)) = EventDays::of(milestone).and_then(|days| Some((days, days.last.succ_opt()?))) else { return Ok(None) };
    let status = if milestone.kind == Kind::Forecast { EventStatus::Tentative } else { EventStatus::Confirmed };
    let event = Event::new()
        .uid(&format!("{}@bayan", milestone.id))
        .timestamp(milestone.modified)
        .last_modified(milestone.modified)
        .sequence(milestone.sequence)
        .starts(days.first)
        .ends(end)
        .summary(&context.isolated(&summary(milestone, days, context)))
        .description(&plain_text(&description(milestone, context)?))
        .url(&context.page_url(&page_path(&milestone.id)))
        .status(status)
        // The event does not make anybody busy (section 3.8.2.7).
        .add_property("TRANSP", "TRANSPARENT")
        .add_property("CATEGORIES", enum_name(&milestone.kind))
        .done();
    Ok(Some(event))
}

/// The days of an event, and what they are of the milestone's date.
#[derive(Clone, Copy)]
struct EventDays {
    first: NaiveDate,
    last: NaiveDate,
    part: Part,
    /// Whether the days are only about when it is.
    is_estimate: bool,
}

/// Which part of a date the days of an event are.
#[derive(Clone, Copy)]
enum Part {
    /// All of it.
    Whole,
    /// The bound that it begins with; nothing is known of its end, or it is a period that has none.
    Start,
    /// The bound that it ends with.
    End,
}

impl EventDays {
    /// The days on which a calendar shows a milestone; `None` if it has no date. A date with only one bound has the days of that
    /// bound: a month, if that is its precision.
    fn of(milestone: &Milestone) -> Option<Self> {
        let date = &milestone.date;
        let [is_start_estimate, is_end_estimate] = certainty(date).map(|bound| bound.is_some_and(|bound| bound.is_estimate));
        let bound = |bound: Edtf, part, is_estimate| Some(Self { first: bound.earliest()?, last: bound.latest()?, part, is_estimate });
        let days = match date.edtf.as_deref()?.parse().ok()? {
            Edtf::Interval(End::At(_), End::At(end)) if milestone.kind == Kind::Period => bound(Edtf::Date(end), Part::End, is_end_estimate)?,
            Edtf::Interval(End::At(_), End::At(_)) | Edtf::Date(_) => {
                let is_estimate = is_start_estimate || is_end_estimate;
                Self { first: date.earliest?.date(), last: date.latest?.date(), part: Part::Whole, is_estimate }
            }
            Edtf::Interval(End::At(start), _) => bound(Edtf::Date(start), Part::Start, is_start_estimate)?,
            Edtf::Interval(_, End::At(end)) => bound(Edtf::Date(end), Part::End, is_end_estimate)?,
            Edtf::Interval(..) => return None,
        };
        let is_long = (days.last - days.first).num_days() >= MAX_EVENT_DAYS;
        Some(if is_long { Self { first: days.last, part: Part::End, is_estimate: is_end_estimate, ..days } } else { days })
    }

    /// The days in words: "this day", if it is one.
    fn in_words(self, context: &RenderContext<'_>) -> String {
        let unit = match (self.last - self.first).num_days() {
            0 => context.phrase("هذا اليوم", "this day"),
            1..31 => context.phrase("هذا الشهر", "this month"),
            _ => context.phrase("هذه المدة", "this time"),
        };
        if self.is_estimate { format!("{} {unit}", context.phrase("نحو", "about")) } else { unit.to_owned() }
    }

    /// The last days of a deadline.
    fn last_in_arabic(self) -> &'static str {
        match (self.last - self.first).num_days() {
            0 => "آخر يوم",
            1..31 => "آخر شهر",
            _ => "آخر مدة",
        }
    }
}

/// The title, marked if the event shows only a part of the date, or an estimate. Only the statement sets deadlines.
fn summary(milestone: &Milestone, days: EventDays, context: &RenderContext<'_>) -> String {
    let (title, unit) = (context.text(&milestone.title), days.in_words(context));
    let is_arabic = context.language == Some(Language::Ar);
    match (days.part, milestone.kind, milestone.voice) {
        (Part::Whole, ..) if days.is_estimate => format!("({unit}) {title}"),
        (Part::Whole, ..) => title.to_owned(),
        (Part::Start, ..) => format!("({} {unit}) {title}", context.phrase("من", "from")),
        (Part::End, Kind::Deadline, Voice::Statement) if is_arabic && days.is_estimate => format!("(في موعد أقصاه {unit}) {title}"),
        (Part::End, Kind::Deadline, Voice::Statement) if is_arabic => format!("({}) {title}", days.last_in_arabic()),
        (Part::End, Kind::Deadline, Voice::Statement) => format!("(by {unit}) {title}"),
        (Part::End, Kind::Period, _) => format!("({} {unit}) {title}", context.phrase("حتى", "until")),
        (Part::End, ..) => format!("({unit} {}) {title}", context.phrase("أو قبله", "or before")),
    }
}
