//! Ids.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize};
use sqlx::{
    Sqlite,
    error::BoxDynError,
    sqlite::{SqliteTypeInfo, SqliteValueRef},
};
use utoipa::ToSchema;

use crate::corpus::parse::deserialize_from_str;

/// An id: a slug. It never identifies another item later.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, ToSchema)]
#[schema(value_type = String, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", max_length = 200)]
pub struct Slug(String);

impl Slug {
    /// The maximum length of an id, in bytes.
    pub const MAX_BYTES: usize = 200;

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the id adds to that of the statement that it belongs to: of a clause, its label. Empty if it belongs to another one.
    #[must_use]
    pub fn below(&self, statement: &Self) -> &str {
        self.0.strip_prefix(&statement.0).unwrap_or_default().trim_start_matches('-')
    }
}

impl FromStr for Slug {
    type Err = ParseSlugError;

    fn from_str(text: &str) -> Result<Self, ParseSlugError> {
        let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if text.len() <= Self::MAX_BYTES && text.split('-').all(word) { Ok(Self(text.to_owned())) } else { Err(ParseSlugError) }
    }
}

/// The text is not a slug.
#[derive(Debug, thiserror::Error)]
#[error("an id: lower-case letters and digits in groups joined by single hyphens")]
pub struct ParseSlugError;

impl<'de> Deserialize<'de> for Slug {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_from_str(deserializer, &ParseSlugError)
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl sqlx::Type<Sqlite> for Slug {
    fn type_info() -> SqliteTypeInfo {
        <str as sqlx::Type<Sqlite>>::type_info()
    }
}

impl<'r> sqlx::Decode<'r, Sqlite> for Slug {
    fn decode(value: SqliteValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(<&str as sqlx::Decode<Sqlite>>::decode(value)?.parse()?)
    }
}
