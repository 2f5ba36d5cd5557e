//! CSL-JSON: references as the schema of the Citation Style Language has them, with the speaker as the author.

use serde_json::{Value, json};

use crate::{all, get, published, voices};

/// What the schema of CSL-JSON 1.0.2 (`csl-data.json`) says of the fields that references use; no others may occur. A name is
/// one literal: a processor would sort and abbreviate the parts of an institution's name. (`.ci/clients` formats the same
/// references with citeproc.)
fn schema() -> jsonschema::Validator {
    let text = json!({"type": "string"});
    let date = json!({
        "type": "object",
        "properties": {
            "date-parts": {
                "type": "array", "minItems": 1, "maxItems": 2,
                "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
            },
            "circa": {"type": "boolean"},
            "literal": text,
        },
        "additionalProperties": false,
        "minProperties": 1,
    });
    let names = json!({
        "type": "array", "minItems": 1,
        "items": {"type": "object", "properties": {"literal": text}, "additionalProperties": false, "required": ["literal"]},
    });
    let item = json!({
        "type": "object",
        "properties": {
            "type": {"enum": ["report", "webpage"]},
            "id": text, "title": text, "container-title": text, "publisher": text, "abstract": text, "note": text, "language": text, "URL": text, "genre": text, "source": text,
            "author": names, "issued": date,
        },
        "additionalProperties": false,
        "required": ["type", "id"],
    });
    jsonschema::draft202012::new(&json!({"type": "array", "items": item})).unwrap()
}

async fn items(path: &str) -> Vec<Value> {
    let items: Value = serde_json::from_str(&published(path).await).unwrap();
    if let Err(error) = schema().validate(&items) {
        panic!("{path}: {error} at {}", error.instance_path);
    }
    items.as_array().unwrap().clone()
}

fn text<'a>(item: &'a Value, field: &str) -> &'a str {
    item[field].as_str().unwrap_or_else(|| panic!("{field}: {item}"))
}

fn authors(item: &Value) -> Vec<&str> {
    item["author"].as_array().unwrap().iter().map(|name| text(name, "literal")).collect()
}

/// `INSTA_UPDATE=always` rewrites the snapshot: read it as a user of a reference manager does.
#[tokio::test]
async fn items_of_each_voice_match_the_snapshot() {
    let voices: Vec<Value> = voices("csl.json").await.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    insta::assert_snapshot!("csl", serde_json::to_string_pretty(&voices).unwrap());
}

#[tokio::test]
async fn only_the_statements_own_words_have_the_issuers_as_authors() {
    let items = items("/v1/clauses.csl.json").await;
    let clauses = all("clauses").await;
    assert_eq!(items.len(), clauses.len());
    for (item, clause) in items.iter().zip(&clauses) {
        let (kind, expected) = match clause["voice"].as_str().unwrap() {
            "statement" => ("report", vec!["Government of the United States", "Government of Iraq"]),
            "third_party" => ("webpage", vec!["A senior Iraqi officer (unnamed) quoted by Shafaq News Agency"]),
            _ => ("webpage", vec!["Shafaq News Agency"]),
        };
        assert_eq!(text(item, "type"), kind, "{}", clause["label"]);
        assert_eq!(authors(item), expected, "{}", clause["label"]);
        assert_eq!(text(item, "abstract"), clause["quote"]["exact"].as_str().unwrap(), "the abstract is the verbatim words");
        assert_eq!(text(item, "id"), clause["id"].as_str().unwrap());
        assert_eq!(text(item, "URL"), format!("https://bayan.example/en/statements/iq-us-2024-09-27#{}", clause["label"].as_str().unwrap()));
        assert!(text(item, "title").contains(&format!("clause {}", clause["label"].as_str().unwrap())));
        let note = text(item, "note");
        assert!(note.contains("our translation") && note.contains("As reported by Shafaq News Agency (in Arabic)"), "{note}");
    }
}

#[tokio::test]
async fn an_unknown_publication_date_is_circa_and_there_is_no_date_of_access() {
    let statement = &items("/v1/statements/iq-us-2024-09-27.csl.json").await[0];
    assert_eq!(statement["issued"]["date-parts"], json!([[2024, 9, 27]]));
    assert!(text(statement, "note").contains("not printed in the source"));
    let officer = &items("/v1/clauses/iq-us-2024-09-27-4a.csl.json").await[0];
    assert_eq!(officer["issued"], json!({"date-parts": [[2024, 9, 27]], "circa": true}), "the data has no date of the report");
    assert!(officer.get("accessed").is_none());
}

#[tokio::test]
async fn lang_ar_selects_arabic() {
    let item = &items("/v1/clauses/iq-us-2024-09-27-6b.csl.json?lang=ar").await[0];
    assert_eq!(authors(item), ["حكومة الولايات المتحدة", "حكومة العراق"]);
    assert!(text(item, "title").ends_with("، البند \u{2068}6b\u{2069}") && text(item, "URL").contains("/ar/statements/"));
    assert!(!text(item, "note").contains("translation"));
}

#[tokio::test]
async fn a_reference_has_a_file_name_from_its_url() {
    for (path, name) in [
        ("/v1/clauses/iq-us-2024-09-27-6b.csl.json", "iq-us-2024-09-27-6b.csl.json"),
        ("/v1/clauses/iq-us-2024-09-27-6b.bib?lang=ar", "iq-us-2024-09-27-6b.bib"),
        ("/v1/statements.ris", "statements.ris"),
    ] {
        assert_eq!(get(path).await.header("content-disposition"), format!("inline; filename=\"{name}\""));
    }
    assert_eq!(get("/v1/clauses/iq-us-2024-09-27-6b.txt").await.header("content-disposition"), "");
}
