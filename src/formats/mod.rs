//! Pure writers of representations, one file for each format.
//!
//! A resource declares the formats that it is available in ([`Renderable`]); content negotiation, links and the OpenAPI
//! document follow from that declaration alone.

pub mod atom;
pub mod bibtex;
mod card;
mod card_drawing;
mod context;
pub mod csl;
pub mod csv;
pub mod date_bounds;
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
pub mod png;
mod reference;
mod registry;
pub mod ris;
mod site_url;
pub mod svg;
pub mod text;
pub mod time_axis;
mod timeline_drawing;

pub use crate::picture::Theme;
pub use card::{Card, ToCard};
pub use card_drawing::{CARD_HEIGHT, CARD_WIDTH};
pub use context::RenderContext;
pub use envelope::{Index, List, ListEnvelope, Meta, OperationEntry, ResourceEntry};
pub use error::RenderError;
pub use format::Format;
pub use icalendar::CALENDAR_KINDS;
pub use milestone::in_marks;
pub use reference::{Reference, ReferenceKind, ToReference};
pub use registry::{AvailableFormats, FormatWriter, Renderable, WriteFn, available_formats};
pub use site_url::SiteUrl;
pub use timeline_drawing::MAX_DRAWN;
