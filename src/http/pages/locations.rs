//! The locations: a map of those that the text specifies, and a list of all.

use askama::Template;

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        html::render,
        request::PageRequest,
        view::{
            clause_link::ClauseLink,
            labels,
            layout::PageLayout,
            map::{self, Map},
            messages as msg,
            messages::Message,
            section::Section,
        },
    },
};
use crate::{
    corpus::{
        Language, Resource,
        locations::{Kind, Location, LocationFilter},
    },
    error::Error,
};

#[derive(Template)]
#[template(path = "locations.html")]
struct Page {
    layout: PageLayout,
    map: Map,
    groups: Vec<Group>,
    truncated: bool,
}

/// Locations that are on the map, beyond its edges, or unspecified.
struct Group {
    title: Message,
    explanation: Option<Message>,
    locations: Vec<Location>,
}

/// Shows all locations.
pub async fn list(request: PageRequest) -> Result<CachedResponse, Error> {
    let html = async {
        let (locations, truncated) = request.list(&LocationFilter::default()).await?;
        let (title, lead) = (msg::LOCATIONS.of(request.language), msg::LOCATIONS_LEAD.of(request.language));
        let layout = PageLayout::new(&request, Section::Locations, title, lead).with_list(Resource::Locations, "");
        let map = Map::new(&locations, request.language);
        let (on_map, others): (Vec<_>, Vec<_>) = locations.into_iter().partition(map::is_on_map);
        let (beyond, unspecified): (Vec<_>, Vec<_>) = others.into_iter().partition(|location| location.point.is_some());
        let groups = [
            Group { title: msg::ON_THE_MAP, explanation: None, locations: on_map },
            Group { title: msg::BEYOND_THE_MAP, explanation: None, locations: beyond },
            Group { title: msg::NOT_MAPPED, explanation: Some(msg::NOT_MAPPED_HELP), locations: unspecified },
        ];
        render(&Page { layout, map, groups: groups.into_iter().filter(|group| !group.locations.is_empty()).collect(), truncated })
    };
    request.respond(false, html).await
}
