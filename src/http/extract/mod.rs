//! Requests, read strictly into types.

pub mod accept;
pub mod list;
pub mod pagination;
pub mod query;
