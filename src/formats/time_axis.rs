//! The positions of dates on a timeline, computed from their bounds.
//!
//! Positions are percentages of the width from the left edge, so that the drawing scales with the page. On an Arabic page
//! time runs from right to left, as the Arabic script does.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::corpus::{
    Day, UncertainDate,
    edtf::{Edtf, End},
    milestones::{Kind, Milestone},
};

/// The width of a bar with one unknown bound, in per cent; it fades towards that bound.
const FADE_WIDTH: f64 = 18.0;
/// The minimum width of a bar, in per cent.
const MIN_BAR_WIDTH: f64 = 0.6;
/// The last position with space for the label of a year, in per cent.
const MAX_LABEL_POSITION: f64 = 94.0;
/// The maximum number of years with a label.
const MAX_YEAR_LABELS: i32 = 8;

/// A position or a width on the timeline, in per cent.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Percent(f64);

impl Percent {
    /// The same as a share of a width, in pixels.
    #[must_use]
    pub fn of(self, width: f32) -> f32 {
        #[expect(clippy::cast_possible_truncation, reason = "pixels need no more digits")]
        let percent = self.0 as f32;
        width * percent / 100.0
    }

    /// The number of per cent.
    #[must_use]
    pub const fn value(self) -> f64 {
        self.0
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}%", self.0)
    }
}

/// The axis of a timeline.
#[derive(Clone, Copy, Debug)]
pub struct Axis {
    first: NaiveDate,
    last: NaiveDate,
    /// Whether time runs from right to left.
    rtl: bool,
}

/// A tick of the axis: the start of a quarter.
#[derive(Clone, Copy, Debug)]
pub struct Tick {
    /// The position.
    pub position: Percent,
    /// The label, if a year starts there and has a label.
    pub year: Option<i32>,
}

/// The edge of a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// A known day.
    Sharp,
    /// An approximate or uncertain day.
    Approximate,
    /// An unknown bound: the bar fades.
    Unknown,
    /// A day beyond the axis: the bar is clipped.
    Clipped,
}

/// A milestone as a bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// The position of the left edge.
    pub left: Percent,
    /// The width.
    pub width: Percent,
    /// The position of the right edge.
    pub right: Percent,
    /// The left edge.
    pub left_edge: Edge,
    /// The right edge.
    pub right_edge: Edge,
    /// Whether it is a forecast.
    pub hatched: bool,
    /// The position of the flag, for a deadline.
    pub flag: Option<Percent>,
    /// The positions of later reports.
    pub report_positions: Vec<Percent>,
}

impl Axis {
    /// The axis for these milestones. It starts at most a year before the first end of a milestone, so that one long
    /// period does not compress the others: the bar of the period is clipped. The axis includes today unless that is more
    /// than three years after everything else.
    #[must_use]
    pub fn new(milestones: &[Milestone], today: NaiveDate, rtl: bool) -> Self {
        let bounds_of = |date: &UncertainDate| [date.earliest, date.latest].into_iter().flatten().map(Day::date).collect::<Vec<_>>();
        let bounds: Vec<NaiveDate> = milestones.iter().flat_map(|milestone| bounds_of(&milestone.date)).collect();
        let reports = milestones
            .iter()
            .filter(|milestone| milestone.date.edtf.is_some())
            .flat_map(|milestone| &milestone.developments)
            .flat_map(|report| bounds_of(&report.date));
        let first_end = milestones.iter().filter_map(|milestone| milestone.date.latest.or(milestone.date.earliest)).map(Day::date).min().unwrap_or(today);
        let floor = first_end.checked_sub_months(Months::new(12)).unwrap_or(first_end);
        let first = bounds.iter().copied().filter(|day| *day >= floor).min().unwrap_or(first_end);
        let mut last = bounds.iter().copied().chain(reports).max().unwrap_or(first_end);
        if today > last && today < last + Months::new(36) {
            last = today;
        }
        let first = start_of_quarter(first);
        // At least a year, so that a year starts on the axis.
        let last = start_of_quarter(last).checked_add_months(Months::new(3)).unwrap_or(last).max(first + Months::new(12));
        Self { first, last, rtl }
    }

    /// The position of a day in the direction of time, in per cent: below 0 or above 100 beyond the axis.
    #[expect(clippy::cast_precision_loss, reason = "days of a few thousand years are exact in an f64")]
    fn offset(&self, day: NaiveDate) -> f64 {
        (day - self.first).num_days() as f64 / (self.last - self.first).num_days() as f64 * 100.0
    }

    /// The position from the left edge, for one in the direction of time.
    fn mirror(&self, offset: f64) -> Percent {
        Percent(if self.rtl { 100.0 - offset } else { offset })
    }

    /// The position of the start of a day; none beyond the axis.
    #[must_use]
    pub fn position(&self, day: NaiveDate) -> Option<Percent> {
        let offset = self.offset(day);
        (0.0..=100.0).contains(&offset).then(|| self.mirror(offset))
    }

    /// Whether a day is in the later half of the axis.
    #[must_use]
    pub fn is_in_later_half(&self, day: NaiveDate) -> bool {
        self.offset(day) > 50.0
    }

    /// The starts of quarters. The starts of years have a label, as far as there is space.
    #[must_use]
    pub fn ticks(&self) -> Vec<Tick> {
        let step = (self.last.year() - self.first.year()) / MAX_YEAR_LABELS + 1;
        let quarters = std::iter::successors(Some(self.first), |day| day.checked_add_months(Months::new(3)));
        let ticks = quarters.take_while(|day| *day <= self.last).filter(|day| step == 1 || day.month() == 1);
        ticks
            .map(|day| Tick {
                position: self.mirror(self.offset(day)),
                year: (day.month() == 1 && day.year() % step == 0 && self.offset(day) < MAX_LABEL_POSITION).then(|| day.year()),
            })
            .collect()
    }

    /// The bar of a milestone; none if the milestone has no date.
    #[must_use]
    pub fn bar(&self, milestone: &Milestone) -> Option<Bar> {
        let date = &milestone.date;
        let (first_is_approximate, last_is_approximate) = approximate_bounds(date);
        // A day ends at the start of the next.
        let last = date.latest.map(|day| self.offset(day.date() + Days::new(1)));
        let first = date.earliest.map(|day| self.offset(day.date()));
        let (from, to) = match (first, last) {
            (Some(first), Some(last)) => (first, last),
            (None, Some(last)) => ((last - FADE_WIDTH).max(0.0), last),
            (Some(first), None) => (first, (first + FADE_WIDTH).min(100.0)),
            (None, None) => return None,
        };
        let edge = |is_known: bool, is_approximate: bool, is_clipped: bool| match (is_known, is_clipped, is_approximate) {
            (false, ..) => Edge::Unknown,
            (true, true, _) => Edge::Clipped,
            (true, false, true) => Edge::Approximate,
            (true, false, false) => Edge::Sharp,
        };
        let start = edge(first.is_some(), first_is_approximate, from < 0.0);
        let end = edge(last.is_some(), last_is_approximate, to > 100.0);
        let (from, to) = (from.clamp(0.0, 100.0 - MIN_BAR_WIDTH), to.clamp(0.0, 100.0));
        let to = to.max(from + MIN_BAR_WIDTH);
        let (left, right) = if self.rtl { (100.0 - to, 100.0 - from) } else { (from, to) };
        let (left_edge, right_edge) = if self.rtl { (end, start) } else { (start, end) };
        Some(Bar {
            left: Percent(left),
            width: Percent(right - left),
            right: Percent(right),
            left_edge,
            right_edge,
            hatched: milestone.kind == Kind::Forecast,
            flag: (milestone.kind == Kind::Deadline).then(|| self.mirror(to)),
            report_positions: milestone.developments.iter().filter_map(|report| self.position(report.date.earliest.or(report.date.latest)?.date())).collect(),
        })
    }
}

/// Whether the first and the last bound of a date are approximate or uncertain.
fn approximate_bounds(date: &UncertainDate) -> (bool, bool) {
    let is_approximate = |end: End| matches!(end, End::At(moment) if moment.approximate || moment.uncertain);
    match date.edtf.as_deref().and_then(|edtf| edtf.parse().ok()) {
        Some(Edtf::Date(moment)) => (is_approximate(End::At(moment)), is_approximate(End::At(moment))),
        Some(Edtf::Interval(start, end)) => (is_approximate(start), is_approximate(end)),
        None => (false, false),
    }
}

/// The first day of the quarter of a day.
fn start_of_quarter(day: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn milestone(kind: &str, edtf: Option<&str>, reports: &[&str]) -> Milestone {
        let date = |edtf: Option<&str>| {
            let read: Option<Edtf> = edtf.map(|edtf| edtf.parse().unwrap());
            let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
            json!({"edtf": edtf, "earliest": day(read.and_then(|read| read.earliest())), "latest": day(read.and_then(|read| read.latest())), "precision": "day", "basis": null})
        };
        let text = json!({"ar": "", "en": ""});
        let reports: Vec<Value> = reports.iter().map(|on| json!({"id": "r", "date": date(Some(on)), "text": text, "sources": []})).collect();
        serde_json::from_value(json!({
            "id": "m", "url": "", "statement": "s", "title": text, "kind": kind, "voice": "statement", "date": date(edtf), "expression": null,
            "conditional": false, "conditions": [], "condition_clauses": [], "clauses": [], "actors": [], "locations": [], "notes": [], "developments": reports,
            "sequence": 0, "modified": "2024-10-01T00:00:00Z", "status": "open", "days_until": null, "as_of": "2024-10-01",
        }))
        .unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The axis of the year 2024.
    fn axis_of_2024(rtl: bool) -> Axis {
        Axis { first: day("2024-01-01"), last: day("2025-01-01"), rtl }
    }

    fn drawn(bar: &Bar) -> (i64, i64, Edge, Edge) {
        #[expect(clippy::cast_possible_truncation, reason = "per cent")]
        let round = |percent: Percent| percent.0.round() as i64;
        (round(bar.left), round(bar.right), bar.left_edge, bar.right_edge)
    }

    #[test]
    fn the_edges_of_a_bar_show_what_is_known_of_the_bounds() {
        use Edge::{Approximate, Clipped, Sharp, Unknown};
        for (edtf, expected, rtl) in [
            ("2024-04-01/2024-06-30", (25, 50, Sharp, Sharp), (50, 75, Sharp, Sharp)),
            ("2024-07-01/2024-09-30~", (50, 75, Sharp, Approximate), (25, 50, Approximate, Sharp)),
            ("../2024-06-30", (32, 50, Unknown, Sharp), (50, 68, Sharp, Unknown)),
            ("2024-07-01/..", (50, 68, Sharp, Unknown), (32, 50, Unknown, Sharp)),
            ("2014~/2024-06-30", (0, 50, Clipped, Sharp), (50, 100, Sharp, Clipped)),
            ("2024-07-01/2030", (50, 100, Sharp, Clipped), (0, 50, Clipped, Sharp)),
        ] {
            assert_eq!(drawn(&axis_of_2024(false).bar(&milestone("period", Some(edtf), &[])).unwrap()), expected, "{edtf}");
            assert_eq!(drawn(&axis_of_2024(true).bar(&milestone("period", Some(edtf), &[])).unwrap()), rtl, "{edtf}, rtl");
        }
        assert!(axis_of_2024(false).bar(&milestone("event", None, &[])).is_none(), "a milestone without a date has no bar");
    }

    #[test]
    fn a_day_has_the_least_width_anywhere_on_the_axis() {
        for date in ["2024-01-01", "2024-06-30", "2024-12-31"] {
            let bar = axis_of_2024(false).bar(&milestone("event", Some(date), &[])).unwrap();
            assert!(bar.width.0 >= MIN_BAR_WIDTH - 1e-9 && bar.left.0 >= 0.0 && bar.right.0 <= 100.0 + 1e-9, "{date}: {bar:?}");
        }
    }

    #[test]
    fn a_deadline_has_a_flag_a_forecast_is_hatched_and_reports_are_marked() {
        let deadline = axis_of_2024(false).bar(&milestone("deadline", Some("../2024-06-30"), &["2024-10-01", "2031-01-01"])).unwrap();
        assert_eq!(deadline.flag, Some(deadline.right));
        assert_eq!((deadline.report_positions.len(), deadline.hatched), (1, false), "a report beyond the axis is not drawn");
        let forecast = axis_of_2024(false).bar(&milestone("forecast", Some("2024-06"), &[])).unwrap();
        assert_eq!((forecast.flag, forecast.hatched), (None, true));
    }

    #[test]
    fn the_axis_spans_the_milestones_the_reports_and_today() {
        let milestones = [
            milestone("period", Some("2014~/2024-09-27"), &[]),
            milestone("event", Some("2024-04-15"), &[]),
            milestone("deadline", Some("2026-09"), &["2027-02-01"]),
        ];
        let axis = Axis::new(&milestones, day("2026-01-01"), false);
        assert_eq!((axis.first, axis.last), (day("2024-04-01"), day("2027-04-01")));
        assert_eq!(Axis::new(&milestones, day("2028-05-05"), false).last, day("2028-07-01"), "the axis includes today");
        assert_eq!(Axis::new(&milestones, day("2040-05-05"), false).last, day("2027-04-01"), "unless today is long after the rest");
        let years: Vec<i32> = axis.ticks().iter().filter_map(|tick| tick.year).collect();
        assert_eq!(years, [2025, 2026, 2027]);
        let empty = Axis::new(&[], day("2026-01-01"), false);
        assert!(empty.ticks().iter().any(|tick| tick.year == Some(2026)) && empty.position(day("2026-01-01")).is_some());
    }
}
