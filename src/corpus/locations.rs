//! Locations: places, with coordinates only if the text specifies the place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::corpus::{
    bilingual_text::BilingualText,
    bitmaps::{Conditions, Indexed, ItemValues},
    country::Country,
    day::Day,
    filter::Filter,
    hit::Hit,
    mention::{MAX_LISTED_MENTIONS, Mention},
    references::{MAX_LISTED_NOTES, NoteReference},
    resource::Resource,
    searchable::{Search, SearchField, Searchable},
    slug::Slug,
    sort::{ById, SortOrder},
};

/// A location: a place that is named.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Location {
    /// Its permanent id.
    pub id: Slug,
    /// Its URL.
    pub url: String,
    /// Its name.
    pub name: BilingualText,
    /// Its other names: those in the sources, and others that readers may search for.
    pub aliases: Vec<String>,
    /// Its kind.
    pub kind: Kind,
    /// The location (an id) that it lies in.
    pub parent: Option<Slug>,
    /// The state that it is or lies in (ISO 3166-1 alpha-2); null where the text leaves that open.
    #[schema(example = "IQ")]
    pub country: Option<String>,
    /// Its ISO 3166-2 code, if it is a subdivision.
    #[schema(example = "IQ-KR")]
    pub subdivision: Option<String>,
    /// Its Wikidata item, if an editor has checked it.
    #[schema(example = "Q1530")]
    pub wikidata: Option<String>,
    /// Whether the text leaves open where it is; then it has no coordinates.
    pub unspecified: bool,
    /// Its approximate coordinates; null where it is unspecified.
    pub point: Option<Point>,
    /// The number of its mentions.
    pub mention_count: u32,
    /// The number of the editors' notes on how it is named.
    pub note_count: u32,
    /// The first of those notes: 50, or 3 in a list.
    pub notes: Vec<NoteReference>,
    /// Its first mentions, in reading order: 50, or 4 in a list; all are at its URL followed by `/mentions`.
    pub mentions: Vec<Mention>,
    /// How it matches a search.
    #[serde(flatten)]
    #[schema(value_type = Hit)]
    pub hit: Option<Hit>,
}

impl Location {
    /// The same as a list has it.
    #[must_use]
    pub fn listed(&self) -> Self {
        let mut listed = self.clone();
        listed.notes.truncate(MAX_LISTED_NOTES);
        listed.mentions.truncate(MAX_LISTED_MENTIONS);
        listed
    }
}

/// The kind of a location.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = LocationKind)]
#[schemars(rename = "LocationKind")]
pub enum Kind {
    /// A state's territory.
    Country,
    /// A part of a state, or something larger.
    Region,
    /// A city.
    City,
    /// A part of a city.
    District,
    /// A base, a building or another site.
    Site,
}

/// A point that stands for a place (WGS 84).
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Point {
    /// Degrees north.
    #[schema(minimum = -90, maximum = 90)]
    pub lat: f64,
    /// Degrees east.
    #[schema(minimum = -180, maximum = 180)]
    pub lon: f64,
    /// The radius around the point, in kilometres, within which the place lies.
    pub precision_km: f64,
}

impl Indexed for Location {
    fn values(&self) -> ItemValues {
        // The statements that name it are more than it lists.
        let values = ItemValues::default().with_name("kind", &self.kind).with("unspecified", &self.unspecified);
        let values = self.country.iter().fold(values, |values, country| values.with("country", country));
        self.parent.iter().fold(values, |values, parent| values.with("parent", parent))
    }
}

impl Searchable for Location {
    fn search_fields(&self) -> Vec<SearchField<'_>> {
        SearchField::named(&self.name, &self.aliases)
    }
}

/// The parameters of the list of locations.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct LocationFilter {
    /// With this name, in Arabic or English: all of the words; `"…"` is a phrase.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>, example = "بغداد")]
    pub q: Option<Search>,
    /// Named in the source of this statement (an id).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iq-us-2024-09-27"]))]
    pub statement: Vec<Slug>,
    /// Of this kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<Kind>,
    /// In this state (ISO 3166-1 alpha-2).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub country: Vec<Country>,
    /// Lying in this location (an id).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iraq"]))]
    pub parent: Vec<Slug>,
    /// Whether the text leaves open where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unspecified: Option<bool>,
    /// The order. Default: by id, or by relevance with `q`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<ById>,
}

impl Filter for LocationFilter {
    const RESOURCE: Resource = Resource::Locations;
    const DEFAULT_SORT: &'static str = "id";
    const FACETS: &'static [&'static str] = &["kind", "country", "parent", "unspecified"];
    type Item = Location;

    fn sort_order(&self) -> SortOrder {
        self.sort.map_or_else(|| if self.q.is_some() { SortOrder::RELEVANCE } else { SortOrder::default() }, SortOrder::from)
    }

    fn search(&self) -> Option<&Search> {
        self.q.as_ref()
    }

    fn conditions(&self, _: Day) -> Conditions {
        Conditions::default()
            .values("statement", &self.statement)
            .names("kind", &self.kind)
            .values("country", &self.country)
            .values("parent", &self.parent)
            .values("unspecified", self.unspecified)
    }

    fn foreign_ids(&self) -> Vec<(&'static str, Resource, &[Slug])> {
        vec![("statement", Resource::Statements, &self.statement), ("parent", Resource::Locations, &self.parent)]
    }
}
