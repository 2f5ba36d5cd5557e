//! `/v1/clauses`.

use std::collections::BTreeSet;

use serde_json::json as value;

use crate::{all, get, ids, json};

#[tokio::test]
async fn clauses_are_labelled_in_reading_order() {
    let list = json("/v1/clauses?limit=200&count=true").await;
    assert_eq!(list["meta"]["total"], 50);
    let labels: Vec<&str> = list["items"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect();
    insta::assert_snapshot!("labels", labels.join(" "));
}

#[tokio::test]
async fn a_clause_without_a_subject_has_inferred_parties_and_a_note() {
    let clause = json("/v1/clauses/iq-us-2024-09-27-6b").await;
    assert_eq!(clause["text"]["ar"], "تعلن اختتام المهمة العسكرية للتحالف في العراق على مدى الاثني عشر شهرًا القادمة");
    assert_eq!(clause["quote"]["exact"], clause["text"]["ar"]);
    assert_eq!((&clause["voice"], &clause["kind"]), (&value!("statement"), &value!("decision")));
    assert_eq!(clause["translation"], "working translation");
    let bound: Vec<_> = clause["actors"].as_array().unwrap().iter().filter(|role| role["role"] == "bound").collect();
    assert!(bound.len() == 2 && bound.iter().all(|role| role["inferred"] == true), "the source names no subject");
    assert!(clause["notes"][0]["text"]["en"].as_str().unwrap().contains("without a subject"));
}

#[tokio::test]
async fn filters_select_and_combine() {
    for (query, labels) in [
        ("kind=commitment", "8a 8b 12b"),
        ("kind=deadline&voice=statement", "6c 7e"),
        ("kind=deadline", "1b 6c 7e"),
        ("voice=third_party&kind=forecast", "3b 3c 4a 4b"),
        ("actor=israel", "10f"),
        ("actor=israel&role=party", ""),
        ("actor=israel&role=mentioned&role=party", "10f"),
        ("actor=government-of-iraq&role=bound", "6b 6c 6d 12b"),
        ("actor=iraq&role=bound", "6b 6c 6d 12b"),
        ("actor=iraq&role=bound&exact=true", ""),
        ("speaker=senior-iraqi-officer", "2b 2c 3a 3b 3c 4a 4b"),
        ("speaker=shafaq-news&kind=deadline", "1b"),
        ("speaker=iraq&speaker=senior-iraqi-officer&paragraph=2", "2b 2c"),
        ("role=bound&paragraph=8", "8a 8b"),
        ("location=kurdistan-region&location=baghdad", "2c 3a 3c 4b"),
        ("location=kurdistan-region&location=baghdad&exact=true", "2c 3c"),
        ("location=syria", "7b 7d"),
        ("milestone=iq-us-2024-09-27-mission-in-iraq-ends", "6b 6c"),
        ("paragraph=6&sort=-position", "6e 6d 6c 6b 6a"),
        ("statement=iq-us-2024-09-27&paragraph=7&kind=condition", "7c"),
        ("from=2026-01-01&match=certain", "7e"),
        // A clause whose only date has no bound matches no window.
        ("from=2026-01-01", "7e"),
        ("from=2025-06-01&to=2025-07-31&match=certain", "3b 4a"),
    ] {
        assert_eq!(ids(&format!("/v1/clauses?{query}")).await.join(" "), labels, "{query}");
    }
}

#[tokio::test]
async fn an_error_of_the_source_is_retained_with_a_note_and_implies_no_role() {
    let clause = json("/v1/clauses/iq-us-2024-09-27-10f").await;
    assert!(clause["text"]["ar"].as_str().unwrap().contains("بين العراق وإسرائيل"), "the words are verbatim");
    assert!(clause["notes"].as_array().unwrap().iter().any(|note| note["severity"] == "critical" && note["kind"] == "error_in_source"));
    let israel = clause["actors"].as_array().unwrap().iter().find(|role| role["id"] == "israel").unwrap();
    assert_eq!(israel["role"], "mentioned");
}

#[tokio::test]
async fn lang_retains_one_language_in_every_text() {
    let clause = json("/v1/clauses/iq-us-2024-09-27-10f?lang=en").await;
    assert_eq!(clause["text"].as_object().unwrap().keys().collect::<Vec<_>>(), ["en"]);
    assert_eq!(clause["actors"][0]["name"].as_object().unwrap().keys().collect::<Vec<_>>(), ["en"]);
    assert_eq!(clause["notes"][0]["text"].as_object().unwrap().keys().collect::<Vec<_>>(), ["en"]);
    assert!(clause["quote"]["exact"].as_str().unwrap().contains("إسرائيل"), "a quotation stays Arabic");
    let list = json("/v1/clauses?lang=ar&limit=1").await;
    assert_eq!(list["items"][0]["text"].as_object().unwrap().keys().collect::<Vec<_>>(), ["ar"]);
}

#[tokio::test]
async fn the_former_voice_officer_is_400_and_the_detail_names_its_replacement() {
    let response = get("/v1/clauses?voice=officer").await;
    assert_eq!(response.status, 400);
    let problem = response.json();
    assert_eq!(problem["errors"], value!([{"parameter": "voice", "value": "officer", "allowed": ["statement", "agency", "third_party"]}]));
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("`officer` is now `third_party`") && detail.contains("`speaker`"), "{detail}");
    assert!(!get("/v1/clauses?voice=oficer").await.json()["detail"].as_str().unwrap().contains("is now"));
}

#[tokio::test]
async fn every_voice_but_the_statements_has_a_named_speaker() {
    for clause in all("clauses").await {
        let is_statement = clause["voice"] == "statement";
        assert_eq!((clause["speaker"].is_null(), clause["speaker_name"].is_null()), (is_statement, is_statement), "{}", clause["id"]);
        if let Some(speaker) = clause["speaker"].as_str() {
            assert_eq!(clause["speaker_name"], json(&format!("/v1/actors/{speaker}")).await["name"], "{}", clause["id"]);
        }
    }
}

#[tokio::test]
async fn a_lead_in_precedes_its_clause_and_is_in_no_clause() {
    let clauses = all("clauses").await;
    let offset = |quote: &serde_json::Value, end: &str| quote[end].as_u64().unwrap();
    let mut labels = Vec::new();
    for clause in &clauses {
        let lead_in = &clause["lead_in"];
        if lead_in.is_null() {
            continue;
        }
        labels.push(clause["label"].as_str().unwrap());
        assert_eq!(lead_in["speaker"], "shafaq-news");
        assert_eq!(lead_in["text"]["ar"], lead_in["quote"]["exact"]);
        assert!(!lead_in["text"]["en"].as_str().unwrap().is_empty());
        let end = offset(&lead_in["quote"], "end");
        assert!(end <= offset(&clause["quote"], "start"), "{}", clause["id"]);
        for other in &clauses {
            assert!(end <= offset(&other["quote"], "start") || offset(&lead_in["quote"], "start") >= offset(&other["quote"], "end"), "{}", other["id"]);
        }
    }
    assert!(labels.contains(&"2b") && labels.contains(&"6b") && !labels.contains(&"1a"), "{labels:?}");
}

#[tokio::test]
async fn an_actor_filter_includes_parts_unless_exact_and_the_query_says_which() {
    let actors = all("actors").await;
    for actor in &actors {
        let id = actor["id"].as_str().unwrap();
        // The actor and its parts, at any depth.
        let mut parts = BTreeSet::from([id]);
        while let Some(part) =
            actors.iter().find(|part| part["parent"].as_str().is_some_and(|parent| parts.contains(parent)) && !parts.contains(part["id"].as_str().unwrap()))
        {
            parts.insert(part["id"].as_str().unwrap());
        }
        let listed = parts.iter().map(|part| format!("actor={part}")).collect::<Vec<_>>().join("&");
        let exact = ids(&format!("/v1/clauses?{listed}&exact=true&limit=200")).await;
        assert_eq!(ids(&format!("/v1/clauses?actor={id}&limit=200")).await, exact, "{id}");
    }
    let (included, excluded) = (json("/v1/clauses?actor=iraq").await, json("/v1/clauses?actor=iraq&exact=true").await);
    assert_eq!((&included["query"]["exact"], &excluded["query"]["exact"]), (&value!(false), &value!(true)));
    assert_eq!(included["self"], json("/v1/clauses?actor=iraq&exact=false").await["self"], "the default is not repeated");
    assert!(json("/v1/clauses?voice=statement").await["query"].get("exact").is_none());
}

#[tokio::test]
async fn exact_without_an_actor_or_a_location_is_400() {
    for path in ["/v1/clauses?exact=true", "/v1/milestones?exact=true&kind=deadline", "/v1/dates?exact=true", "/v1/statements?exact=true"] {
        let response = get(path).await;
        assert_eq!(response.status, 400, "{path}");
        assert_eq!(response.json()["errors"][0]["parameter"], "exact", "{path}");
    }
}
