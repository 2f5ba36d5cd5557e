//! Milestones: deadlines, events, periods and forecasts.
//!
//! Whether a date has passed is computed from its bounds. The service never concludes that a promise was kept or broken.

use std::ops::Deref;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::corpus::{
    bilingual_text::BilingualText,
    bitmaps::{Conditions, Indexed, ItemValues, RegisterParameter, Term},
    date_range::{DateRange, Match},
    day::Day,
    enum_name::enum_name,
    filter::Filter,
    parts::Parts,
    read_item::Bounds,
    references::{ClauseReference, NamedReference, NoteReference},
    resource::Resource,
    searchable::{SearchField, Searchable},
    slug::Slug,
    sort::{ByDate, SortOrder},
    source::Source,
    uncertain_date::UncertainDate,
    voice::Voice,
};

/// A deadline, event, period or forecast, as it is stored: without what depends on the day.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct MilestoneRecord {
    /// Its permanent id.
    pub id: Slug,
    /// Its URL.
    pub url: String,
    /// The statement that it belongs to.
    pub statement: Slug,
    /// A short description.
    pub title: BilingualText,
    /// Its kind.
    pub kind: Kind,
    /// The voice of the words that it rests on.
    pub voice: Voice,
    /// The actor (an id) whose words they are: the medium, or the actor that it quotes. Null for the words of the issuers.
    pub speaker: Option<Slug>,
    /// The speaker's name.
    pub speaker_name: Option<BilingualText>,
    /// Its date, and the certainty of the date.
    pub date: UncertainDate,
    /// The temporal expression (an id in `dates`) that dates it; null where the source has none.
    pub expression: Option<Slug>,
    /// Whether it is subject to conditions.
    pub conditional: bool,
    /// The clauses (ids) that set the conditions.
    pub conditions: Vec<Slug>,
    /// The same clauses, with their words.
    pub condition_clauses: Vec<ClauseReference>,
    /// The clauses that it rests on.
    pub clauses: Vec<ClauseReference>,
    /// The actors that have a role in it.
    pub actors: Vec<NamedReference>,
    /// Its locations.
    pub locations: Vec<NamedReference>,
    /// The editors' notes on the clauses that it rests on.
    pub notes: Vec<NoteReference>,
    /// Later reports, oldest first, for any `as_of`. An empty list means that no report is recorded here, not that nothing happened.
    pub developments: Vec<Development>,
    /// The number of corrections.
    pub sequence: u32,
    /// The time of its last change.
    pub modified: DateTime<Utc>,
}

/// A deadline, event, period or forecast.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Milestone {
    /// The members that do not depend on the day.
    #[serde(flatten)]
    pub record: MilestoneRecord,
    /// How its date relates to `as_of`. It never says that a promise was kept or broken.
    pub status: Status,
    /// Days from `as_of` to its latest day, negative after that day; null where no latest day is known.
    pub days_until: Option<i64>,
    /// The day on which `status` and `days_until` are computed, in Baghdad.
    pub as_of: Day,
}

impl Deref for Milestone {
    type Target = MilestoneRecord;

    fn deref(&self) -> &MilestoneRecord {
        &self.record
    }
}

impl Indexed for MilestoneRecord {
    fn values(&self) -> ItemValues {
        let values = ItemValues::default()
            .with("statement", &self.statement)
            .with_name("voice", &self.voice)
            .with_entries(RegisterParameter::SPEAKER, &self.speaker)
            .with_name("kind", &self.kind)
            .with_entries(RegisterParameter::ACTOR, self.actors.iter().map(|actor| &actor.id))
            .with_entries(RegisterParameter::LOCATION, self.locations.iter().map(|location| &location.id))
            .with_date(&self.date);
        // The other statuses depend on the day, and follow from the bounds.
        if values.dates.is_empty() { values.with_name("status", &Status::Undated) } else { values }
    }
}

impl Searchable for MilestoneRecord {
    fn search_fields(&self) -> Vec<SearchField<'_>> {
        SearchField::bilingual("title", &self.title).into()
    }
}

/// The kind of a milestone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MilestoneKind)]
#[schemars(rename = "MilestoneKind")]
pub enum Kind {
    /// A limit in time.
    Deadline,
    /// Something that happens.
    Event,
    /// Something that lasts.
    Period,
    /// An expectation of a speaker.
    Forecast,
}

/// How a date relates to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The day is before the earliest.
    Upcoming,
    /// The day is between the bounds; an unknown bound is open.
    Open,
    /// The day is after the latest.
    Past,
    /// The date has no bounds.
    Undated,
}

impl Status {
    /// All of them.
    const ALL: [Self; 4] = [Self::Upcoming, Self::Open, Self::Past, Self::Undated];

    /// The status on a day of an item with these bounds.
    fn of(Bounds { starts, ends }: Bounds<'_>, as_of: &str) -> Self {
        match (starts, ends) {
            ("0000-01-01", "9999-12-31") => Self::Undated,
            _ if as_of < starts => Self::Upcoming,
            _ if as_of > ends => Self::Past,
            _ => Self::Open,
        }
    }

    /// What an item with this status on a day has.
    fn term(self, as_of: Day) -> Term {
        match self {
            Self::Upcoming => Term::after(as_of),
            Self::Open => Term::around(as_of),
            Self::Past => Term::before(as_of),
            Self::Undated => Term::Value("status", enum_name(&self)),
        }
    }
}

/// A later report about a milestone. It records that it was reported, not that it is true.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Development {
    /// Its permanent id.
    pub id: Slug,
    /// When it happened, according to the report.
    pub date: UncertainDate,
    /// What was reported.
    pub text: BilingualText,
    /// Who reported it.
    pub sources: Vec<Source>,
}

/// The parameters of the list of milestones.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct MilestoneFilter {
    /// Of this statement (an id).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iq-us-2024-09-27"]))]
    pub statement: Vec<Slug>,
    /// Said by this voice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub voice: Vec<Voice>,
    /// Said by this actor (an id) or a part of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["senior-iraqi-officer"]))]
    pub speaker: Vec<Slug>,
    /// Of this kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<Kind>,
    /// In which this actor (an id) or a part of it has a role.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iraq"]))]
    pub actor: Vec<Slug>,
    /// At this location (an id) or a place that lies in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iraq"]))]
    pub location: Vec<Slug>,
    /// With this status on the day `as_of`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<Status>,
    /// On this day or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// On this day or earlier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Whether the date may overlap the window `from`..`to` (`possible`, the default) or must lie inside it (`certain`). Bounds count as written; `~` does not widen them.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    #[param(rename = "match")]
    pub matching: Option<Match>,
    /// The day on which to compute `status` and `days_until`. Default: today in Baghdad.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// Whether `actor`, `location` and `speaker` mean exactly the given ones, without their parts. Default: false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<bool>,
    /// The order. Default: what is due first sorts first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
}

impl Filter for MilestoneFilter {
    const RESOURCE: Resource = Resource::Milestones;
    const DEFAULT_SORT: &'static str = "latest";
    const FACETS: &'static [&'static str] = &["statement", "voice", "speaker", "kind", "actor", "location", "status"];
    type Item = Milestone;

    fn sort_order(&self) -> SortOrder {
        self.sort.unwrap_or(Sort::Latest).into()
    }

    fn computed_members(&self, bounds: Bounds<'_>, today: Day) -> Option<String> {
        let as_of = self.as_of.unwrap_or(today);
        let status = enum_name(&Status::of(bounds, &as_of.to_string()));
        // An unknown latest day is stored as no valid one.
        let days_until = bounds.ends.parse::<Day>().map_or_else(|_| "null".to_owned(), |ends| (ends.date() - as_of.date()).num_days().to_string());
        Some(format!(r#""status":"{status}","days_until":{days_until},"as_of":"{as_of}""#))
    }

    fn computed_facet(&self, name: &str, today: Day) -> Option<Vec<(String, Term)>> {
        let as_of = self.as_of.unwrap_or(today);
        (name == "status").then(|| Status::ALL.into_iter().map(|status| (enum_name(&status), status.term(as_of))).collect())
    }

    fn conditions(&self, today: Day) -> Conditions {
        let (parts, as_of) = (Parts::new(self.exact), self.as_of.unwrap_or(today));
        Conditions::default()
            .values("statement", &self.statement)
            .names("voice", &self.voice)
            .entries(RegisterParameter::SPEAKER, parts, &self.speaker)
            .names("kind", &self.kind)
            .entries(RegisterParameter::ACTOR, parts, &self.actor)
            .entries(RegisterParameter::LOCATION, parts, &self.location)
            .any(self.status.iter().map(|status| status.term(as_of)))
            .window(&self.date_range())
    }

    fn foreign_ids(&self) -> Vec<(&'static str, Resource, &[Slug])> {
        vec![
            ("statement", Resource::Statements, &self.statement),
            ("speaker", Resource::Actors, &self.speaker),
            ("actor", Resource::Actors, &self.actor),
            ("location", Resource::Locations, &self.location),
        ]
    }

    fn parts(&self) -> Option<Parts> {
        (!(self.speaker.is_empty() && self.actor.is_empty() && self.location.is_empty())).then(|| Parts::new(self.exact))
    }

    fn date_range(&self) -> DateRange {
        DateRange { from: self.from, to: self.to, matching: self.matching }
    }
}

/// The orders of milestones. An unknown earliest day sorts before every day, an unknown latest day after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MilestoneSort)]
pub enum Sort {
    /// Reading order.
    #[serde(rename = "position")]
    Position,
    /// Reading order, the last first.
    #[serde(rename = "-position")]
    PositionDescending,
    /// By the earliest day.
    #[serde(rename = "earliest")]
    Earliest,
    /// By the earliest day, the last first.
    #[serde(rename = "-earliest")]
    EarliestDescending,
    /// By the latest day: what is due first sorts first.
    #[serde(rename = "latest")]
    Latest,
    /// By the latest day, the last first.
    #[serde(rename = "-latest")]
    LatestDescending,
    /// By `days_until`, the smallest first; an unknown one sorts last.
    #[serde(rename = "days_until")]
    DaysUntil,
    /// By `days_until`, the largest first; an unknown one sorts first.
    #[serde(rename = "-days_until")]
    DaysUntilDescending,
}

impl From<Sort> for SortOrder {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Position => ByDate::Position.into(),
            Sort::PositionDescending => ByDate::PositionDescending.into(),
            Sort::Earliest => ByDate::Earliest.into(),
            Sort::EarliestDescending => ByDate::EarliestDescending.into(),
            // Days are counted from one day for all milestones, so that their order is that of the latest days.
            Sort::Latest | Sort::DaysUntil => ByDate::Latest.into(),
            Sort::LatestDescending | Sort::DaysUntilDescending => ByDate::LatestDescending.into(),
        }
    }
}

/// The parameter of a single milestone.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct AsOf {
    /// The day on which to compute `status` and `days_until`. Default: today in Baghdad.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
}

impl From<AsOf> for MilestoneFilter {
    fn from(AsOf { as_of }: AsOf) -> Self {
        Self { as_of, ..Self::default() }
    }
}
