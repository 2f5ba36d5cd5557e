//! The API reference at `/docs/`: one page, generated from the OpenAPI document, which works without a script.

use askama::Template;
use serde_json::Value;

use crate::http::api::openapi::{
    examples::PROBLEM_EXAMPLE,
    prose::{Prose, paragraphs, prose},
    sample,
    schema::{NamedSchema, Schemas, Type, plain},
};
use crate::text::markup::escape_element_text;

/// The page.
#[derive(Template)]
#[template(path = "reference.html")]
struct Page<'a> {
    title: &'a str,
    version: &'a str,
    about: Vec<Prose<'a>>,
    /// The URL of the service, without a slash at its end.
    base: &'a str,
    sections: Vec<Section<'a>>,
    problems: Vec<(&'a str, Prose<'a>)>,
    problem_request: &'static str,
    problem_example: String,
    schemas: Vec<NamedSchema<'a>>,
}

/// The operations with one tag.
struct Section<'a> {
    name: &'a str,
    about: Prose<'a>,
    operations: Vec<Operation<'a>>,
}

struct Operation<'a> {
    id: &'a str,
    method: String,
    path: &'a str,
    summary: &'a str,
    about: Vec<Prose<'a>>,
    parameters: Vec<Parameter<'a>>,
    body: Option<RequestBody<'a>>,
    response: Response<'a>,
    /// The statuses of its problems, each with the description that only this operation has.
    problems: Vec<(&'a str, Option<Prose<'a>>)>,
    request: String,
    example: Option<String>,
}

struct Parameter<'a> {
    name: &'a str,
    kind: Type<'a>,
    is_required: bool,
    is_repeatable: bool,
    about: Prose<'a>,
    allowed: Vec<String>,
    default: Option<String>,
    example: Option<String>,
}

struct RequestBody<'a> {
    about: Prose<'a>,
    /// Media types, each with the type of its content.
    formats: Vec<(&'a str, Type<'a>)>,
}

/// The response of an operation that succeeds.
struct Response<'a> {
    about: Prose<'a>,
    kind: Option<Type<'a>>,
    /// Media types, each with the path that names it by its suffix.
    formats: Vec<(&'a str, Option<&'a str>)>,
}

/// Renders the page. `base` is the URL of the service, without a slash at its end; `problem_example` is the response to
/// the request of [`PROBLEM_EXAMPLE`].
///
/// # Errors
/// When the template fails, which is a fault of this program.
pub fn render(document: &Value, base: &str, problem_example: &Value) -> askama::Result<String> {
    let schemas = Schemas::of(document);
    let problems = problems(document);
    let sections = document["tags"].as_array().into_iter().flatten();
    let sections = sections.map(|tag| Section {
        name: text(&tag["name"]),
        about: prose(text(&tag["description"])),
        operations: operations(document, text(&tag["name"]), schemas, &problems),
    });
    Page {
        title: text(&document["info"]["title"]),
        version: text(&document["info"]["version"]),
        about: paragraphs(text(&document["info"]["description"])),
        base,
        sections: sections.collect(),
        problems: problems.iter().map(|(status, about)| (*status, prose(about))).collect(),
        problem_request: PROBLEM_EXAMPLE.0,
        problem_example: escape_element_text(&sample::write(problem_example)),
        schemas: schemas.map(Schemas::all).unwrap_or_default(),
    }
    .render()
}

/// The operations with a tag, in the order of the document.
fn operations<'a>(document: &'a Value, tag: &str, schemas: Option<Schemas<'a>>, problems: &[(&str, &str)]) -> Vec<Operation<'a>> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let operations = paths.flat_map(|(path, item)| item.as_object().into_iter().flatten().map(move |(method, operation)| (path, method, operation)));
    let tagged = operations.filter(|(_, _, operation)| operation["tags"].as_array().is_some_and(|tags| tags.iter().any(|name| name == tag)));
    tagged.map(|(path, method, operation)| describe((path, method), operation, schemas, problems)).collect()
}

fn describe<'a>((path, method): (&'a str, &str), operation: &'a Value, schemas: Option<Schemas<'a>>, problems: &[(&str, &str)]) -> Operation<'a> {
    let success = &operation["responses"]["200"];
    let content = || success["content"].as_object().into_iter().flatten();
    let example = content().find_map(|(_, content)| content["examples"].as_object()?.values().next());
    let failures = operation["responses"].as_object().into_iter().flatten().filter(|(status, _)| *status != "200");
    let particular = |status: &str, about: &'a str| (!problems.contains(&(status, about))).then(|| prose(about));
    Operation {
        id: text(&operation["operationId"]),
        method: method.to_uppercase(),
        path,
        summary: text(&operation["summary"]),
        about: paragraphs(text(&operation["description"])),
        parameters: operation["parameters"].as_array().into_iter().flatten().filter_map(|given| parameter(given, schemas?)).collect(),
        body: operation.get("requestBody").map(request_body),
        response: Response {
            about: prose(text(&success["description"])),
            kind: content().next().map(|(_, content)| Type::of(&content["schema"])),
            formats: content().map(|(media_type, content)| (media_type.as_str(), text(&content["schema"]["description"]).split('`').nth(1))).collect(),
        },
        problems: failures.map(|(status, response)| (status.as_str(), particular(status, text(&response["description"])))).collect(),
        request: example.map_or_else(|| with_example_ids(path, operation), |example| text(&example["summary"]).trim_start_matches("GET ").to_owned()),
        example: example.map(|example| escape_element_text(&sample::write(&example["value"]))),
    }
}

/// The path of an operation without an example response, with the examples of its parameters.
fn with_example_ids(path: &str, operation: &Value) -> String {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    parameters.fold(path.to_owned(), |path, parameter| path.replace(&format!("{{{}}}", text(&parameter["name"])), text(&parameter["example"])))
}

fn request_body(body: &Value) -> RequestBody<'_> {
    let content = body["content"].as_object().into_iter().flatten();
    RequestBody {
        about: prose(text(&body["description"])),
        formats: content.map(|(media_type, content)| (media_type.as_str(), Type::of(&content["schema"]))).collect(),
    }
}

fn parameter<'a>(parameter: &'a Value, schemas: Schemas<'a>) -> Option<Parameter<'a>> {
    let schema = &parameter["schema"];
    let is_repeatable = schema["type"] == "array";
    let value = |value: &Value| (!value.is_null()).then(|| plain(value));
    let allowed = schemas.allowed(schema);
    Some(Parameter {
        name: parameter["name"].as_str()?,
        kind: Type::of(if is_repeatable { &schema["items"] } else { schema }),
        is_required: parameter["required"] == true,
        is_repeatable,
        about: prose(text(&parameter["description"])),
        default: value(&schema["default"]),
        example: value(&parameter["example"]).filter(|_| allowed.is_empty()),
        allowed,
    })
}

/// The problems that operations have in common: each status with its most frequent description, in order.
fn problems(document: &Value) -> Vec<(&str, &str)> {
    let operations = document["paths"].as_object().into_iter().flatten().flat_map(|(_, item)| item.as_object().into_iter().flatten());
    let responses = operations.flat_map(|(_, operation)| operation["responses"].as_object().into_iter().flatten());
    let mut all: Vec<(&str, &str)> =
        responses.filter(|(status, _)| *status != "200").map(|(status, response)| (status.as_str(), text(&response["description"]))).collect();
    all.sort_unstable();
    let mut counted: Vec<((&str, &str), usize)> = Vec::new();
    for problem in all {
        match counted.last_mut() {
            Some((last, count)) if *last == problem => *count += 1,
            _ => counted.push((problem, 1)),
        }
    }
    // Only the most frequent description of each status remains.
    counted.sort_by(|((one, _), one_count), ((other, _), other_count)| one.cmp(other).then(other_count.cmp(one_count)));
    counted.dedup_by_key(|((status, _), _)| *status);
    counted.into_iter().map(|(problem, _)| problem).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
