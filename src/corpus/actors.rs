//! Actors: states, bodies, forces, groups, persons, unnamed sources and media, with every mention.

use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Sqlite};
use utoipa::{IntoParams, ToSchema};

use crate::corpus::{
    BilingualText, ById, Country, Filter, Quote, Resource, Slug, SortOrder, any,
    notes::NoteReference,
    search::{Hit, Search, SearchField},
};

/// Who is named.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Actor {
    /// Stable for ever.
    pub id: Slug,
    /// Where it is.
    pub url: String,
    /// Its name.
    pub name: BilingualText,
    /// Other names: those that the sources use, and those that readers may look for.
    pub aliases: Vec<String>,
    /// What it is.
    pub kind: Kind,
    /// The actor (an id) that it is part of.
    pub parent: Option<Slug>,
    /// The state that it is or belongs to, ISO 3166-1 alpha-2; null where it belongs to none.
    #[schema(example = "IQ")]
    pub country: Option<String>,
    /// Its Wikidata item, where that was checked.
    #[schema(example = "Q796")]
    pub wikidata: Option<String>,
    /// Each time that it is named.
    pub mentions: Vec<Mention>,
    /// What the editors say about how it is named.
    pub notes: Vec<NoteReference>,
    /// How it answers a search.
    #[serde(flatten)]
    #[schema(value_type = Hit)]
    pub hit: Option<Hit>,
}

/// What an actor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
#[schema(as = ActorKind)]
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
    /// Somebody who is quoted without a name.
    UnnamedSource,
    /// A news agency, paper or station.
    Medium,
}

/// One occurrence in a source, attached particles included.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Mention {
    /// The statement whose source it is.
    pub statement: Slug,
    /// The clause that it stands in; null in a lead-in, which belongs to none.
    pub clause: Option<Slug>,
    /// The words and their place in the source.
    pub quote: Quote,
}

/// Which actors.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ActorFilter {
    /// Called so, in Arabic or English: all of the words; `"…"` is a phrase.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>, example = "السوداني")]
    pub q: Option<Search>,
    /// Named in the source of this statement (an id).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iq-us-2024-09-27"]))]
    pub statement: Vec<Slug>,
    /// What it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<Kind>,
    /// Belonging to this state, ISO 3166-1 alpha-2.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub country: Vec<Country>,
    /// Part of this actor (an id).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iraq"]))]
    pub parent: Vec<Slug>,
    /// The order; by id unless asked otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<ById>,
}

impl Filter for ActorFilter {
    const RESOURCE: Resource = Resource::Actors;
    const SORT: &'static str = "id";
    type Item = Actor;

    fn order(&self) -> SortOrder {
        self.sort.map_or_else(|| if self.q.is_some() { SortOrder::RELEVANCE } else { SortOrder::default() }, SortOrder::from)
    }

    fn search(&self) -> Option<&Search> {
        self.q.as_ref()
    }

    fn searched(item: &Actor) -> Vec<SearchField<'_>> {
        SearchField::both("name", &item.name, None).into_iter().chain(SearchField::aliases(&item.aliases)).collect()
    }

    fn join(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push(" JOIN actors AS a ON a.id = i.id");
    }

    fn conditions(&self, query: &mut QueryBuilder<Sqlite>) {
        if !self.statement.is_empty() {
            query.push(" AND EXISTS (SELECT 1 FROM actor_mentions AS r WHERE r.actor = a.id");
            any(query, "r.statement", self.statement.iter().map(Slug::to_string));
            query.push(")");
        }
        any(query, "a.kind", self.kind.iter().copied());
        any(query, "a.country", self.country.iter().map(Country::to_string));
        any(query, "a.parent", self.parent.iter().map(Slug::to_string));
    }

    fn references(&self) -> Vec<(&'static str, Resource, &[Slug])> {
        vec![("statement", Resource::Statements, &self.statement), ("parent", Resource::Actors, &self.parent)]
    }
}
