//! A statement that was withdrawn: why, and which text its id stands for.

use schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde_json::{Value, json};

use crate::package::{
    diagnostic::Log,
    document::source::Bilingual,
    fields::{Fields, Read},
    parse::Node,
    spanned::Text,
};

/// What is left of a statement that was withdrawn.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct Withdrawal {
    /// Why it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub reason: Option<Bilingual>,
    /// The SHA-256 of its text, in hexadecimal. The id is never used for another text.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub sha256: Option<Text>,
}

impl Read for Withdrawal {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "a withdrawal", log)?;
        let withdrawal = Self { reason: fields.required("reason"), sha256: fields.required("sha256") };
        fields.finish();
        Some(withdrawal)
    }
}

/// A package has what it requires, or is withdrawn.
pub fn or_withdrawn(schema: &mut Schema) {
    if let Some(required) = schema.insert("required".to_owned(), json!(["format", "id"])) {
        schema.insert("anyOf".to_owned(), Value::Array(vec![json!({ "required": required }), json!({ "required": ["withdrawn"] })]));
    }
}
