//! Pages for people, in Arabic and in English: the same corpus as HTML.
//!
//! A page is read from the corpus, rendered and cached like every response of the API. Unlike the API, a page ignores
//! unknown parameters, since other services add parameters to links that people share.

mod actors;
mod assets;
mod error_page;
mod home;
mod html;
mod language;
mod locations;
mod milestones;
mod notes;
mod request;
mod search;
mod statements;
mod view;

use axum::{Router, response::Redirect, routing::get};

use crate::corpus::Language;
use crate::http::AppState;
pub use error_page::error_page;

/// The routes of the pages.
pub fn routes() -> Router<AppState> {
    let router = Router::new().route("/", get(language::redirect_to_language)).route("/assets/{version}/{name}", get(assets::get));
    Language::ALL.into_iter().fold(router, |router, language| {
        let path = |rest: &str| format!("/{}{rest}", language.code());
        router
            .route(&path(""), get(move || async move { Redirect::permanent(&format!("{}/", language.code())) }))
            .route(&path("/"), get(home::show))
            .route(&path("/statements"), get(statements::redirect_to_only))
            .route(&path("/statements/{id}"), get(statements::show))
            .route(&path("/milestones"), get(milestones::list))
            .route(&path("/milestones/{id}"), get(milestones::show))
            .route(&path("/locations"), get(locations::list))
            .route(&path("/actors"), get(actors::list))
            .route(&path("/notes"), get(notes::list))
            .route(&path("/search"), get(search::show))
    })
}
