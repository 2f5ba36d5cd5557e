//! Who is named, and every place where.

use askama::Template;

use crate::corpus::{
    Language, Resource,
    actors::{Actor, ActorFilter, Kind},
};
use crate::http::pages::{
    Answer, Error, PageRequest, render,
    view::{
        labels,
        layout::{Anchor, Frame, Section},
        messages as w, plural,
    },
};

/// The kinds of actors, in the order of the page.
const KINDS: [Kind; 7] = [Kind::State, Kind::Body, Kind::Group, Kind::Force, Kind::Person, Kind::UnnamedSource, Kind::Medium];

#[derive(Template)]
#[template(path = "actors.html")]
struct Page {
    frame: Frame,
    actors: Vec<(Actor, Option<Actor>)>,
    more: bool,
}

/// Shows all actors: by kind, and of each kind first who is named most.
pub async fn list(request: PageRequest) -> Result<Answer, Error> {
    let make = async {
        let (mut actors, more) = request.list(&ActorFilter::default()).await?;
        let place = |kind: Kind| KINDS.iter().position(|one| *one == kind);
        actors.sort_by_key(|actor| (place(actor.kind), std::cmp::Reverse(actor.mentions.len())));
        let parent = |actor: &Actor| actors.iter().find(|one| Some(&one.id) == actor.parent.as_ref()).cloned();
        let actors = actors.iter().map(|actor| (actor.clone(), parent(actor))).collect();
        let (title, lead) = (w::ACTORS.of(request.language), w::ACTORS_LEAD.of(request.language));
        let frame = Frame::new(&request, Section::Actors, title, lead).with_list(Resource::Actors, "");
        render(&Page { frame, actors, more })
    };
    request.answer(false, make).await
}
