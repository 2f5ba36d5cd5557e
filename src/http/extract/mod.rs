//! Extractors: the parameters and the format of a request to the API, and the rendering of the response from the corpus.

pub mod accept;
pub mod item;
pub mod list;
pub mod list_page;
pub mod mentions;
pub mod pagination;
pub mod param_map;
pub mod query;
pub mod representation;
pub mod rewrite;
pub mod validate;
