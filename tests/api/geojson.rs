//! `GeoJSON`: longitude first, and no geometry for unspecified locations.

use geojson::{FeatureCollection, GeoJson, GeometryValue};

use crate::{all, get};

async fn collection(path: &str) -> FeatureCollection {
    let answer = get(path).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/geo+json"), "{path}");
    let Ok(GeoJson::FeatureCollection(collection)) = String::from_utf8(answer.body).unwrap().parse::<GeoJson>() else { panic!("{path} is a collection") };
    collection
}

#[tokio::test]
async fn a_location_is_a_feature_with_its_point_or_without_a_geometry() {
    let locations = all("locations").await;
    let collection = collection("/v1/locations.geojson").await;
    assert_eq!(collection.features.len(), locations.len());
    for (feature, location) in collection.features.iter().zip(&locations) {
        let point = location["point"].as_object();
        assert_eq!(feature.geometry.is_some(), point.is_some(), "{}", location["id"]);
        if let (Some(geometry), Some(point)) = (&feature.geometry, point) {
            let GeometryValue::Point { coordinates } = &geometry.value else { panic!("a point") };
            assert_eq!((coordinates[0], coordinates[1]), (point["lon"].as_f64().unwrap(), point["lat"].as_f64().unwrap()), "{}", location["id"]);
            assert_eq!(feature.property("precision_km"), Some(&point["precision_km"]));
        }
    }
}

#[tokio::test]
async fn a_collection_with_points_has_a_bounding_box() {
    let bbox = collection("/v1/locations.geojson?country=IQ").await.bbox.unwrap();
    assert!(bbox[0] <= 44.0 && bbox[1] <= 33.0 && bbox[2] >= 44.4 && bbox[3] >= 36.0, "west, south, east, north: {bbox:?}");
    assert_eq!(collection("/v1/locations.geojson?unspecified=true").await.bbox, None);
}
