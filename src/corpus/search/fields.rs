//! The fields of an item that are searched, by its resource.

use serde::Deserialize;

use crate::corpus::{
    bilingual_text::BilingualText,
    lead_in::LeadIn,
    notes::Note,
    quote::Quote,
    search::searched_resource::SearchedResource,
    searchable::{SearchField, Searchable},
};

// The searched members of items. The others are not read: they may be many, or depend on the day.

/// Those of a statement or a milestone.
#[derive(Deserialize)]
struct Titled {
    title: BilingualText,
}

/// Those of a clause.
#[derive(Deserialize)]
struct Introduced {
    text: BilingualText,
    quote: Quote,
    lead_in: Option<LeadIn>,
}

/// Those of an actor or a location.
#[derive(Deserialize)]
struct Named {
    name: BilingualText,
    aliases: Vec<String>,
}

/// Reads the searched fields of an item from its JSON.
///
/// # Errors
/// When the JSON does not have the item's type.
pub fn with_fields<R>(resource: SearchedResource, json: &[u8], read: impl FnOnce(&[SearchField<'_>]) -> R) -> serde_json::Result<R> {
    Ok(match resource {
        SearchedResource::Clauses => {
            let Introduced { text, quote, lead_in } = serde_json::from_slice(json)?;
            read(&SearchField::introduced(&text, &quote, lead_in.as_ref()))
        }
        SearchedResource::Actors | SearchedResource::Locations => {
            let Named { name, aliases } = serde_json::from_slice(json)?;
            read(&SearchField::named(&name, &aliases))
        }
        SearchedResource::Statements | SearchedResource::Milestones => {
            let Titled { title } = serde_json::from_slice(json)?;
            read(&SearchField::bilingual("title", &title))
        }
        SearchedResource::Notes => read(&serde_json::from_slice::<Note>(json)?.search_fields()),
    })
}
