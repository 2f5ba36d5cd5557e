//! The orders that lists come in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A total order: a sort key of `items`, and the way to go.
#[derive(Clone, Copy, Debug, Default)]
pub struct SortOrder {
    /// What is compared.
    pub by: SortKey,
    /// Which way.
    pub direction: Direction,
}

/// The sort keys of `items`.
#[derive(Clone, Copy, Debug, Default)]
pub enum SortKey {
    /// Reading order, or the id where there is none.
    #[default]
    Place,
    /// The earliest day; unknown comes first.
    Opens,
    /// The latest day; unknown comes last.
    Closes,
    /// How well it answers a search, the best first; of equals, reading order.
    Relevance,
}

/// Which way a list goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

impl SortOrder {
    /// The order of a search where none is asked for.
    pub const RELEVANCE: Self = Self { by: SortKey::Relevance, direction: Direction::Ascending };
    /// Its name.
    pub const BY_RELEVANCE: &'static str = "relevance";

    /// The column that is compared.
    #[must_use]
    pub const fn column(self) -> &'static str {
        match self.by {
            SortKey::Place | SortKey::Relevance => "place",
            SortKey::Opens => "opens",
            SortKey::Closes => "closes",
        }
    }
}

/// The orders of what is read from top to bottom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum ByPosition {
    /// Reading order.
    #[default]
    #[serde(rename = "position")]
    Position,
    /// Last first.
    #[serde(rename = "-position")]
    PositionDescending,
    /// The best answer to `q` first.
    #[serde(rename = "relevance")]
    Relevance,
}

impl From<ByPosition> for SortOrder {
    fn from(sort: ByPosition) -> Self {
        match sort {
            ByPosition::Position => Self { by: SortKey::Place, direction: Direction::Ascending },
            ByPosition::PositionDescending => Self { by: SortKey::Place, direction: Direction::Descending },
            ByPosition::Relevance => Self::RELEVANCE,
        }
    }
}

/// The orders of what has a date. An unknown earliest day sorts before every day, an unknown latest day after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum ByDate {
    /// Reading order.
    #[serde(rename = "position")]
    Position,
    /// Last first.
    #[serde(rename = "-position")]
    PositionDescending,
    /// By the earliest day.
    #[serde(rename = "earliest")]
    Earliest,
    /// By the earliest day, the last first.
    #[serde(rename = "-earliest")]
    EarliestDescending,
    /// By the latest day: what is due first comes first.
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
            ByDate::Position => (SortKey::Place, Ascending),
            ByDate::PositionDescending => (SortKey::Place, Descending),
            ByDate::Earliest => (SortKey::Opens, Ascending),
            ByDate::EarliestDescending => (SortKey::Opens, Descending),
            ByDate::Latest => (SortKey::Closes, Ascending),
            ByDate::LatestDescending => (SortKey::Closes, Descending),
        };
        Self { by, direction }
    }
}

/// The orders of a register.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum ById {
    /// By the id.
    #[default]
    #[serde(rename = "id")]
    Id,
    /// By the id, the last first.
    #[serde(rename = "-id")]
    IdDescending,
    /// The best answer to `q` first.
    #[serde(rename = "relevance")]
    Relevance,
}

impl From<ById> for SortOrder {
    fn from(sort: ById) -> Self {
        match sort {
            ById::Id => Self { by: SortKey::Place, direction: Direction::Ascending },
            ById::IdDescending => Self { by: SortKey::Place, direction: Direction::Descending },
            ById::Relevance => Self::RELEVANCE,
        }
    }
}
