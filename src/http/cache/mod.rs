//! Cached responses: how they are made, revalidated, expired and kept.

pub mod response;
pub mod service;
pub mod store;
