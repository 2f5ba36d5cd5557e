//! Extractors: what a request for the API asks for, and how it is rendered from the corpus.

pub mod accept;
pub mod item;
pub mod list;
mod list_page;
pub mod mentions;
pub mod pagination;
mod param_map;
pub mod query;
pub mod representation;
pub mod validate;
