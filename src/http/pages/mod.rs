//! Pages for people, in Arabic and in English: the same corpus, written as HTML.
//!
//! A page goes the way of every answer: request, corpus, writer, caching, response. Parameters that a page does not know
//! are passed over, since people share links that others have added to; the interface under `/v1` stays strict.

mod actors;
mod assets;
mod error_page;
mod home;
mod locations;
mod milestones;
mod notes;
mod search;
mod statements;
mod view;

use std::sync::Arc;

use askama::Template;
use axum::{
    Router,
    extract::{FromRequestParts, RawPathParams},
    http::{HeaderMap, HeaderValue, header, request::Parts},
    response::{IntoResponse, Redirect},
    routing::get,
};

use crate::http::{
    AppState, Snapshot,
    cache::response::{Answer, CachedResponse, Freshness},
    extract::{accept, list::works},
};
use crate::{
    clock::LocalDay,
    corpus::{Corpus, Day, Filter, Language, PageParams, Slug, StoredJson, list},
    error::Error,
    formats::{Format, RenderContext, Renderable},
};
pub use error_page::refused;

/// Nothing is fetched from elsewhere, nothing runs or styles from within a page, and nobody may frame it.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// How many items a page shows at the most; it says so where there are more.
const MOST: u32 = 1_000;

/// The routes of the pages.
pub fn routes() -> Router<AppState> {
    let router = Router::new().route("/", get(choose)).route("/assets/{version}/{name}", get(assets::find));
    Language::ALL.into_iter().fold(router, |router, language| {
        let at = |rest: &str| format!("/{}{rest}", language.code());
        router
            .route(&at(""), get(move || async move { Redirect::permanent(&format!("{}/", language.code())) }))
            .route(&at("/"), get(home::show))
            .route(&at("/statements"), get(statements::choose))
            .route(&at("/statements/{id}"), get(statements::show))
            .route(&at("/milestones"), get(milestones::list))
            .route(&at("/milestones/{id}"), get(milestones::show))
            .route(&at("/locations"), get(locations::list))
            .route(&at("/actors"), get(actors::list))
            .route(&at("/notes"), get(notes::list))
            .route(&at("/search"), get(search::show))
    })
}

/// Sends a reader to the pages in the language that the browser asks for; to the English ones where it asks for neither.
async fn choose(headers: HeaderMap) -> impl IntoResponse {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|asked| asked.to_str().ok()).unwrap_or_default();
    let language = preferred(asked);
    // The address alone does not tell where it leads (RFC 9110, section 12.5.5), and a redirect costs next to nothing.
    ([(header::VARY, "accept-language"), (header::CACHE_CONTROL, "no-cache")], Redirect::temporary(&format!("{}/", language.code())))
}

/// The language of ours that is liked best (RFC 4647, section 3.4: a range matches what it begins).
fn preferred(asked: &str) -> Language {
    let quality = |language: Language| {
        let ranges = asked.split(',').filter_map(accept::weighted);
        let matching = ranges.filter(|(range, _)| range.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case(language.code())));
        matching.map(|(_, quality)| quality).max().unwrap_or(0)
    };
    if quality(Language::Ar) > quality(Language::En) { Language::Ar } else { Language::En }
}

/// A request for a page, understood.
#[derive(Debug)]
pub struct PageRequest {
    app: AppState,
    data: Arc<Snapshot>,
    /// The language of the page.
    language: Language,
    /// The address below the language: `milestones/iq-us-…`.
    path: String,
    id: String,
    /// What was asked besides.
    query: String,
    today: LocalDay,
}

impl FromRequestParts<AppState> for PageRequest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Error> {
        let (language, path) = view::layout::split(parts.uri.path()).ok_or_else(nothing)?;
        let path = path.to_owned();
        let id = RawPathParams::from_request_parts(parts, app).await.map_err(|_| nothing())?.iter().map(|(_, id)| id.to_owned()).next();
        let query = parts.uri.query().unwrap_or_default().to_owned();
        Ok(Self { app: app.clone(), data: app.data(), language, path, id: id.unwrap_or_default(), query, today: app.clock.today() })
    }
}

impl PageRequest {
    /// The data that the page is made from.
    fn corpus(&self) -> &Corpus {
        &self.data.corpus
    }

    /// The day that what depends on it is reckoned on.
    const fn day(&self) -> Day {
        self.today.date
    }

    /// The id in the address.
    fn id(&self) -> Result<Slug, Error> {
        self.id.parse().map_err(|_| nothing())
    }

    /// The items that a filter keeps, and whether there are more than a page shows.
    async fn list<F: Filter>(&self, filter: &F) -> Result<(Vec<F::Item>, bool), Error> {
        let part = PageParams { limit: MOST, after: None, count: false };
        let page = self.app.ask(list(self.corpus(), filter, &part, self.day())).await?;
        let items = page.items.iter().map(StoredJson::read).collect::<serde_json::Result<_>>()?;
        Ok((items, page.next.is_some()))
    }

    /// An item as JSON-LD, to stand within a page.
    async fn linked_data<T: Renderable>(&self, item: &T) -> Result<Option<String>, Error> {
        let Some(write) = T::writer(Format::JsonLd).and_then(|writer| writer.item) else { return Ok(None) };
        let works = works(&self.app, &self.data, Format::JsonLd, std::slice::from_ref(item)).await?;
        let context = RenderContext {
            base_url: self.app.root(Format::JsonLd),
            language: Some(self.language),
            published: self.data.corpus.published,
            bom: false,
            works: &works,
        };
        // Within a script element nothing may look like a tag; in JSON an escape is the same character.
        Ok(String::from_utf8(write(item, &context)?).ok().map(|json| json.replace('<', "\\u003c")))
    }

    /// The page that is made so, kept or new. `of_the_day`: it is another one tomorrow.
    async fn answer(&self, of_the_day: bool, make: impl Future<Output = Result<String, Error>>) -> Result<Answer, Error> {
        let day = of_the_day.then_some(self.today);
        let date = day.map_or_else(String::new, |today| today.date.to_string());
        let key = format!("{} {date} page {} {}", self.data.generation, self.language.code(), self.path);
        self.app.give(Some(&key), async { Ok(self.prepared(day, make.await?)) }).await
    }

    /// The page that is made so, each time.
    async fn answer_once(&self, make: impl Future<Output = Result<String, Error>>) -> Result<Answer, Error> {
        self.app.give(None, async { Ok(self.prepared(None, make.await?)) }).await
    }

    /// A page as an answer.
    fn prepared(&self, day: Option<LocalDay>, body: String) -> Arc<CachedResponse> {
        let mut head = HeaderMap::new();
        head.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        head.extend(headers(self.language));
        CachedResponse::new(self.data.generation, Freshness { published: self.data.corpus.published, day }, head, body.into_bytes())
    }
}

/// The headers of every page.
fn headers(language: Language) -> [(header::HeaderName, HeaderValue); 5] {
    [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_LANGUAGE, HeaderValue::from_static(language.code())),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin")),
    ]
}

/// Writes a page.
fn render(page: &impl Template) -> Result<String, Error> {
    page.render().map_err(|cause| {
        tracing::error!(%cause, "a page could not be written");
        Error::Internal
    })
}

/// There is no such page.
fn nothing() -> Error {
    Error::NotFound("No page has this URL.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_that_is_liked_best_is_chosen_and_english_where_neither_is() {
        for (asked, language) in [
            ("", Language::En),
            ("ar", Language::Ar),
            ("AR-iq", Language::Ar),
            ("ar-IQ,ar;q=0.9,en;q=0.8", Language::Ar),
            ("en-GB,en;q=0.9,ar;q=0.8", Language::En),
            ("de, ar;q=0.5, en;q=0.4", Language::Ar),
            ("de, *", Language::En),
            ("ar;q=0", Language::En),
            ("arc, arz", Language::En),
            (";;;,,q=", Language::En),
        ] {
            assert_eq!(preferred(asked), language, "{asked}");
        }
    }
}
