//! `/openapi.json` says what the service does, and the service does what it says.

use std::{collections::BTreeSet, fs, path::Path};

use axum::http::StatusCode;
use bayan::http::api::openapi::EXAMPLES;
use serde_json::{Value, json as value};

use crate::{get, json};

/// The schema at a path of the document, with the document's definitions beside it.
fn validator(document: &Value, schema: &Value) -> jsonschema::Validator {
    let mut schema = schema.clone();
    schema["components"] = document["components"].clone();
    jsonschema::draft202012::new(&schema).unwrap()
}

fn answer_schema<'a>(document: &'a Value, path: &str) -> &'a Value {
    &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
}

/// With `BAYAN_BLESS=1` the examples are written anew: read them before you commit them.
#[tokio::test]
async fn the_examples_are_answers_of_the_service() {
    let document = json("/openapi.json").await;
    for (path, request, example) in EXAMPLES {
        let answer = json(request).await;
        if std::env::var_os("BAYAN_BLESS").is_some() {
            let names = [("{id}", ""), ("/v1/", "")].iter().fold(path.to_owned(), |name, (from, to)| name.replace(from, to));
            let name = if path == "/v1" {
                "index"
            } else if names.ends_with('/') {
                names.trim_end_matches("s/")
            } else {
                &names
            };
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http/api/openapi/examples").join(format!("{name}.json"));
            fs::write(file, serde_json::to_string_pretty(&answer).unwrap() + "\n").unwrap();
        } else {
            let example: Value = serde_json::from_str(example).unwrap();
            assert_eq!(example, answer, "{request}");
            let shown = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["examples"]["response"];
            assert_eq!(shown, &value!({"summary": format!("GET {request}"), "value": answer}), "{path}");
        }
    }
}

#[tokio::test]
async fn every_answer_has_the_shape_that_is_documented() {
    let document = json("/openapi.json").await;
    for resource in ["statements", "clauses", "dates", "milestones", "actors", "locations", "notes", "changes"] {
        let (list_path, item_path) = (format!("/v1/{resource}"), format!("/v1/{resource}/{{id}}"));
        let (list_shape, item_shape) = (validator(&document, answer_schema(&document, &list_path)), validator(&document, answer_schema(&document, &item_path)));
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
    let index = validator(&document, answer_schema(&document, "/v1"));
    assert!(index.is_valid(&json("/v1").await));
}

#[tokio::test]
async fn every_error_has_the_shape_that_is_documented() {
    let document = json("/openapi.json").await;
    let responses = &document["paths"]["/v1/clauses/{id}"]["get"]["responses"];
    for (path, status) in [("/v1/clauses/x", "404"), ("/v1/clauses/x?y=1", "400"), ("/v1/clauses/x?lang=z", "400")] {
        let schema = &responses[status]["content"]["application/problem+json"]["schema"];
        let answer = get(path).await;
        assert_eq!(answer.status.as_str(), status);
        assert!(validator(&document, schema).is_valid(&answer.json()), "{path}");
    }
}

/// What a 400 lists as allowed is what the document lists as parameters.
#[tokio::test]
async fn the_parameters_that_are_read_are_those_that_are_documented() {
    let document = json("/openapi.json").await;
    let mut checked = 0;
    for (path, operations) in document["paths"].as_object().unwrap() {
        if !path.starts_with("/v1/") {
            continue;
        }
        let documented: BTreeSet<String> = operations["get"]["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|parameter| parameter["in"] == "query")
            .map(|parameter| {
                assert!(!parameter["description"].as_str().unwrap_or_default().is_empty(), "{} of {path} is described", parameter["name"]);
                parameter["name"].as_str().unwrap().to_owned()
            })
            .collect();
        let answer = get(&format!("{}?nonsense=1", path.replace("{id}", "x"))).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        let read: BTreeSet<String> = serde_json::from_value(answer.json()["errors"][0]["allowed"].clone()).unwrap();
        assert_eq!(documented, read, "{path}");
        checked += 1;
    }
    assert_eq!(checked, 17);
}

#[tokio::test]
async fn the_document_is_openapi_3_1_and_describes_everything() {
    let document = json("/openapi.json").await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
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
async fn every_reference_in_the_document_leads_somewhere_and_every_operation_has_its_own_name() {
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
async fn the_documentation_is_served_from_the_binary() {
    let page = get("/docs/").await;
    let html = String::from_utf8(page.body).unwrap();
    assert_eq!(page.status, StatusCode::OK);
    assert!(!html.contains("https://") && !html.contains("http://"), "nothing is fetched from elsewhere");
    for part in ["/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", "/docs/swagger-initializer.js"] {
        assert_eq!(get(part).await.status, StatusCode::OK, "{part}");
    }
    assert!(String::from_utf8(get("/docs/swagger-initializer.js").await.body).unwrap().contains("/openapi.json"));
}
