//! The fields of an item that are searched, by its resource.

use serde::Deserialize;

use crate::corpus::{
    actors::Actor,
    bilingual_text::BilingualText,
    clauses::Clause,
    locations::Location,
    notes::Note,
    search::searched_resource::SearchedResource,
    searchable::{SearchField, Searchable},
};

/// The searched members of a statement or a milestone. The rest of the item is not read: it may be long, or depend on the day.
#[derive(Deserialize)]
struct Titled {
    title: BilingualText,
}

impl Searchable for Titled {
    fn search_fields(&self) -> Vec<SearchField<'_>> {
        SearchField::bilingual("title", &self.title).into()
    }
}

/// Reads the searched fields of an item from its JSON.
///
/// # Errors
/// When the JSON does not have the item's type.
pub fn with_fields<R>(resource: SearchedResource, json: &str, read: impl FnOnce(&[SearchField<'_>]) -> R) -> serde_json::Result<R> {
    Ok(match resource {
        SearchedResource::Clauses => read(&serde_json::from_str::<Clause>(json)?.search_fields()),
        SearchedResource::Actors => read(&serde_json::from_str::<Actor>(json)?.search_fields()),
        SearchedResource::Locations => read(&serde_json::from_str::<Location>(json)?.search_fields()),
        SearchedResource::Notes => read(&serde_json::from_str::<Note>(json)?.search_fields()),
        SearchedResource::Statements | SearchedResource::Milestones => read(&serde_json::from_str::<Titled>(json)?.search_fields()),
    })
}
