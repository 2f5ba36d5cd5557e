//! Voices: who says a clause.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The voice of words; `speaker` is the actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// The issuers' own words.
    Statement,
    /// The medium, reporting.
    Agency,
    /// Anyone else that the medium quotes.
    ThirdParty,
}
