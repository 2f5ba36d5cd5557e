//! `/v1/locations`.

use serde_json::Value;

use crate::{all, get, ids, json};

#[tokio::test]
async fn the_page_of_a_place_on_the_map_has_a_map_with_what_it_lies_in() {
    for (place, expected) in [("green-zone", &["Green Zone", "Baghdad", "Iraq"][..]), ("syria", &["Syria"]), ("alternative-site", &[]), ("washington-dc", &[])]
    {
        let html = String::from_utf8(get(&format!("/en/locations/{place}")).await.body).unwrap();
        let map = html.split_once("<figure class=\"map\">").map_or("", |(_, rest)| rest.split_once("</figure>").unwrap().0);
        assert_eq!(map.is_empty(), expected.is_empty(), "{place}");
        assert!(expected.iter().all(|name| map.contains(&format!(">{name}</tspan>"))), "{place}: {map}");
    }
}

#[tokio::test]
async fn an_unspecified_location_has_no_coordinates() {
    assert_eq!(ids("/v1/locations?unspecified=true").await, ["alternative-site", "joint-operations-sites", "specific-platform", "the-region"]);
    for location in all("locations").await {
        assert_eq!(location["point"] == Value::Null, location["unspecified"] == true, "{}", location["id"]);
    }
    let platform = json("/v1/locations/specific-platform").await;
    assert_eq!((&platform["country"], &platform["parent"]), (&Value::Null, &Value::Null), "the text does not say where the platform is");
}

#[tokio::test]
async fn no_location_is_placed_in_erbil() {
    for location in all("locations").await {
        assert!(!location["name"].to_string().contains("Erbil") && !location["name"].to_string().contains("أربيل"));
        let Value::Object(point) = &location["point"] else { continue };
        let (lat, lon) = (point["lat"].as_f64().unwrap(), point["lon"].as_f64().unwrap());
        let near = (lat - 36.19).abs() < 0.1 && (lon - 44.01).abs() < 0.1;
        assert!(!near, "{} is at Erbil", location["id"]);
    }
}

#[tokio::test]
async fn a_state_is_a_location_only_where_things_happen_in_it() {
    let mentions = json("/v1/locations/iraq").await["mentions"].as_array().unwrap().clone();
    assert_eq!(mentions.len(), 8);
    assert!(mentions.iter().all(|mention| mention["quote"]["prefix"].as_str().unwrap().ends_with("في ")));
    assert!(ids("/v1/locations?country=IL").await.is_empty());
}

#[tokio::test]
async fn filters_select_and_combine() {
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
