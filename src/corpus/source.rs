//! The sources of reports and corrections.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::corpus::day::Day;

/// The publication that a report or a correction comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, sqlx::FromRow)]
pub struct Source {
    /// The publisher.
    pub publisher: String,
    /// Its title, where known.
    pub title: Option<String>,
    /// Its URL, where known.
    pub url: Option<String>,
    /// The date of publication, where known.
    pub published: Option<Day>,
}
