//! Pages for people, in Arabic and in English: the same corpus as HTML.
//!
//! A page is read from the corpus, rendered and cached like every response of the API. Unlike the API, a page ignores
//! unknown parameters, since other services add parameters to links that people share.

pub mod about;
pub mod actors;
pub mod assets;
pub mod changes;
pub mod clauses;
mod critical_notes;
pub mod dates;
mod downloads;
pub mod embed;
mod error_page;
pub mod home;
mod home_of_one;
mod html;
mod key_dates;
pub mod language;
mod listing;
pub mod locations;
pub mod milestones;
pub mod notes;
pub mod reading;
mod related;
mod request;
pub mod search;
pub mod sitemap;
pub mod statement;
mod statement_part;
pub mod statements;
pub mod verify;
mod view;

pub use error_page::error_page;
