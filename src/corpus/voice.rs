//! Voices: who says what is said.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whose words they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum Voice {
    /// The issuers' own words, inside the quotation marks.
    Statement,
    /// The unnamed senior Iraqi officer.
    Officer,
    /// Shafaq News, narrating.
    Agency,
}
