//! What a page shows so that it travels: its picture for other sites, and the code of its embed.

use crate::http::pages::{
    request::PageRequest,
    view::{
        frame::{Frame, MAX_WIDTH, card_url, embed_url},
        messages as msg, timeline_messages as timeline,
    },
};
use crate::{
    corpus::{Filter, Language, Resource, Slug, milestones::Milestone},
    error::Error,
    formats::{CARD_HEIGHT, CARD_WIDTH, Card, Format, Renderable, SiteUrl, ToCard},
};

/// What the picture of a page shows that has none of its own: the dates that come last, without those that the text leaves open.
const NEWEST_DATES: &str = "kind=deadline&kind=period&status=past&status=open&status=upcoming&sort=-latest";
/// How many milestones the picture of a page has at most: sites cut what is much higher than a card.
const MAX_DRAWN: u32 = 4;

/// The picture that other sites show beside a link to a page (Open Graph).
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its absolute URL.
    pub url: String,
    /// What it shows, as text.
    pub description: String,
    /// Its width and its height, in pixels; `None` if they follow from the data.
    pub size: Option<[u16; 2]>,
}

impl Picture {
    /// The card of an item.
    pub fn card(request: &PageRequest, resource: Resource, id: &Slug, card: &Card) -> Self {
        let url = card_url(request.app.absolute_site(), resource, id, request.language);
        Self { url, description: card.description(), size: Some([CARD_WIDTH, CARD_HEIGHT]) }
    }

    /// The card of the item with this id; `None` if there is no such item.
    ///
    /// # Errors
    /// When a database query fails.
    pub async fn of_item<F: Filter<Item: Renderable + ToCard>>(request: &PageRequest, id: &Slug) -> Result<Option<Self>, Error> {
        let Some(item) = request.get::<F>(id).await? else { return Ok(None) };
        let work = match F::RESOURCE {
            Resource::Statements => request.work_with_card(id).await?,
            _ => request.work_of(&item).await?,
        };
        Ok(Some(Self::card(request, F::RESOURCE, id, &request.card(&item, &work)?)))
    }

    /// The card of a statement.
    ///
    /// # Errors
    /// When there is no such statement, or when a database query fails.
    pub async fn of_statement(request: &PageRequest, id: &Slug) -> Result<Self, Error> {
        let work = request.work_with_card(id).await?;
        Ok(Self::card(request, Resource::Statements, id, &request.card(&work.statement, &work)?))
    }

    /// The first milestones that a query selects on a timeline, or those with the newest dates if it is empty. `of` is what they have
    /// in common.
    pub fn timeline(site: &SiteUrl, language: Language, query: &str, of: Option<&str>) -> Self {
        let query = if query.is_empty() { NEWEST_DATES } else { query };
        let url = site.api_in_format(&format!("milestones?{query}&limit={MAX_DRAWN}&lang={}", language.code()), Format::Png);
        let title = timeline::MILESTONES_ON_TIMELINE.of(language);
        Self { url, description: of.map_or_else(|| title.to_owned(), |of| format!("{title}: {of}")), size: None }
    }
}

/// The embed of what a page shows.
#[derive(Clone, Debug)]
pub struct Share {
    /// The absolute URL of the page.
    pub page_url: String,
    /// The absolute URL of the oEmbed response.
    pub oembed_url: String,
    /// The code of the embed: HTML.
    pub embed_code: String,
}

impl Share {
    /// The embed of an item with this card. A statement is embedded as the timeline of its `milestones`, which other items have none of.
    pub fn new(request: &PageRequest, resource: Resource, id: &Slug, card: &Card, milestones: &[Milestone]) -> Self {
        let (site, language) = (request.app.absolute_site(), request.language);
        let frame = match resource {
            Resource::Statements => Frame::of_timeline(milestones, language, MAX_WIDTH, u16::MAX),
            _ => Frame::of_card(card, MAX_WIDTH, u16::MAX),
        };
        let embed_code = frame.code(&embed_url(site, resource, id, language), &card.headline.text);
        Self::of_page(site, site.page(language, &format!("{}/{id}", resource.name())), embed_code)
    }

    /// The embed of the milestones that a query with its question mark selects; without one, of all.
    pub fn of_milestones(request: &PageRequest, query: &str, milestones: &[Milestone]) -> Self {
        let (site, language) = (request.app.absolute_site(), request.language);
        let separator = if query.is_empty() { '?' } else { '&' };
        let url = format!("{}embed/timeline{query}{separator}lang={}", site.root(), language.code());
        let embed_code = Frame::of_timeline(milestones, language, MAX_WIDTH, u16::MAX).code(&url, msg::MILESTONES.of(language));
        Self::of_page(site, site.page(language, &format!("milestones{query}")), embed_code)
    }

    fn of_page(site: &SiteUrl, page_url: String, embed_code: String) -> Self {
        let encoded: String = form_urlencoded::byte_serialize(page_url.as_bytes()).collect();
        Self { oembed_url: format!("{}oembed?url={encoded}&format=json", site.root()), page_url, embed_code }
    }
}
