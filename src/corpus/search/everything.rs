//! Searching everything: all resources in one ranked list.

use std::collections::BTreeMap;

use roaring::MultiOps;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::corpus::{
    actors::Actor,
    bitmaps::{ChunkedSet, Conditions, Term, count_values},
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
    search::{
        hits::Hits,
        matching::hit_members,
        page::{FoundItem, read_page},
        searched_resource::SearchedResource,
        selection::Selected,
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
    /// How many hits there are in total; `None` if it is not known.
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

    /// The conditions on the items of each resource. An actor or a location belongs to the statements that name it.
    fn conditions(&self) -> Vec<(SearchedResource, Conditions)> {
        let terms = || self.statements.iter().map(|statement| Term::Value("statement", statement.to_string()));
        SearchedResource::ALL.into_iter().map(|resource| (resource, Conditions::default().any(terms()))).collect()
    }
}

/// Counts the hits by statement. Actors and locations belong to none.
async fn count_statements(corpus: &Corpus, hits: &Hits) -> sqlx::Result<Vec<Facet>> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for resource in [SearchedResource::Statements, SearchedResource::Clauses, SearchedResource::Milestones, SearchedResource::Notes] {
        let Some(items) = hits.items_of(resource) else { continue };
        let ranks = ChunkedSet::from_sorted(hits.all() & items);
        for facet in count_values(corpus, resource.resource(), SortKey::Relevance, Some(&ranks), "statement").await?.0 {
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
    let mut hits = Hits::find(search, Selected::new(corpus, scope.conditions()).await?).await?;
    let all = hits.all();
    let count = |resource: SearchedResource| hits.items_of(resource).map_or(0, |set| set.intersection_len(&all));
    let facet =
        |resource: SearchedResource| Facet { value: resource.resource().name().to_owned(), count: usize::try_from(count(resource)).unwrap_or(usize::MAX) };
    let mut facets = Facets { by_name: BTreeMap::new(), is_complete: hits.is_complete };
    facets.by_name.insert("resource", SearchedResource::ALL.into_iter().map(facet).filter(|facet| facet.count > 0).collect());
    if !scope.resources.is_empty() {
        let requested = scope.resources.iter().filter_map(|resource| hits.items_of(*resource)).union();
        hits.retain(&requested);
    }
    if page.facets.iter().any(|name| name == "statement") {
        facets.by_name.insert("statement", count_statements(corpus, &hits).await?);
    }
    let total = i64::try_from(hits.count()).ok().filter(|_| hits.is_complete);
    let (found, next) = read_page(corpus, &hits, SortOrder::RELEVANCE, page).await?;
    let item = |item: FoundItem| {
        let members = hit_members(&hits, &item)?;
        let computed = if item.resource == SearchedResource::Milestones { MilestoneFilter::default().computed_members(item.bounds(), today) } else { None };
        let json: StoredJson<Found> = StoredJson::new(item.json);
        let json = computed.into_iter().fold(json, |json, computed| json.append_members(&computed));
        Ok(json.into_found(item.resource.resource().name(), &members))
    };
    Ok(Everything { items: found.into_iter().map(item).collect::<sqlx::Result<_>>()?, next, total, facets })
}
