//! The locations: a map of those that the texts specify, a list of all, and each on a page of its own, across statements.

use std::collections::HashMap;

use askama::Template;

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        html::render,
        listing::{ListQuery, Listing, PAGE_SIZE},
        related::{MAX_RELATED, Related, describe, group_mentions},
        request::{PageRequest, Titles},
        view::{
            clause_messages as clause_msg,
            filter_form::{FilterForm, Select},
            labels,
            layout::PageLayout,
            map::{self, Map},
            messages as msg,
            messages::Message,
            plural,
            section::Section,
        },
    },
};
use crate::{
    corpus::{
        BilingualText, Language, Resource, Slug,
        locations::{Kind, Location, LocationFilter},
        milestones::{Milestone, MilestoneFilter},
        notes::Severity,
        statements::{Statement, StatementFilter},
    },
    error::Error,
};

#[derive(Template)]
#[template(path = "locations.html")]
struct ListPage {
    layout: PageLayout,
    form: FilterForm,
    map: Map,
    groups: Vec<Group>,
    parts: Listing<Location>,
}

/// Locations that are on the map, beyond its edges, or unspecified.
struct Group {
    title: Message,
    explanation: Option<Message>,
    locations: Vec<Location>,
}

/// Shows the locations.
pub async fn list(request: PageRequest) -> Result<CachedResponse, Error> {
    let query = ListQuery::<LocationFilter>::read(&request)?;
    let html = async {
        let language = request.language;
        let parts = query.load(&request, PAGE_SIZE, &["kind"]).await?;
        let mut layout = PageLayout::new(&request, Section::Locations, msg::LOCATIONS.of(language), msg::LOCATIONS_LEAD.of(language))
            .with_list(Resource::Locations, &query.selection());
        layout.query = query.canonical();
        let kinds = Select::new("kind", msg::KIND, &labels::LOCATION_KINDS, labels::location, &query.filter.kind, parts.facet("kind"), language);
        let form = query.form(&request, &layout, vec![kinds], true, false).await?;
        let map = Map::new(&parts.items, language);
        let (on_map, others): (Vec<_>, Vec<_>) = parts.items.iter().cloned().partition(map::is_on_map);
        let (beyond, unspecified): (Vec<_>, Vec<_>) = others.into_iter().partition(|location| location.point.is_some());
        let groups = [
            Group { title: msg::ON_THE_MAP, explanation: None, locations: on_map },
            Group { title: msg::BEYOND_THE_MAP, explanation: None, locations: beyond },
            Group { title: msg::NOT_MAPPED, explanation: Some(msg::NOT_MAPPED_HELP), locations: unspecified },
        ];
        render(&ListPage { layout, form, map, groups: groups.into_iter().filter(|group| !group.locations.is_empty()).collect(), parts })
    };
    query.respond(&request, false, html).await
}

/// How many places the map of one shows: it, and those that it lies in.
const MAX_ON_MAP: usize = 5;

#[derive(Template)]
#[template(path = "location.html")]
struct ItemPage {
    layout: PageLayout,
    location: Location,
    /// Where it lies, with the places around it; `None` if the text does not say, or if that is beyond the map.
    map: Option<Map>,
    parent: Option<Location>,
    members: (Vec<Location>, bool),
    statements: (Vec<Statement>, bool),
    milestones: (Vec<Milestone>, bool),
    titles: Titles,
    /// The titles of the statements that mention it.
    mentioned_in: HashMap<Slug, BilingualText>,
}

/// Shows a location: the statements that name it or a place in it, its milestones, and its first mentions.
pub async fn show(request: PageRequest) -> Result<CachedResponse, Error> {
    let id = request.id()?;
    let html = async {
        let mut location = request.require::<LocationFilter>(&id).await?;
        location.notes.sort_by_key(|note| note.severity);
        let parent = match &location.parent {
            Some(parent) => request.get::<LocationFilter>(parent).await?,
            None => None,
        };
        let members = request.first(&LocationFilter { parent: vec![id.clone()], ..LocationFilter::default() }, MAX_RELATED).await?;
        let (of_statements, of_milestones) = (
            StatementFilter { location: vec![id.clone()], ..StatementFilter::default() },
            MilestoneFilter { location: vec![id.clone()], ..MilestoneFilter::default() },
        );
        let related = Related::load(&request, &of_statements, &of_milestones, &location.mentions).await?;
        let title = location.name.of(request.language).to_owned();
        let description = describe(&title, labels::location(&location.kind), location.mention_count, &location.notes, request.language);
        let mut layout = PageLayout::new(&request, Section::Locations, title, description).with_item(Resource::Locations, &location.id);
        layout.picture = related.picture(&request, "location", &id, &layout.title).await?.or(layout.picture);
        let Related { statements, milestones, titles, mentioned_in } = related;
        let map = if map::is_on_map(&location) { Some(Map::new(&with_outer(&request, &location, parent.as_ref()).await?, request.language)) } else { None };
        render(&ItemPage { layout, location, map, parent, members, statements, milestones, titles, mentioned_in })
    };
    Box::pin(request.respond(true, html)).await
}

/// A place and those that it lies in, from the inside out.
async fn with_outer(request: &PageRequest, location: &Location, parent: Option<&Location>) -> Result<Vec<Location>, Error> {
    let mut locations = vec![location.clone()];
    let mut outer = parent.cloned();
    while let Some(location) = outer {
        outer = match &location.parent {
            Some(parent) if locations.len() < MAX_ON_MAP => request.get::<LocationFilter>(parent).await?,
            _ => None,
        };
        locations.push(location);
    }
    Ok(locations)
}
