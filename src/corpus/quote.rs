//! Quotations: words of the source with their position.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Words of the source, with their position (W3C `TextPositionSelector`) and their context (`TextQuoteSelector`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Quote {
    /// The first code point, counted from 0 in the whole text of the source.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
    /// The words, verbatim.
    pub exact: String,
    /// Up to 32 code points before.
    pub prefix: String,
    /// Up to 32 code points after.
    pub suffix: String,
}
