//! Completes the document with what the annotations of the handlers lack: the other formats, the defaults and the examples.

use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

use crate::{
    corpus::{
        Filter, Mention, MentionFilter, Resource, SearchScope, actors::ActorFilter, changes::ChangeFilter, clauses::ClauseFilter, dates::DateFilter,
        facet_names, locations::LocationFilter, milestones::MilestoneFilter, notes::NoteFilter, statements::StatementFilter,
    },
    formats::{Format, Renderable, SiteUrl, available_formats},
    http::{
        api::openapi::{
            examples::{EXAMPLES, PARAMETER_EXAMPLES},
            urls::name_service,
        },
        extract::pagination::DEFAULT_LIMIT,
    },
};

/// The document as JSON, with the URL of the service, the formats other than JSON in the responses of lists and items, the
/// defaults of parameters, and examples.
///
/// # Errors
/// When an example is not JSON.
pub fn complete(document: &OpenApi, site: &SiteUrl) -> serde_json::Result<Value> {
    let mut document = serde_json::to_value(document)?;
    for (path, item) in document["paths"].as_object_mut().into_iter().flatten() {
        let resource = path.strip_prefix("/v1/").and_then(|name| Resource::from_name(name.trim_end_matches("/{id}")));
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            for parameter in operation.pointer_mut("/parameters").and_then(Value::as_array_mut).into_iter().flatten() {
                complete_parameter(parameter, path, resource);
            }
            let Some(content) = operation.pointer_mut("/responses/200/content").and_then(Value::as_object_mut) else { continue };
            if let Some(resource) = resource {
                add_formats(content, path, resource);
            } else if path.ends_with("/mentions") {
                add_format_list(content, path, Mention::list_formats(), "The whole list");
            }
            if let Some((_, request, body)) = EXAMPLES.iter().find(|(example, _, _)| example == path && method == "get") {
                let value: Value = serde_json::from_str(body)?;
                content["application/json"]["examples"] = json!({"response": {"summary": format!("GET {request}"), "value": value}});
            }
        }
    }
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        reference_items(schemas);
    }
    name_service(&mut document, site);
    Ok(document)
}

/// Lets the items of each list refer to their schema: utoipa writes the type argument of `List<T>` out in full.
fn reference_items(schemas: &mut Map<String, Value>) {
    let names: Vec<String> =
        schemas.keys().filter_map(|list| list.strip_prefix("List_").filter(|name| schemas.contains_key(*name))).map(str::to_owned).collect();
    for name in names {
        if let Some(items) = schemas.get_mut(&format!("List_{name}")).and_then(|list| list.pointer_mut("/allOf/1/properties/items/items")) {
            *items = json!({"$ref": format!("#/components/schemas/{name}")});
        }
    }
}

/// Adds a parameter's default and example, where it has one.
fn complete_parameter(parameter: &mut Value, path: &str, resource: Option<Resource>) {
    let name = parameter["name"].as_str().unwrap_or_default().to_owned();
    if name == "facets" {
        let names: Vec<&str> = facets(path, resource).to_vec();
        parameter["example"] = json!(names.first().into_iter().collect::<Vec<_>>());
        parameter["schema"]["items"]["enum"] = json!(names);
    }
    let default = match (name.as_str(), resource) {
        ("limit", _) => Some(DEFAULT_LIMIT.into()),
        ("match", _) => Some("possible".into()),
        ("count" | "exact", _) => Some(false.into()),
        ("sort", None) => Some(MentionFilter::DEFAULT_SORT.into()),
        ("sort", Some(resource)) => Some(default_sort(resource).into()),
        _ => None,
    };
    if let Some(default) = default {
        parameter["schema"]["default"] = default;
    }
    if parameter.get("example").is_none()
        && let Some(example) = example_of(&name, path)
    {
        let is_list = parameter["schema"]["type"] == "array";
        let value_type = if is_list { &parameter["schema"]["items"]["type"] } else { &parameter["schema"]["type"] };
        let number = example.parse::<u32>().ok().filter(|_| value_type != "string");
        let value = number.map_or_else(|| json!(example), |number| json!(number));
        parameter["example"] = if is_list { json!([value]) } else { value };
    }
}

/// The example of a parameter; that of an id in a path is in the path's example.
fn example_of(name: &str, path: &str) -> Option<&'static str> {
    if name == "id" {
        let request = EXAMPLES.iter().find(|(example, _, _)| *example == path)?.1;
        return request.split('?').next()?.strip_prefix(path.split("{id}").next()?)?.split('/').next();
    }
    PARAMETER_EXAMPLES.iter().find(|(parameter, _)| *parameter == name).map(|(_, example)| *example)
}

/// Adds the formats other than JSON to the content of a response.
fn add_formats(content: &mut Map<String, Value>, path: &str, resource: Resource) {
    let available = available_formats(resource);
    let is_item = path.ends_with("{id}");
    let (formats, what) = if is_item { (available.item, "The item") } else { (available.list, "The whole list") };
    add_format_list(content, path, formats, what);
}

/// Adds these formats to the content of a response.
fn add_format_list(content: &mut Map<String, Value>, path: &str, formats: Vec<Format>, what: &str) {
    for format in formats.into_iter().filter(|format| *format != Format::Json) {
        let mut schema = json!({"description": format!("{what}, also at `{path}.{}`.", format.extension())});
        if format == Format::Png {
            // Bytes have no type in JSON (OpenAPI 3.1, section 4.8.14.2).
            schema["contentMediaType"] = format.media_type().into();
        } else if !format.media_type().ends_with("json") {
            schema["type"] = "string".into();
        }
        content.insert(format.media_type().to_owned(), json!({"schema": schema}));
    }
}

/// The parameters whose values a list counts on request.
fn facets(path: &str, resource: Option<Resource>) -> &'static [&'static str] {
    match resource {
        Some(resource) => facet_names(resource),
        None if path.ends_with("/mentions") => MentionFilter::FACETS,
        None => SearchScope::FACETS,
    }
}

/// The order of a list where the request names none.
const fn default_sort(resource: Resource) -> &'static str {
    match resource {
        Resource::Statements => StatementFilter::DEFAULT_SORT,
        Resource::Clauses => ClauseFilter::DEFAULT_SORT,
        Resource::Dates => DateFilter::DEFAULT_SORT,
        Resource::Milestones => MilestoneFilter::DEFAULT_SORT,
        Resource::Actors => ActorFilter::DEFAULT_SORT,
        Resource::Locations => LocationFilter::DEFAULT_SORT,
        Resource::Notes => NoteFilter::DEFAULT_SORT,
        Resource::Changes => ChangeFilter::DEFAULT_SORT,
    }
}
