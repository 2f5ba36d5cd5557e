//! The registers of actors and locations: their names and their parents.

use std::collections::HashMap;

use crate::{
    corpus::{BilingualText, Slug, actors::Actor, locations::Location},
    verify::names::Names,
};

/// The maximum number of ancestors of an actor: the search ends here if the data has a cycle.
const MAX_ANCESTORS: usize = 16;

/// The actors and locations of the corpus.
#[derive(Debug)]
pub struct Registers {
    actors: HashMap<Slug, Actor>,
    locations: Vec<Location>,
}

impl Registers {
    /// The registers of these items.
    #[must_use]
    pub fn new(actors: Vec<Actor>, locations: Vec<Location>) -> Self {
        Self { actors: actors.into_iter().map(|actor| (actor.id.clone(), actor)).collect(), locations }
    }

    /// The actors, in no order.
    pub fn actors(&self) -> impl Iterator<Item = &Actor> {
        self.actors.values()
    }

    /// An actor's name.
    #[must_use]
    pub fn name(&self, actor: &Slug) -> Option<&BilingualText> {
        self.actors.get(actor).map(|actor| &actor.name)
    }

    /// Whether the words of one actor count as those of the other: it is the same actor, or a part of it.
    #[must_use]
    pub fn speaks_for(&self, actor: &Slug, whole: &Slug) -> bool {
        let parent = |actor: &&Slug| self.actors.get(*actor).and_then(|actor| actor.parent.as_ref());
        std::iter::successors(Some(actor), parent).take(MAX_ANCESTORS).any(|ancestor| ancestor == whole)
    }

    /// All names of actors, and of the locations that have one: "an alternative site" is not a name.
    #[must_use]
    pub fn names(&self) -> Names {
        let actors = self.actors.values().map(|actor| (&actor.id, &actor.name, &actor.aliases));
        let locations = self.locations.iter().filter(|location| !location.unspecified).map(|location| (&location.id, &location.name, &location.aliases));
        Names::new(
            actors.chain(locations).flat_map(|(id, name, aliases)| {
                [name.ar.as_str(), &name.en].into_iter().chain(aliases.iter().map(String::as_str)).map(|name| (id.as_str(), name))
            }),
        )
    }
}
