//! Searching everything: all resources in one ranked list.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Sqlite};
use utoipa::ToSchema;

use crate::corpus::{
    actors::Actor,
    bitmaps::count_values,
    clauses::Clause,
    corpus::Corpus,
    day::Day,
    facet::{Facet, Facets, sort_facets},
    filter::Filter,
    hit::Hit,
    locations::Location,
    milestones::{Milestone, MilestoneFilter},
    notes::Note,
    page::{CursorPosition, PageParams},
    push_in::push_in,
    read_item::Bounds,
    search::{
        candidates::{Candidate, Selection},
        list::{Results, members},
        matching::Matched,
        searched_resource::SearchedResource,
    },
    searchable::Search,
    slug::Slug,
    sort::{SortKey, SortOrder},
    statements::Statement,
    stored_json::StoredJson,
};

/// A hit of a search in everything.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct SearchItem {
    /// The item, and its resource.
    #[serde(flatten)]
    pub found: Found,
    /// How it matches.
    #[serde(flatten)]
    pub hit: Hit,
}

/// An item of any resource that is searched.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "resource", content = "item", rename_all = "snake_case")]
#[schema(as = FoundItem)]
pub enum Found {
    /// A statement.
    Statements(Box<Statement>),
    /// A clause.
    Clauses(Box<Clause>),
    /// A milestone, as of today.
    Milestones(Box<Milestone>),
    /// An actor.
    Actors(Box<Actor>),
    /// A location.
    Locations(Box<Location>),
    /// A note.
    Notes(Box<Note>),
}

/// A page of the results of a search in everything.
#[derive(Debug)]
pub struct Everything {
    /// The hits, in order of rank.
    pub items: Vec<StoredJson<SearchItem>>,
    /// The position at which the next page starts; `None` on the last page.
    pub next: Option<CursorPosition>,
    /// How many hits there are in total; `None` if more match than are ranked.
    pub total: Option<i64>,
    /// The hits of each resource that has any, in the order of the resources, and the facets that are requested.
    pub facets: Facets,
}

/// What a search in everything covers.
#[derive(Clone, Debug, Default)]
pub struct SearchScope {
    /// Only hits in these resources; all, if there are none. The facet of the resources counts all of them.
    pub resources: Vec<SearchedResource>,
    /// Only hits in these statements; all, if there are none.
    pub statements: Vec<Slug>,
}

impl SearchScope {
    /// The parameters whose values are counted: the resources always, the others on request. Actors and locations belong to no
    /// statement, and are counted in none.
    pub const FACETS: &[&str] = &["resource", "statement"];
}

/// For each resource, the condition that an item belongs to a statement of a list, which follows it. An actor or a location
/// belongs to the statements that name it.
const OF_STATEMENTS: [(&str, &str); 6] = [
    ("i.resource = 'statements'", "i.id"),
    ("i.resource = 'clauses' AND EXISTS (SELECT 1 FROM clauses AS s WHERE s.id = i.id", "s.statement"),
    ("i.resource = 'milestones' AND EXISTS (SELECT 1 FROM milestones AS s WHERE s.id = i.id", "s.statement"),
    ("i.resource = 'notes' AND EXISTS (SELECT 1 FROM notes AS s WHERE s.id = i.id", "s.statement"),
    ("i.resource = 'actors' AND EXISTS (SELECT 1 FROM actor_mentions AS s WHERE s.actor = i.id", "s.statement"),
    ("i.resource = 'locations' AND EXISTS (SELECT 1 FROM location_mentions AS s WHERE s.location = i.id", "s.statement"),
];

impl Selection for SearchScope {
    fn has_clauses(&self) -> bool {
        true
    }

    fn push_conditions(&self, query: &mut QueryBuilder<Sqlite>) {
        if self.statements.is_empty() {
            return;
        }
        for (at, (condition, column)) in OF_STATEMENTS.into_iter().enumerate() {
            query.push(if at == 0 { " AND (" } else { " OR " }).push(condition);
            push_in(query, column, self.statements.iter().map(Slug::to_string));
            query.push(if condition.contains('(') { ")" } else { "" });
        }
        query.push(")");
    }
}

/// Counts the hits by statement. Actors and locations belong to none.
async fn count_statements(corpus: &Corpus, results: &Results) -> sqlx::Result<Vec<Facet>> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for resource in [SearchedResource::Statements, SearchedResource::Clauses, SearchedResource::Milestones, SearchedResource::Notes] {
        let numbers = results.numbers(|of| of == resource);
        for facet in count_values(corpus, resource.resource(), SortKey::Position, Some(&numbers), "statement").await?.0 {
            *counts.entry(facet.value).or_default() += facet.count;
        }
    }
    Ok(sort_facets(counts.into_iter().map(|(value, count)| Facet { value, count }).collect()))
}

/// Searches all resources, and reads a page of the hits that the scope covers.
///
/// # Errors
/// When a query fails.
pub async fn everything(corpus: &Corpus, search: &Search, scope: &SearchScope, page: &PageParams, today: Day) -> sqlx::Result<Everything> {
    let mut results = Results::find(corpus, search, SortOrder::RELEVANCE, scope).await?;
    let count = |resource: SearchedResource| results.found.iter().filter(|candidate| candidate.resource == resource).count();
    let by_resource = SearchedResource::ALL.map(|resource| Facet { value: resource.resource().name().to_owned(), count: count(resource) });
    let complete = results.total().is_some();
    results.found.retain(|candidate| scope.resources.is_empty() || scope.resources.contains(&candidate.resource));
    let mut by_name = BTreeMap::from([("resource", by_resource.into_iter().filter(|facet| facet.count > 0).collect())]);
    if page.facets.iter().any(|name| name == "statement") {
        by_name.insert("statement", count_statements(corpus, &results).await?);
    }
    let total = results.total().filter(|_| complete);
    let (matched, next) = results.page(corpus, page).await?;
    let item = |(candidate, matched): (Candidate, Matched)| {
        let mut json: StoredJson<Found> = StoredJson::new(matched.json);
        if candidate.resource == SearchedResource::Milestones {
            let bounds = Bounds { starts: &matched.bounds.0, ends: &matched.bounds.1 };
            json = MilestoneFilter::default().computed_members(bounds, today).into_iter().fold(json, |json, members| json.append_members(&members));
        }
        Ok(json.into_found(candidate.resource.resource().name(), &members(&matched.hit)?))
    };
    Ok(Everything { items: matched.into_iter().map(item).collect::<sqlx::Result<_>>()?, next, total, facets: Facets { by_name, is_complete: complete } })
}
