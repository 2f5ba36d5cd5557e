//! `/v1/changes`.

use crate::json;

#[tokio::test]
async fn every_item_has_a_record_of_its_creation() {
    let mut expected = 0;
    for resource in ["statements", "clauses", "dates", "milestones", "actors", "locations", "notes"] {
        let served = json(&format!("/v1/{resource}?count=true&limit=1")).await["meta"]["total"].as_i64().unwrap();
        let changes = json(&format!("/v1/changes?resource={resource}&limit=200")).await["items"].as_array().unwrap().clone();
        let created = changes.iter().filter(|change| change["action"] == "created").count();
        assert_eq!(i64::try_from(created).unwrap(), served, "{resource}");
        expected += i64::try_from(changes.len()).unwrap();
    }
    assert_eq!(json("/v1/changes?count=true&limit=1").await["meta"]["total"], expected);
}

#[tokio::test]
async fn since_is_a_revision_or_an_instant() {
    for (since, some) in [
        ("0", true),
        ("1", true),
        ("2", true),
        ("3", false),
        ("2026-11-26T23:59:59Z", true),
        ("2026-11-27T00:00:00Z", false),
        ("2026-11-27T02:59:59%2B03:00", true),
    ] {
        let list = json(&format!("/v1/changes?since={since}")).await;
        assert_eq!(!list["items"].as_array().unwrap().is_empty(), some, "{since}");
    }
    let revision = json("/v1/clauses?limit=1").await["meta"]["revision"].clone();
    assert!(json(&format!("/v1/changes?since={revision}")).await["items"].as_array().unwrap().is_empty(), "the current revision has no later changes");
}

#[tokio::test]
async fn the_default_order_is_newest_first() {
    let newest = json("/v1/changes?limit=1").await["items"][0]["id"].clone();
    let oldest = json("/v1/changes?limit=1&sort=at").await["items"][0].clone();
    assert_eq!(oldest["resource"], "statements");
    assert_ne!(newest, oldest["id"]);
}

#[tokio::test]
async fn a_malformed_since_is_400() {
    for since in ["soon", "-1", "1.0", "2026-11-24", "2026-11-24 15:00:00Z", "2026-11-24t15:00:00z", "9999-12-31T23:59:59-01:00", ""] {
        assert_eq!(crate::get(&format!("/v1/changes?since={}", since.replace(' ', "%20"))).await.status, 400, "{since}");
    }
}
