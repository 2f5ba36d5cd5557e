//! Locations: places, mapped only where the text says which place is meant.

use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Sqlite};
use utoipa::{IntoParams, ToSchema};

use crate::corpus::{
    BilingualText, ById, Country, Filter, Resource, Slug, SortOrder,
    actors::Mention,
    any,
    notes::NoteReference,
    search::{Hit, Search, SearchField},
};

/// Where.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Location {
    /// Stable for ever.
    pub id: Slug,
    /// Where the entry is.
    pub url: String,
    /// Its name.
    pub name: BilingualText,
    /// Other names: those that the sources use, and those that readers may look for.
    pub aliases: Vec<String>,
    /// What sort of place it is.
    pub kind: Kind,
    /// The location (an id) that it lies in.
    pub parent: Option<Slug>,
    /// The state that it is or lies in, ISO 3166-1 alpha-2; null where the text leaves that open.
    #[schema(example = "IQ")]
    pub country: Option<String>,
    /// ISO 3166-2, where it is a subdivision.
    #[schema(example = "IQ-KR")]
    pub subdivision: Option<String>,
    /// Its Wikidata item, where that was checked.
    #[schema(example = "Q1530")]
    pub wikidata: Option<String>,
    /// The text leaves open where it is, and nobody may put it on a map.
    pub unspecified: bool,
    /// About where it is; null where that is unspecified.
    pub point: Option<Point>,
    /// Each time that it is named.
    pub mentions: Vec<Mention>,
    /// What the editors say about how it is named.
    pub notes: Vec<NoteReference>,
    /// How it answers a search.
    #[serde(flatten)]
    #[schema(value_type = Hit)]
    pub hit: Option<Hit>,
}

/// What sort of place a location is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
#[schema(as = LocationKind)]
pub enum Kind {
    /// A state's territory.
    Country,
    /// A part of one, or something larger.
    Region,
    /// A city.
    City,
    /// A part of a city.
    District,
    /// A base, building or other spot.
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
    /// The place lies within about this many kilometres of it.
    pub precision_km: f64,
}

/// Which locations.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct LocationFilter {
    /// Called so, in Arabic or English: all of the words; `"…"` is a phrase.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>, example = "بغداد")]
    pub q: Option<Search>,
    /// Named in the source of this statement (an id).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iq-us-2024-09-27"]))]
    pub statement: Vec<Slug>,
    /// What sort of place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<Kind>,
    /// In this state, ISO 3166-1 alpha-2.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub country: Vec<Country>,
    /// Lying in this location (an id).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iraq"]))]
    pub parent: Vec<Slug>,
    /// Whether the text leaves open where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unspecified: Option<bool>,
    /// The order; by id unless asked otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<ById>,
}

impl Filter for LocationFilter {
    const RESOURCE: Resource = Resource::Locations;
    const SORT: &'static str = "id";
    type Item = Location;

    fn order(&self) -> SortOrder {
        self.sort.map_or_else(|| if self.q.is_some() { SortOrder::RELEVANCE } else { SortOrder::default() }, SortOrder::from)
    }

    fn search(&self) -> Option<&Search> {
        self.q.as_ref()
    }

    fn searched(item: &Location) -> Vec<SearchField<'_>> {
        SearchField::both("name", &item.name, None).into_iter().chain(SearchField::aliases(&item.aliases)).collect()
    }

    fn join(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push(" JOIN locations AS l ON l.id = i.id");
    }

    fn conditions(&self, query: &mut QueryBuilder<Sqlite>) {
        if !self.statement.is_empty() {
            query.push(" AND EXISTS (SELECT 1 FROM location_mentions AS r WHERE r.location = l.id");
            any(query, "r.statement", self.statement.iter().map(Slug::to_string));
            query.push(")");
        }
        any(query, "l.kind", self.kind.iter().copied());
        any(query, "l.country", self.country.iter().map(Country::to_string));
        any(query, "l.parent", self.parent.iter().map(Slug::to_string));
        any(query, "l.unspecified", self.unspecified);
    }

    fn references(&self) -> Vec<(&'static str, Resource, &[Slug])> {
        vec![("statement", Resource::Statements, &self.statement), ("parent", Resource::Locations, &self.parent)]
    }
}
