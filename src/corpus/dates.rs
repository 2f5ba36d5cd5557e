//! Dates: every occurrence of a temporal expression.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::corpus::{
    bilingual_text::BilingualText,
    bitmaps::{Conditions, Indexed, ItemValues, Reference, RegisterParameter, Term},
    date_range::{DateRange, Match},
    day::Day,
    filter::Filter,
    parts::Parts,
    quote::Quote,
    resource::Resource,
    slug::Slug,
    sort::{ByDate, SortOrder},
    uncertain_date::{Basis, UncertainDate},
    voice::Voice,
};

/// One temporal expression.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct DateExpression {
    /// Its permanent id.
    pub id: Slug,
    /// Its URL.
    pub url: String,
    /// The statement that it belongs to.
    pub statement: Slug,
    /// The clause that contains it.
    pub clause: Slug,
    /// Its voice.
    pub voice: Voice,
    /// The actor (an id) whose words they are: the medium, or the actor that it quotes. Null for the statement's own words, whose
    /// speakers are its issuers.
    pub speaker: Option<Slug>,
    /// The speaker's name.
    pub speaker_name: Option<BilingualText>,
    /// Its TIMEX3 type.
    pub r#type: TimexType,
    /// The date that it expresses, and its certainty.
    pub date: UncertainDate,
    /// The date (an id) that a relative one is counted from; null where the source has none.
    pub anchor: Option<Slug>,
    /// The words and their position in the source.
    pub quote: Quote,
    /// How the date follows from the words.
    pub basis_note: Option<BilingualText>,
}

impl Indexed for DateExpression {
    fn values(&self) -> ItemValues {
        let values = ItemValues::default()
            .with("statement", &self.statement)
            .with_name("type", &self.r#type)
            .with_name("voice", &self.voice)
            .with_entries(RegisterParameter::SPEAKER, &self.speaker)
            .with_date(&self.date);
        self.date.basis.iter().fold(values, |values, basis| values.with_name("basis", basis))
    }
}

/// The types of temporal expression in ISO-TimeML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexType {
    /// A point or a stretch of the calendar.
    Date,
    /// A length of time.
    Duration,
    /// A time of day.
    Time,
    /// A recurrence.
    Set,
}

/// The parameters of the list of dates.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct DateFilter {
    /// Of this statement (an id).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iq-us-2024-09-27"]))]
    pub statement: Vec<Slug>,
    /// In this clause (an id).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iq-us-2024-09-27-6c"]))]
    pub clause: Vec<Slug>,
    /// Of this TIMEX3 type.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub r#type: Vec<TimexType>,
    /// Resting on this basis.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub basis: Vec<Basis>,
    /// Said by this voice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub voice: Vec<Voice>,
    /// Said by this actor (an id) or a part of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["senior-iraqi-officer"]))]
    pub speaker: Vec<Slug>,
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
    /// Whether `speaker` means exactly the given ones, without their parts. Default: false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<bool>,
    /// The order. Default: reading order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<ByDate>,
}

impl Filter for DateFilter {
    const RESOURCE: Resource = Resource::Dates;
    const DEFAULT_SORT: &'static str = "position";
    const FACETS: &'static [&'static str] = &["statement", "type", "basis", "voice", "speaker"];
    type Item = DateExpression;

    fn sort_order(&self) -> SortOrder {
        self.sort.unwrap_or(ByDate::Position).into()
    }

    fn conditions(&self, _: Day) -> Conditions {
        Conditions::default()
            .values("statement", &self.statement)
            .any(self.clause.iter().map(|clause| Term::Referring(Reference::DateInClause, clause.to_string())))
            .names("type", &self.r#type)
            .names("basis", &self.basis)
            .names("voice", &self.voice)
            .entries(RegisterParameter::SPEAKER, Parts::new(self.exact), &self.speaker)
            .window(&self.date_range())
    }

    fn foreign_ids(&self) -> Vec<(&'static str, Resource, &[Slug])> {
        vec![("statement", Resource::Statements, &self.statement), ("clause", Resource::Clauses, &self.clause), ("speaker", Resource::Actors, &self.speaker)]
    }

    fn parts(&self) -> Option<Parts> {
        (!self.speaker.is_empty()).then(|| Parts::new(self.exact))
    }

    fn date_range(&self) -> DateRange {
        DateRange { from: self.from, to: self.to, matching: self.matching }
    }
}
