//! `GeoJSON` (RFC 7946): locations; one that the source leaves unspecified has no geometry.

use geojson::{Feature, FeatureCollection, Geometry, GeometryValue, feature::Id};
use serde_json::json;

use crate::corpus::locations::{Location, Point};
use crate::formats::{context::RenderContext, envelope::List, error::RenderError};

/// Writes locations. Longitude comes before latitude (section 3.1.1); the properties have the precision of the point.
///
/// # Errors
/// If the collection cannot be written.
pub fn list(list: &List<Location>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let collection = FeatureCollection {
        bbox: bounding_box(list.items.iter().filter_map(|location| location.point.as_ref())),
        features: list.items.iter().map(|location| feature(location, context)).collect(),
        foreign_members: None,
    };
    serde_json::to_vec(&collection).map_err(|cause| RenderError(cause.to_string()))
}

/// One location.
fn feature(location: &Location, context: &RenderContext<'_>) -> Feature {
    let properties = json!({
        "url": context.api_url(&location.url),
        "name_ar": location.name.ar,
        "name_en": location.name.en,
        "kind": location.kind,
        "parent": location.parent,
        "country": location.country,
        "subdivision": location.subdivision,
        "wikidata": location.wikidata,
        "unspecified": location.unspecified,
        "precision_km": location.point.as_ref().map(|point| point.precision_km),
        "mention_count": location.mention_count,
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

/// West, south, east and north of the points (section 5); `None` without points.
fn bounding_box<'a>(points: impl Iterator<Item = &'a Point>) -> Option<Vec<f64>> {
    let extended = |bounds: Option<[f64; 4]>, point: &Point| {
        let [west, south, east, north] = bounds.unwrap_or([point.lon, point.lat, point.lon, point.lat]);
        Some([west.min(point.lon), south.min(point.lat), east.max(point.lon), north.max(point.lat)])
    };
    points.fold(None, extended).map(Vec::from)
}
