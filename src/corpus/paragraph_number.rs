//! Numbers of paragraphs.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::corpus::parse::{deserialize_from_str, parse_digits};

/// The number of a paragraph, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(value_type = u32, minimum = 1)]
pub struct ParagraphNumber(u32);

impl ParagraphNumber {
    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl FromStr for ParagraphNumber {
    type Err = ParseParagraphNumberError;

    fn from_str(text: &str) -> Result<Self, ParseParagraphNumberError> {
        parse_digits(text).filter(|number| *number >= 1).map(Self).ok_or(ParseParagraphNumberError)
    }
}

/// The text is not a paragraph number.
#[derive(Debug, thiserror::Error)]
#[error("a whole number from 1")]
pub struct ParseParagraphNumberError;

impl<'de> Deserialize<'de> for ParagraphNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_from_str(deserializer, &ParseParagraphNumberError)
    }
}
