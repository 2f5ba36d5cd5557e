//! `/v1/clauses`.

use serde_json::json as value;

use crate::{ids, json};

#[tokio::test]
async fn there_are_fifty_labelled_in_reading_order() {
    let list = json("/v1/clauses?limit=200&count=true").await;
    assert_eq!(list["meta"]["total"], 50);
    let labels: Vec<&str> = list["items"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect();
    insta::assert_snapshot!("labels", labels.join(" "));
}

#[tokio::test]
async fn the_decision_of_paragraph_six_is_read_as_its_words_say() {
    let clause = json("/v1/clauses/iq-us-2024-09-27-6b").await;
    assert_eq!(clause["text"]["ar"], "تعلن اختتام المهمة العسكرية للتحالف في العراق على مدى الاثني عشر شهرًا القادمة");
    assert_eq!(clause["quote"]["exact"], clause["text"]["ar"]);
    assert_eq!((&clause["voice"], &clause["kind"]), (&value!("statement"), &value!("decision")));
    assert_eq!(clause["translation"], "working translation");
    let bound: Vec<_> = clause["actors"].as_array().unwrap().iter().filter(|role| role["role"] == "bound").collect();
    assert!(bound.len() == 2 && bound.iter().all(|role| role["inferred"] == true), "no subject is written: the bound parties are inferred");
    assert!(clause["notes"][0]["text"]["en"].as_str().unwrap().contains("without a subject"));
}

#[tokio::test]
async fn filters_choose_and_combine() {
    for (query, labels) in [
        ("kind=commitment", "8a 8b 12b"),
        ("kind=deadline&voice=statement", "6c 7e"),
        ("kind=deadline", "1b 6c 7e"),
        ("voice=officer&kind=forecast", "3b 3c 4a 4b"),
        ("actor=israel", "10f"),
        ("actor=israel&role=party", ""),
        ("actor=israel&role=mentioned&role=party", "10f"),
        ("actor=government-of-iraq&role=bound", "12b"),
        ("role=bound&paragraph=8", "8a 8b"),
        ("location=kurdistan-region&location=baghdad", "2c 3c"),
        ("milestone=iq-us-2024-09-27-mission-in-iraq-ends", "6b 6c"),
        ("paragraph=6&sort=-position", "6e 6d 6c 6b 6a"),
        ("statement=iq-us-2024-09-27&paragraph=7&kind=condition", "7c"),
        ("from=2026-01-01&match=certain", "7e"),
        // An undated expression may overlap anything; a clause without any expression of time does not.
        ("from=2026-01-01", "7e 8b"),
        ("from=2025-06-01&to=2025-07-31&match=certain", "3b 4a"),
    ] {
        assert_eq!(ids(&format!("/v1/clauses?{query}")).await.join(" "), labels, "{query}");
    }
}

#[tokio::test]
async fn the_error_of_the_source_comes_with_its_note_and_gives_israel_no_part() {
    let clause = json("/v1/clauses/iq-us-2024-09-27-10f").await;
    assert!(clause["text"]["ar"].as_str().unwrap().contains("بين العراق وإسرائيل"), "the words are kept");
    assert!(clause["notes"].as_array().unwrap().iter().any(|note| note["severity"] == "critical" && note["kind"] == "error_in_source"));
    let israel = clause["actors"].as_array().unwrap().iter().find(|role| role["id"] == "israel").unwrap();
    assert_eq!(israel["role"], "mentioned");
}

#[tokio::test]
async fn a_language_keeps_that_language_in_every_text() {
    let clause = json("/v1/clauses/iq-us-2024-09-27-10f?lang=en").await;
    assert_eq!(clause["text"].as_object().unwrap().keys().collect::<Vec<_>>(), ["en"]);
    assert_eq!(clause["actors"][0]["name"].as_object().unwrap().keys().collect::<Vec<_>>(), ["en"]);
    assert_eq!(clause["notes"][0]["text"].as_object().unwrap().keys().collect::<Vec<_>>(), ["en"]);
    assert!(clause["quote"]["exact"].as_str().unwrap().contains("إسرائيل"), "a quotation is no translation");
    let list = json("/v1/clauses?lang=ar&limit=1").await;
    assert_eq!(list["items"][0]["text"].as_object().unwrap().keys().collect::<Vec<_>>(), ["ar"]);
}
