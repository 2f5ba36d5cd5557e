//! The actors: all of them, and each on a page of its own, across statements.

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
            messages as msg, plural,
            section::Section,
        },
    },
};
use crate::{
    corpus::{
        BilingualText, Language, Resource, Slug,
        actors::{Actor, ActorFilter},
        milestones::{Milestone, MilestoneFilter},
        notes::Severity,
        statements::{Statement, StatementFilter},
    },
    error::Error,
};

#[derive(Template)]
#[template(path = "actors.html")]
struct ListPage {
    layout: PageLayout,
    form: FilterForm,
    parts: Listing<Actor>,
}

/// Shows the actors. If they fit on the page, they are in the order of their kinds, and within a kind by the number of mentions.
pub async fn list(request: PageRequest) -> Result<CachedResponse, Error> {
    let query = ListQuery::<ActorFilter>::read(&request)?;
    let html = async {
        let language = request.language;
        let mut parts = query.load(&request, PAGE_SIZE, &["kind"]).await?;
        if parts.is_whole() && query.filter.q.is_none() && query.filter.sort.is_none() {
            let rank = |actor: &Actor| labels::ACTOR_KINDS.iter().position(|kind| *kind == actor.kind);
            parts.items.sort_by_key(|actor| (rank(actor), std::cmp::Reverse(actor.mention_count)));
        }
        let mut layout =
            PageLayout::new(&request, Section::Actors, msg::ACTORS.of(language), msg::ACTORS_LEAD.of(language)).with_list(Resource::Actors, &query.selection());
        layout.query = query.canonical();
        let kinds = Select::new("kind", msg::KIND, &labels::ACTOR_KINDS, labels::actor, &query.filter.kind, parts.facet("kind"), language);
        let form = query.form(&request, &layout, vec![kinds], true, false).await?;
        render(&ListPage { layout, form, parts })
    };
    query.respond(&request, false, html).await
}

#[derive(Template)]
#[template(path = "actor.html")]
struct ItemPage {
    layout: PageLayout,
    actor: Actor,
    parent: Option<Actor>,
    members: (Vec<Actor>, bool),
    statements: (Vec<Statement>, bool),
    milestones: (Vec<Milestone>, bool),
    titles: Titles,
    /// The titles of the statements that mention it.
    mentioned_in: HashMap<Slug, BilingualText>,
}

/// Shows an actor: the statements that name it or a part of it, its milestones, and its first mentions.
pub async fn show(request: PageRequest) -> Result<CachedResponse, Error> {
    let id = request.id()?;
    let html = async {
        let mut actor = request.require::<ActorFilter>(&id).await?;
        actor.notes.sort_by_key(|note| note.severity);
        let parent = match &actor.parent {
            Some(parent) => request.get::<ActorFilter>(parent).await?,
            None => None,
        };
        let members = request.first(&ActorFilter { parent: vec![id.clone()], ..ActorFilter::default() }, MAX_RELATED).await?;
        let (of_statements, of_milestones) = (
            StatementFilter { actor: vec![id.clone()], ..StatementFilter::default() },
            MilestoneFilter { actor: vec![id.clone()], ..MilestoneFilter::default() },
        );
        let related = Related::load(&request, &of_statements, &of_milestones, &actor.mentions).await?;
        let title = actor.name.of(request.language).to_owned();
        let description = describe(&title, labels::actor(&actor.kind), actor.mention_count, &actor.notes, request.language);
        let mut layout = PageLayout::new(&request, Section::Actors, title, description).with_item(Resource::Actors, &actor.id);
        layout.picture = related.picture(&request, "actor", &id, &layout.title).await?.or(layout.picture);
        let Related { statements, milestones, titles, mentioned_in } = related;
        render(&ItemPage { layout, actor, parent, members, statements, milestones, titles, mentioned_in })
    };
    Box::pin(request.respond(true, html)).await
}
