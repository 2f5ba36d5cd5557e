//! `GeoJSON` (RFC 7946): locations on a map, and those that nobody may put on one without a geometry.

use geojson::{Feature, FeatureCollection, Geometry, GeometryValue, feature::Id};
use serde_json::json;

use crate::corpus::locations::{Location, Point};
use crate::formats::{List, RenderContext, RenderError};

/// Writes locations: longitude before latitude (section 3.1.1), how exact the point is in the properties.
///
/// # Errors
/// When the collection cannot be written, which none of ours is.
pub fn list(list: &List<Location>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let collection = FeatureCollection {
        bbox: bounds(list.items.iter().filter_map(|location| location.point.as_ref())),
        features: list.items.iter().map(|location| feature(location, context)).collect(),
        foreign_members: None,
    };
    serde_json::to_vec(&collection).map_err(|cause| RenderError(cause.to_string()))
}

/// One location.
fn feature(location: &Location, context: &RenderContext<'_>) -> Feature {
    let properties = json!({
        "url": context.absolute_url(&location.url),
        "name_ar": location.name.ar,
        "name_en": location.name.en,
        "kind": location.kind,
        "parent": location.parent,
        "country": location.country,
        "subdivision": location.subdivision,
        "wikidata": location.wikidata,
        "unspecified": location.unspecified,
        "precision_km": location.point.as_ref().map(|point| point.precision_km),
        "mentions": location.mentions.len(),
        "notes": location.notes.iter().map(|note| &note.id).collect::<Vec<_>>(),
    });
    Feature {
        bbox: None,
        geometry: location.point.as_ref().map(|point| Geometry::new(GeometryValue::new_point([point.lon, point.lat]))),
        id: Some(Id::String(location.id.to_string())),
        properties: properties.as_object().cloned(),
        foreign_members: None,
    }
}

/// West, south, east, north of the points (section 5); none where there are none.
fn bounds<'a>(points: impl Iterator<Item = &'a Point>) -> Option<Vec<f64>> {
    points.fold(None, |bounds: Option<Vec<f64>>, point| {
        let [west, south, east, north] = bounds.map_or([point.lon, point.lat, point.lon, point.lat], |bounds| [bounds[0], bounds[1], bounds[2], bounds[3]]);
        Some(vec![west.min(point.lon), south.min(point.lat), east.max(point.lon), north.max(point.lat)])
    })
}
