//! Sort orders of lists.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A total order: a sort key of `items` and a direction.
#[derive(Clone, Copy, Debug, Default)]
pub struct SortOrder {
    /// The sort key.
    pub by: SortKey,
    /// The direction.
    pub direction: Direction,
}

/// The sort keys of `items`. The file stores each as its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortKey {
    /// Reading order, or the id for items without one.
    #[default]
    Position,
    /// The earliest day; an unknown one sorts first.
    Starts,
    /// The latest day; an unknown one sorts last.
    Ends,
    /// Relevance to a search, the best first; ties in reading order.
    Relevance,
}

impl SortKey {
    /// The column of `items` that holds the sort key.
    #[must_use]
    pub const fn column(self) -> &'static str {
        match self {
            Self::Position | Self::Relevance => "position",
            Self::Starts => "starts",
            Self::Ends => "ends",
        }
    }
}

/// The direction of an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

impl SortOrder {
    /// The default order of a search.
    pub const RELEVANCE: Self = Self { by: SortKey::Relevance, direction: Direction::Ascending };
    /// Its name.
    pub const RELEVANCE_NAME: &'static str = "relevance";
}

/// The orders of items that have a reading order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum ByPosition {
    /// Reading order.
    #[default]
    #[serde(rename = "position")]
    Position,
    /// Reading order, the last first.
    #[serde(rename = "-position")]
    PositionDescending,
    /// By relevance to `q`, the best first.
    #[serde(rename = "relevance")]
    Relevance,
}

impl From<ByPosition> for SortOrder {
    fn from(sort: ByPosition) -> Self {
        match sort {
            ByPosition::Position => Self { by: SortKey::Position, direction: Direction::Ascending },
            ByPosition::PositionDescending => Self { by: SortKey::Position, direction: Direction::Descending },
            ByPosition::Relevance => Self::RELEVANCE,
        }
    }
}

/// The orders of items that have a date. An unknown earliest day sorts before every day, an unknown latest day after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum ByDate {
    /// Reading order.
    #[serde(rename = "position")]
    Position,
    /// Reading order, the last first.
    #[serde(rename = "-position")]
    PositionDescending,
    /// By the earliest day.
    #[serde(rename = "earliest")]
    Earliest,
    /// By the earliest day, the last first.
    #[serde(rename = "-earliest")]
    EarliestDescending,
    /// By the latest day: what is due first sorts first.
    #[serde(rename = "latest")]
    Latest,
    /// By the latest day, the last first.
    #[serde(rename = "-latest")]
    LatestDescending,
}

impl From<ByDate> for SortOrder {
    fn from(sort: ByDate) -> Self {
        use Direction::{Ascending, Descending};
        let (by, direction) = match sort {
            ByDate::Position => (SortKey::Position, Ascending),
            ByDate::PositionDescending => (SortKey::Position, Descending),
            ByDate::Earliest => (SortKey::Starts, Ascending),
            ByDate::EarliestDescending => (SortKey::Starts, Descending),
            ByDate::Latest => (SortKey::Ends, Ascending),
            ByDate::LatestDescending => (SortKey::Ends, Descending),
        };
        Self { by, direction }
    }
}

/// The orders of actors and locations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum ById {
    /// By the id.
    #[default]
    #[serde(rename = "id")]
    Id,
    /// By the id, the last first.
    #[serde(rename = "-id")]
    IdDescending,
    /// By relevance to `q`, the best first.
    #[serde(rename = "relevance")]
    Relevance,
}

impl From<ById> for SortOrder {
    fn from(sort: ById) -> Self {
        match sort {
            ById::Id => Self { by: SortKey::Position, direction: Direction::Ascending },
            ById::IdDescending => Self { by: SortKey::Position, direction: Direction::Descending },
            ById::Relevance => Self::RELEVANCE,
        }
    }
}
