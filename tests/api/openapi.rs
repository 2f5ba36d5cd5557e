//! `/openapi.json` describes the service, and the service conforms to it; `/docs/` shows it.

use std::{collections::BTreeSet, fs, path::Path};

use axum::http::StatusCode;
use bayan::http::api::openapi::{EXAMPLES, PROBLEM_EXAMPLE};
use serde_json::{Value, json as value};

use crate::{get, json};

/// The schema at a path of the document, with the document's definitions beside it.
fn validator(document: &Value, schema: &Value) -> jsonschema::Validator {
    let mut schema = schema.clone();
    schema["components"] = document["components"].clone();
    jsonschema::draft202012::new(&schema).unwrap()
}

fn response_schema<'a>(document: &'a Value, path: &str) -> &'a Value {
    &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
}

/// With `BAYAN_BLESS=1` the examples are rewritten: read them before you commit them.
#[tokio::test]
async fn the_examples_are_responses_of_the_service() {
    let document = json("/openapi.json").await;
    for (path, request, example) in EXAMPLES {
        let response = json(request).await;
        if std::env::var_os("BAYAN_BLESS").is_some() {
            let names = [("s/{id}/", "_"), ("{id}", ""), ("/v1/", "")].iter().fold(path.to_owned(), |name, (from, to)| name.replace(from, to));
            let name = if path == "/v1" {
                "index"
            } else if names.ends_with('/') {
                names.trim_end_matches("s/")
            } else {
                &names
            };
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http/api/openapi/examples").join(format!("{name}.json"));
            fs::write(file, serde_json::to_string_pretty(&response).unwrap() + "\n").unwrap();
        } else {
            let example: Value = serde_json::from_str(example).unwrap();
            assert_eq!(example, response, "{request}");
            let shown = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["examples"]["response"];
            assert_eq!(shown, &value!({"summary": format!("GET {request}"), "value": response}), "{path}");
        }
    }
}

#[tokio::test]
async fn every_response_matches_its_schema() {
    let document = json("/openapi.json").await;
    for resource in ["statements", "clauses", "dates", "milestones", "actors", "locations", "notes", "changes"] {
        let (list_path, item_path) = (format!("/v1/{resource}"), format!("/v1/{resource}/{{id}}"));
        let (list_shape, item_shape) =
            (validator(&document, response_schema(&document, &list_path)), validator(&document, response_schema(&document, &item_path)));
        for query in ["limit=200&count=true", "limit=200&lang=ar", "limit=1"] {
            let list = json(&format!("{list_path}?{query}")).await;
            if let Err(error) = list_shape.validate(&list) {
                panic!("{list_path}?{query}: {error}");
            }
            for item in list["items"].as_array().unwrap() {
                if let Err(error) = item_shape.validate(item) {
                    panic!("{}: {error}", item["id"]);
                }
            }
        }
    }
    let index = validator(&document, response_schema(&document, "/v1"));
    assert!(index.is_valid(&json("/v1").await));
}

#[tokio::test]
async fn every_error_matches_its_schema() {
    let document = json("/openapi.json").await;
    let responses = &document["paths"]["/v1/clauses/{id}"]["get"]["responses"];
    for (path, status) in [("/v1/clauses/x", "404"), ("/v1/clauses/x?y=1", "400"), ("/v1/clauses/x?lang=z", "400")] {
        let schema = &responses[status]["content"]["application/problem+json"]["schema"];
        let response = get(path).await;
        assert_eq!(response.status.as_str(), status);
        assert!(validator(&document, schema).is_valid(&response.json()), "{path}");
    }
}

/// A 400 lists the same allowed parameters as the document.
#[tokio::test]
async fn the_documented_parameters_are_those_that_are_read() {
    let document = json("/openapi.json").await;
    let mut checked = 0;
    for (path, operations) in document["paths"].as_object().unwrap() {
        if !path.starts_with("/v1/") {
            continue;
        }
        let documented: BTreeSet<String> = operations["get"]["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|parameter| parameter["in"] == "query")
            .map(|parameter| {
                assert!(!parameter["description"].as_str().unwrap_or_default().is_empty(), "{} of {path} is described", parameter["name"]);
                parameter["name"].as_str().unwrap().to_owned()
            })
            .collect();
        let response = get(&format!("{}?nonsense=1", path.replace("{id}", "x"))).await;
        assert_eq!(response.status, StatusCode::BAD_REQUEST, "{path}");
        let read: BTreeSet<String> = serde_json::from_value(response.json()["errors"][0]["allowed"].clone()).unwrap();
        assert_eq!(documented, read, "{path}");
        checked += 1;
    }
    assert_eq!(checked, 22);
}

#[tokio::test]
async fn the_document_is_openapi_3_1_and_describes_every_operation_and_schema() {
    let document = json("/openapi.json").await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            assert!(operation.get("parameters").is_none_or(Value::is_array), "{method} {path}: parameters");
            for member in ["summary", "operationId"] {
                assert!(operation[member].as_str().is_some_and(|text| !text.is_empty()), "{method} {path}: {member}");
            }
        }
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        assert!(schema["description"].as_str().is_some_and(|text| !text.is_empty()), "{name} is described");
    }
}

#[tokio::test]
async fn every_reference_resolves_and_every_operation_id_is_unique() {
    fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(object) => object.iter().for_each(|(name, value)| match value.as_str() {
                Some(to) if name == "$ref" => found.push(to),
                _ => references(value, found),
            }),
            Value::Array(array) => array.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }
    let document = json("/openapi.json").await;
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 100);
    for reference in found {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
    let operations: Vec<&Value> = document["paths"].as_object().unwrap().values().map(|path| &path["get"]["operationId"]).collect();
    assert_eq!(operations.iter().collect::<std::collections::HashSet<_>>().len(), operations.len());
}

#[tokio::test]
async fn the_documented_defaults_are_the_defaults() {
    let document = json("/openapi.json").await;
    for resource in ["statements", "clauses", "dates", "milestones", "actors", "locations", "notes", "changes"] {
        let query = json(&format!("/v1/{resource}")).await["query"].clone();
        for parameter in ["sort", "limit"] {
            let parameters = document["paths"][format!("/v1/{resource}")]["get"]["parameters"].as_array().unwrap();
            let documented = parameters.iter().find(|documented| documented["name"] == parameter).unwrap();
            assert_eq!(documented["schema"]["default"], query[parameter], "{parameter} of {resource}");
        }
    }
}

/// The example of a parameter; of a closed set, its first value.
fn example(document: &Value, parameter: &Value) -> Option<String> {
    let example = match &parameter["example"] {
        Value::Array(values) => values.first().cloned(),
        Value::Null => None,
        value => Some(value.clone()),
    };
    let schema = if parameter["schema"]["type"] == "array" { &parameter["schema"]["items"] } else { &parameter["schema"] };
    let schema = schema["$ref"].as_str().map_or(schema, |to| document.pointer(to.trim_start_matches('#')).unwrap());
    let first = schema["enum"].as_array().and_then(|values| values.first().cloned());
    example.or(first).map(|value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned))
}

#[tokio::test]
async fn every_parameter_has_an_example_that_is_accepted() {
    let document = json("/openapi.json").await;
    let mut checked = 0;
    for (path, operations) in document["paths"].as_object().unwrap() {
        let parameters = operations["get"]["parameters"].as_array().cloned().unwrap_or_default();
        let examples = parameters.iter().map(|parameter| (parameter["name"].as_str().unwrap(), parameter["required"] == true, example(&document, parameter)));
        let examples: Vec<_> = examples.collect();
        let encode = |value: &str| form_urlencoded::byte_serialize(value.as_bytes()).collect::<String>();
        let required: Vec<String> = examples
            .iter()
            .filter(|(name, required, _)| *required && *name != "id")
            .map(|(name, _, example)| format!("{name}={}", encode(example.as_ref().unwrap())))
            .collect();
        let id = examples.iter().find(|(name, _, _)| *name == "id").and_then(|(_, _, example)| example.clone()).unwrap_or_default();
        for (name, is_required, example) in &examples {
            // A cursor belongs to the query that made it, and a flag has two values.
            if *name == "cursor" || *name == "count" || *name == "unspecified" || *name == "exact" || *name == "bom" {
                continue;
            }
            let example = example.as_ref().unwrap_or_else(|| panic!("{name} of {path} has an example"));
            let mut query = required.clone();
            if !is_required {
                query.push(format!("{name}={}", encode(example)));
            }
            let request = format!("{}?{}", path.replace("{id}", &id), query.join("&"));
            assert_eq!(get(&request).await.status, StatusCode::OK, "{request}");
            checked += 1;
        }
    }
    assert!(checked > 100, "{checked}");
}

async fn reference() -> String {
    let page = get("/docs/").await;
    assert_eq!((page.status, page.header("content-type")), (StatusCode::OK, "text/html; charset=utf-8"));
    String::from_utf8(page.body).unwrap()
}

#[tokio::test]
async fn the_reference_works_without_a_script_and_from_this_host_alone() {
    let page = reference().await;
    assert!(page.len() < 200_000, "{} bytes", page.len());
    assert!(!page.contains("<script") && !page.contains(" style=") && !page.contains(" src="));
    let html = scraper::Html::parse_document(&page);
    let select = |selector: &str| scraper::Selector::parse(selector).unwrap();
    let ids: BTreeSet<&str> = html.select(&select("[id]")).map(|element| element.attr("id").unwrap()).collect();
    assert_eq!(ids.len(), html.select(&select("[id]")).count(), "each id is there once");
    for link in html.select(&select("a[href], link[href]")) {
        let href = link.attr("href").unwrap();
        match href.strip_prefix('#') {
            Some(id) => assert!(ids.contains(id), "{href}"),
            None if href.contains("//") => panic!("{href} is on another host"),
            None => assert!(get(url::Url::parse("http://host/docs/").unwrap().join(href).unwrap().path()).await.status.is_success(), "{href}"),
        }
    }
    let article = html.select(&select("article[aria-labelledby=verify_draft]")).next().unwrap();
    let text: String = article.text().collect();
    assert!(text.contains("Request body") && text.contains("--data-binary @FILE") && text.contains("text/plain"), "{text}");
    assert_eq!(get("/docs").await.header("location"), "docs/");
    assert_eq!(get("/docs/reference.css").await.header("content-type"), "text/css; charset=utf-8");
}

#[tokio::test]
async fn the_reference_has_every_operation_parameter_and_type_and_its_commands_succeed() {
    let (document, page) = (json("/openapi.json").await, reference().await);
    let html = scraper::Html::parse_document(&page);
    let select = |selector: &str| scraper::Selector::parse(selector).unwrap();
    let text = |element: scraper::ElementRef<'_>| element.text().collect::<String>();
    for (path, operations) in document["paths"].as_object().unwrap() {
        let operation = &operations["get"];
        let id = operation["operationId"].as_str().unwrap();
        let article = html.select(&select(&format!("article[aria-labelledby='{id}']"))).next().unwrap_or_else(|| panic!("{id} is there"));
        assert!(text(article.select(&select("h3")).next().unwrap()).contains(path.as_str()));
        let terms: Vec<String> = article.select(&select("dt > code:first-child")).map(text).collect();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(terms.contains(&parameter["name"].as_str().unwrap().to_owned()), "{parameter} of {id}");
        }
        let problems: Vec<String> = article.select(&select("a[href^='#problem-']")).map(text).collect();
        let statuses: Vec<&String> = operation["responses"].as_object().unwrap().keys().filter(|status| *status != "200").collect();
        assert_eq!(problems.iter().collect::<Vec<_>>(), statuses, "{id}");
        let command = text(article.select(&select("pre.command")).next().unwrap());
        let request = command.trim().strip_prefix("curl '").unwrap().strip_suffix('\'').unwrap();
        let response = get(request).await;
        assert_eq!(response.status, StatusCode::OK, "{request}");
        if let Some(example) = article.select(&select("details pre")).next() {
            let shown: Value = serde_json::from_str(&text(example)).unwrap();
            assert_eq!(shown.as_object().unwrap().keys().collect::<Vec<_>>(), response.json().as_object().unwrap().keys().collect::<Vec<_>>(), "{request}");
        }
    }
    for name in document["components"]["schemas"].as_object().unwrap().keys().filter(|name| !name.starts_with("List_")) {
        assert!(html.select(&select(&format!("h3[id='{name}']"))).next().is_some(), "{name} is there");
    }
}

/// With `BAYAN_BLESS=1` the example is rewritten.
#[tokio::test]
async fn the_example_of_a_problem_is_a_response_of_the_service() {
    let (request, example) = PROBLEM_EXAMPLE;
    let response = get(request).await;
    assert_eq!(response.status, StatusCode::BAD_REQUEST);
    if std::env::var_os("BAYAN_BLESS").is_some() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http/api/openapi/examples/problem.json");
        fs::write(file, serde_json::to_string_pretty(&response.json()).unwrap() + "\n").unwrap();
    } else {
        assert_eq!(serde_json::from_str::<Value>(example).unwrap(), response.json());
    }
}
