//! Actors: states, bodies, forces, groups, persons, unnamed sources and media.

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

/// An actor that the sources name.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Actor {
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
    /// The actor (an id) that it is part of.
    pub parent: Option<Slug>,
    /// The state that it is or belongs to (ISO 3166-1 alpha-2); null where it belongs to none.
    #[schema(example = "IQ")]
    pub country: Option<String>,
    /// Its Wikidata item, if an editor has checked it.
    #[schema(example = "Q796")]
    pub wikidata: Option<String>,
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

impl Actor {
    /// The same as a list has it.
    #[must_use]
    pub fn listed(&self) -> Self {
        let mut listed = self.clone();
        listed.notes.truncate(MAX_LISTED_NOTES);
        listed.mentions.truncate(MAX_LISTED_MENTIONS);
        listed
    }
}

/// The kind of an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ActorKind)]
#[schemars(rename = "ActorKind")]
pub enum Kind {
    /// A state.
    State,
    /// A government, commission or other organ.
    Body,
    /// An armed force.
    Force,
    /// States, people or fighters that act together.
    Group,
    /// A named person.
    Person,
    /// A person who is quoted without a name.
    UnnamedSource,
    /// A news agency, paper or station.
    Medium,
}

impl Indexed for Actor {
    fn values(&self) -> ItemValues {
        // The statements that name it are more than it lists.
        let values = ItemValues::default().with_name("kind", &self.kind);
        let values = self.country.iter().fold(values, |values, country| values.with("country", country));
        self.parent.iter().fold(values, |values, parent| values.with("parent", parent))
    }
}

impl Searchable for Actor {
    fn search_fields(&self) -> Vec<SearchField<'_>> {
        SearchField::named(&self.name, &self.aliases)
    }
}

/// The parameters of the list of actors.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ActorFilter {
    /// With this name, in Arabic or English: all of the words; `"…"` is a phrase.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>, example = "السوداني")]
    pub q: Option<Search>,
    /// Named in the source of this statement (an id).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iq-us-2024-09-27"]))]
    pub statement: Vec<Slug>,
    /// Of this kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<Kind>,
    /// Belonging to this state (ISO 3166-1 alpha-2).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub country: Vec<Country>,
    /// Part of this actor (an id).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iraq"]))]
    pub parent: Vec<Slug>,
    /// The order. Default: by id, or by relevance with `q`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<ById>,
}

impl Filter for ActorFilter {
    const RESOURCE: Resource = Resource::Actors;
    const DEFAULT_SORT: &'static str = "id";
    const FACETS: &'static [&'static str] = &["kind", "country", "parent"];
    type Item = Actor;

    fn sort_order(&self) -> SortOrder {
        self.sort.map_or_else(|| if self.q.is_some() { SortOrder::RELEVANCE } else { SortOrder::default() }, SortOrder::from)
    }

    fn search(&self) -> Option<&Search> {
        self.q.as_ref()
    }

    fn conditions(&self, _: Day) -> Conditions {
        Conditions::default().values("statement", &self.statement).names("kind", &self.kind).values("country", &self.country).values("parent", &self.parent)
    }

    fn foreign_ids(&self) -> Vec<(&'static str, Resource, &[Slug])> {
        vec![("statement", Resource::Statements, &self.statement), ("parent", Resource::Actors, &self.parent)]
    }
}
