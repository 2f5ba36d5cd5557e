//! CSL-JSON: references that a parser of the Citation Style Language reads, with the speaker as the author.

use citationberg::json::{DateValue, Item, NameValue, Value};

use crate::{all, get, published, voices};

async fn items(path: &str) -> Vec<Item> {
    serde_json::from_str(&published(path).await).unwrap()
}

fn text<'a>(item: &'a Item, field: &str) -> &'a str {
    match &item.0[field] {
        Value::String(text) => text,
        other => panic!("{field}: {other:?}"),
    }
}

fn authors(item: &Item) -> Vec<String> {
    let Value::Names(names) = &item.0["author"] else { panic!("names") };
    let literal = |name| match name {
        NameValue::Literal(name) => name.literal,
        NameValue::Item(name) => panic!("an institution's name is split: {name:?}"),
    };
    names.iter().cloned().map(literal).collect()
}

/// `INSTA_UPDATE=always` rewrites the snapshot: read it as a user of a reference manager does.
#[tokio::test]
async fn items_of_each_voice_match_the_snapshot() {
    let voices: Vec<serde_json::Value> = voices("csl.json").await.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
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
        assert_eq!(item.type_().unwrap(), kind, "{}", clause["label"]);
        assert_eq!(authors(item), expected, "{}", clause["label"]);
        assert_eq!(text(item, "abstract"), clause["quote"]["exact"].as_str().unwrap(), "the abstract is the verbatim words");
        assert_eq!(item.id().unwrap(), clause["id"].as_str().unwrap());
        assert_eq!(text(item, "URL"), format!("https://bayan.example/en/statements/iq-us-2024-09-27#{}", clause["label"].as_str().unwrap()));
        assert!(text(item, "title").contains(&format!("clause {}", clause["label"].as_str().unwrap())));
        let note = text(item, "note");
        assert!(note.contains("working translation") && note.contains("Quoted after Shafaq News Agency (in Arabic)"), "{note}");
    }
}

#[tokio::test]
async fn an_unknown_publication_date_is_circa_and_there_is_no_date_of_access() {
    let date = |item: &Item| {
        let Value::Date(DateValue::DateParts { date_parts, circa, .. }) = &item.0["issued"] else { panic!("{:?}", item.0["issued"]) };
        (serde_json::to_value(date_parts).unwrap(), *circa)
    };
    let statement = &items("/v1/statements/iq-us-2024-09-27.csl.json").await[0];
    assert_eq!(date(statement).0, serde_json::json!([[2024, 9, 27]]));
    assert!(text(statement, "note").contains("not printed in the source"));
    let officer: serde_json::Value = serde_json::from_str(&published("/v1/clauses/iq-us-2024-09-27-4a.csl.json").await).unwrap();
    assert_eq!(officer[0]["issued"], serde_json::json!({"date-parts": [[2024, 9, 27]], "circa": true}), "the data has no date of the report");
    assert!(officer[0].get("accessed").is_none());
}

#[tokio::test]
async fn lang_ar_selects_arabic() {
    let item = &items("/v1/clauses/iq-us-2024-09-27-6b.csl.json?lang=ar").await[0];
    assert_eq!(authors(item), ["حكومة الولايات المتحدة", "حكومة العراق"]);
    assert!(text(item, "title").ends_with("، البند 6b") && text(item, "URL").contains("/ar/statements/"));
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
