//! `/v1/statements`.

use serde_json::json as value;

use crate::{ids, json};

#[tokio::test]
async fn the_list_leaves_the_long_text_to_the_single_statement() {
    let list = json("/v1/statements").await;
    let source = &list["items"][0]["source"];
    assert_eq!((source.get("text"), source.get("paragraphs")), (None, None));
    let one = json("/v1/statements/iq-us-2024-09-27").await;
    assert_eq!(one["source"]["paragraphs"].as_array().unwrap().len(), 12);
    assert_eq!(one["source"]["length"], 3503);
}

#[tokio::test]
async fn it_names_its_issuers_its_day_and_whose_words_it_quotes() {
    let one = json("/v1/statements/iq-us-2024-09-27").await;
    assert_eq!(one["issuers"], value!(["united-states", "iraq"]));
    assert_eq!(one["issued"], value!({"edtf": "2024-09-27", "earliest": "2024-09-27", "latest": "2024-09-27", "precision": "day", "basis": "relative"}));
    assert!(one["license_note"]["en"].as_str().unwrap().contains("Shafaq News"));
}

#[tokio::test]
async fn filters_choose_by_issuer_kind_and_day() {
    for (query, found) in [
        ("issuer=iraq", 1),
        ("issuer=israel", 0),
        ("issuer=israel&issuer=iraq", 1),
        ("kind=agreement", 0),
        ("from=2024-09-27&to=2024-09-27", 1),
        ("from=2024-09-28", 0),
    ] {
        assert_eq!(ids(&format!("/v1/statements?{query}")).await.len(), found, "{query}");
    }
}
