//! Where dates stand on a line of time, reckoned from their bounds alone.
//!
//! Places are in per cent of the line's length from its left end, so that a drawing of any width needs no arithmetic of its
//! own. In Arabic time runs from right to left, as the language does and as its newspapers draw it.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::corpus::{
    Day, UncertainDate,
    edtf::{Edtf, End},
    milestones::{Kind, Milestone},
};

/// How much of the line a bar fades over where its other end is not known, in per cent.
const FADE: f64 = 18.0;
/// A bar that is narrower than this would not be seen, in per cent.
const NARROWEST: f64 = 0.6;
/// A year that begins after this much of the line has no room for its label, in per cent.
const LAST_LABEL: f64 = 94.0;
/// How many years are labelled at the most.
const MOST_LABELS: i32 = 8;

/// A place on the line or a length of it, in per cent.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Percent(f64);

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}%", self.0)
    }
}

/// A line of time.
#[derive(Clone, Copy, Debug)]
pub struct Axis {
    first: NaiveDate,
    last: NaiveDate,
    /// Time runs from right to left.
    mirrored: bool,
}

/// A day that the line names.
#[derive(Clone, Copy, Debug)]
pub struct Tick {
    /// Where it stands.
    pub place: Percent,
    /// The year that begins there; none for a quarter.
    pub year: Option<i32>,
}

/// How a bar ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// At a day.
    Sharp,
    /// About there.
    About,
    /// Nobody knows where: it fades.
    Fading,
    /// Beyond the line.
    Cut,
}

/// A date, drawn.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Its left end.
    pub left: Percent,
    /// How long it is.
    pub width: Percent,
    /// Its right end.
    pub right: Percent,
    /// How it ends on the left.
    pub on_left: Edge,
    /// How it ends on the right.
    pub on_right: Edge,
    /// Whether it is somebody's expectation.
    pub hatched: bool,
    /// Where a deadline has its flag.
    pub flag: Option<Percent>,
    /// What was later reported, and when.
    pub reports: Vec<Percent>,
}

impl Axis {
    /// The line that these milestones need. It begins no more than a year before the first of them has ended, so that
    /// one long period does not press the rest together: such a bar is cut. Today is on it unless that lies more than
    /// three years after everything else.
    pub fn over(milestones: &[Milestone], today: NaiveDate, mirrored: bool) -> Self {
        let of = |date: &UncertainDate| [date.earliest, date.latest].into_iter().flatten().map(Day::date).collect::<Vec<_>>();
        let bounds: Vec<NaiveDate> = milestones.iter().flat_map(|one| of(&one.date)).collect();
        let reports = milestones.iter().filter(|one| one.date.edtf.is_some()).flat_map(|one| one.developments.iter().flat_map(|report| of(&report.date)));
        let ended = milestones.iter().filter_map(|one| one.date.latest.or(one.date.earliest)).map(Day::date).min().unwrap_or(today);
        let floor = ended.checked_sub_months(Months::new(12)).unwrap_or(ended);
        let first = bounds.iter().copied().filter(|day| *day >= floor).min().unwrap_or(ended);
        let mut last = bounds.iter().copied().chain(reports).max().unwrap_or(ended);
        if today > last && today < last + Months::new(36) {
            last = today;
        }
        let first = quarter(first);
        // At least a year, so that one begins on it.
        let last = quarter(last).checked_add_months(Months::new(3)).unwrap_or(last).max(first + Months::new(12));
        Self { first, last, mirrored }
    }

    /// How far a day is along the line in the direction of time, in per cent; beyond its ends below 0 or above 100.
    #[expect(clippy::cast_precision_loss, reason = "days of a few thousand years are exact in an f64")]
    fn along(&self, day: NaiveDate) -> f64 {
        (day - self.first).num_days() as f64 / (self.last - self.first).num_days() as f64 * 100.0
    }

    /// The place of so much of the way.
    fn at(&self, along: f64) -> Percent {
        Percent(if self.mirrored { 100.0 - along } else { along })
    }

    /// Where a day begins; none beyond the ends.
    pub fn place(&self, day: NaiveDate) -> Option<Percent> {
        let along = self.along(day);
        (0.0..=100.0).contains(&along).then(|| self.at(along))
    }

    /// Whether a day stands in the later half of the line, and its label before it.
    pub fn is_late(&self, day: NaiveDate) -> bool {
        self.along(day) > 50.0
    }

    /// The beginnings of quarters; of years with the year, as many as have room for it.
    pub fn ticks(&self) -> Vec<Tick> {
        let step = (self.last.year() - self.first.year()) / MOST_LABELS + 1;
        let quarters = std::iter::successors(Some(self.first), |day| day.checked_add_months(Months::new(3)));
        let ticks = quarters.take_while(|day| *day <= self.last).filter(|day| step == 1 || day.month() == 1);
        ticks
            .map(|day| Tick {
                place: self.at(self.along(day)),
                year: (day.month() == 1 && day.year() % step == 0 && self.along(day) < LAST_LABEL).then(|| day.year()),
            })
            .collect()
    }

    /// A milestone's bar; none where nothing is known of its date.
    pub fn bar(&self, milestone: &Milestone) -> Option<Bar> {
        let date = &milestone.date;
        let (about_first, about_last) = approximate(date);
        // A day ends where the next begins.
        let last = date.latest.map(|day| self.along(day.date() + Days::new(1)));
        let first = date.earliest.map(|day| self.along(day.date()));
        let (from, to) = match (first, last) {
            (Some(first), Some(last)) => (first, last),
            (None, Some(last)) => ((last - FADE).max(0.0), last),
            (Some(first), None) => (first, (first + FADE).min(100.0)),
            (None, None) => return None,
        };
        let edge = |known: bool, about: bool, cut: bool| match (known, cut, about) {
            (false, ..) => Edge::Fading,
            (true, true, _) => Edge::Cut,
            (true, false, true) => Edge::About,
            (true, false, false) => Edge::Sharp,
        };
        let begins = edge(first.is_some(), about_first, from < 0.0);
        let ends = edge(last.is_some(), about_last, to > 100.0);
        let (from, to) = (from.clamp(0.0, 100.0 - NARROWEST), to.clamp(0.0, 100.0));
        let to = to.max(from + NARROWEST);
        let (left, right) = if self.mirrored { (100.0 - to, 100.0 - from) } else { (from, to) };
        let (on_left, on_right) = if self.mirrored { (ends, begins) } else { (begins, ends) };
        Some(Bar {
            left: Percent(left),
            width: Percent(right - left),
            right: Percent(right),
            on_left,
            on_right,
            hatched: milestone.kind == Kind::Forecast,
            flag: (milestone.kind == Kind::Deadline).then(|| self.at(to)),
            reports: milestone.developments.iter().filter_map(|report| self.place(report.date.earliest.or(report.date.latest)?.date())).collect(),
        })
    }
}

/// Whether the ends of a date are estimates.
fn approximate(date: &UncertainDate) -> (bool, bool) {
    let is = |end: End| matches!(end, End::At(moment) if moment.approximate || moment.uncertain);
    match date.edtf.as_deref().and_then(|edtf| edtf.parse().ok()) {
        Some(Edtf::Date(moment)) => (is(End::At(moment)), is(End::At(moment))),
        Some(Edtf::Interval(start, end)) => (is(start), is(end)),
        None => (false, false),
    }
}

/// The first day of a day's quarter.
fn quarter(day: NaiveDate) -> NaiveDate {
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
            "conditional": false, "conditions": [], "clauses": [], "actors": [], "locations": [], "notes": [], "developments": reports,
            "sequence": 0, "modified": "2024-10-01T00:00:00Z", "status": "open", "days_until": null, "as_of": "2024-10-01",
        }))
        .unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// From the first of January 2024 to the last day of 2024 and a quarter on.
    fn year(mirrored: bool) -> Axis {
        Axis { first: day("2024-01-01"), last: day("2025-01-01"), mirrored }
    }

    fn shown(bar: &Bar) -> (i64, i64, Edge, Edge) {
        #[expect(clippy::cast_possible_truncation, reason = "per cent")]
        let round = |percent: Percent| percent.0.round() as i64;
        (round(bar.left), round(bar.right), bar.on_left, bar.on_right)
    }

    #[test]
    fn a_bar_says_what_is_known_of_its_ends() {
        use Edge::{About, Cut, Fading, Sharp};
        for (edtf, expected, mirrored) in [
            ("2024-04-01/2024-06-30", (25, 50, Sharp, Sharp), (50, 75, Sharp, Sharp)),
            ("2024-07-01/2024-09-30~", (50, 75, Sharp, About), (25, 50, About, Sharp)),
            ("../2024-06-30", (32, 50, Fading, Sharp), (50, 68, Sharp, Fading)),
            ("2024-07-01/..", (50, 68, Sharp, Fading), (32, 50, Fading, Sharp)),
            ("2014~/2024-06-30", (0, 50, Cut, Sharp), (50, 100, Sharp, Cut)),
            ("2024-07-01/2030", (50, 100, Sharp, Cut), (0, 50, Cut, Sharp)),
        ] {
            assert_eq!(shown(&year(false).bar(&milestone("period", Some(edtf), &[])).unwrap()), expected, "{edtf}");
            assert_eq!(shown(&year(true).bar(&milestone("period", Some(edtf), &[])).unwrap()), mirrored, "{edtf}, mirrored");
        }
        assert!(year(false).bar(&milestone("event", None, &[])).is_none(), "nothing is drawn where nothing is known");
    }

    #[test]
    fn a_day_is_wide_enough_to_be_seen_wherever_it_falls() {
        for date in ["2024-01-01", "2024-06-30", "2024-12-31"] {
            let bar = year(false).bar(&milestone("event", Some(date), &[])).unwrap();
            assert!(bar.width.0 >= NARROWEST - 1e-9 && bar.left.0 >= 0.0 && bar.right.0 <= 100.0 + 1e-9, "{date}: {bar:?}");
        }
    }

    #[test]
    fn a_deadline_has_a_flag_at_its_last_day_a_forecast_is_hatched_and_reports_are_marked() {
        let deadline = year(false).bar(&milestone("deadline", Some("../2024-06-30"), &["2024-10-01", "2031-01-01"])).unwrap();
        assert_eq!(deadline.flag, Some(deadline.right));
        assert_eq!((deadline.reports.len(), deadline.hatched), (1, false), "what lies beyond the line is not drawn on it");
        let forecast = year(false).bar(&milestone("forecast", Some("2024-06"), &[])).unwrap();
        assert_eq!((forecast.flag, forecast.hatched), (None, true));
    }

    #[test]
    fn the_line_is_as_long_as_what_stands_on_it() {
        let milestones = [
            milestone("period", Some("2014~/2024-09-27"), &[]),
            milestone("event", Some("2024-04-15"), &[]),
            milestone("deadline", Some("2026-09"), &["2027-02-01"]),
        ];
        let axis = Axis::over(&milestones, day("2026-01-01"), false);
        assert_eq!((axis.first, axis.last), (day("2024-04-01"), day("2027-04-01")));
        assert_eq!(Axis::over(&milestones, day("2028-05-05"), false).last, day("2028-07-01"), "today is on it");
        assert_eq!(Axis::over(&milestones, day("2040-05-05"), false).last, day("2027-04-01"), "unless that is long after");
        let years: Vec<i32> = axis.ticks().iter().filter_map(|tick| tick.year).collect();
        assert_eq!(years, [2025, 2026, 2027]);
        let nothing = Axis::over(&[], day("2026-01-01"), false);
        assert!(nothing.ticks().iter().any(|tick| tick.year == Some(2026)) && nothing.place(day("2026-01-01")).is_some());
    }
}
