//! Places: those that the text places on a map, and those that it does not beside it.

use askama::Template;

use crate::corpus::{
    Language, Resource,
    locations::{Kind, Location, LocationFilter},
};
use crate::http::pages::{
    Answer, Error, PageRequest, render,
    view::{
        labels,
        layout::{Anchor, Frame, Section},
        map::{self, Map},
        messages as w,
    },
};

#[derive(Template)]
#[template(path = "locations.html")]
struct Page {
    frame: Frame,
    map: Map,
    groups: Vec<Group>,
    more: bool,
}

/// Places that have the same to do with the map.
struct Group {
    title: w::Phrase,
    explanation: Option<w::Phrase>,
    locations: Vec<Location>,
}

/// Shows all places.
pub async fn list(request: PageRequest) -> Result<Answer, Error> {
    let make = async {
        let (locations, more) = request.list(&LocationFilter::default()).await?;
        let (title, lead) = (w::LOCATIONS.of(request.language), w::LOCATIONS_LEAD.of(request.language));
        let frame = Frame::new(&request, Section::Locations, title, lead).with_list(Resource::Locations, "");
        let map = Map::of(&locations, request.language);
        let (on_it, others): (Vec<_>, Vec<_>) = locations.into_iter().partition(map::is_on_it);
        let (beyond, unspecified): (Vec<_>, Vec<_>) = others.into_iter().partition(|location| location.point.is_some());
        let groups = [
            Group { title: w::ON_THE_MAP, explanation: None, locations: on_it },
            Group { title: w::BEYOND_THE_MAP, explanation: None, locations: beyond },
            Group { title: w::NOT_MAPPED, explanation: Some(w::NOT_MAPPED_HOW), locations: unspecified },
        ];
        render(&Page { frame, map, groups: groups.into_iter().filter(|group| !group.locations.is_empty()).collect(), more })
    };
    request.answer(false, make).await
}
