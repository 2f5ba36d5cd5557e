//! Pure writers of representations, one file for each format.
//!
//! A resource declares the formats that it is available in ([`Renderable`]); content negotiation, links and the OpenAPI
//! document follow from that declaration alone.

pub mod atom;
pub mod bibtex;
mod context;
pub mod csl;
pub mod csv;
pub mod date_words;
mod envelope;
mod error;
mod format;
pub mod geojson;
pub mod icalendar;
pub mod json;
pub mod jsonld;
mod milestone;
mod paragraph;
mod reference;
mod registry;
pub mod ris;
mod site_url;
pub mod text;
pub mod time_axis;

pub use context::RenderContext;
pub use envelope::{Index, List, ListEnvelope, Meta, OperationEntry, ResourceEntry};
pub use error::RenderError;
pub use format::Format;
pub use icalendar::CALENDAR_KINDS;
pub use reference::{Reference, ReferenceKind, ToReference};
pub use registry::{AvailableFormats, FormatWriter, Renderable, WriteFn, available_formats};
pub use site_url::SiteUrl;
