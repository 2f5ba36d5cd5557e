//! Statements: their issuers, and the articles that report them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::corpus::{
    bilingual_text::BilingualText,
    bitmaps::{Conditions, Indexed, ItemValues, RegisterParameter},
    date_range::{DateRange, Match},
    day::Day,
    filter::Filter,
    hit::Hit,
    parts::Parts,
    resource::Resource,
    searchable::{Search, SearchField, Searchable},
    slug::Slug,
    sort::{ByDate, SortOrder},
    uncertain_date::UncertainDate,
};
use crate::text::Language;

/// A statement and its source article.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Statement {
    /// Its permanent id.
    pub id: Slug,
    /// Its URL.
    pub url: String,
    /// Its kind.
    pub kind: Kind,
    /// Its title.
    pub title: BilingualText,
    /// When it was issued.
    pub issued: UncertainDate,
    /// Its issuers: ids of actors, in the order in which it names them.
    pub issuers: Vec<Slug>,
    /// Other publications of the statement or of the report, for comparison; their text is not stored.
    pub versions: Vec<Version>,
    /// The day of the last search for later reports; null if there was no search.
    pub developments_checked: Option<Day>,
    /// The copyright and the terms of use of the texts.
    pub license_note: BilingualText,
    /// How many clauses of other statements cite it.
    pub citation_count: u32,
    /// The article that reports it, or its own publication. What only the single item has comes last: it is stored apart.
    pub source: Article,
    /// The first 50 of those clauses; in the single item only. All are at `/v1/clauses?cites=` and its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cited_by: Option<Vec<CitingClause>>,
    /// How it matches a search.
    #[serde(flatten)]
    #[schema(value_type = Hit)]
    pub hit: Option<Hit>,
}

/// How many citing clauses a statement lists.
pub const MAX_CITING_CLAUSES: u32 = 50;

/// A clause of another statement that cites a statement.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct CitingClause {
    /// Its id.
    pub id: Slug,
    /// Its URL.
    pub url: String,
    /// Paragraph and letter.
    #[schema(example = "6b")]
    pub label: String,
    /// The statement (an id) that it belongs to.
    pub statement: Slug,
    /// The title of that statement.
    pub title: BilingualText,
}

impl Indexed for Statement {
    fn values(&self) -> ItemValues {
        // The actors and locations that it names are not among its members.
        ItemValues::default()
            .with("statement", &self.id)
            .with_name("kind", &self.kind)
            .with_entries(RegisterParameter::ISSUER, &self.issuers)
            .with_name("language", &self.source.language)
            .with_date(&self.issued)
    }
}

impl Searchable for Statement {
    fn search_fields(&self) -> Vec<SearchField<'_>> {
        SearchField::bilingual("title", &self.title).into()
    }
}

/// The kind of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = StatementKind)]
#[schemars(rename = "StatementKind")]
pub enum Kind {
    /// Issued by several together.
    JointStatement,
    /// Issued by one.
    Declaration,
    /// Signed.
    Agreement,
    /// Issued after a meeting.
    Communique,
}

/// The article that a statement is quoted from.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Article {
    /// Its publisher.
    pub publisher: BilingualText,
    /// The actor (an id) that reports it; null where the issuers published the text themselves.
    #[schema(example = "shafaq-news")]
    pub medium: Option<Slug>,
    /// Its language, ISO 639-1.
    #[schema(example = "ar")]
    pub language: Language,
    /// Its URL; null unless an editor has checked it.
    pub url: Option<String>,
    /// The SHA-256 of its text in UTF-8.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
    /// The length of the text, in code points.
    pub length: u32,
    /// The whole text, byte for byte; in the single item only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its paragraphs; in the single item only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraphs: Option<Vec<Paragraph>>,
}

/// Another publication of a statement, or of the report on it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Version {
    /// Its publisher.
    pub publisher: BilingualText,
    /// Its language, ISO 639-1.
    #[schema(example = "en")]
    pub language: Language,
    /// Its URL, where known.
    pub url: Option<String>,
    /// The date of publication, where known.
    pub published: Option<Day>,
    /// A description, with the differences from the source.
    pub description: BilingualText,
}

/// A paragraph of the source.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Paragraph {
    /// The number, from 1.
    pub number: u32,
    /// Its first code point in the whole text.
    pub start: u32,
    /// The code point after its last.
    pub end: u32,
    /// Its words.
    pub text: String,
}

/// The parameters of the list of statements.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct StatementFilter {
    /// With these words in the title, in Arabic or English: all of them; `"…"` is a phrase.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>, example = "coalition")]
    pub q: Option<Search>,
    /// Of this kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<Kind>,
    /// Issued by this actor (an id) or a part of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iraq"]))]
    pub issuer: Vec<Slug>,
    /// Reported in a source in this language.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub language: Vec<Language>,
    /// That name this actor (an id) or a part of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iraq"]))]
    pub actor: Vec<Slug>,
    /// That name this location (an id) or a place that lies in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iraq"]))]
    pub location: Vec<Slug>,
    /// Issued on this day or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Issued on this day or earlier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Whether the date may overlap the window `from`..`to` (`possible`, the default) or must lie inside it (`certain`). Bounds count as written; `~` does not widen them.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    #[param(rename = "match")]
    pub matching: Option<Match>,
    /// Whether `issuer`, `actor` and `location` mean exactly the given ones, without their parts. Default: false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<bool>,
    /// The order. Default: the latest first, or by relevance with `q`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
}

/// The orders of statements. An unknown day of issue sorts before every day from the earliest, and after every day by the latest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StatementSort)]
pub enum Sort {
    /// By the id.
    #[serde(rename = "position")]
    Position,
    /// By the id, the last first.
    #[serde(rename = "-position")]
    PositionDescending,
    /// By the earliest day of issue.
    #[serde(rename = "earliest")]
    Earliest,
    /// By the earliest day of issue, the last first.
    #[serde(rename = "-earliest")]
    EarliestDescending,
    /// By the latest day of issue.
    #[serde(rename = "latest")]
    Latest,
    /// By the latest day of issue, the last first.
    #[serde(rename = "-latest")]
    LatestDescending,
    /// By relevance to `q`, the best first.
    #[serde(rename = "relevance")]
    Relevance,
}

impl From<Sort> for SortOrder {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Position => ByDate::Position.into(),
            Sort::PositionDescending => ByDate::PositionDescending.into(),
            Sort::Earliest => ByDate::Earliest.into(),
            Sort::EarliestDescending => ByDate::EarliestDescending.into(),
            Sort::Latest => ByDate::Latest.into(),
            Sort::LatestDescending => ByDate::LatestDescending.into(),
            Sort::Relevance => Self::RELEVANCE,
        }
    }
}

impl Filter for StatementFilter {
    const RESOURCE: Resource = Resource::Statements;
    const DEFAULT_SORT: &'static str = "-earliest";
    const FACETS: &'static [&'static str] = &["kind", "language", "issuer"];
    type Item = Statement;

    fn sort_order(&self) -> SortOrder {
        self.sort.map_or_else(|| if self.q.is_some() { SortOrder::RELEVANCE } else { ByDate::EarliestDescending.into() }, SortOrder::from)
    }

    fn search(&self) -> Option<&Search> {
        self.q.as_ref()
    }

    fn conditions(&self, _: Day) -> Conditions {
        let parts = Parts::new(self.exact);
        Conditions::default()
            .names("kind", &self.kind)
            .entries(RegisterParameter::ISSUER, parts, &self.issuer)
            .names("language", &self.language)
            .entries(RegisterParameter::ACTOR, parts, &self.actor)
            .entries(RegisterParameter::LOCATION, parts, &self.location)
            .window(&self.date_range())
    }

    fn foreign_ids(&self) -> Vec<(&'static str, Resource, &[Slug])> {
        vec![("issuer", Resource::Actors, &self.issuer), ("actor", Resource::Actors, &self.actor), ("location", Resource::Locations, &self.location)]
    }

    fn parts(&self) -> Option<Parts> {
        (!(self.issuer.is_empty() && self.actor.is_empty() && self.location.is_empty())).then(|| Parts::new(self.exact))
    }

    fn date_range(&self) -> DateRange {
        DateRange { from: self.from, to: self.to, matching: self.matching }
    }
}
