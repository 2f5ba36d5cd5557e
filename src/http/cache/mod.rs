//! Cached responses: how they are stored, negotiated, revalidated and expired (RFC 9110, RFC 9111).
//!
//! This module knows neither the routes nor the metrics: the edge wraps the [`service`], and counts its hits.

pub mod coding;
pub mod conditional;
pub mod encodings;
pub mod policy;
pub mod range;
pub mod response;
pub mod service;
pub mod store;
