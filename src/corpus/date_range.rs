//! Time windows.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::corpus::day::Day;

/// How a date must relate to the window `from`..`to`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Match {
    /// The date may overlap the window; an unknown bound is open.
    #[default]
    Possible,
    /// The date lies inside the window, whatever its unknown days are.
    Certain,
}

/// A time window. Both ends are inclusive; an absent one is open.
#[derive(Clone, Copy, Debug)]
pub struct DateRange {
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
    /// How a date must relate to the window; `possible` by default.
    pub matching: Option<Match>,
}

impl DateRange {
    /// The window that every date matches.
    pub const OPEN: Self = Self { from: None, to: None, matching: None };

    /// Whether every date matches.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }
}
