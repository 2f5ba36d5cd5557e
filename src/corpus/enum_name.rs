//! The names of the values of closed sets.

use serde::Serialize;

/// The serialized name of an enum's value, as in JSON, SQL and queries; empty for anything but a unit variant.
#[must_use]
pub fn enum_name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
