//! A request for an embed: its language, its colours, and the policy of its response.

use axum::{
    extract::FromRequestParts,
    http::{HeaderName, HeaderValue, header, request::Parts},
};

use crate::http::{
    cache::{policy::CachePolicy, response::CachedResponse},
    extract::query::first_value,
    pages::{
        html::{html_headers, not_found},
        request::PageRequest,
    },
    state::{AppState, Cost},
};
use crate::{
    corpus::{Language, parse_enum},
    error::Error,
    formats::Theme,
};

/// The content security policy of an embed: any site may frame it, and it runs no script.
const EMBED_CSP: HeaderValue =
    HeaderValue::from_static("default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *");

/// A request for an embed.
#[derive(Debug)]
pub struct EmbedRequest {
    /// As for the page that it is taken from.
    pub page: PageRequest,
    /// Its colours; those that the reader prefers where the request names none.
    pub theme: Option<Theme>,
}

impl FromRequestParts<AppState> for EmbedRequest {
    type Rejection = Error;

    /// Reads the request. Unknown parameters are ignored, as on pages.
    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Error> {
        let query = parts.uri.query().unwrap_or_default();
        let value = |name: &str| first_value(query.as_bytes(), name);
        let language = value("lang").and_then(|language| parse_enum::<Language>(&language).ok()).unwrap_or(Language::En);
        let theme = value("theme").and_then(|theme| parse_enum::<Theme>(&theme).ok());
        let path = parts.uri.path().strip_prefix("/embed/").ok_or_else(not_found)?.to_owned();
        Ok(Self { page: PageRequest::in_language(parts, app, language, path).await?, theme })
    }
}

impl EmbedRequest {
    /// The class of the page: which colours it has.
    pub const fn class(&self) -> &'static str {
        match self.theme {
            Some(Theme::Light) => "light",
            Some(Theme::Dark) => "dark",
            None => "",
        }
    }

    /// The cached embed, or the one that `render` makes. `query` has the filter in canonical form. An embed expires at midnight in Baghdad.
    pub async fn respond(&self, query: &str, render: impl Future<Output = Result<String, Error>>) -> Result<CachedResponse, Error> {
        let page = &self.page;
        let (generation, today) = (page.snapshot().generation, page.app.clock().today());
        let key = format!("{generation} {} embed {} {} {}{query}", today.date, page.language.code(), self.class(), page.path);
        let response = async {
            let html = render.await?;
            let own = [(header::CONTENT_SECURITY_POLICY, EMBED_CSP), (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"))];
            let headers = html_headers(page.language).into_iter().chain(own);
            Ok(CachedResponse::of_data_and_program(generation, CachePolicy::UntilMidnight(today), headers, html.into_bytes()))
        };
        page.app.get_or_render(&key, Cost::Much, response).await
    }
}
