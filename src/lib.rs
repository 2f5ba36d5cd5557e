//! Bayan serves a diplomatic statement as something that can be queried, polled and cited.
//!
//! # Layout
//! - [`corpus`]: what is said. The only SQL.
//! - [`mod@format`]: what an answer looks like. Pure writers.
//! - [`language`]: Arabic and English as text.
//! - [`http`]: what is offered.
//! - [`database`]: how a database file is built, checked, published and opened.
//! - [`config`], [`limits`], [`clock`], [`error`], [`mod@log`], [`server`]: what the process is made of.
//!
//! Data flows one way: request, parameters, corpus, format, caching, response; nothing is imported upward
//! (`tests/api/layout.rs` guards it).

pub mod clock;
pub mod config;
pub mod corpus;
pub mod error;
pub mod formats;
pub mod http;
pub mod server;
pub mod storage;
pub mod telemetry;
pub mod text;
pub mod verify;

pub use http::{AppState, router::router as app};
