//! A clause or a milestone in a frame: what its card has, as text.

use askama::Template;

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        embed::request::EmbedRequest,
        html::render,
        view::{layout::PageLayout, messages as msg, section::Section},
    },
};
use crate::{
    corpus::{Filter, clauses::ClauseFilter, enum_name, milestones::MilestoneFilter},
    error::Error,
    formats::{Card, Renderable, ToCard},
};

#[derive(Template)]
#[template(path = "embed_item.html")]
struct Embed {
    layout: PageLayout,
    class: &'static str,
    card: Card,
    /// The class of the voice.
    voice: String,
    /// The URL of its page.
    url: String,
}

/// Shows a clause.
pub async fn clause(request: EmbedRequest) -> Result<CachedResponse, Error> {
    item::<ClauseFilter>(request).await
}

/// Shows a milestone.
pub async fn milestone(request: EmbedRequest) -> Result<CachedResponse, Error> {
    item::<MilestoneFilter>(request).await
}

async fn item<F: Filter<Item: Renderable + ToCard>>(request: EmbedRequest) -> Result<CachedResponse, Error> {
    let id = request.page.id()?;
    let html = async {
        let item = request.page.require::<F>(&id).await?;
        let card = request.page.card(&item, &request.page.work_of(&item).await?)?;
        let layout = PageLayout::new(&request.page, Section::Other, card.kicker.clone(), card.description());
        let url = layout.permalink(&format!("{}/{id}", F::RESOURCE.name()));
        let voice = card.voice.map(|voice| enum_name(&voice)).unwrap_or_default();
        render(&Embed { layout, class: request.class(), card, voice, url })
    };
    request.respond("", html).await
}
