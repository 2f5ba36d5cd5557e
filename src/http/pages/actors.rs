//! The actors, with every mention of each.

use askama::Template;

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        html::render,
        request::PageRequest,
        view::{clause_link::ClauseLink, labels, layout::PageLayout, messages as msg, plural, section::Section},
    },
};
use crate::{
    corpus::{
        Language, Resource,
        actors::{Actor, ActorFilter, Kind},
    },
    error::Error,
};

/// The kinds of actors, in the order of the page.
const KINDS: [Kind; 7] = [Kind::State, Kind::Body, Kind::Group, Kind::Force, Kind::Person, Kind::UnnamedSource, Kind::Medium];

#[derive(Template)]
#[template(path = "actors.html")]
struct Page {
    layout: PageLayout,
    /// Each with its parent.
    actors: Vec<(Actor, Option<Actor>)>,
    truncated: bool,
}

/// Shows all actors: by kind, and within a kind by the number of mentions, descending.
pub async fn list(request: PageRequest) -> Result<CachedResponse, Error> {
    let html = async {
        let (mut actors, truncated) = request.list(&ActorFilter::default()).await?;
        let rank = |kind: Kind| KINDS.iter().position(|other| *other == kind);
        actors.sort_by_key(|actor| (rank(actor.kind), std::cmp::Reverse(actor.mention_count)));
        let parent = |actor: &Actor| actors.iter().find(|other| Some(&other.id) == actor.parent.as_ref()).cloned();
        let actors = actors.iter().map(|actor| (actor.clone(), parent(actor))).collect();
        let (title, lead) = (msg::ACTORS.of(request.language), msg::ACTORS_LEAD.of(request.language));
        let layout = PageLayout::new(&request, Section::Actors, title, lead).with_list(Resource::Actors, "");
        render(&Page { layout, actors, truncated })
    };
    request.respond(false, html).await
}
