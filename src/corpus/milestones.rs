//! Milestones: the deadlines, events, periods and forecasts that a dashboard shows.
//!
//! Whether one has passed is computed from its bounds; whether it was kept is never concluded from that.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Sqlite};
use utoipa::{IntoParams, ToSchema};

use crate::corpus::{
    BilingualText, Bounds, ByDate, DateRange, Day, Filter, Match, Resource, Slug, SortOrder, Source, UncertainDate, Voice, any, clauses::NamedReference,
    notes::NoteReference,
};

/// The SQL of a status: `i` has the bounds, an unknown one as the far end of time; `t` is the one row that holds the day.
macro_rules! status {
    () => {
        "CASE WHEN i.opens = '0000-01-01' AND i.closes = '9999-12-31' THEN 'undated' \
         WHEN t.as_of < i.opens THEN 'upcoming' WHEN t.as_of > i.closes THEN 'past' ELSE 'open' END"
    };
}

/// A deadline, event, period or forecast.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Milestone {
    /// Stable for ever.
    pub id: Slug,
    /// Where it is.
    pub url: String,
    /// The statement that it belongs to.
    pub statement: Slug,
    /// What it is, in few words.
    pub title: BilingualText,
    /// What sort of thing it is.
    pub kind: Kind,
    /// Who says so.
    pub voice: Voice,
    /// When, and how sure that is.
    pub date: UncertainDate,
    /// The expression of time (an id in `dates`) that dates it; null where the source has none.
    pub expression: Option<Slug>,
    /// Whether it is subject to conditions.
    pub conditional: bool,
    /// The clauses (ids) that set the conditions.
    pub conditions: Vec<Slug>,
    /// The clauses that it rests on.
    pub clauses: Vec<ClauseReference>,
    /// Who has a part in it.
    pub actors: Vec<NamedReference>,
    /// Where.
    pub locations: Vec<NamedReference>,
    /// What the editors say beside the clauses that it rests on.
    pub notes: Vec<NoteReference>,
    /// What was later reported, oldest first, whatever `as_of` is. An empty list: no report is recorded here, which says nothing of what happened.
    pub developments: Vec<Development>,
    /// How often it was corrected.
    pub sequence: u32,
    /// When it last changed.
    pub modified: DateTime<Utc>,
    /// Where its date stands to `as_of`. This never says that a promise was kept or broken.
    pub status: Status,
    /// Days from `as_of` to its latest day, negative once that is past; null where no latest day is known.
    pub days_until: Option<i64>,
    /// The day that `status` and `days_until` are reckoned on, in Baghdad.
    pub as_of: Day,
}

/// What sort of thing a milestone is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
#[schema(as = MilestoneKind)]
pub enum Kind {
    /// A limit in time.
    Deadline,
    /// Something that happens.
    Event,
    /// Something that lasts.
    Period,
    /// What somebody expects.
    Forecast,
}

/// Where a date stands to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum Status {
    /// The day is before its earliest.
    Upcoming,
    /// The day is between its bounds; an unknown one is open.
    Open,
    /// The day is after its latest.
    Past,
    /// It has no bounds.
    Undated,
}

/// A pointer to a clause, with its words.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ClauseReference {
    /// Its id.
    pub id: Slug,
    /// Where it is.
    pub url: String,
    /// Paragraph and letter.
    pub label: String,
    /// The source's words, and our working translation.
    pub text: BilingualText,
}

/// What was later reported about a milestone: what was said, not what is true.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Development {
    /// Stable for ever.
    pub id: Slug,
    /// When it is reported to have happened.
    pub date: UncertainDate,
    /// What was reported.
    pub text: BilingualText,
    /// By whom.
    pub sources: Vec<Source>,
}

/// Which milestones.
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
    /// Of this sort.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<Kind>,
    /// In which this very actor (an id) has a part; its parts are asked for by their own ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iraq"]))]
    pub actor: Vec<Slug>,
    /// At this very location (an id); places that lie in it are asked for by their own ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iraq"]))]
    pub location: Vec<Slug>,
    /// Whose date stands so to `as_of`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<Status>,
    /// On this day or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// On this day or earlier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Whether the date may overlap the window `from`..`to` (`possible`, the default) or must lie inside it (`certain`). Bounds count as written: `~` does not widen them.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    #[param(rename = "match")]
    pub matching: Option<Match>,
    /// The day to reckon `status` and `days_until` on; today in Baghdad unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// The order; what is due first comes first unless asked otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<ByDate>,
}

impl Filter for MilestoneFilter {
    const RESOURCE: Resource = Resource::Milestones;
    const OF_THE_DAY: &'static str = concat!(
        "'\"status\":\"' || (",
        status!(),
        ") || '\",\"days_until\":' || iif(i.closes = '9999-12-31', 'null', CAST(julianday(i.closes) - julianday(t.as_of) AS INTEGER)) || ',\"as_of\":\"' || t.as_of || '\"'"
    );
    const SORT: &'static str = "latest";
    type Item = Milestone;

    fn order(&self) -> SortOrder {
        self.sort.unwrap_or(ByDate::Latest).into()
    }

    fn day(&self, query: &mut QueryBuilder<Sqlite>, today: Day) {
        query.push("(SELECT ").push_bind(self.as_of.unwrap_or(today).to_string()).push(" AS as_of) AS t CROSS JOIN ");
    }

    fn join(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push(" JOIN milestones AS m ON m.id = i.id");
    }

    fn conditions(&self, query: &mut QueryBuilder<Sqlite>) {
        any(query, "m.statement", self.statement.iter().map(Slug::to_string));
        any(query, "m.voice", self.voice.iter().copied());
        any(query, "m.kind", self.kind.iter().copied());
        if !self.actor.is_empty() {
            query.push(" AND EXISTS (SELECT 1 FROM milestone_actors AS r WHERE r.milestone = m.id");
            any(query, "r.actor", self.actor.iter().map(Slug::to_string));
            query.push(")");
        }
        if !self.location.is_empty() {
            query.push(" AND EXISTS (SELECT 1 FROM milestone_locations AS r WHERE r.milestone = m.id");
            any(query, "r.location", self.location.iter().map(Slug::to_string));
            query.push(")");
        }
        any(query, status!(), self.status.iter().copied());
        self.window().condition(query, Bounds::Own);
    }

    fn references(&self) -> Vec<(&'static str, Resource, &[Slug])> {
        vec![("statement", Resource::Statements, &self.statement), ("actor", Resource::Actors, &self.actor), ("location", Resource::Locations, &self.location)]
    }

    fn window(&self) -> DateRange {
        DateRange { from: self.from, to: self.to, matching: self.matching }
    }
}

/// The day that a single milestone is reckoned on.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct AsOf {
    /// The day to reckon `status` and `days_until` on; today in Baghdad unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
}

impl From<AsOf> for MilestoneFilter {
    fn from(AsOf { as_of }: AsOf) -> Self {
        Self { as_of, ..Self::default() }
    }
}
