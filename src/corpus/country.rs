//! Country codes.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::corpus::parse::deserialize_from_str;

/// The ISO 3166-1 alpha-2 code of a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(value_type = String, pattern = "^[A-Z]{2}$", example = "IQ")]
pub struct Country(String);

impl FromStr for Country {
    type Err = ParseCountryError;

    fn from_str(text: &str) -> Result<Self, ParseCountryError> {
        let shaped = text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
        if shaped { Ok(Self(text.to_owned())) } else { Err(ParseCountryError) }
    }
}

/// The text is not a country code.
#[derive(Debug, thiserror::Error)]
#[error("an ISO 3166-1 alpha-2 country code: two capital letters")]
pub struct ParseCountryError;

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_from_str(deserializer, &ParseCountryError)
    }
}
