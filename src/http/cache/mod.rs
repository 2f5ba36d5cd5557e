//! Cached responses: how they are stored, negotiated, revalidated and expired (RFC 9110, RFC 9111).
//!
//! This room knows neither the routes nor the metrics: whoever wraps the [`service`] sees its hits and counts them.

pub mod coding;
pub mod conditional;
pub mod policy;
pub mod response;
pub mod service;
pub mod store;
