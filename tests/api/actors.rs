//! `/v1/actors`.

use serde_json::{Value, json as value};

use crate::{all, ids, json};

#[tokio::test]
async fn every_mention_is_as_written_down_here() {
    let mut mentions: Vec<(u64, String)> = Vec::new();
    for actor in all("actors").await {
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
async fn the_commission_is_one_body_under_two_names() {
    let commission = json("/v1/actors/higher-military-commission").await;
    let words: Vec<&str> = commission["mentions"].as_array().unwrap().iter().map(|mention| mention["quote"]["exact"].as_str().unwrap()).collect();
    assert_eq!(words, ["اللجنة العسكرية العليا الأمريكية العراقية", "اللجنة العسكرية العليا", "الهيئة العسكرية العليا"]);
    assert!(commission["aliases"].as_array().unwrap().contains(&value!("الهيئة العسكرية العليا")));
}

#[tokio::test]
async fn the_coalition_its_forces_its_leadership_and_its_members_are_different_actors() {
    assert_eq!(ids("/v1/actors?parent=global-coalition").await, ["coalition-advisers", "coalition-forces", "coalition-leadership", "coalition-member-states"]);
}

#[tokio::test]
async fn filters_choose_and_combine() {
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
async fn identifiers_are_only_those_that_were_checked() {
    let given: Vec<String> = all("actors")
        .await
        .iter()
        .filter(|actor| actor["wikidata"] != Value::Null)
        .map(|actor| format!("{} {}", actor["id"].as_str().unwrap(), actor["wikidata"].as_str().unwrap()))
        .collect();
    assert_eq!(given, ["daesh Q2429253", "iraq Q796", "israel Q801", "united-states Q30"]);
}

#[tokio::test]
async fn israel_carries_the_note_that_it_is_there_by_error() {
    let israel = json("/v1/actors/israel").await;
    assert_eq!(israel["notes"][0]["severity"], "critical");
    assert_eq!(israel["mentions"].as_array().unwrap().len(), 1);
}
