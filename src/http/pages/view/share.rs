//! What a page shows so that it travels: its card for other sites, and the code of its embed.

use crate::http::pages::{
    request::PageRequest,
    view::frame::{Frame, MAX_WIDTH, card_url, embed_url},
};
use crate::{
    corpus::{Resource, Slug, milestones::Milestone, works::Work},
    error::Error,
    formats::{CARD_HEIGHT, CARD_WIDTH, ToCard},
};

/// The card and the embed of the item that a page shows.
#[derive(Clone, Debug)]
pub struct Share {
    /// The absolute URL of the card.
    pub card_url: String,
    /// Everything on the card as text.
    pub card_description: String,
    /// The absolute URL of the page.
    pub page_url: String,
    /// The absolute URL of the oEmbed response.
    pub oembed_url: String,
    /// The code of the embed: HTML.
    pub embed_code: String,
}

impl Share {
    /// The card and the embed of an item. A statement is embedded as the timeline of its `milestones`, which other items have none of.
    ///
    /// # Errors
    /// When `work` is another statement than that of the item.
    pub fn new<T: ToCard>(request: &PageRequest, resource: Resource, id: &Slug, item: &T, work: &Work, milestones: &[Milestone]) -> Result<Self, Error> {
        let (site, language) = (request.app.absolute_site(), request.language);
        let card = request.card(item, work)?;
        let page_url = site.page(language, &format!("{}/{id}", resource.name()));
        let frame = if resource == Resource::Statements { Frame::of_timeline(milestones, language, MAX_WIDTH) } else { Frame::of_card(&card, MAX_WIDTH) };
        let encoded: String = form_urlencoded::byte_serialize(page_url.as_bytes()).collect();
        Ok(Self {
            card_url: card_url(site, resource, id, language),
            card_description: card.description(),
            oembed_url: format!("{}oembed?url={encoded}&format=json", site.root()),
            embed_code: frame.code(&embed_url(site, resource, id, language), &card.headline.text),
            page_url,
        })
    }

    /// The width of a card, in pixels.
    #[expect(clippy::unused_self, reason = "templates call through the value")]
    pub const fn card_width(&self) -> u16 {
        CARD_WIDTH
    }

    /// The height of a card, in pixels.
    #[expect(clippy::unused_self, reason = "templates call through the value")]
    pub const fn card_height(&self) -> u16 {
        CARD_HEIGHT
    }
}
