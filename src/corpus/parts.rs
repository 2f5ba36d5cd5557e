//! Filters by an actor or a location, which by default include its parts.

use crate::corpus::resource::Resource;

/// Whether a filter by an actor or a location also finds items of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parts {
    /// It finds the given ones and their parts, at any depth.
    Included,
    /// It finds exactly the given ones.
    Excluded,
}

/// A table whose rows are part of others by their column `parent`.
#[derive(Clone, Copy, Debug)]
pub enum Register {
    /// Actors.
    Actors,
    /// Locations.
    Locations,
}

impl Register {
    /// The resource whose items are its rows.
    #[must_use]
    pub const fn resource(self) -> Resource {
        match self {
            Self::Actors => Resource::Actors,
            Self::Locations => Resource::Locations,
        }
    }
}

impl Parts {
    /// The value of the parameter `exact`.
    #[must_use]
    pub const fn new(exact: Option<bool>) -> Self {
        match exact {
            Some(true) => Self::Excluded,
            Some(false) | None => Self::Included,
        }
    }
}
