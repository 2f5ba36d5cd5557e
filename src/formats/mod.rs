//! What an answer looks like: pure writers, one file a format, each named for its standard.
//!
//! A resource declares what it can be rendered as ([`Renderable`]); what is offered, refused, linked and documented
//! follows from that alone.

pub mod atom;
pub mod bibtex;
pub mod csl;
pub mod csv;
pub mod geojson;
pub mod icalendar;
pub mod json;
pub mod jsonld;
pub mod references;
mod registry;
pub mod ris;
pub mod text;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::corpus::{BilingualText, Day, Language, Slug, Voice, statements::Work};
pub use registry::{AvailableFormats, FormatWriter, Renderable, WriteFn, available_formats};

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
    /// Plain text, RFC 2046, section 4.1.3.
    Text,
    /// JSON-LD 1.1, a recommendation of the W3C.
    JsonLd,
    /// CSL-JSON, the data of the Citation Style Language 1.0.2.
    Csl,
    /// BibTeX, with the fields of BibLaTeX.
    BibTex,
    /// RIS, of Research Information Systems.
    Ris,
}

impl Format {
    /// All of them, the preferred one first.
    pub const ALL: [Self; 10] =
        [Self::Json, Self::Csv, Self::Icalendar, Self::Atom, Self::GeoJson, Self::Text, Self::JsonLd, Self::Csl, Self::BibTex, Self::Ris];

    /// The ending of an address that asks for it, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Icalendar => "ics",
            Self::Atom => "atom",
            Self::GeoJson => "geojson",
            Self::Text => "txt",
            Self::JsonLd => "jsonld",
            Self::Csl => "csl.json",
            Self::BibTex => "bib",
            Self::Ris => "ris",
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
            Self::Text => "text/plain",
            Self::JsonLd => "application/ld+json",
            Self::Csl => "application/vnd.citationstyles.csl+json",
            Self::BibTex => "application/x-bibtex",
            Self::Ris => "application/x-research-info-systems",
        }
    }

    /// Its media type as it is sent.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Icalendar => "text/calendar; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
            Self::BibTex => "application/x-bibtex; charset=utf-8",
            Self::Ris => "application/x-research-info-systems; charset=utf-8",
            other => other.media_type(),
        }
    }

    /// Whether it is for a reference manager, which takes it as a file.
    #[must_use]
    pub const fn is_reference(self) -> bool {
        matches!(self, Self::Csl | Self::BibTex | Self::Ris)
    }

    /// Whether its writers name the statements that their items belong to ([`RenderContext::works`]).
    #[must_use]
    pub const fn needs_works(self) -> bool {
        self.is_reference() || matches!(self, Self::Text | Self::JsonLd)
    }
}

/// What a writer is told besides the list.
#[derive(Clone, Copy, Debug)]
pub struct RenderContext<'a> {
    /// The address of the interface, with a slash at its end.
    pub base_url: &'a str,
    /// The language that was asked for.
    pub language: Option<Language>,
    /// When the data was published.
    pub published: DateTime<Utc>,
    /// Whether a byte order mark was asked for.
    pub bom: bool,
    /// The statements that the items belong to, in the order of their ids; only where the format names them.
    pub works: &'a [Work],
}

impl RenderContext<'_> {
    /// A text in the language that was asked for, else in English.
    fn text<'t>(&self, text: &'t BilingualText) -> &'t str {
        self.phrase(&text.ar, &text.en)
    }

    /// One of two of our own phrases.
    fn phrase<'t>(&self, ar: &'t str, en: &'t str) -> &'t str {
        match self.language {
            Some(Language::Ar) => ar,
            Some(Language::En) | None => en,
        }
    }

    /// Who says it, in words that cannot be taken for another's.
    fn voice_label(&self, voice: Voice) -> &'static str {
        let Told { ar, en } = told(voice);
        self.phrase(ar, en)
    }

    /// The statement with this id, and who issued it.
    fn work(&self, id: &Slug) -> Result<&Work, RenderError> {
        let place = self.works.binary_search_by(|work| work.statement.id.cmp(id)).map_err(|_| RenderError(format!("the statement {id} is not there")))?;
        Ok(&self.works[place])
    }

    /// The address of the page that shows a statement, or a clause of it, to people: in the language that was asked for,
    /// else in English.
    #[must_use]
    pub fn page_url(&self, statement: &Slug, label: Option<&str>) -> String {
        let anchor = label.map(|label| format!("#{label}")).unwrap_or_default();
        format!("{}{}/statements/{statement}{anchor}", self.site_url(), self.phrase("ar", "en"))
    }

    /// The address of the whole site, with a slash at its end.
    fn site_url(&self) -> &str {
        self.base_url.strip_suffix("v1/").unwrap_or(self.base_url)
    }

    /// The whole address of something that is relative to the interface.
    #[must_use]
    pub fn absolute_url(&self, address: &str) -> String {
        format!("{}{address}", self.base_url)
    }

    /// The whole address of something in a format; of the interface itself, the address is empty.
    #[must_use]
    pub fn url_in_format(&self, address: &str, format: Format) -> String {
        let (path, query) = address.split_once('?').map_or((address, String::new()), |(path, query)| (path, format!("?{query}")));
        format!("{}.{}{query}", self.absolute_url(path).trim_end_matches('/'), format.extension())
    }
}

/// A voice, told in both languages.
struct Told {
    ar: &'static str,
    en: &'static str,
}

/// Who says it, in both languages.
const fn told(voice: Voice) -> Told {
    match voice {
        Voice::Statement => Told { ar: "من نص البيان", en: "The statement's own words" },
        Voice::Officer => Told {
            ar: "كلام ضابط عراقي لم يُسمَّ، وليس من البيان", en: "Said by an unnamed Iraqi officer, not by the statement"
        },
        Voice::Agency => Told { ar: "رواية وكالة شفق نيوز", en: "As narrated by Shafaq News" },
    }
}

/// Why a writer could not write.
#[derive(Debug, thiserror::Error)]
#[error("an answer could not be written: {0}")]
pub struct RenderError(pub String);

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    /// What was found, in order.
    pub items: Vec<T>,
    /// About the list.
    #[serde(flatten)]
    pub envelope: ListEnvelope,
}

/// What a list says about itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListEnvelope {
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
    pub resources: Vec<ResourceEntry>,
    /// About the answer.
    pub meta: Meta,
}

/// A resource, as `/v1` lists it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResourceEntry {
    /// The plural noun.
    #[schema(example = "clauses")]
    pub name: &'static str,
    /// Where its list is.
    pub url: &'static str,
    /// What it is.
    pub summary: &'static str,
    /// The endings of an address that ask for the formats of the list.
    #[schema(example = json!([".json", ".csv"]))]
    pub formats: Vec<String>,
    /// The endings of an address that ask for the formats of one item.
    #[schema(example = json!([".json"]))]
    pub item_formats: Vec<String>,
}
