//! The value types that every resource shares: ids, countries, quotations, bilingual text, voices, sources.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Deserializer, Serialize, de};
use utoipa::ToSchema;

use crate::{corpus::Day, text::Language};

/// An id: a slug, stable for ever.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, ToSchema)]
#[schema(value_type = String, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", max_length = 200)]
pub struct Slug(String);

impl Slug {
    /// The longest id, in bytes.
    pub const LONGEST: usize = 200;

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = ParseSlugError;

    fn from_str(text: &str) -> Result<Self, ParseSlugError> {
        let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if text.len() <= Self::LONGEST && text.split('-').all(word) { Ok(Self(text.to_owned())) } else { Err(ParseSlugError) }
    }
}

/// The text is no slug.
#[derive(Debug, thiserror::Error)]
#[error("an id: lower-case letters and digits in groups joined by single hyphens")]
pub struct ParseSlugError;

impl<'de> Deserialize<'de> for Slug {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_text(deserializer, &ParseSlugError)
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A state, ISO 3166-1 alpha-2.
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

/// The text is no country code.
#[derive(Debug, thiserror::Error)]
#[error("a country code of two capital letters, ISO 3166-1 alpha-2")]
pub struct ParseCountryError;

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_text(deserializer, &ParseCountryError)
    }
}

/// Where a reader last looked: a revision of the data, or an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// A revision, as `meta.revision` has it.
    Revision(u32),
    /// An instant; fractions of a second are cut off, so that nothing is missed.
    Instant(DateTime<Utc>),
}

impl FromStr for Since {
    type Err = ParseSinceError;

    fn from_str(text: &str) -> Result<Self, ParseSinceError> {
        if (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) {
            return text.parse().map(Self::Revision).map_err(|_| ParseSinceError);
        }
        // chrono also takes a space or a lower-case t, and an offset can lead out of the years that sort as text.
        let instant = (text.as_bytes().get(10) == Some(&b'T')).then(|| DateTime::parse_from_rfc3339(text).ok()).flatten();
        let instant = instant.map(|instant| instant.to_utc()).filter(|instant| (0..=9999).contains(&instant.year()));
        instant.map(Self::Instant).ok_or(ParseSinceError)
    }
}

/// The text is neither a revision nor an instant.
#[derive(Debug, thiserror::Error)]
#[error("a revision (a whole number, as in meta.revision) or an instant (RFC 3339, as in 2026-11-24T15:00:00Z)")]
pub struct ParseSinceError;

impl fmt::Display for Since {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Revision(revision) => write!(f, "{revision}"),
            Self::Instant(instant) => write!(f, "{}", instant.format("%Y-%m-%dT%H:%M:%SZ")),
        }
    }
}

impl Serialize for Since {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Since {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_text(deserializer, &ParseSinceError)
    }
}

/// The name of a value of a closed set, as it is written everywhere.
#[must_use]
pub fn name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// A number of digits and nothing else: `FromStr` alone would take a sign.
pub(crate) fn number<T: FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// Reads a value through its `FromStr`; the error tells what would have been right.
pub(crate) fn from_text<'de, D: Deserializer<'de>, T: FromStr, E: fmt::Display>(deserializer: D, expected: &E) -> Result<T, D::Error> {
    let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
    text.parse().map_err(|_| de::Error::invalid_value(de::Unexpected::Str(&text), &expected.to_string().as_str()))
}

/// A text in Arabic and English. With `lang`, only that language is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BilingualText {
    /// Arabic.
    #[schema(required = false)]
    pub ar: String,
    /// English; of a clause, the editors' working translation.
    #[schema(required = false)]
    pub en: String,
}

impl BilingualText {
    /// The text in this language.
    #[must_use]
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::Ar => &self.ar,
            Language::En => &self.en,
        }
    }
}

/// Words of the source: where they stand (W3C `TextPositionSelector`) and what they are (`TextQuoteSelector`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Quote {
    /// The first code point, counted from 0 in the whole text of the source.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
    /// The words, exactly as the source has them.
    pub exact: String,
    /// Up to 32 code points before.
    pub prefix: String,
    /// Up to 32 code points after.
    pub suffix: String,
}

/// Who says it. This is part of what is said.
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

/// Where a report or a correction comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Source {
    /// Who published it.
    pub publisher: String,
    /// Its title, where known.
    pub title: Option<String>,
    /// Where it is, where known.
    pub url: Option<String>,
    /// When it was published, where known.
    pub published: Option<Day>,
}
