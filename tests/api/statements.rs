//! `/v1/statements`.

use serde_json::json as value;

use crate::{ids, json};

#[tokio::test]
async fn only_the_single_statement_has_the_text() {
    let list = json("/v1/statements").await;
    let source = &list["items"][0]["source"];
    assert_eq!((source.get("text"), source.get("paragraphs")), (None, None));
    let one = json("/v1/statements/iq-us-2024-09-27").await;
    assert_eq!(one["source"]["paragraphs"].as_array().unwrap().len(), 12);
    assert_eq!(one["source"]["length"], 3503);
}

#[tokio::test]
async fn a_statement_has_its_issuers_its_day_and_its_license_note() {
    let one = json("/v1/statements/iq-us-2024-09-27").await;
    assert_eq!(one["issuers"], value!(["government-of-the-united-states", "government-of-iraq"]));
    assert_eq!(one["issued"], value!({"edtf": "2024-09-27", "earliest": "2024-09-27", "latest": "2024-09-27", "precision": "day", "basis": "relative"}));
    assert!(one["license_note"]["en"].as_str().unwrap().contains("Shafaq News"));
}

#[tokio::test]
async fn filters_select_by_issuer_kind_and_day() {
    for (query, found) in [
        ("issuer=iraq", 1),
        ("issuer=iraq&exact=true", 0),
        ("issuer=government-of-iraq&exact=true", 1),
        ("issuer=israel", 0),
        ("issuer=israel&issuer=iraq", 1),
        ("kind=agreement", 0),
        ("from=2024-09-27&to=2024-09-27", 1),
        ("from=2024-09-28", 0),
    ] {
        assert_eq!(ids(&format!("/v1/statements?{query}")).await.len(), found, "{query}");
    }
}

#[tokio::test]
async fn a_statement_lists_other_versions_and_the_day_on_which_reports_were_looked_for() {
    let one = json("/v1/statements/iq-us-2024-09-27").await;
    let versions = one["versions"].as_array().unwrap();
    assert!(versions.iter().any(|version| version["publisher"]["en"].as_str().unwrap().contains("Shafaq News")));
    for version in versions {
        assert!(version["description"]["ar"].is_string() && version["language"].is_string(), "{version}");
        assert!(version["url"].is_null() || version["url"].as_str().unwrap().starts_with("https://"), "{version}");
    }
    assert!(one["developments_checked"].as_str().unwrap().parse::<bayan::corpus::Day>().is_ok());
    assert!(one["source"].as_object().unwrap().contains_key("url"));
    assert_eq!(json("/v1/statements").await["items"][0]["versions"], one["versions"]);
}
