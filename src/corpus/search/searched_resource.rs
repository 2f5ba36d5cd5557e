//! The resources that a search in everything covers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::corpus::resource::Resource;

/// A resource that is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SearchedResource {
    /// Statements, by their titles.
    Statements,
    /// Clauses, by their words, their translations and their lead-ins.
    Clauses,
    /// Milestones, by their titles.
    Milestones,
    /// Actors, by their names.
    Actors,
    /// Locations, by their names.
    Locations,
    /// Notes, by their words and those that they are about.
    Notes,
}

impl SearchedResource {
    /// All of them, in the order in which equal hits are ranked.
    pub const ALL: [Self; 6] = [Self::Statements, Self::Clauses, Self::Milestones, Self::Actors, Self::Locations, Self::Notes];

    /// The resource.
    #[must_use]
    pub const fn resource(self) -> Resource {
        match self {
            Self::Statements => Resource::Statements,
            Self::Clauses => Resource::Clauses,
            Self::Milestones => Resource::Milestones,
            Self::Actors => Resource::Actors,
            Self::Locations => Resource::Locations,
            Self::Notes => Resource::Notes,
        }
    }

    /// The word of its items in the index.
    #[must_use]
    pub const fn word(self) -> u32 {
        self as u32 + 1
    }

    /// The same, of a resource that is searched.
    #[must_use]
    pub fn of(resource: Resource) -> Option<Self> {
        Self::ALL.into_iter().find(|searched| searched.resource() == resource)
    }
}
