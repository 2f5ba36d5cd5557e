//! Facets: counts of the matching items by the values of a parameter, only on request.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{TODAY, get, json, send, service_on};

/// Every list with the names of its facets.
const LISTS: [(&str, &str); 10] = [
    ("statements", "kind,language,issuer"),
    ("clauses", "statement,paragraph,voice,speaker,kind,actor,role,location,milestone"),
    ("dates", "statement,type,basis,voice,speaker"),
    ("milestones", "statement,voice,speaker,kind,actor,location,status"),
    ("actors", "kind,country,parent"),
    ("locations", "kind,country,parent,unspecified"),
    ("notes", "statement,kind,severity"),
    ("changes", "resource"),
    ("actors/iraq/mentions", "statement"),
    ("search?q=Iraq", "resource,statement"),
];

/// The parameters that include the parts of an actor or a place unless `exact=true`.
const WITH_PARTS: [&str; 4] = ["actor", "location", "speaker", "issuer"];

fn query(list: &str, parameters: &str) -> String {
    format!("/v1/{list}{}{parameters}", if list.contains('?') { '&' } else { '?' })
}

#[tokio::test]
async fn each_value_is_counted_as_its_filter_counts_it() {
    let service = service_on(TODAY).await;
    let json = async |path: &str| send(&service, Method::GET, path, &[]).await.json();
    for (list, names) in LISTS {
        let facets = json(&query(list, &format!("facets={names}&limit=1"))).await["meta"]["facets"].clone();
        let counted: Vec<&String> = facets.as_object().unwrap().keys().collect();
        let mut expected: Vec<&str> = names.split(',').collect();
        expected.sort_unstable();
        assert_eq!(counted, expected, "{list}");
        for (name, values) in facets.as_object().unwrap() {
            let counts: Vec<u64> = values.as_array().unwrap().iter().map(|value| value["count"].as_u64().unwrap()).collect();
            assert!(!counts.is_empty(), "{list}: {name}");
            assert!(name == "resource" || counts.is_sorted_by(|one, next| one >= next), "{list}: {name} {counts:?}");
            for value in values.as_array().unwrap() {
                let exact = if WITH_PARTS.contains(&name.as_str()) { "&exact=true" } else { "" };
                let total =
                    json(&query(list, &format!("{name}={}{exact}&count=true&limit=1", value["value"].as_str().unwrap()))).await["meta"]["total"].clone();
                // Actors and places are hits of a search in each statement that names them, and belong to none.
                let of_none = if list.starts_with("search") && name == "statement" { 1_000 } else { 0 };
                assert!((0..=of_none).contains(&(total.as_i64().unwrap() - value["count"].as_i64().unwrap())), "{list}: {name}={value}, {total}");
            }
        }
    }
}

#[tokio::test]
async fn only_the_filtered_items_are_counted() {
    let count = |facet: &Value| facet.as_array().unwrap().iter().map(|value| value["count"].as_u64().unwrap()).sum::<u64>();
    for parameters in ["voice=agency", "q=%D8%A7%D9%84%D8%B9%D8%B1%D8%A7%D9%82", "q=troops&kind=commitment", "from=2026-01-01", "paragraph=6&actor=iraq"] {
        let meta = json(&format!("/v1/clauses?{parameters}&facets=kind&count=true&limit=2")).await["meta"].clone();
        assert_eq!(count(&meta["facets"]["kind"]), meta["total"].as_u64().unwrap(), "{parameters}");
        assert!(meta.get("facets_complete").is_none(), "{meta}");
    }
    for since in ["0", "1", "2", "9999"] {
        let meta = json(&format!("/v1/changes?since={since}&facets=resource&count=true&limit=2")).await["meta"].clone();
        assert_eq!(count(&meta["facets"]["resource"]), meta["total"].as_u64().unwrap(), "since {since}");
    }
    let none = json("/v1/clauses?paragraph=99&facets=kind,role").await;
    assert_eq!(none["meta"]["facets"], json!({"kind": [], "role": []}));
}

#[tokio::test]
async fn status_is_counted_on_the_day_that_is_asked_for() {
    let statuses = async |as_of: &str| json(&format!("/v1/milestones?as_of={as_of}&facets=status")).await["meta"]["facets"]["status"].clone();
    let (early, late) = (statuses("2010-01-01").await, statuses("2090-01-01").await);
    assert!(early.to_string().contains("upcoming") && !early.to_string().contains("past"), "{early}");
    assert!(late.to_string().contains("past") && !late.to_string().contains("upcoming"), "{late}");
}

#[tokio::test]
async fn facets_are_counted_only_on_request_and_are_part_of_the_canonical_uri() {
    assert!(json("/v1/clauses").await["meta"].get("facets").is_none());
    let first = json("/v1/clauses?facets=voice,kind,voice&limit=3").await;
    assert_eq!(first["self"], "/v1/clauses?limit=3&facets=kind&facets=voice");
    let next = json(first["next"].as_str().unwrap()).await;
    assert_eq!(next["meta"]["facets"], first["meta"]["facets"]);
    let same = get("/v1/clauses?facets=voice&facets=kind&limit=3").await;
    assert_eq!(same.json(), first);
    let table = get("/v1/clauses.csv?facets=kind").await;
    assert_eq!((table.status, table.body == get("/v1/clauses.csv").await.body), (StatusCode::OK, true));
}

#[tokio::test]
async fn an_unknown_name_is_rejected_with_the_names() {
    for (list, names) in LISTS {
        for unknown in ["mood", "", "Kind", "q"] {
            let response = get(&query(list, &format!("facets={unknown}"))).await;
            assert_eq!(response.status, StatusCode::BAD_REQUEST, "{list}: {unknown}");
            let error = response.json()["errors"][0].clone();
            assert_eq!((error["parameter"].as_str(), error["value"].as_str()), (Some("facets"), Some(unknown)), "{error}");
            let allowed: Vec<&str> = error["allowed"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            assert_eq!(allowed.join(","), names, "{list}");
        }
    }
    assert_eq!(get("/v1/clauses?facets=kind,mood").await.status, StatusCode::BAD_REQUEST);
}
