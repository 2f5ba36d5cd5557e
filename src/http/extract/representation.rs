//! The specification of a representation, and its rendering as a cached response with links.

use std::collections::BTreeSet;

use axum::http::{HeaderMap, HeaderValue, header};

use crate::{
    corpus::{
        Language, Resource, Slug,
        works::{self, Work},
    },
    error::Error,
    formats::{Format, RenderContext, Renderable, WriteFn},
    http::{
        blocking::draw,
        cache::{policy::CachePolicy, response::CachedResponse},
        extract::accept::Negotiated,
        headers::header_value,
        state::{AppState, Cost, Snapshot},
    },
};

/// Longer URIs are not repeated in the headers for each format, in bytes. Proxies accept header sections of 4 or 8 KB. The
/// link to the next page is always there.
const MAX_LINKED_URI_BYTES: usize = 512;

/// The resources whose items have pages of their own.
const PAGES: [Resource; 7] =
    [Resource::Statements, Resource::Clauses, Resource::Dates, Resource::Milestones, Resource::Actors, Resource::Locations, Resource::Changes];

/// The representation to render.
#[derive(Clone, Copy, Debug)]
pub struct RepresentationSpec<'a> {
    /// The canonical URI, relative to the API: equivalent requests have the same.
    pub uri: &'a str,
    /// The format.
    pub negotiated: &'a Negotiated,
    /// How long the response may be reused.
    pub policy: CachePolicy,
    /// Whether the server caches the response.
    pub is_stored: bool,
    /// What computing it costs.
    pub cost: Cost,
}

/// A rendered representation.
#[derive(Debug)]
pub struct Rendered {
    /// The body.
    pub body: Vec<u8>,
    /// The URL of the list's next page.
    pub next: Option<String>,
}

impl RepresentationSpec<'_> {
    /// The cached response, or a newly rendered one.
    ///
    /// # Errors
    /// When rendering fails, or when too many responses are being rendered.
    pub async fn respond(self, app: &AppState, snapshot: &Snapshot, render: impl Future<Output = Result<Rendered, Error>>) -> Result<CachedResponse, Error> {
        let render = async {
            let Rendered { body, next } = render.await?;
            Ok(CachedResponse::new(snapshot.inputs(app.site_for(self.negotiated.format)), self.policy, self.headers(app, snapshot, next.as_deref()), body))
        };
        if !self.is_stored {
            return app.render_uncached(self.cost, render).await;
        }
        let day = if let CachePolicy::UntilMidnight(today) = self.policy { today.date.to_string() } else { String::new() };
        let Negotiated { format, by_extension, .. } = self.negotiated;
        app.get_or_render(&format!("{} {day} {format:?} {by_extension} {}", snapshot.generation, self.uri), self.cost, render).await
    }

    /// The headers that describe the response, and those that link to its other formats.
    fn headers(&self, app: &AppState, snapshot: &Snapshot, next: Option<&str>) -> HeaderMap {
        let Negotiated { format, by_extension, available } = self.negotiated;
        let context = RenderContext::new(app.site(), snapshot.corpus.published);
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.content_type()));
        headers.insert(header::VARY, HeaderValue::from_static(if *by_extension { "accept-encoding" } else { "accept, accept-encoding" }));
        let is_linked = self.uri.len() <= MAX_LINKED_URI_BYTES;
        if is_linked {
            headers.insert(header::CONTENT_LOCATION, header_value(&context.url_in_format(self.uri, *format)));
        }
        if format.is_reference() {
            headers.insert(header::CONTENT_DISPOSITION, header_value(&format!("inline; filename=\"{}\"", self.file_name())));
        }
        let mut links: Vec<String> = next.iter().map(|next| format!("<{next}>; rel=\"next\"")).collect();
        let alternates = available.iter().filter(|alternate| is_linked && *alternate != format);
        links.extend(alternates.map(|alternate| {
            let url = context.url_in_format(self.uri, *alternate);
            ["<", &url, ">; rel=\"alternate\"; type=\"", alternate.media_type(), "\""].concat()
        }));
        links.extend(self.page_links(&context));
        if !links.is_empty() {
            headers.insert(header::LINK, header_value(&links.join(", ")));
        }
        headers
    }

    /// The links to the pages of an item, which have its path below their language. What depends on parameters has no page.
    fn page_links(&self, context: &RenderContext<'_>) -> Vec<String> {
        let is_item = self.uri.split_once('/').is_some_and(|(name, id)| PAGES.iter().any(|page| page.name() == name) && !id.contains(['/', '?']));
        let link = |language: Language| {
            format!("<{}>; rel=\"alternate\"; type=\"text/html\"; hreflang=\"{}\"", context.site.page(language, self.uri), language.code())
        };
        Language::ALL.into_iter().filter(|_| is_item).map(link).collect()
    }

    /// The file name under which a reference manager saves it: the last segment of the path, and the suffix.
    fn file_name(&self) -> String {
        let path = self.uri.split('?').next().unwrap_or_default();
        format!("{}.{}", path.rsplit('/').next().unwrap_or_default(), self.negotiated.format.extension())
    }
}

/// Writes a list or an item in a format; a picture on another thread, since it takes many milliseconds.
///
/// # Errors
/// When it cannot be written, or when the request no longer waits for a picture.
pub async fn written<T: Send + 'static>(app: &AppState, format: Format, write: WriteFn<T>, subject: T, context: RenderContext<'_>) -> Result<Vec<u8>, Error> {
    if !format.is_picture() {
        return Ok(write(&subject, &context)?);
    }
    let (site, works) = (context.site.clone(), context.works.to_vec());
    let RenderContext { language, published, bom, theme, .. } = context;
    Ok(draw(app, move || write(&subject, &RenderContext { site: &site, language, published, bom, theme, works: &works })).await??)
}

/// The statements that a format names beside its items; none if the format needs none.
///
/// # Errors
/// When a database query fails.
pub async fn cited_works<T: Renderable>(app: &AppState, snapshot: &Snapshot, format: Format, items: &[T]) -> Result<Vec<Work>, Error> {
    let ids: BTreeSet<&Slug> = items.iter().filter_map(T::cites).filter(|_| format.needs_works()).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(app.timed_query(works::works(&snapshot.corpus, ids)).await?)
}
