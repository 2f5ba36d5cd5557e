//! Bayan serves a diplomatic statement as data that can be queried, polled and cited.
//!
//! # Layout
//! - [`text`]: Arabic and English: normalizing, tokens, stems, the lexicon, quotations.
//! - [`corpus`]: the types of the resources, their filters, and the SQL of every response.
//! - [`verify`]: whether a quotation is right.
//! - [`package`]: statement packages: reading, checking and exporting them.
//! - [`storage`]: database files: building, checking, publishing, opening and watching them.
//! - [`picture`]: text in lines, drawings as SVG and PNG, and the fonts.
//! - [`formats`]: pure writers, one file for each format.
//! - [`server`]: the accept loop, for any tower service.
//! - [`mod@http`]: everything that is served; its documentation lists the steps of a request in order.
//! - [`cli`]: the subcommands.
//! - [`config`], [`clock`], [`error`], [`telemetry`]: what the other modules share.
//!
//! Data flows one way and nothing is imported upward (`tests/api/architecture.rs` checks it):
//! `cli -> {server, http, storage}`, `http -> {formats, corpus}`, `formats -> corpus`, `storage -> package -> corpus -> text`.

pub mod cli;
pub mod clock;
pub mod config;
pub mod corpus;
pub mod error;
pub mod formats;
pub mod http;
pub mod package;
pub mod picture;
pub mod server;
pub mod storage;
pub mod telemetry;
pub mod text;
pub mod verify;

pub use http::{AppState, router::router as app};
