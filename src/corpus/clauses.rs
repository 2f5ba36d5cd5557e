//! Clauses: the units that a reader may quote, dispute or track separately.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::corpus::{
    bilingual_text::BilingualText,
    bitmaps::{Conditions, Indexed, ItemValues, RegisterParameter},
    date_range::{DateRange, Match},
    day::Day,
    enum_name::enum_name,
    filter::Filter,
    hit::Hit,
    lead_in::LeadIn,
    paragraph_number::ParagraphNumber,
    parts::Parts,
    quote::Quote,
    references::{DateReference, NamedReference, NoteReference, TitledReference},
    resource::Resource,
    searchable::{Search, SearchField, Searchable},
    slug::Slug,
    sort::{ByPosition, SortOrder},
    voice::Voice,
};

/// The smallest unit of the source that can be cited.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Clause {
    /// The statement's id and the label.
    pub id: Slug,
    /// Its URL.
    pub url: String,
    /// The statement that it belongs to.
    pub statement: Slug,
    /// Paragraph and letter, in reading order.
    #[schema(example = "6b")]
    pub label: String,
    /// The paragraph of the article, from 1.
    pub paragraph: u32,
    /// Reading order, from 1.
    pub position: u32,
    /// The clause (an id) that it belongs to: it is nested in that clause, or is its condition, limit, purpose or manner.
    pub parent: Option<Slug>,
    /// Its voice.
    pub voice: Voice,
    /// The actor (an id) whose words they are: the medium, or the actor that it quotes. Null for the statement's own words, whose
    /// speakers are its issuers.
    pub speaker: Option<Slug>,
    /// The speaker's name.
    pub speaker_name: Option<BilingualText>,
    /// Its kind.
    pub kind: Kind,
    /// The source's words, and our translation of them.
    pub text: BilingualText,
    /// The kind of translation: our own working translation.
    #[schema(example = "working translation")]
    pub translation: String,
    /// The words and their position in the source.
    pub quote: Quote,
    /// The words that introduce it in the source; null where there are none.
    pub lead_in: Option<LeadIn>,
    /// The actors that have a role in it.
    pub actors: Vec<Role>,
    /// The locations that it names.
    pub locations: Vec<NamedReference>,
    /// The temporal expressions in it.
    pub dates: Vec<DateReference>,
    /// The milestones that rest on it.
    pub milestones: Vec<TitledReference>,
    /// The documents that it cites.
    pub citations: Vec<Citation>,
    /// The editors' notes on it.
    pub notes: Vec<NoteReference>,
    /// How it matches a search.
    #[serde(flatten)]
    #[schema(value_type = Hit)]
    pub hit: Option<Hit>,
}

/// The kind of a clause: its function in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ClauseKind)]
#[schemars(rename = "ClauseKind")]
pub enum Kind {
    /// Reports what happened.
    Report,
    /// Reports what somebody expects.
    Forecast,
    /// States how things are.
    Declaration,
    /// Gives the grounds for what follows.
    Recital,
    /// Decides something.
    Decision,
    /// Sets a limit in time.
    Deadline,
    /// Undertakes to do something.
    Commitment,
    /// States what something else depends on.
    Condition,
    /// States the purpose or the manner of something.
    Purpose,
    /// Gives thanks or credit.
    Acknowledgement,
    /// Hopes for something without undertaking it.
    Aspiration,
    /// Refers to another document.
    Reference,
}

/// The role of an actor in a clause.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Role {
    /// The actor's id.
    pub id: Slug,
    /// The actor's URL.
    pub url: String,
    /// The actor's name.
    pub name: BilingualText,
    /// The role.
    pub role: RoleKind,
    /// Whether the clause itself does not name the actor: the role follows from a lead-in, another clause or the grammar.
    pub inferred: bool,
}

/// The roles that an actor can have in a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoleKind {
    /// Says it, or is reported to say it.
    Speaker,
    /// Is obliged to do it.
    Bound,
    /// Benefits from it.
    Beneficiary,
    /// Takes part in it.
    Party,
    /// Is named without another role.
    Mentioned,
}

/// A document that a clause cites.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Citation {
    /// The document's id.
    pub id: Slug,
    /// The URL of the statement that the document is, where it is one that is served here; null for other documents.
    pub url: Option<String>,
    /// The kind of document.
    #[schema(example = "joint_statement")]
    pub kind: String,
    /// Its title.
    pub title: BilingualText,
    /// The date of issue; null where the source does not date the document itself.
    pub issued: Option<Day>,
    /// The words that cite it.
    pub exact: String,
}

impl Indexed for Clause {
    fn values(&self) -> ItemValues {
        let values = ItemValues::default()
            .with("statement", &self.statement)
            .with("paragraph", &self.paragraph)
            .with_name("voice", &self.voice)
            .with_entries(RegisterParameter::SPEAKER, &self.speaker)
            .with_name("kind", &self.kind)
            .with_entries(RegisterParameter::LOCATION, self.locations.iter().map(|location| &location.id));
        let values = self.milestones.iter().fold(values, |values, milestone| values.with("milestone", &milestone.id));
        let cited = self.citations.iter().filter(|citation| citation.url.is_some());
        let values = cited.fold(values, |values, citation| values.with("cites", &citation.id));
        let values = self.actors.iter().fold(values, |values, actor| {
            values.with_name("role", &actor.role).with_entries(RegisterParameter::ACTOR, [&actor.id]).with_actor_in_role(&actor.id, &actor.role)
        });
        self.dates.iter().fold(values, |values, date| values.with_date(&date.date))
    }
}

impl Searchable for Clause {
    fn search_fields(&self) -> Vec<SearchField<'_>> {
        SearchField::introduced(&self.text, &self.quote, self.lead_in.as_ref())
    }
}

/// The parameters of the list of clauses.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ClauseFilter {
    /// With these words, in Arabic or English: all of them; `"…"` is a phrase.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>, example = "انسحاب")]
    pub q: Option<Search>,
    /// Of this statement (an id).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iq-us-2024-09-27"]))]
    pub statement: Vec<Slug>,
    /// In this paragraph of the article, from 1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub paragraph: Vec<ParagraphNumber>,
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
    /// With an actor in this role; with `actor`, with that actor in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub role: Vec<RoleKind>,
    /// That name this location (an id) or a place that lies in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iraq"]))]
    pub location: Vec<Slug>,
    /// That this milestone (an id) rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iq-us-2024-09-27-mission-in-iraq-ends"]))]
    pub milestone: Vec<Slug>,
    /// That cite this statement (an id).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iq-us-2024-09-27"]))]
    pub cites: Vec<Slug>,
    /// With a date on this day or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// With a date on this day or earlier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Whether the date may overlap the window `from`..`to` (`possible`, the default) or must lie inside it (`certain`). Bounds count as written; `~` does not widen them.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    #[param(rename = "match")]
    pub matching: Option<Match>,
    /// Whether `actor`, `location` and `speaker` mean exactly the given ones, without their parts. Default: false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<bool>,
    /// The order. Default: reading order, or relevance with `q`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<ByPosition>,
}

impl Filter for ClauseFilter {
    const RESOURCE: Resource = Resource::Clauses;
    const DEFAULT_SORT: &'static str = "position";
    const FACETS: &'static [&'static str] = &["statement", "paragraph", "voice", "speaker", "kind", "actor", "role", "location", "milestone"];
    type Item = Clause;

    fn sort_order(&self) -> SortOrder {
        self.sort.map_or_else(|| if self.q.is_some() { SortOrder::RELEVANCE } else { SortOrder::default() }, SortOrder::from)
    }

    fn search(&self) -> Option<&Search> {
        self.q.as_ref()
    }

    fn conditions(&self, _: Day) -> Conditions {
        let parts = Parts::new(self.exact);
        let conditions = Conditions::default()
            .values("statement", &self.statement)
            .values("paragraph", self.paragraph.iter().map(|paragraph| paragraph.get()))
            .names("voice", &self.voice)
            .entries(RegisterParameter::SPEAKER, parts, &self.speaker)
            .names("kind", &self.kind)
            .entries(RegisterParameter::LOCATION, parts, &self.location)
            .values("milestone", &self.milestone)
            .values("cites", &self.cites)
            .window(&self.date_range());
        if self.role.is_empty() {
            conditions.entries(RegisterParameter::ACTOR, parts, &self.actor)
        } else if self.actor.is_empty() {
            conditions.names("role", &self.role)
        } else {
            let in_roles = self.actor.iter().flat_map(|actor| self.role.iter().map(move |role| format!("{actor} {}", enum_name(role))));
            conditions.entry_values(RegisterParameter::ACTOR_IN_ROLE, parts, in_roles)
        }
    }

    fn foreign_ids(&self) -> Vec<(&'static str, Resource, &[Slug])> {
        vec![
            ("statement", Resource::Statements, &self.statement),
            ("speaker", Resource::Actors, &self.speaker),
            ("actor", Resource::Actors, &self.actor),
            ("location", Resource::Locations, &self.location),
            ("milestone", Resource::Milestones, &self.milestone),
            ("cites", Resource::Statements, &self.cites),
        ]
    }

    fn parts(&self) -> Option<Parts> {
        (!(self.speaker.is_empty() && self.actor.is_empty() && self.location.is_empty())).then(|| Parts::new(self.exact))
    }

    fn date_range(&self) -> DateRange {
        DateRange { from: self.from, to: self.to, matching: self.matching }
    }
}
