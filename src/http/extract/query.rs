//! Parameters, read strictly: what is not understood is refused by name, with what would be allowed.
//!
//! The struct that a handler asks for is the only list of its parameters: serde reads it, and the OpenAPI document
//! shows it. A field that is a `Vec` may be repeated (any of its values), any other is given once.

use axum::http::Uri;
use percent_encoding::percent_decode;
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{
        self, DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor,
        value::{MapAccessDeserializer, StrDeserializer},
    },
};
use utoipa::IntoParams;

use crate::{
    corpus::Language,
    error::{Error, InvalidParam},
};

/// How many unknown parameters are named at the most.
const MOST_FAULTS: usize = 10;
/// How many different values a parameter may have.
const MOST_VALUES: usize = 50;

/// The language of a single item.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct LangParam {
    /// Keeps one language in every text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Language>,
}

/// No parameters of one's own.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct NoParams {}

/// Two sets of parameters from one query: a handler's own, and those that it shares with others.
#[derive(Clone, Debug)]
pub struct Parameters<Own, Shared> {
    /// The handler's own.
    pub own: Own,
    /// Those that all of its kind have.
    pub shared: Shared,
}

impl<Own: DeserializeOwned, Shared: DeserializeOwned> Parameters<Own, Shared> {
    /// Reads the query of an address.
    ///
    /// # Errors
    /// Every parameter that is unknown, or the first whose value is not allowed.
    pub fn read(uri: &Uri) -> Result<Self, Error> {
        let query = uri.query().unwrap_or_default();
        let pairs = pairs(query)?;
        let (own, shared) = (names::<Own>(), names::<Shared>());
        let mut unknown: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).filter(|name| !own.contains(name) && !shared.contains(name)).collect();
        unknown.sort_unstable();
        unknown.dedup();
        let allowed = || own.iter().chain(shared).map(ToString::to_string).collect();
        // A few tell enough: what comes in must not decide how much goes out.
        let unknown: Vec<InvalidParam> =
            unknown.into_iter().take(MOST_FAULTS).map(|name| InvalidParam { parameter: name.to_owned(), value: None, allowed: allowed() }).collect();
        if !unknown.is_empty() {
            return Err(Error::InvalidQuery(unknown));
        }
        Ok(Self { own: read(own, &pairs)?, shared: read(shared, &pairs)? })
    }
}

/// Splits a query into decoded names and values. Percent-encoding must be right, and what it encodes must be UTF-8.
fn pairs(query: &str) -> Result<Vec<(String, String)>, Error> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let fault = |allowed: &str| {
                Error::InvalidQuery(vec![InvalidParam { parameter: name.to_owned(), value: Some(value.to_owned()), allowed: vec![allowed.to_owned()] }])
            };
            let decoded = |text| decode(text).map_err(fault);
            Ok((decoded(name)?, decoded(value)?))
        })
        .collect()
}

/// Decodes `+` and percent-encoding; the error is what would have been allowed.
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

/// The names of a struct's fields, as serde knows them.
fn names<T: DeserializeOwned>() -> &'static [&'static str] {
    struct Names<'a>(&'a mut &'static [&'static str]);

    impl<'de> Deserializer<'de> for Names<'_> {
        type Error = de::value::Error;

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
            Err(de::Error::custom("only the names are asked for"))
        }

        fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Self::Error> {
            *self.0 = fields;
            self.deserialize_any(visitor)
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
            newtype_struct seq tuple tuple_struct map enum identifier ignored_any
        }
    }

    let mut names: &'static [&'static str] = &[];
    // The error only says that nothing was read.
    let _ = T::deserialize(Names(&mut names));
    names
}

/// Reads a struct from those pairs that are its own.
fn read<T: DeserializeOwned>(names: &'static [&'static str], pairs: &[(String, String)]) -> Result<T, Error> {
    let given = names.iter().filter_map(|name| {
        let mut values: Vec<&str> = pairs.iter().filter(|(given, _)| given == name).map(|(_, value)| value.as_str()).collect();
        // Any of them: their order makes no other query.
        values.sort_unstable();
        (!values.is_empty()).then_some((*name, values))
    });
    T::deserialize(MapAccessDeserializer::new(ParamMap { rest: given, current: ("", Vec::new()) }))
        .map_err(|refusal| Error::InvalidQuery(vec![refusal.fault()]))
}

/// Why a value was refused. Where it arises only what is allowed is known; the name and the value are added outside.
#[derive(Debug)]
struct QueryError {
    parameter: &'static str,
    value: Option<String>,
    allowed: Vec<String>,
}

impl QueryError {
    fn new(allowed: Vec<String>) -> Self {
        Self { parameter: "", value: None, allowed }
    }

    fn of(mut self, value: &str) -> Self {
        self.value.get_or_insert_with(|| value.to_owned());
        self
    }

    fn fault(self) -> InvalidParam {
        InvalidParam { parameter: self.parameter.to_owned(), value: self.value, allowed: self.allowed }
    }
}

impl std::fmt::Display for QueryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "allowed: {}", self.allowed.join(", "))
    }
}

impl std::error::Error for QueryError {}

impl de::Error for QueryError {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::new(vec![message.to_string()])
    }

    fn invalid_value(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new(vec![expected.to_string()])
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(expected.iter().map(ToString::to_string).collect())
    }
}

/// The parameters that were given, each with its values.
struct ParamMap<'a, I> {
    rest: I,
    current: (&'static str, Vec<&'a str>),
}

impl<'de, 'a, I: Iterator<Item = (&'static str, Vec<&'a str>)>> MapAccess<'de> for ParamMap<'a, I> {
    type Error = QueryError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, QueryError> {
        let Some(next) = self.rest.next() else { return Ok(None) };
        self.current = next;
        seed.deserialize(StrDeserializer::new(self.current.0)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, QueryError> {
        let (parameter, values) = &self.current;
        seed.deserialize(Values(values)).map_err(|refusal| QueryError { parameter, ..refusal.of(&values.join(", ")) })
    }
}

/// The values of one parameter.
struct Values<'a>(&'a [&'a str]);

impl<'a> Values<'a> {
    /// The value of a parameter that is given once.
    fn once(&self) -> Result<Value<'a>, QueryError> {
        match self.0 {
            [text] => Ok(Value(text)),
            _ => Err(QueryError::new(vec!["one value; this parameter is given once".to_owned()])),
        }
    }
}

impl<'de> Deserializer<'de> for Values<'_> {
    type Error = QueryError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, QueryError> {
        self.once()?.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, QueryError> {
        visitor.visit_some(self.once()?)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, QueryError> {
        let mut values = self.0.to_vec();
        values.dedup();
        if values.len() > MOST_VALUES {
            return Err(QueryError::new(vec![format!("at most {MOST_VALUES} values")]).of(&format!("{} values", values.len())));
        }
        visitor.visit_seq(ParamSeq(values.into_iter()))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The values of a parameter that may be repeated, one after the other.
struct ParamSeq<'a>(std::vec::IntoIter<&'a str>);

impl<'de> SeqAccess<'de> for ParamSeq<'_> {
    type Error = QueryError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, QueryError> {
        self.0.next().map(|text| seed.deserialize(Value(text)).map_err(|refusal| refusal.of(text))).transpose()
    }
}

/// One value: a text, which numbers and days are read from by their own types, a truth value, or one of a closed set.
struct Value<'a>(&'a str);

impl<'de> Deserializer<'de> for Value<'_> {
    type Error = QueryError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, QueryError> {
        visitor.visit_str(self.0)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, QueryError> {
        match self.0 {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            other => Err(de::Error::unknown_variant(other, &["true", "false"])),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, QueryError> {
        visitor.visit_enum(StrDeserializer::<QueryError>::new(self.0))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// Writes parameters as the query that asks for them, in the order of their declaration.
#[must_use]
pub fn query_string(parameters: &serde_json::Map<String, serde_json::Value>) -> String {
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
