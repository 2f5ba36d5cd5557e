//! `/v1/locations`.

use serde_json::Value;

use crate::{all, ids, json};

#[tokio::test]
async fn what_the_text_leaves_open_has_no_point() {
    assert_eq!(ids("/v1/locations?unspecified=true").await, ["alternative-site", "joint-operations-sites", "specific-platform", "the-region"]);
    for location in all("locations").await {
        assert_eq!(location["point"] == Value::Null, location["unspecified"] == true, "{}", location["id"]);
    }
    let platform = json("/v1/locations/specific-platform").await;
    assert_eq!((&platform["country"], &platform["parent"]), (&Value::Null, &Value::Null), "nobody says where the platform is");
}

#[tokio::test]
async fn nothing_is_put_in_erbil() {
    for location in all("locations").await {
        assert!(!location["name"].to_string().contains("Erbil") && !location["name"].to_string().contains("أربيل"));
        let Value::Object(point) = &location["point"] else { continue };
        let (lat, lon) = (point["lat"].as_f64().unwrap(), point["lon"].as_f64().unwrap());
        let near = (lat - 36.19).abs() < 0.1 && (lon - 44.01).abs() < 0.1;
        assert!(!near, "{} stands at Erbil", location["id"]);
    }
}

#[tokio::test]
async fn iraq_is_a_location_where_things_happen_in_it_and_israel_is_none() {
    let mentions = json("/v1/locations/iraq").await["mentions"].as_array().unwrap().clone();
    assert_eq!(mentions.len(), 8);
    assert!(mentions.iter().all(|mention| mention["quote"]["prefix"].as_str().unwrap().ends_with("في ")));
    assert!(ids("/v1/locations?country=IL").await.is_empty());
}

#[tokio::test]
async fn filters_choose_and_combine() {
    for (query, found) in [
        ("kind=city", "baghdad washington-dc"),
        ("country=SY", "north-east-syria syria"),
        ("parent=iraq", "baghdad kurdistan-region"),
        ("unspecified=false&kind=district", "green-zone"),
        ("statement=iq-us-2024-09-27&kind=country&sort=-id", "syria iraq"),
    ] {
        assert_eq!(ids(&format!("/v1/locations?{query}")).await.join(" "), found, "{query}");
    }
}
