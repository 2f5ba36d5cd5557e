//! The names of the values of closed sets.

use serde::{
    Deserialize, Serialize,
    de::value::{Error, StrDeserializer},
};

/// The serialized name of an enum's value, as in JSON, SQL and queries; empty for anything but a unit variant.
#[must_use]
pub fn enum_name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// The value of an enum with this name.
///
/// # Errors
/// When no value has the name; the error lists the names.
pub fn parse_enum<'de, T: Deserialize<'de>>(name: &'de str) -> Result<T, Error> {
    T::deserialize(StrDeserializer::new(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{clauses::RoleKind, dates::TimexType};

    #[test]
    fn a_name_and_its_value_are_inverse() {
        assert_eq!(parse_enum(&enum_name(&RoleKind::Speaker)), Ok(RoleKind::Speaker));
        assert_eq!((enum_name(&TimexType::Duration).as_str(), parse_enum("SET")), ("DURATION", Ok(TimexType::Set)));
        for unknown in ["", "set", "SET ", "Duration"] {
            let error = parse_enum::<TimexType>(unknown).unwrap_err().to_string();
            assert!(error.contains("unknown variant") && error.contains("`DURATION`"), "{error}");
        }
    }
}
