//! What the code knows and the annotations of the handlers do not say: the other formats, and the examples.

use serde_json::{Value, json};
use utoipa::openapi::{Content, ObjectBuilder, OpenApi, RefOr, Type, schema::SchemaType};

use crate::{
    corpus::Resource,
    formats::{Format, available_formats},
    http::api::openapi::examples::EXAMPLES,
};

/// Adds the formats other than JSON, and the examples, to the responses of lists and items.
pub fn add_formats_and_examples(mut document: OpenApi) -> OpenApi {
    for (path, item) in &mut document.paths.paths {
        let Some(RefOr::T(response)) = item.get.as_mut().and_then(|operation| operation.responses.responses.get_mut("200")) else { continue };
        for format in formats_at(path).into_iter().filter(|format| *format != Format::Json) {
            let schema_type = if format.media_type().ends_with("json") { SchemaType::AnyValue } else { SchemaType::new(Type::String) };
            let what = if path.ends_with("{id}") { "The item" } else { "The whole list" };
            let schema = ObjectBuilder::new().schema_type(schema_type).description(Some(format!("{what}, also at `{path}.{}`.", format.extension())));
            response.content.insert(format.media_type().to_owned(), RefOr::T(Content::new(Some(schema))));
        }
        if let Some(RefOr::T(content)) = response.content.get_mut("application/json")
            && let Some((_, request, body)) = EXAMPLES.iter().find(|(example, _, _)| example == path)
        {
            let value: Value = serde_json::from_str(body).unwrap_or_default();
            let example = json!({"summary": format!("GET {request}"), "value": value});
            content.examples.insert("response".to_owned(), RefOr::T(serde_json::from_value(example).unwrap_or_default()));
        }
    }
    document
}

/// The formats of the list or the item at a path; none for the other paths.
fn formats_at(path: &str) -> Vec<Format> {
    let Some(name) = path.strip_prefix("/v1/") else { return Vec::new() };
    let of = |name: &str| Resource::ALL.into_iter().find(|resource| resource.name() == name).map(available_formats).unwrap_or_default();
    name.strip_suffix("/{id}").map_or_else(|| of(name).list, |name| of(name).item)
}
