//! Clauses: the units that a reader might quote, dispute or track alone.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};
use sqlx::{QueryBuilder, Sqlite};
use utoipa::{IntoParams, ToSchema};

use crate::corpus::{
    BilingualText, Bounds, ByPosition, DateRange, Day, Filter, Match, Quote, Resource, Slug, SortOrder, UncertainDate, Voice, any,
    dates::TimexType,
    notes::NoteReference,
    search::{Hit, Search, SearchField},
    values::{from_text, number},
};

/// One citable unit of what is said.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Clause {
    /// The statement's id and the label.
    pub id: Slug,
    /// Where it is.
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
    /// The clause that it belongs to: it stands inside it, or is its condition, limit, purpose or manner.
    pub parent: Option<Slug>,
    /// Who says it.
    pub voice: Voice,
    /// What it does.
    pub kind: Kind,
    /// The source's words, and our translation of them.
    pub text: BilingualText,
    /// What the English is worth.
    #[schema(example = "working translation")]
    pub translation: String,
    /// The words and their place in the source.
    pub quote: Quote,
    /// Who has a part in it.
    pub actors: Vec<Role>,
    /// Where.
    pub locations: Vec<NamedReference>,
    /// The expressions of time in it.
    pub dates: Vec<DateReference>,
    /// The milestones that rest on it.
    pub milestones: Vec<TitledReference>,
    /// The documents that it cites.
    pub citations: Vec<Citation>,
    /// What the editors say beside it.
    pub notes: Vec<NoteReference>,
    /// How it answers a search.
    #[serde(flatten)]
    #[schema(value_type = Hit)]
    pub hit: Option<Hit>,
}

/// What a clause does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
#[schema(as = ClauseKind)]
pub enum Kind {
    /// Tells what happened.
    Report,
    /// Tells what somebody expects.
    Forecast,
    /// States how things are.
    Declaration,
    /// Gives the grounds for what follows.
    Recital,
    /// Settles something.
    Decision,
    /// Sets a limit in time.
    Deadline,
    /// Somebody undertakes to do something.
    Commitment,
    /// Something else depends on it.
    Condition,
    /// Says what something is for, or in what manner it is done.
    Purpose,
    /// Gives thanks or credit.
    Acknowledgement,
    /// Hopes for something, without undertaking it.
    Aspiration,
    /// Points at another document.
    Reference,
}

/// An actor's part in a clause.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Role {
    /// The actor's id.
    pub id: Slug,
    /// Where the actor is.
    pub url: String,
    /// The actor's name.
    pub name: BilingualText,
    /// The part.
    pub role: RoleKind,
    /// The clause does not name the actor: the part is read from a lead-in, another clause or the grammar.
    pub inferred: bool,
}

/// The parts that an actor can have in a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum RoleKind {
    /// Says it, or is reported to.
    Speaker,
    /// Has to do it.
    Bound,
    /// It is done for them.
    Beneficiary,
    /// Takes part in it.
    Party,
    /// Is only named.
    Mentioned,
}

/// A pointer to something that has a name.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct NamedReference {
    /// Its id.
    pub id: Slug,
    /// Where it is.
    pub url: String,
    /// Its name.
    pub name: BilingualText,
}

/// A pointer to something that has a title.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct TitledReference {
    /// Its id.
    pub id: Slug,
    /// Where it is.
    pub url: String,
    /// Its title.
    pub title: BilingualText,
}

/// A pointer to an expression of time.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct DateReference {
    /// Its id.
    pub id: Slug,
    /// Where it is.
    pub url: String,
    /// Its TIMEX3 type.
    pub r#type: TimexType,
    /// What it says.
    pub date: UncertainDate,
    /// Its words.
    pub exact: String,
}

/// A document that a clause cites.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Citation {
    /// The document's id.
    pub id: Slug,
    /// What it is.
    #[schema(example = "joint_statement")]
    pub kind: String,
    /// Its title.
    pub title: BilingualText,
    /// When it was issued; null where the source does not date the document itself.
    pub issued: Option<Day>,
    /// The words that cite it.
    pub exact: String,
}

/// The number of a paragraph, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(value_type = u32, minimum = 1)]
pub struct ParagraphNumber(u32);

impl FromStr for ParagraphNumber {
    type Err = ParseParagraphNumberError;

    fn from_str(text: &str) -> Result<Self, ParseParagraphNumberError> {
        number(text).filter(|number| *number >= 1).map(Self).ok_or(ParseParagraphNumberError)
    }
}

/// The text is no number of a paragraph.
#[derive(Debug, thiserror::Error)]
#[error("a whole number, from 1")]
pub struct ParseParagraphNumberError;

impl<'de> Deserialize<'de> for ParagraphNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_text(deserializer, &ParseParagraphNumberError)
    }
}

/// Which clauses.
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
    /// That do this.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<Kind>,
    /// In which this very actor (an id) has a part; its parts are asked for by their own ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iraq"]))]
    pub actor: Vec<Slug>,
    /// The part; together with `actor`, that actor's part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub role: Vec<RoleKind>,
    /// That name this location (an id).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iraq"]))]
    pub location: Vec<Slug>,
    /// That this milestone (an id) rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iq-us-2024-09-27-mission-in-iraq-ends"]))]
    pub milestone: Vec<Slug>,
    /// With a date on this day or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// With a date on this day or earlier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Whether the date may overlap the window `from`..`to` (`possible`, the default) or must lie inside it (`certain`). Bounds count as written: `~` does not widen them.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    #[param(rename = "match")]
    pub matching: Option<Match>,
    /// The order; reading order unless asked otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<ByPosition>,
}

impl Filter for ClauseFilter {
    const RESOURCE: Resource = Resource::Clauses;
    const SORT: &'static str = "position";
    type Item = Clause;

    fn order(&self) -> SortOrder {
        self.sort.map_or_else(|| if self.q.is_some() { SortOrder::RELEVANCE } else { SortOrder::default() }, SortOrder::from)
    }

    fn search(&self) -> Option<&Search> {
        self.q.as_ref()
    }

    fn searched(item: &Clause) -> Vec<SearchField<'_>> {
        SearchField::both("text", &item.text, Some(item.quote.start)).into()
    }

    fn join(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push(" JOIN clauses AS c ON c.id = i.id");
    }

    fn conditions(&self, query: &mut QueryBuilder<Sqlite>) {
        any(query, "c.statement", self.statement.iter().map(Slug::to_string));
        any(query, "c.paragraph", self.paragraph.iter().map(|paragraph| paragraph.0));
        any(query, "c.voice", self.voice.iter().copied());
        any(query, "c.kind", self.kind.iter().copied());
        if !(self.actor.is_empty() && self.role.is_empty()) {
            query.push(" AND EXISTS (SELECT 1 FROM clause_actors AS r WHERE r.clause = c.id");
            any(query, "r.actor", self.actor.iter().map(Slug::to_string));
            any(query, "r.role", self.role.iter().copied());
            query.push(")");
        }
        if !self.location.is_empty() {
            query.push(" AND EXISTS (SELECT 1 FROM location_mentions AS r WHERE r.clause = c.id");
            any(query, "r.location", self.location.iter().map(Slug::to_string));
            query.push(")");
        }
        if !self.milestone.is_empty() {
            query.push(" AND EXISTS (SELECT 1 FROM milestone_clauses AS r WHERE r.clause = c.id");
            any(query, "r.milestone", self.milestone.iter().map(Slug::to_string));
            query.push(")");
        }
        if !self.window().is_open() {
            query.push(" AND EXISTS (SELECT 1 FROM dates AS d JOIN items AS w ON w.resource = 'dates' AND w.id = d.id WHERE d.clause = c.id");
            self.window().condition(query, Bounds::OfItsDates);
            query.push(")");
        }
    }

    fn references(&self) -> Vec<(&'static str, Resource, &[Slug])> {
        vec![
            ("statement", Resource::Statements, &self.statement),
            ("actor", Resource::Actors, &self.actor),
            ("location", Resource::Locations, &self.location),
            ("milestone", Resource::Milestones, &self.milestone),
        ]
    }

    fn window(&self) -> DateRange {
        DateRange { from: self.from, to: self.to, matching: self.matching }
    }
}
