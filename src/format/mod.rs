//! What an answer looks like: pure writers, one file a format, each named for its standard.
//!
//! A resource declares what its list can be rendered as ([`Represented`]); what is offered, refused, linked and documented
//! follows from that alone.

pub mod atom;
pub mod csv;
pub mod geojson;
pub mod icalendar;
pub mod json;

use chrono::{DateTime, Utc};
use serde::{Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use crate::corpus::{
    Day, Language, Resource, Text, actors::Actor, changes::Change, clauses::Clause, dates::DateExpression, locations::Location, milestones::Milestone,
    notes::Note, statements::Statement,
};

/// The formats that an answer can be had in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// JSON, RFC 8259.
    Json,
    /// CSV, RFC 4180.
    Csv,
    /// iCalendar, RFC 5545.
    Icalendar,
    /// Atom, RFC 4287.
    Atom,
    /// `GeoJSON`, RFC 7946.
    GeoJson,
}

impl Format {
    /// All of them, the preferred one first.
    pub const ALL: [Self; 5] = [Self::Json, Self::Csv, Self::Icalendar, Self::Atom, Self::GeoJson];

    /// The ending of an address that asks for it, without the dot.
    #[must_use]
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Icalendar => "ics",
            Self::Atom => "atom",
            Self::GeoJson => "geojson",
        }
    }

    /// Its media type, without parameters.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv",
            Self::Icalendar => "text/calendar",
            Self::Atom => "application/atom+xml",
            Self::GeoJson => "application/geo+json",
        }
    }

    /// Its media type as it is sent.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Icalendar => "text/calendar; charset=utf-8",
            other => other.media_type(),
        }
    }
}

/// What a writer is told besides the list.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The address of the interface, with a slash at its end.
    pub root: &'a str,
    /// The language that was asked for.
    pub language: Option<Language>,
    /// When the data was published.
    pub published: DateTime<Utc>,
    /// Whether a byte order mark was asked for.
    pub bom: bool,
}

impl Context<'_> {
    /// A text in the language that was asked for, else in English.
    fn text<'t>(&self, text: &'t Text) -> &'t str {
        self.phrase(&text.ar, &text.en)
    }

    /// One of two of our own phrases.
    fn phrase<'t>(&self, ar: &'t str, en: &'t str) -> &'t str {
        match self.language {
            Some(Language::Ar) => ar,
            Some(Language::En) | None => en,
        }
    }

    /// The whole address of something that is relative to the interface.
    #[must_use]
    pub fn whole(&self, address: &str) -> String {
        format!("{}{address}", self.root)
    }

    /// The whole address of something in a format; of the interface itself, the address is empty.
    #[must_use]
    pub fn in_format(&self, address: &str, format: Format) -> String {
        let (path, query) = address.split_once('?').map_or((address, String::new()), |(path, query)| (path, format!("?{query}")));
        format!("{}.{}{query}", self.whole(path).trim_end_matches('/'), format.suffix())
    }
}

/// Why a writer could not write.
#[derive(Debug, thiserror::Error)]
#[error("an answer could not be written: {0}")]
pub struct Unwritten(pub String);

/// Writes a list in a format.
pub type Writer<T> = fn(&List<T>, &Context<'_>) -> Result<Vec<u8>, Unwritten>;

/// What a list of these can be rendered as besides JSON, which everything can.
pub trait Represented: DeserializeOwned + 'static {
    /// Each format, with what writes it.
    const FORMATS: &'static [(Format, Writer<Self>)];

    /// What is offered, the preferred format first.
    #[must_use]
    fn offered() -> Vec<Format> {
        std::iter::once(Format::Json).chain(Self::FORMATS.iter().map(|(format, _)| *format)).collect()
    }
}

impl Represented for Statement {
    const FORMATS: &'static [(Format, Writer<Self>)] = &[(Format::Csv, csv::list)];
}

impl Represented for Clause {
    const FORMATS: &'static [(Format, Writer<Self>)] = &[(Format::Csv, csv::list)];
}

impl Represented for DateExpression {
    const FORMATS: &'static [(Format, Writer<Self>)] = &[(Format::Csv, csv::list)];
}

impl Represented for Milestone {
    const FORMATS: &'static [(Format, Writer<Self>)] = &[(Format::Csv, csv::list), (Format::Icalendar, icalendar::list), (Format::Atom, atom::list)];
}

impl Represented for Actor {
    const FORMATS: &'static [(Format, Writer<Self>)] = &[(Format::Csv, csv::list)];
}

impl Represented for Location {
    const FORMATS: &'static [(Format, Writer<Self>)] = &[(Format::Csv, csv::list), (Format::GeoJson, geojson::list)];
}

impl Represented for Note {
    const FORMATS: &'static [(Format, Writer<Self>)] = &[(Format::Csv, csv::list)];
}

impl Represented for Change {
    const FORMATS: &'static [(Format, Writer<Self>)] = &[(Format::Csv, csv::list), (Format::Atom, atom::list)];
}

/// What the list of a resource can be had as.
#[must_use]
pub fn formats(resource: Resource) -> Vec<Format> {
    match resource {
        Resource::Statements => Statement::offered(),
        Resource::Clauses => Clause::offered(),
        Resource::Dates => DateExpression::offered(),
        Resource::Milestones => Milestone::offered(),
        Resource::Actors => Actor::offered(),
        Resource::Locations => Location::offered(),
        Resource::Notes => Note::offered(),
        Resource::Changes => Change::offered(),
    }
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    /// What was found, in order.
    pub items: Vec<T>,
    /// About the list.
    #[serde(flatten)]
    pub about: About,
}

/// What a list says about itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct About {
    /// The address of this page.
    #[serde(rename = "self")]
    #[schema(example = "/v1/clauses?voice=statement&limit=1")]
    pub this: String,
    /// The address of the next page; null on the last.
    pub next: Option<String>,
    /// What was understood of the query.
    #[schema(value_type = Object)]
    pub query: serde_json::Map<String, serde_json::Value>,
    /// About the answer.
    pub meta: Meta,
}

/// About an answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct Meta {
    /// The revision of the data that the answer was made from.
    pub revision: i64,
    /// The day that the answer was reckoned on; null where it does not depend on the day.
    pub as_of: Option<Day>,
    /// How many match in all; only with `count=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
}

/// What `/v1` says: where everything is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Index {
    /// What this is.
    pub title: &'static str,
    /// The resources.
    pub resources: Vec<Listed>,
    /// About the answer.
    pub meta: Meta,
}

/// A resource, as `/v1` lists it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listed {
    /// The plural noun.
    #[schema(example = "clauses")]
    pub name: &'static str,
    /// Where its list is.
    pub url: &'static str,
    /// What it is.
    pub summary: &'static str,
    /// The endings of an address that ask for its formats.
    #[schema(example = json!([".json", ".csv"]))]
    pub formats: Vec<String>,
}
