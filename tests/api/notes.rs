//! `/v1/notes`.

use crate::{all, ids, json};

#[tokio::test]
async fn errors_of_the_source_and_critical_notes_are_listed() {
    assert_eq!(ids("/v1/notes?kind=error_in_source").await, ["1d-n2", "5a-n1", "5d-n1", "6b-n1", "10f-n1", "11b-n2", "12b-n3"]);
    assert_eq!(ids("/v1/notes?severity=critical").await, ["4a-n2", "6b-n2", "10f-n1"]);
}

#[tokio::test]
async fn filters_select_and_combine() {
    for (query, found) in [
        ("target=iq-us-2024-09-27-7c", "7c-n1"),
        ("kind=translation&severity=major", "7b-n1 7c-n1 7d-n2 8b-n1"),
        ("statement=iq-us-2024-09-27&kind=translation&sort=-position", "10f-n3 8b-n2 8b-n1 7d-n2 7c-n1 7b-n1 7a-n2 7a-n1 3b-n2"),
    ] {
        assert_eq!(ids(&format!("/v1/notes?{query}")).await.join(" "), found, "{query}");
    }
}

#[tokio::test]
async fn a_note_that_contradicts_the_source_names_its_sources() {
    let note = json("/v1/notes/iq-us-2024-09-27-10f-n1").await;
    assert_eq!(note["quote"]["exact"], "بين العراق وإسرائيل");
    let urls: Vec<&str> = note["sources"].as_array().unwrap().iter().map(|source| source["url"].as_str().unwrap()).collect();
    assert_eq!(urls.len(), 2);
    assert!(urls.iter().all(|url| url.starts_with("https://")), "a URL on another host is not rebased");
}

#[tokio::test]
async fn every_note_has_both_languages() {
    for note in all("notes").await {
        let text = &note["text"];
        assert!(text["ar"].as_str().unwrap().chars().any(|letter| ('\u{621}'..='\u{64a}').contains(&letter)), "{}", note["id"]);
        assert!(text["en"].as_str().unwrap().chars().any(|letter| letter.is_ascii_alphabetic()), "{}", note["id"]);
    }
}
