//! Dates with their certainty.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::corpus::day::Day;

/// A date, and its certainty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UncertainDate {
    /// EDTF level 1 (ISO 8601-2); null where the text leaves the date open.
    #[schema(example = "../2025-09-30")]
    pub edtf: Option<String>,
    /// The first day that it can be; null where it is unknown.
    pub earliest: Option<Day>,
    /// The last day that it can be; null where it is unknown.
    pub latest: Option<Day>,
    /// The coarsest unit in `edtf`.
    pub precision: Precision,
    /// What the date rests on; null where it is open.
    pub basis: Option<Basis>,
}

/// The precision of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To the year.
    Year,
    /// The text does not say.
    Unknown,
}

/// What a date rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Written out in the source.
    Explicit,
    /// Counted from another date.
    Relative,
    /// Inferred from the context.
    Inferred,
}
