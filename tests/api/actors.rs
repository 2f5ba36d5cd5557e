//! `/v1/actors`.

use serde_json::{Value, json as value};

use crate::{all, get, ids, json};

#[tokio::test]
async fn mentions_match_the_snapshot() {
    let mut mentions: Vec<(u64, String)> = Vec::new();
    for listed in all("actors").await {
        let actor = json(&format!("/v1/actors/{}", listed["id"].as_str().unwrap())).await;
        for mention in actor["mentions"].as_array().unwrap() {
            let quote = &mention["quote"];
            let clause = mention["clause"].as_str().map_or("lead-in", |clause| clause.trim_start_matches("iq-us-2024-09-27-"));
            mentions.push((
                quote["start"].as_u64().unwrap(),
                format!("{} «{}» {clause} {}", quote["start"], quote["exact"].as_str().unwrap(), actor["id"].as_str().unwrap()),
            ));
        }
    }
    mentions.sort();
    insta::assert_snapshot!("actor_mentions", mentions.into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("\n"));
}

#[tokio::test]
async fn a_body_with_two_names_is_one_actor() {
    let commission = json("/v1/actors/higher-military-commission").await;
    let words: Vec<&str> = commission["mentions"].as_array().unwrap().iter().map(|mention| mention["quote"]["exact"].as_str().unwrap()).collect();
    assert_eq!(words, ["اللجنة العسكرية العليا الأمريكية العراقية", "اللجنة العسكرية العليا", "الهيئة العسكرية العليا"]);
    assert!(commission["aliases"].as_array().unwrap().contains(&value!("الهيئة العسكرية العليا")));
}

#[tokio::test]
async fn parent_selects_the_parts_of_an_actor() {
    assert_eq!(ids("/v1/actors?parent=global-coalition").await, ["coalition-advisers", "coalition-forces", "coalition-leadership", "coalition-member-states"]);
}

#[tokio::test]
async fn filters_select_and_combine() {
    for (query, found) in [
        ("kind=unnamed_source", "senior-iraqi-officer"),
        ("kind=state", "iraq israel united-states"),
        ("kind=state&sort=-id", "united-states israel iraq"),
        ("country=IL", "israel"),
        ("kind=medium&statement=iq-us-2024-09-27", "shafaq-news"),
        ("kind=person&country=IQ", "mohammed-shia-al-sudani"),
    ] {
        assert_eq!(ids(&format!("/v1/actors?{query}")).await.join(" "), found, "{query}");
    }
}

#[tokio::test]
async fn only_checked_identifiers_are_given() {
    let given: Vec<String> = all("actors")
        .await
        .iter()
        .filter(|actor| actor["wikidata"] != Value::Null)
        .map(|actor| format!("{} {}", actor["id"].as_str().unwrap(), actor["wikidata"].as_str().unwrap()))
        .collect();
    assert_eq!(given, ["daesh Q2429253", "iraq Q796", "israel Q801", "united-states Q30"]);
}

#[tokio::test]
async fn an_actor_that_is_named_by_error_has_the_critical_note() {
    let israel = json("/v1/actors/israel").await;
    assert_eq!(israel["notes"][0]["severity"], "critical");
    assert_eq!(israel["mentions"].as_array().unwrap().len(), 1);
}

/// Follows the pages of a list of mentions.
async fn paged(path: &str) -> Vec<Value> {
    let (mut mentions, mut next) = (Vec::new(), Some(path.to_owned()));
    while let Some(path) = next {
        let page = json(&path).await;
        mentions.extend(page["items"].as_array().unwrap().iter().cloned());
        next = page["next"].as_str().map(ToOwned::to_owned);
    }
    mentions
}

#[tokio::test]
async fn the_list_of_mentions_has_all_the_item_the_first_fifty_and_lists_the_first_four() {
    for resource in ["actors", "locations"] {
        for item in all(resource).await {
            let path = format!("/v1/{resource}/{}/mentions", item["id"].as_str().unwrap());
            let listed = paged(&format!("{path}?limit=3")).await;
            assert_eq!(item["mention_count"], listed.len(), "{path}");
            assert_eq!(item["mentions"].as_array().unwrap()[..], listed[..listed.len().min(4)], "{path}");
            let single = json(&format!("/v1/{resource}/{}", item["id"].as_str().unwrap())).await;
            assert_eq!(single["mentions"].as_array().unwrap()[..], listed[..listed.len().min(50)], "{path}");
            let notes = single["notes"].as_array().unwrap();
            assert_eq!(single["note_count"], notes.len(), "{path}");
            assert_eq!(item["notes"].as_array().unwrap()[..], notes[..notes.len().min(3)], "{path}");
            for (member, value) in item.as_object().unwrap().iter().filter(|(member, _)| !["mentions", "notes"].contains(&member.as_str())) {
                assert_eq!(single[member], *value, "{path}: {member}");
            }
            let mut reversed = paged(&format!("{path}?sort=-position&limit=2")).await;
            reversed.reverse();
            assert_eq!(reversed, listed, "{path}");
            assert_eq!(json(&format!("{path}?count=true&limit=1")).await["meta"]["total"], listed.len(), "{path}");
        }
    }
}

#[tokio::test]
async fn a_list_of_mentions_is_a_list_like_every_other() {
    let list = json("/v1/actors/iraq/mentions?statement=iq-us-2024-09-27&sort=position&limit=2").await;
    assert_eq!(list["self"], "/v1/actors/iraq/mentions?statement=iq-us-2024-09-27&limit=2", "defaults are not repeated");
    assert_eq!(list["query"], value!({"statement": ["iq-us-2024-09-27"], "sort": "position", "limit": 2}));
    let csv = get("/v1/actors/iraq/mentions.csv").await;
    assert!(csv.header("content-type").starts_with("text/csv"));
    let rows = String::from_utf8(csv.body).unwrap().lines().count();
    assert_eq!(value!(rows - 1), json("/v1/actors/iraq").await["mention_count"]);
    for (path, status) in [
        ("/v1/actors/nobody/mentions", 404),
        ("/v1/actors/Iraq/mentions", 404),
        ("/v1/locations/israel/mentions", 404),
        ("/v1/actors/iraq/mentions?statement=none", 400),
        ("/v1/actors/iraq/mentions?kind=state", 400),
        ("/v1/actors/iraq/mentions?sort=id", 400),
    ] {
        assert_eq!(get(path).await.status, status, "{path}");
    }
    let cursor = list["cursor"].as_str().map_or_else(|| list["next"].as_str().unwrap().rsplit("cursor=").next().unwrap().to_owned(), ToOwned::to_owned);
    assert_eq!(get(&format!("/v1/actors/united-states/mentions?statement=iq-us-2024-09-27&limit=2&cursor={cursor}")).await.status, 400);
}
