//! The sources of reports and corrections.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::corpus::{bilingual_text::BilingualText, day::Day};

/// The publication that a report or a correction comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Source {
    /// The publisher.
    pub publisher: BilingualText,
    /// Its title, where known.
    pub title: Option<String>,
    /// Its URL, where known.
    pub url: Option<String>,
    /// The date of publication, where known.
    pub published: Option<Day>,
}
