//! Query parameters, read strictly: unknown parameters and values are rejected, with the allowed ones listed.
//!
//! The struct that a handler takes is the only list of its parameters: serde reads it, and the OpenAPI document shows it.
//! A field that is a `Vec` may be repeated and means any of its values; any other is given once.

use axum::http::Uri;
use percent_encoding::percent_decode;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::IntoParams;

use crate::{
    corpus::Language,
    error::{Allowed, Error, InvalidParam},
    http::extract::param_map::{field_names, read},
};

/// Parameters by name, in the order of their declaration.
pub type Query = serde_json::Map<String, serde_json::Value>;

/// How many unknown names an error lists at most.
pub const MAX_REPORTED: usize = 10;

/// The first value of a parameter, where others are ignored: pages and embeds get links with parameters of other sites. `pairs` is a
/// query without its question mark, or a submitted form.
#[must_use]
pub fn first_value(pairs: &[u8], name: &str) -> Option<String> {
    form_urlencoded::parse(pairs).find(|(given, _)| given == name).map(|(_, value)| value.into_owned())
}

/// The language of a single item.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct LangParam {
    /// Keeps one language in every text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Language>,
}

/// No parameters.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct NoParams {}

/// The parameters of a query, in two structs: a handler's own parameters, and those that it shares with others.
#[derive(Clone, Debug)]
pub struct Params<Own, Shared> {
    /// The handler's own parameters.
    pub own: Own,
    /// The parameters of all handlers of its kind.
    pub shared: Shared,
}

impl<Own: DeserializeOwned, Shared: DeserializeOwned> Params<Own, Shared> {
    /// Reads the query of a URI.
    ///
    /// # Errors
    /// Every unknown parameter, or the first whose value is not allowed.
    pub fn read(uri: &Uri) -> Result<Self, Error> {
        let pairs = decoded_pairs(uri.query().unwrap_or_default())?;
        let (own, shared) = (field_names::<Own>(), field_names::<Shared>());
        let mut unknown: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).filter(|name| !own.contains(name) && !shared.contains(name)).collect();
        unknown.sort_unstable();
        unknown.dedup();
        if !unknown.is_empty() {
            let known = || own.iter().chain(shared);
            // A name that is nearly right has the right spelling as the only one that is allowed.
            let allowed = |name: &str| match known().find(|known| is_same_word(known, name)) {
                Some(meant) => Allowed::values([meant]),
                None => Allowed::values(known()),
            };
            // Only a few, so that a request cannot make its response large.
            let reported = unknown.into_iter().take(MAX_REPORTED);
            return Err(Error::InvalidQuery(reported.map(|name| InvalidParam::new(name, None, allowed(name))).collect()));
        }
        let invalid = |param| Error::InvalidQuery(vec![param]);
        Ok(Self { own: read(own, &pairs).map_err(invalid)?, shared: read(shared, &pairs).map_err(invalid)? })
    }
}

/// Whether a name means a known parameter: other clients write `voice[]`, `voice[0]`, `Voice`, `asOf` or `as-of`.
fn is_same_word(known: &str, name: &str) -> bool {
    let letters = |name: &str| name.split('[').next().unwrap_or_default().replace(['_', '-', ' '], "").to_ascii_lowercase();
    letters(known) == letters(name)
}

/// Splits a query into decoded names and values. Percent-encoding must be well-formed, and encode UTF-8.
fn decoded_pairs(query: &str) -> Result<Vec<(String, String)>, Error> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let invalid = |allowed: &str| Error::InvalidQuery(vec![InvalidParam::new(name, Some(value), allowed)]);
            let decoded = |text| decode(text).map_err(invalid);
            Ok((decoded(name)?, decoded(value)?))
        })
        .collect()
}

/// Decodes `+` and percent-encoding; the error says what is allowed.
fn decode(text: &str) -> Result<String, &'static str> {
    let spaced = text.replace('+', " ");
    let mut rest = spaced.as_bytes();
    while let Some(at) = rest.iter().position(|byte| *byte == b'%') {
        match rest.get(at + 1..at + 3) {
            Some(hex) if hex.iter().all(u8::is_ascii_hexdigit) => rest = &rest[at + 3..],
            _ => return Err("percent-encoding with two hexadecimal digits after each %"),
        }
    }
    percent_decode(spaced.as_bytes()).decode_utf8().map(std::borrow::Cow::into_owned).map_err(|_| "text in UTF-8, percent-encoded")
}

/// Parameters by name, without those that were not given.
///
/// # Errors
/// When the parameters do not serialize to an object. Those of this service always do.
pub fn to_query(parameters: &impl Serialize) -> Result<Query, Error> {
    match serde_json::to_value(parameters)? {
        serde_json::Value::Object(query) => Ok(query),
        _ => Err(Error::Internal),
    }
}

/// Writes parameters as a query string, in the order of their declaration.
#[must_use]
pub fn query_string(parameters: &Query) -> String {
    use serde_json::Value;
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in parameters {
        let values = if let Value::Array(values) = value { values.as_slice() } else { std::slice::from_ref(value) };
        for value in values {
            match value {
                Value::String(text) => query.append_pair(name, text),
                other => query.append_pair(name, &other.to_string()),
            };
        }
    }
    query.finish()
}
