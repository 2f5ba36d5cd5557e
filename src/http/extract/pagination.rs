//! Pagination by keyset: how long a page is, and the cursor that continues after it.

use std::{collections::BTreeSet, str::FromStr};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest, Sha256};
use utoipa::{IntoParams, ToSchema};

use crate::{
    corpus::{CursorPosition, Language, deserialize_from_str, parse_digits},
    error::{Error, InvalidParam},
    formats::Theme,
};

/// How many items a page has by default.
pub const DEFAULT_LIMIT: u32 = 50;

/// Which page of a list, and in which language.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Pagination {
    /// How many items a page has at most. The default is 50 in JSON; the other formats have the whole list, up to 10,000 items.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(inline, value_type = Option<u8>, minimum = 1, maximum = 200)]
    pub limit: Option<Limit>,
    /// Continues after a page: the `cursor` in its `next`. It is only valid with the query that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Counts all items that match, in `meta.total`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<bool>,
    /// Counts the matching items by the values of these parameters, in `meta.facets`: their names, separated by commas. Formats
    /// other than JSON ignore it.
    #[serde(skip_serializing_if = "FacetNames::is_empty")]
    #[param(value_type = Vec<String>, style = Form, explode = false)]
    pub facets: FacetNames,
    /// Keeps one language in every text; the language of calendars and feeds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Language>,
    /// Starts a table (`.csv`) with a byte order mark, for spreadsheets that do not detect UTF-8. Other formats ignore it.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "deserialize_bom")]
    #[param(value_type = Option<bool>)]
    pub bom: Option<Bom>,
    /// The colours of a picture (`.svg`, `.png`): light by default. Other formats ignore it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<Theme>,
}

/// The names of parameters whose values are counted, in alphabetical order.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FacetNames(Vec<String>);

impl FacetNames {
    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names.
    #[must_use]
    pub fn as_slice(&self) -> &[String] {
        &self.0
    }
}

impl<'de> Deserialize<'de> for FacetNames {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values = Vec::<String>::deserialize(deserializer)?;
        // The order of the names does not matter, so it is not part of the query.
        let names: BTreeSet<&str> = values.iter().flat_map(|value| value.split(',')).collect();
        Ok(Self(names.into_iter().map(str::to_owned).collect()))
    }
}

/// A byte order mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bom {
    /// With a byte order mark.
    #[serde(rename = "1")]
    With,
}

/// Reads a boolean: `bom=1` and `bom=true` are the same query, and `bom=0` is that without the parameter.
fn deserialize_bom<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Bom>, D::Error> {
    Ok(bool::deserialize(deserializer)?.then_some(Bom::With))
}

/// The length of a page, 1 to 200.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(value_type = u8, minimum = 1, maximum = 200)]
pub struct Limit(u8);

impl Limit {
    /// The longest page.
    pub const MAX: u8 = 200;

    /// The length.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl FromStr for Limit {
    type Err = ParseLimitError;

    fn from_str(text: &str) -> Result<Self, ParseLimitError> {
        parse_digits(text).filter(|limit| (1..=Self::MAX).contains(limit)).map(Self).ok_or(ParseLimitError)
    }
}

/// The text is not the length of a page.
#[derive(Debug, thiserror::Error)]
#[error("a whole number from 1 to 200")]
pub struct ParseLimitError;

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_from_str(deserializer, &ParseLimitError)
    }
}

/// The cursor that continues after a position in the list that `cursor_scope` (the canonical query) selects.
///
/// It carries the position and a digest of both, so that it is rejected with any other query.
#[must_use]
pub fn encode_cursor(cursor_scope: &str, position: &CursorPosition) -> String {
    BASE64.encode(format!("{}\n{}\n{}", digest(cursor_scope, position), position.key, position.id))
}

/// The position that a cursor continues after.
///
/// # Errors
/// When it is not a cursor, or a cursor of another query.
pub fn decode_cursor(cursor_scope: &str, cursor: &str) -> Result<CursorPosition, Error> {
    let decode = || {
        let text = String::from_utf8(BASE64.decode(cursor).ok()?).ok()?;
        let [given, key, id] = text.split('\n').collect::<Vec<_>>().try_into().ok()?;
        let position = CursorPosition { key: key.to_owned(), id: id.to_owned() };
        (given == digest(cursor_scope, &position)).then_some(position)
    };
    decode().ok_or_else(|| Error::InvalidQuery(vec![InvalidParam::new("cursor", Some(cursor), "the cursor in the `next` of a response to this very query")]))
}

/// The start of a digest: enough to tell queries and positions apart.
fn digest(cursor_scope: &str, position: &CursorPosition) -> String {
    BASE64.encode(&Sha256::digest(format!("{cursor_scope}\n{}\n{}", position.key, position.id))[..9])
}
