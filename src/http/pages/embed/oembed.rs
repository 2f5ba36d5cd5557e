//! oEmbed 1.0: the code of an embed for the URL of a page, and the links by which other software discovers it.

use axum::{
    extract::State,
    http::{HeaderValue, Uri, header},
};
use serde::Serialize;

use crate::http::{
    cache::{policy::CachePolicy, response::CachedResponse},
    extract::query::first_value,
    pages::{
        embed::{
            subject::{Subject, subject},
            timeline::MAX_ITEMS,
        },
        html::not_found,
        listing::ListQuery,
        request::PageRequest,
        view::{
            frame::{Frame, MAX_WIDTH, card_url, embed_url},
            messages as msg,
        },
    },
    state::{AppState, Cost},
};
use crate::{
    corpus::{
        Filter, Resource, Slug,
        clauses::ClauseFilter,
        milestones::{Milestone, MilestoneFilter},
        statements::StatementFilter,
    },
    error::{Error, InvalidParam},
    formats::{CARD_HEIGHT, CARD_WIDTH, Card, Renderable, ToCard},
};

/// How long a consumer may cache the response, in seconds.
const CACHE_AGE: u32 = 3_600;

/// A response of the type `rich` (oEmbed, section 2.3.4.4).
#[derive(Debug, Serialize)]
struct Rich {
    version: &'static str,
    r#type: &'static str,
    provider_name: &'static str,
    provider_url: String,
    title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    author_name: String,
    cache_age: u32,
    html: String,
    width: u16,
    height: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail_width: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail_height: Option<u16>,
}

/// The parameters of a request; others are ignored, as consumers send their own.
struct Params {
    url: String,
    /// What the embed and the thumbnail may measure at most, in pixels; `None` where the consumer names no limit.
    max_width: Option<u16>,
    max_height: Option<u16>,
}

impl Params {
    fn read(query: &str) -> Result<Self, Error> {
        let value = |name: &str| first_value(query.as_bytes(), name);
        match value("format").as_deref() {
            None | Some("json" | "") => {}
            // Section 2.3.4: a provider that does not have the format responds with 501.
            Some(_) => return Err(Error::NotImplemented("oEmbed is available as JSON only (format=json).")),
        }
        let invalid =
            |parameter: &str, value: Option<String>, allowed: &str| Error::InvalidQuery(vec![InvalidParam::new(parameter, value.as_deref(), allowed)]);
        let pixels = |name: &str| match value(name).filter(|pixels| !pixels.is_empty()) {
            None => Ok(None),
            Some(pixels) => match pixels.parse::<u32>() {
                Ok(number) if number > 0 => Ok(Some(u16::try_from(number).unwrap_or(u16::MAX))),
                _ => Err(invalid(name, Some(pixels), "a number of pixels")),
            },
        };
        let url = value("url").filter(|url| !url.is_empty()).ok_or_else(|| invalid("url", None, "the URL of a page of this service"))?;
        Ok(Self { url, max_width: pixels("maxwidth")?, max_height: pixels("maxheight")? })
    }

    /// The largest embed.
    fn frame_limits(&self) -> (u16, u16) {
        (self.max_width.unwrap_or(MAX_WIDTH), self.max_height.unwrap_or(u16::MAX))
    }

    /// Whether a picture of this size is no larger than the consumer allows (section 2.3.4: that holds for thumbnails too).
    fn allows(&self, width: u16, height: u16) -> bool {
        self.max_width.is_none_or(|most| width <= most) && self.max_height.is_none_or(|most| height <= most)
    }
}

/// Responds with the embed for the URL of a page.
pub async fn get(State(app): State<AppState>, uri: Uri) -> Result<CachedResponse, Error> {
    let params = Params::read(uri.query().unwrap_or_default())?;
    let (language, subject) = subject(app.site(), &params.url).ok_or_else(not_found)?;
    let body = async {
        let mut page = PageRequest::for_item(&app, language);
        let rich = match subject {
            Subject::Clause(id) => of_item::<ClauseFilter>(&page, &id, &params).await?,
            Subject::Milestone(id) => of_item::<MilestoneFilter>(&page, &id, &params).await?,
            Subject::Statement(id) => {
                let statement = page.require::<StatementFilter>(&id).await?;
                let card = page.card(&statement, &page.work_with_card(&id).await?)?;
                let (milestones, _) = page.first(&MilestoneFilter { statement: vec![id.clone()], ..MilestoneFilter::default() }, MAX_ITEMS).await?;
                of_timeline(&page, &format!("?statement={id}&"), &milestones, Some((card, &id)), &params)
            }
            Subject::Milestones(query) => {
                page.query = query;
                let milestones = ListQuery::<MilestoneFilter>::read(&page)?.load(&page, MAX_ITEMS, &[]).await?.items;
                let query = if page.query.is_empty() { "?".to_owned() } else { format!("?{}&", page.query) };
                of_timeline(&page, &query, &milestones, None, &params)
            }
        };
        let headers = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
        Ok(CachedResponse::of_data_and_program(page.snapshot().generation, CachePolicy::Default, headers, serde_json::to_vec(&rich)?))
    };
    // Any query may come, so that a cached response would be of little use.
    app.render_uncached(Cost::Little, body).await
}

/// A clause or a milestone.
async fn of_item<F: Filter<Item: Renderable + ToCard>>(page: &PageRequest, id: &Slug, params: &Params) -> Result<Rich, Error> {
    let item = page.require::<F>(id).await?;
    let card = page.card(&item, &page.work_of(&item).await?)?;
    let url = embed_url(page.app.absolute_site(), F::RESOURCE, id, page.language);
    let (max_width, max_height) = params.frame_limits();
    let frame = Frame::of_card(&card, max_width, max_height);
    Ok(rich(page, &frame, &url, Some((card, F::RESOURCE, id)), params))
}

/// A timeline of these milestones; `query` ends so that a parameter may follow.
fn of_timeline(page: &PageRequest, query: &str, milestones: &[Milestone], statement: Option<(Card, &Slug)>, params: &Params) -> Rich {
    let url = format!("{}embed/timeline{query}lang={}", page.app.absolute_site().root(), page.language.code());
    let (max_width, max_height) = params.frame_limits();
    let frame = Frame::of_timeline(milestones, page.language, max_width, max_height);
    rich(page, &frame, &url, statement.map(|(card, id)| (card, Resource::Statements, id)), params)
}

fn rich(page: &PageRequest, frame: &Frame, url: &str, card: Option<(Card, Resource, &Slug)>, params: &Params) -> Rich {
    let site = page.app.absolute_site();
    let title = card.as_ref().map_or_else(|| msg::MILESTONES.of(page.language).to_owned(), |(card, ..)| card.headline.text.clone());
    let thumbnail = card.as_ref().filter(|_| params.allows(CARD_WIDTH, CARD_HEIGHT)).map(|(_, resource, id)| card_url(site, *resource, id, page.language));
    Rich {
        version: "1.0",
        r#type: "rich",
        provider_name: msg::BAYAN.of(page.language),
        provider_url: site.page(page.language, ""),
        html: frame.code(url, &title),
        title,
        author_name: card.map(|(card, ..)| card.attribution).unwrap_or_default(),
        cache_age: CACHE_AGE,
        width: frame.width,
        height: frame.height,
        thumbnail_width: thumbnail.is_some().then_some(CARD_WIDTH),
        thumbnail_height: thumbnail.is_some().then_some(CARD_HEIGHT),
        thumbnail_url: thumbnail,
    }
}
