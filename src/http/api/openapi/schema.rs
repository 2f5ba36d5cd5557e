//! JSON schemas in words: what type a value has, which values are allowed, and which members an object has.

use serde_json::{Map, Value};

use crate::http::api::openapi::prose::{Prose, prose};

/// The named schemas of the document.
#[derive(Clone, Copy, Debug)]
pub struct Schemas<'a>(&'a Map<String, Value>);

/// A type in words. A part that has a section of its own is a link to it.
#[derive(Debug)]
pub struct Type<'a> {
    /// `list of `, or nothing.
    pub before: &'static str,
    /// The name of the type.
    pub name: &'a str,
    /// Whether the name is that of a named schema.
    pub is_named: bool,
    /// The bounds, or ` or null`.
    pub after: String,
}

/// A member of an object.
#[derive(Debug)]
pub struct Member<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its type.
    pub kind: Type<'a>,
    /// Whether it may be absent.
    pub is_optional: bool,
    /// What it means.
    pub description: Prose<'a>,
}

/// A named schema.
#[derive(Debug)]
pub struct NamedSchema<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it means.
    pub description: Prose<'a>,
    /// The values of a closed set.
    pub allowed: Vec<String>,
    /// What a string must match, or what it is.
    pub format: Option<&'a str>,
    /// The schemas whose members an object has besides its own.
    pub includes: Vec<&'a str>,
    /// The members of an object.
    pub members: Vec<Member<'a>>,
}

impl<'a> Type<'a> {
    /// The type that a schema describes.
    #[must_use]
    pub fn of(schema: &'a Value) -> Self {
        if let Some(name) = reference(schema) {
            // A list is the envelope around its items.
            return match name.strip_prefix("List_") {
                Some(item) => Self { before: "page of ", name: item, is_named: true, after: String::new() },
                None => Self { before: "", name, is_named: true, after: String::new() },
            };
        }
        if let Some(alternatives) = schema["oneOf"].as_array()
            && let Some(other) = alternatives.iter().find(|one| one["type"] != "null")
        {
            let mut described = Self::of(other);
            described.after.push_str(" or null");
            return described;
        }
        if schema["type"] == "array" {
            return Self { before: "list of ", ..Self::of(&schema["items"]) };
        }
        let names = schema["type"].as_array().map_or_else(|| std::slice::from_ref(&schema["type"]), Vec::as_slice);
        let name = names.iter().filter_map(Value::as_str).find(|name| *name != "null").unwrap_or("any");
        let bounds = match (schema["minimum"].as_i64(), schema["maximum"].as_i64()) {
            (Some(least), Some(most)) => format!(", {least} to {most}"),
            (Some(least), None) => format!(", from {least}"),
            _ => String::new(),
        };
        let or_null = if names.len() > 1 { " or null" } else { "" };
        Self { before: "", name, is_named: false, after: format!("{bounds}{or_null}") }
    }
}

impl<'a> Schemas<'a> {
    /// The named schemas of a document; none if it has no schemas.
    #[must_use]
    pub fn of(document: &'a Value) -> Option<Self> {
        document.pointer("/components/schemas").and_then(Value::as_object).map(Self)
    }

    /// The values of a closed set; of a list, those of its items.
    #[must_use]
    pub fn allowed(self, schema: &'a Value) -> Vec<String> {
        let schema = if schema["type"] == "array" { &schema["items"] } else { schema };
        let schema = reference(schema).and_then(|name| self.0.get(name)).unwrap_or(schema);
        schema["enum"].as_array().into_iter().flatten().map(plain).collect()
    }

    /// The named schemas, without the lists, which differ only in their items.
    #[must_use]
    pub fn all(self) -> Vec<NamedSchema<'a>> {
        let named = self.0.iter().filter(|(name, _)| !name.starts_with("List_"));
        named
            .map(|(name, schema)| NamedSchema {
                name,
                description: prose(schema["description"].as_str().unwrap_or_default()),
                allowed: self.allowed(schema),
                format: schema["pattern"].as_str().or_else(|| schema["format"].as_str()),
                includes: schema["allOf"].as_array().into_iter().flatten().filter_map(reference).collect(),
                members: members(schema),
            })
            .collect()
    }
}

/// An object's own members.
fn members(schema: &Value) -> Vec<Member<'_>> {
    if let Some(parts) = schema["allOf"].as_array() {
        return parts.iter().flat_map(members).collect();
    }
    let is_required = |name: &str| schema["required"].as_array().is_some_and(|required| required.iter().any(|required| required == name));
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties.map(|(name, member)| Member { name, kind: Type::of(member), is_optional: !is_required(name), description: prose(description(member)) }).collect()
}

/// The name of the schema that this one refers to.
fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

/// The description of a member, which is inside the alternatives if the member may be null.
fn description(member: &Value) -> &str {
    let within = || member["oneOf"].as_array()?.iter().find_map(|one| one["description"].as_str());
    member["description"].as_str().or_else(within).unwrap_or_default()
}

/// A value as it is written in a URL.
#[must_use]
pub fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
