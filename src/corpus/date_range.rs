//! Time windows.

use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Sqlite};
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

    /// Adds the condition on the bounds `starts` and `ends` of a row of `items`, which the query names `items`. There,
    /// an unknown bound is stored as a day beyond all valid days, so that each bound is one comparison.
    pub(crate) fn push_condition(&self, query: &mut QueryBuilder<Sqlite>, items: &'static str) {
        let (from_bound, to_bound) = match self.matching.unwrap_or_default() {
            Match::Possible => (".ends", ".starts"),
            Match::Certain => (".starts", ".ends"),
        };
        if !self.is_open() {
            // A date without any bound matches no window.
            query.push(" AND (").push(items).push(".starts > '0000-01-01' OR ").push(items).push(".ends < '9999-12-31')");
        }
        if let Some(from) = self.from {
            query.push(" AND ").push(items).push(from_bound).push(" >= ").push_bind(from.to_string());
        }
        if let Some(to) = self.to {
            query.push(" AND ").push(items).push(to_bound).push(" <= ").push_bind(to.to_string());
        }
    }
}
