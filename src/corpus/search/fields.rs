//! The fields of an item that are searched, by its resource.

use serde::Deserialize;

use crate::corpus::{
    actors::Actor,
    bilingual_text::BilingualText,
    clauses::Clause,
    locations::Location,
    notes::Note,
    resource::Resource,
    searchable::{SearchField, Searchable},
};

/// The resources that are searched, in the order in which equals are ranked.
pub const SEARCHED: [Resource; 6] = [Resource::Statements, Resource::Clauses, Resource::Milestones, Resource::Actors, Resource::Locations, Resource::Notes];

/// What is searched of a statement or a milestone. The rest of the item is not read: it may be long, or depend on the day.
#[derive(Deserialize)]
struct Titled {
    title: BilingualText,
}

impl Searchable for Titled {
    fn search_fields(&self) -> Vec<SearchField<'_>> {
        SearchField::bilingual("title", &self.title, None).into()
    }
}

/// Reads the searched fields of an item from its JSON.
///
/// # Errors
/// When the JSON does not have the item's shape.
pub fn with_fields<R>(resource: Resource, json: &str, read: impl FnOnce(&[SearchField<'_>]) -> R) -> serde_json::Result<R> {
    Ok(match resource {
        Resource::Clauses => read(&serde_json::from_str::<Clause>(json)?.search_fields()),
        Resource::Actors => read(&serde_json::from_str::<Actor>(json)?.search_fields()),
        Resource::Locations => read(&serde_json::from_str::<Location>(json)?.search_fields()),
        Resource::Notes => read(&serde_json::from_str::<Note>(json)?.search_fields()),
        Resource::Statements | Resource::Milestones => read(&serde_json::from_str::<Titled>(json)?.search_fields()),
        Resource::Dates | Resource::Changes => read(&[]),
    })
}
