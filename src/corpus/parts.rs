//! Filters by an actor or a location, which by default include its parts.

use sqlx::{QueryBuilder, Sqlite};

use crate::corpus::{push_in::push_in, resource::Resource, slug::Slug};

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

    /// Adds ` AND column IN (…)` with the ids and, if included, their parts; nothing without ids.
    pub fn push_condition(self, query: &mut QueryBuilder<Sqlite>, column: &'static str, register: Register, ids: &[Slug]) {
        if ids.is_empty() || self == Self::Excluded {
            push_in(query, column, ids.iter().map(Slug::to_string));
            return;
        }
        query.push(" AND ").push(column).push(" IN (WITH RECURSIVE parts (id) AS (");
        query.push_values(ids, |mut row, id| {
            row.push_bind(id.to_string());
        });
        // UNION drops ids that were already found, so that the recursion ends even if the parents form a cycle.
        query.push(" UNION SELECT a.id FROM parts AS p JOIN ").push(register.resource().name()).push(" AS a ON a.parent = p.id) SELECT id FROM parts)");
    }
}
