//! Pages of a list: how long they are, and how one goes on where another ended.

use std::str::FromStr;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest, Sha256};
use utoipa::{IntoParams, ToSchema};

use crate::{
    corpus::{CursorPosition, Language, deserialize_from_str, parse_digits},
    error::{Error, InvalidParam},
};

/// Which part of a list, and in which language.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Pagination {
    /// How many items at the most; 50 unless given in JSON, 10,000 in the other formats.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(inline, value_type = Option<u8>, minimum = 1, maximum = 200)]
    pub limit: Option<Limit>,
    /// Where to go on: the `cursor` in an answer's `next`. It belongs to the query that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Whether to count all that match, in `meta.total`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<bool>,
    /// Keeps one language in every text; of calendars and feeds, the language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Language>,
    /// Begins a table (`.csv`) with a byte order mark, for spreadsheets that do not guess UTF-8; other formats have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bom: Option<Bom>,
}

/// A byte order mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum Bom {
    /// With one.
    #[serde(rename = "1")]
    With,
}

/// A page's length, 1 to 200.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(value_type = u8, minimum = 1, maximum = 200)]
pub struct Limit(u8);

impl Limit {
    /// The longest page.
    pub const MOST: u8 = 200;

    /// The length.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl FromStr for Limit {
    type Err = ParseLimitError;

    fn from_str(text: &str) -> Result<Self, ParseLimitError> {
        parse_digits(text).filter(|limit| (1..=Self::MOST).contains(limit)).map(Self).ok_or(ParseLimitError)
    }
}

/// The text is no length of a page.
#[derive(Debug, thiserror::Error)]
#[error("a whole number from 1 to 200")]
pub struct ParseLimitError;

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_from_str(deserializer, &ParseLimitError)
    }
}

/// The cursor that goes on after a position in the list that a query makes.
///
/// It carries a digest of the query and the position, so that it goes with no other query, and none is made up by chance.
#[must_use]
pub fn cursor(query: &str, position: &CursorPosition) -> String {
    BASE64.encode(format!("{}\n{}\n{}", digest(query, position), position.key, position.id))
}

/// The position that a cursor goes on after.
///
/// # Errors
/// When the cursor is none, or another query's.
pub fn position(query: &str, cursor: &str) -> Result<CursorPosition, Error> {
    let read = || {
        let text = String::from_utf8(BASE64.decode(cursor).ok()?).ok()?;
        let [made_by, key, id] = text.split('\n').collect::<Vec<_>>().try_into().ok()?;
        let position = CursorPosition { key: key.to_owned(), id: id.to_owned() };
        (made_by == digest(query, &position)).then_some(position)
    };
    read().ok_or_else(|| {
        let allowed = vec!["the cursor in the `next` of an answer to this very query".to_owned()];
        Error::InvalidQuery(vec![InvalidParam { parameter: "cursor".to_owned(), value: Some(cursor.to_owned()), allowed }])
    })
}

/// Enough of a digest to tell queries and positions apart.
fn digest(query: &str, position: &CursorPosition) -> String {
    BASE64.encode(&Sha256::digest(format!("{query}\n{}\n{}", position.key, position.id))[..9])
}
