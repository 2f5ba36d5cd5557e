//! Parsing the values of parameters.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, de};

/// Parses a number that is written in ASCII digits only; `FromStr` alone also accepts a sign.
pub(crate) fn parse_digits<T: FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// Deserializes a value with its `FromStr`; the error says what is allowed.
pub(crate) fn deserialize_from_str<'de, D: Deserializer<'de>, T: FromStr, E: fmt::Display>(deserializer: D, allowed: &E) -> Result<T, D::Error> {
    let text = Cow::<'de, str>::deserialize(deserializer)?;
    text.parse().map_err(|_| de::Error::invalid_value(de::Unexpected::Str(&text), &allowed.to_string().as_str()))
}
