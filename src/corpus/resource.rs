//! The resources that the API serves.

use crate::corpus::sort::SortKey;

/// A kind of item. The same plural noun names the table, the file, the route and the test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resource {
    /// Statements and their source articles.
    Statements,
    /// The smallest units that can be cited.
    Clauses,
    /// Temporal expressions.
    Dates,
    /// Deadlines, events, periods and forecasts.
    Milestones,
    /// States, bodies, forces, groups, persons, unnamed sources and media.
    Actors,
    /// Places.
    Locations,
    /// Editors' notes on the source.
    Notes,
    /// Changes to the data.
    Changes,
}

impl Resource {
    /// All resources, in the order in which `/v1` lists them.
    pub const ALL: [Self; 8] = [Self::Statements, Self::Clauses, Self::Dates, Self::Milestones, Self::Actors, Self::Locations, Self::Notes, Self::Changes];

    /// The resource with this plural noun.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|resource| resource.name() == name)
    }

    /// The orders in which its items have places. By relevance, these are ranks among the items of all resources.
    #[must_use]
    pub const fn orders(self) -> &'static [SortKey] {
        match self {
            Self::Statements | Self::Milestones => &[SortKey::Position, SortKey::Starts, SortKey::Ends, SortKey::Relevance],
            Self::Dates => &[SortKey::Position, SortKey::Starts, SortKey::Ends],
            Self::Clauses | Self::Actors | Self::Locations | Self::Notes => &[SortKey::Position, SortKey::Relevance],
            Self::Changes => &[SortKey::Position],
        }
    }

    /// The plural noun.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Statements => "statements",
            Self::Clauses => "clauses",
            Self::Dates => "dates",
            Self::Milestones => "milestones",
            Self::Actors => "actors",
            Self::Locations => "locations",
            Self::Notes => "notes",
            Self::Changes => "changes",
        }
    }
}
