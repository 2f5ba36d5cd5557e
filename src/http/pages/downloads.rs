//! The lists that the home page offers as feeds and downloads.

use crate::http::pages::view::messages::{self as msg, Message};
use crate::{
    corpus::Resource,
    formats::{Format, available_formats},
};

/// Lists with their names and their formats.
pub type Downloads = Vec<(Message, &'static str, Vec<Format>)>;

/// The lists that the page offers as feeds and downloads, each with its name there.
const DOWNLOADS: [(Message, Resource); 4] = [
    (msg::MILESTONES_AND_REPORTS, Resource::Milestones),
    (msg::CLAUSES, Resource::Clauses),
    (msg::LOCATIONS, Resource::Locations),
    (msg::CHANGES, Resource::Changes),
];

/// The formats of the lists.
pub fn downloads() -> Downloads {
    DOWNLOADS.into_iter().map(|(name, resource)| (name, resource.name(), available_formats(resource).list)).collect()
}
