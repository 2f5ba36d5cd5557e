//! Query parameters as serde reads them: strings that become numbers, dates, booleans and closed sets.

use serde::{
    Deserializer,
    de::{
        self, DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor,
        value::{MapAccessDeserializer, StrDeserializer},
    },
};

use crate::error::{Allowed, InvalidParam};

/// How many different values a parameter may have.
const MAX_VALUES: usize = 50;

/// The names of a struct's fields, as serde knows them.
pub fn field_names<T: DeserializeOwned>() -> &'static [&'static str] {
    struct Names<'a>(&'a mut &'static [&'static str]);

    impl<'de> Deserializer<'de> for Names<'_> {
        type Error = de::value::Error;

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
            Err(de::Error::custom("only the names are read"))
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
    // This always returns an error; the names are recorded before it.
    let _ = T::deserialize(Names(&mut names));
    names
}

/// Reads a struct from the parameters that are its own. A parameter that is given more than once has all its values.
///
/// # Errors
/// The first parameter whose value is not allowed.
pub fn read<T: DeserializeOwned>(names: &'static [&'static str], pairs: &[(String, String)]) -> Result<T, InvalidParam> {
    let given = names.iter().filter_map(|name| {
        let mut values: Vec<&str> = pairs.iter().filter(|(given, _)| given == name).map(|(_, value)| value.as_str()).collect();
        // The order of the values does not matter, so it is not part of the query.
        values.sort_unstable();
        (!values.is_empty()).then_some((*name, values))
    });
    T::deserialize(MapAccessDeserializer::new(ParamMap { rest: given, current: ("", Vec::new()) })).map_err(QueryError::into_invalid_param)
}

/// Why a value is rejected. Where the error arises, only what is allowed is known; the callers add the name and the value.
#[derive(Debug)]
struct QueryError {
    parameter: &'static str,
    value: Option<String>,
    allowed: Allowed,
}

impl QueryError {
    fn new(allowed: Allowed) -> Self {
        Self { parameter: "", value: None, allowed }
    }

    fn with_value(mut self, value: &str) -> Self {
        self.value.get_or_insert_with(|| value.to_owned());
        self
    }

    fn into_invalid_param(self) -> InvalidParam {
        InvalidParam { parameter: self.parameter.to_owned(), value: self.value, allowed: self.allowed }
    }
}

impl std::fmt::Display for QueryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "allowed: {}", self.allowed.words().join(", "))
    }
}

impl std::error::Error for QueryError {}

impl de::Error for QueryError {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::new(Allowed::Sentence(message.to_string()))
    }

    fn invalid_value(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new(Allowed::Sentence(expected.to_string()))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(Allowed::values(expected))
    }
}

/// The parameters of a query, each with its values.
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
        seed.deserialize(ParamValues(values)).map_err(|error| QueryError { parameter, ..error.with_value(&values.join(", ")) })
    }
}

/// The values of one parameter.
struct ParamValues<'a>(&'a [&'a str]);

impl<'a> ParamValues<'a> {
    /// The value of a parameter that is given once.
    fn single(&self) -> Result<ParamValue<'a>, QueryError> {
        match self.0 {
            [text] => Ok(ParamValue(text)),
            _ => Err(QueryError::new(Allowed::OneValue)),
        }
    }
}

impl<'de> Deserializer<'de> for ParamValues<'_> {
    type Error = QueryError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, QueryError> {
        self.single()?.deserialize_any(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, QueryError> {
        self.single()?.deserialize_bool(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, QueryError> {
        visitor.visit_some(self.single()?)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, QueryError> {
        let mut values = self.0.to_vec();
        values.dedup();
        if values.len() > MAX_VALUES {
            return Err(QueryError::new(Allowed::Sentence(format!("at most {MAX_VALUES} values"))).with_value(&format!("{} values", values.len())));
        }
        visitor.visit_seq(ParamSeq(values.into_iter()))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The values of a repeated parameter, one after the other.
struct ParamSeq<'a>(std::vec::IntoIter<&'a str>);

impl<'de> SeqAccess<'de> for ParamSeq<'_> {
    type Error = QueryError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, QueryError> {
        self.0.next().map(|text| seed.deserialize(ParamValue(text)).map_err(|error| error.with_value(text))).transpose()
    }
}

/// One value: text (which numbers and dates are parsed from by their own types), a boolean, or one of a closed set.
struct ParamValue<'a>(&'a str);

impl<'de> Deserializer<'de> for ParamValue<'_> {
    type Error = QueryError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, QueryError> {
        visitor.visit_str(self.0)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, QueryError> {
        match self.0.to_ascii_lowercase().as_str() {
            "true" | "1" => visitor.visit_bool(true),
            "false" | "0" => visitor.visit_bool(false),
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
