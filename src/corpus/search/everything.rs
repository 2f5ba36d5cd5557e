//! Searching everything: all resources in one ranked list.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Row, Sqlite};
use utoipa::ToSchema;

use crate::corpus::{
    actors::{Actor, ActorFilter},
    clauses::{Clause, ClauseFilter},
    corpus::Corpus,
    day::Day,
    facet::Facet,
    filter::{Filter, push_from_where},
    hit::Hit,
    locations::{Location, LocationFilter},
    milestones::{Milestone, MilestoneFilter},
    notes::{Note, NoteFilter},
    page::{CursorPosition, PageParams},
    push_in::push_in,
    read_item::read_item,
    search::{
        candidates::{Candidate, Selection},
        list::Results,
        matching::Matched,
        searched_resource::SearchedResource,
    },
    searchable::Search,
    sort::SortOrder,
    statements::{Statement, StatementFilter},
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
    /// The hits of each resource that has any, in the order of the resources.
    pub facets: Vec<Facet>,
}

/// Every item of the resources that are searched.
struct All;

impl Selection for All {
    fn has_clauses(&self) -> bool {
        true
    }

    fn push_joins(&self, _: &mut QueryBuilder<Sqlite>) {}

    fn push_conditions(&self, _: &mut QueryBuilder<Sqlite>) {}
}

/// Searches all resources, and reads a page of the hits in the given ones, or in all if none is given.
///
/// # Errors
/// When a query fails.
pub async fn everything(corpus: &Corpus, search: &Search, resources: &[SearchedResource], page: &PageParams, today: Day) -> sqlx::Result<Everything> {
    let mut results = Results::find(corpus, search, SortOrder::RELEVANCE, &All).await?;
    let count = |resource: SearchedResource| results.found.iter().filter(|candidate| candidate.resource == resource).count();
    let facets = SearchedResource::ALL.map(|resource| Facet { value: resource.resource().name().to_owned(), count: count(resource) });
    let complete = results.total().is_some();
    results.found.retain(|candidate| resources.is_empty() || resources.contains(&candidate.resource));
    let total = results.total().filter(|_| complete);
    let (matched, next) = results.page(corpus, page).await?;
    let mut items: HashMap<i64, String> = HashMap::new();
    read_listed(corpus, &StatementFilter::default(), &matched, today, &mut items).await?;
    read_listed(corpus, &ClauseFilter::default(), &matched, today, &mut items).await?;
    read_listed(corpus, &MilestoneFilter::default(), &matched, today, &mut items).await?;
    read_listed(corpus, &ActorFilter::default(), &matched, today, &mut items).await?;
    read_listed(corpus, &LocationFilter::default(), &matched, today, &mut items).await?;
    read_listed(corpus, &NoteFilter::default(), &matched, today, &mut items).await?;
    let item = |(candidate, matched): &(Candidate, Matched)| {
        let hit = serde_json::to_string(&matched.hit).map_err(|cause| sqlx::Error::Encode(cause.into()))?;
        let item = items.get(&candidate.number).ok_or(sqlx::Error::RowNotFound)?;
        Ok(StoredJson::new(format!(r#"{{"resource":"{}","item":{item},{}"#, candidate.resource.resource().name(), &hit[1..])))
    };
    Ok(Everything {
        items: matched.iter().map(item).collect::<sqlx::Result<_>>()?,
        next,
        total,
        facets: facets.into_iter().filter(|facet| facet.count > 0).collect(),
    })
}

/// Reads the items of one resource as its list has them, by their numbers.
async fn read_listed<F: Filter>(
    corpus: &Corpus,
    filter: &F,
    matched: &[(Candidate, Matched)],
    today: Day,
    items: &mut HashMap<i64, String>,
) -> sqlx::Result<()> {
    let numbers: Vec<i64> =
        matched.iter().filter(|(candidate, _)| candidate.resource.resource() == F::RESOURCE).map(|(candidate, _)| candidate.number).collect();
    if numbers.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new("SELECT ");
    query.push(F::LIST_PROJECTION).push(", ");
    F::push_computed_members(&mut query);
    query.push(", i.number");
    push_from_where(filter, &mut query, today);
    push_in(&mut query, "i.number", numbers);
    for row in query.build().fetch_all(&corpus.pool).await? {
        items.insert(row.try_get(2)?, read_item::<F>(&row)?.as_json().to_owned());
    }
    Ok(())
}
