//! The map: outlines of Iraq, Syria and their neighbours, with the locations on it.
//!
//! The projection is equirectangular: x is the longitude times the cosine of one latitude, y is the latitude. Over such a
//! small part of the earth it hardly differs from other projections.

use std::sync::LazyLock;

use crate::corpus::{
    Language, Slug,
    locations::{Kind, Location},
};
use crate::http::pages::view::{
    map_labels::{Named, Placed, Placer, Point, Shape},
    messages::Message,
};

/// Natural Earth's outlines; the file says how they were derived.
const OUTLINES: &str = include_str!("../assets/outlines.txt");

/// The edges of the map, in degrees.
const WEST: f64 = 34.5;
const EAST: f64 = 50.0;
const SOUTH: f64 = 28.5;
const NORTH: f64 = 38.6;
/// The cosine of latitude 33.5° N.
const LATITUDE_COSINE: f64 = 0.833_885_822;
/// The units of the drawing in a degree of latitude.
const UNITS_PER_DEGREE: f64 = 56.0;
/// The kilometres in a degree of latitude.
const KM_PER_DEGREE: f64 = 111.2;

/// The width of the drawing, in its units.
pub const WIDTH: f64 = (EAST - WEST) * LATITUDE_COSINE * UNITS_PER_DEGREE;
/// The height of the drawing, in its units.
pub const HEIGHT: f64 = (NORTH - SOUTH) * UNITS_PER_DEGREE;
/// The font sizes of labels in the style sheet, each with the class of the screens that show them: on narrow screens the units are
/// smaller.
const FONT_SIZES: [(f64, &str); 2] = [(17.0, "wide"), (25.0, "narrow")];
/// Markers within this distance share one label.
const SHARED_LABEL_DISTANCE: f64 = 19.0;

/// The labels of the large neighbours: latitude, longitude, name.
const NEIGHBOURS: [(f64, f64, Message); 4] = [
    (38.05, 37.0, Message::new("تركيا", "Türkiye")),
    (33.9, 48.2, Message::new("إيران", "Iran")),
    (29.3, 42.3, Message::new("السعودية", "Saudi Arabia")),
    (30.7, 36.7, Message::new("الأردن", "Jordan")),
];

/// The point of a latitude and a longitude, in degrees.
pub fn project(lat: f64, lon: f64) -> Point {
    Point { x: (lon - WEST) * LATITUDE_COSINE * UNITS_PER_DEGREE, y: (NORTH - lat) * UNITS_PER_DEGREE }
}

/// The outline of a country.
#[derive(Clone, Debug)]
pub struct Outline {
    /// The country code, ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// The outline as the data of an SVG path.
    pub path: String,
    /// Its shape.
    pub shape: Shape,
}

static COUNTRIES: LazyLock<Vec<Outline>> = LazyLock::new(|| {
    let lines = OUTLINES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '));
    lines
        .map(|(country, rings)| {
            let shape = Shape(rings.split(';').map(ring).collect());
            Outline { country, path: shape.0.iter().map(|ring| path(ring)).collect(), shape }
        })
        .collect()
});

/// A ring of coordinates.
fn ring(ring: &str) -> Vec<Point> {
    let point = |point: &str| {
        let (lon, lat) = point.split_once(',')?;
        Some(project(lat.parse().ok()?, lon.parse().ok()?))
    };
    ring.split(' ').filter_map(point).collect()
}

/// A ring as a closed subpath.
fn path(ring: &[Point]) -> String {
    let points: Vec<String> = ring.iter().map(|point| format!("{:.1} {:.1}", point.x, point.y)).collect();
    format!("M{}Z", points.join("L"))
}

/// A label on the map.
#[derive(Clone, Debug)]
pub struct Label {
    /// The location that it names; `None` for a neighbour, which has no page.
    pub location: Option<Slug>,
    /// The country that it lies in or is; `None` if the map has no outline of it.
    pub country: Option<&'static str>,
    /// The lines, each with its y coordinate.
    pub lines: Vec<(f64, String)>,
    /// The x coordinate of the middle of each line.
    pub x: f64,
    /// The class: `country`, `place` or `neighbour`.
    pub class: &'static str,
    /// The screens that show it: `wide` or `narrow`.
    pub screen: &'static str,
}

/// A location on the map, other than a country.
#[derive(Clone, Debug)]
pub struct Marker {
    /// The point.
    pub at: Point,
    /// The radius of the precision: the location is within it.
    pub radius: f64,
    /// The country that it lies in, to whose outline its circle is cut.
    pub country: Option<&'static str>,
}

/// A map of locations.
#[derive(Clone, Debug)]
pub struct Map {
    /// The outlines, each with whether the country is one of the locations.
    pub outlines: Vec<(&'static Outline, bool)>,
    /// The markers, the least precise first, so that a small circle is on top of a large one.
    pub markers: Vec<Marker>,
    /// The labels.
    pub labels: Vec<Label>,
}

/// Whether a location has a point within the edges of the map.
pub fn is_on_map(location: &Location) -> bool {
    location.point.as_ref().is_some_and(|point| (WEST..=EAST).contains(&point.lon) && (SOUTH..=NORTH).contains(&point.lat))
}

impl Map {
    /// The map of those locations that are within its edges.
    pub fn new(locations: &[Location], language: Language) -> Self {
        let shown: Vec<&Location> = locations.iter().filter(|location| is_on_map(location)).collect();
        let is_shown = |country: &str| shown.iter().any(|location| location.kind == Kind::Country && location.country.as_deref() == Some(country));
        let outlines = COUNTRIES.iter().map(|outline| (outline, is_shown(outline.country))).collect();
        let mut markers = Vec::new();
        let mut named_points: Vec<NamedPoint> = Vec::new();
        let mut countries = Vec::new();
        for location in &shown {
            let Some(point) = &location.point else { continue };
            let (at, name) = (project(point.lat, point.lon), (location.id.clone(), location.name.of(language).to_owned()));
            let own = COUNTRIES.iter().find(|outline| Some(outline.country) == location.country.as_deref());
            if location.kind == Kind::Country {
                countries.push(NamedPoint { at, names: vec![name], own });
                continue;
            }
            let country = own.filter(|own| own.shape.contains(at)).map(|own| own.country);
            markers.push(Marker { at, radius: point.precision_km / KM_PER_DEGREE * UNITS_PER_DEGREE, country });
            match named_points.iter_mut().find(|named| (named.at.x - at.x).hypot(named.at.y - at.y) < SHARED_LABEL_DISTANCE) {
                Some(named) => named.names.push(name),
                None => named_points.push(NamedPoint { at, names: vec![name], own }),
            }
        }
        markers.sort_by(|a, b| b.radius.partial_cmp(&a.radius).unwrap_or(std::cmp::Ordering::Equal));
        let labels = FONT_SIZES.iter().flat_map(|(size, screen)| labels(&named_points, &countries, &markers, language, *size, screen)).collect();
        Self { outlines, markers, labels }
    }
}

/// A point with the names of the locations at it.
#[derive(Debug)]
struct NamedPoint {
    at: Point,
    names: Vec<(Slug, String)>,
    /// The country that they lie in, if the map has its outline.
    own: Option<&'static Outline>,
}

/// The labels in a font size.
fn labels(named: &[NamedPoint], countries: &[NamedPoint], markers: &[Marker], language: Language, font_size: f64, screen: &'static str) -> Vec<Label> {
    let points: Vec<Point> = markers.iter().map(|marker| marker.at).collect();
    let circles = markers.iter().map(|marker| (marker.at, marker.radius)).collect();
    let borders = COUNTRIES.iter().map(|outline| &outline.shape).collect();
    let mut placer = Placer::new(Point { x: WIDTH, y: HEIGHT }, font_size, &points, circles, borders);
    let mut labels = Vec::new();
    for (class, point) in named.iter().map(|point| ("place", point)).chain(countries.iter().map(|point| ("country", point))) {
        let names: Vec<String> = point.names.iter().map(|(_, name)| name.clone()).collect();
        let own = point.own.map(|own| &own.shape);
        let what = if class == "country" { Named::Country(point.at, own) } else { Named::Place(point.at, own) };
        let Some(Placed { lines, x, .. }) = placer.place(what, &names) else { continue };
        let country = point.own.map(|own| own.country);
        // Locations that share a point have a line each; a single name may have two.
        if let [(id, _)] = &point.names[..] {
            labels.push(Label { location: Some(id.clone()), country, lines, x, class, screen });
        } else {
            let each = point.names.iter().zip(lines);
            labels.extend(each.map(|((id, _), line)| Label { location: Some(id.clone()), country, lines: vec![line], x, class, screen }));
        }
    }
    for (lat, lon, name) in NEIGHBOURS {
        let at = project(lat, lon);
        let own = COUNTRIES.iter().find(|outline| outline.shape.contains(at));
        if let Some(Placed { lines, x, .. }) = placer.place(Named::Country(at, own.map(|own| &own.shape)), &[name.of(language).to_owned()]) {
            labels.push(Label { location: None, country: own.map(|own| own.country), lines, x, class: "neighbour", screen });
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outlines_are_complete_and_baghdad_is_in_iraq() {
        let codes: Vec<&str> = COUNTRIES.iter().map(|outline| outline.country).collect();
        assert!(["IQ", "SY", "TR", "IR", "SA", "JO", "KW", "LB"].iter().all(|code| codes.contains(code)), "{codes:?}");
        let (baghdad, ankara) = (project(33.34, 44.4), project(39.93, 32.85));
        let iraq = COUNTRIES.iter().find(|outline| outline.country == "IQ").unwrap();
        assert!(iraq.shape.contains(baghdad) && !iraq.shape.contains(ankara));
    }

    #[test]
    fn a_degree_has_the_right_proportions_at_the_latitude_of_the_projection() {
        let (here, north, east) = (project(33.5, 44.0), project(34.5, 44.0), project(33.5, 45.0));
        let ratio = (east.x - here.x) / (here.y - north.y);
        assert!((ratio - 33.5_f64.to_radians().cos()).abs() < 1e-6, "{ratio}");
    }

    /// Places of two countries: the latitude, the longitude, the precision in kilometres, the country, and the names. The first are those
    /// of the shipped statement.
    type Place = (f64, f64, f64, &'static str, [&'static str; 2]);
    const SHIPPED: [Place; 4] = [
        (33.3406, 44.4009, 20.0, "IQ", ["بغداد", "Baghdad"]),
        (33.31, 44.39, 3.0, "IQ", ["المنطقة الخضراء", "Green Zone"]),
        (36.4, 44.4, 150.0, "IQ", ["إقليم كوردستان", "Kurdistan Region"]),
        (36.3, 40.5, 150.0, "SY", ["شمال شرق سوريا", "North-east Syria"]),
    ];
    const OTHERS: [Place; 5] = [
        (33.8, 42.44, 5.0, "IQ", ["عين الأسد", "Ain al-Asad"]),
        (30.5, 47.8, 20.0, "IQ", ["البصرة", "Basra"]),
        (33.5, 36.3, 15.0, "SY", ["دمشق", "Damascus"]),
        (33.49, 38.66, 10.0, "SY", ["التنف", "al-Tanf"]),
        (36.2, 37.15, 15.0, "SY", ["حلب", "Aleppo"]),
    ];

    /// The labels of places and of both countries in a font size, each with its area.
    fn placed(places: &[Place], language: usize, font_size: f64) -> Vec<(&'static str, Option<Point>, Placed)> {
        let outline = |code: &str| COUNTRIES.iter().find(|outline| outline.country == code).unwrap();
        let points: Vec<Point> = places.iter().map(|(lat, lon, ..)| project(*lat, *lon)).collect();
        let circles = places.iter().zip(&points).map(|((_, _, km, ..), at)| (*at, km / KM_PER_DEGREE * UNITS_PER_DEGREE)).collect();
        let borders = COUNTRIES.iter().map(|outline| &outline.shape).collect();
        let mut placer = Placer::new(Point { x: WIDTH, y: HEIGHT }, font_size, &points, circles, borders);
        let mut placed = Vec::new();
        for (at, (_, _, _, own, names)) in points.iter().zip(places) {
            let label = placer.place(Named::Place(*at, Some(&outline(own).shape)), &[names[language].to_owned()]);
            placed.extend(label.map(|label| (*own, Some(*at), label)));
        }
        for (own, at, names) in [("IQ", project(33.0, 44.0), ["العراق", "Iraq"]), ("SY", project(35.0, 38.5), ["سوريا", "Syria"])] {
            placed.push((own, None, placer.place(Named::Country(at, Some(&outline(own).shape)), &[names[language].to_owned()]).unwrap()));
        }
        placed
    }

    #[test]
    fn labels_lie_in_their_country_and_cross_nothing_in_either_language_and_size() {
        let all: Vec<Place> = SHIPPED.into_iter().chain(OTHERS).collect();
        for (places, language, (font_size, _)) in [&SHIPPED[..], &all]
            .into_iter()
            .flat_map(|places| [0, 1].map(|language| (places, language)))
            .flat_map(|(places, language)| FONT_SIZES.map(|size| (places, language, size)))
        {
            let labels = placed(places, language, font_size);
            assert!(places.len() > SHIPPED.len() || labels.len() == SHIPPED.len() + 2, "each shipped place has its label");
            for (index, (own, of, label)) in labels.iter().enumerate() {
                let what = format!("{:?} {font_size}", label.lines);
                assert!(!labels[..index].iter().any(|(.., other)| other.area.overlaps(&label.area)), "{what} covers another label");
                for outline in COUNTRIES.iter() {
                    assert!(!outline.shape.crosses(&label.area), "{what} crosses the border of {}", outline.country);
                    assert_eq!(outline.shape.contains(label.area.centre()), outline.country == *own, "{what} in {}", outline.country);
                }
                for (lat, lon, km, ..) in places {
                    let circle = (project(*lat, *lon), km / KM_PER_DEGREE * UNITS_PER_DEGREE);
                    assert!(*of == Some(circle.0) || !label.area.crosses_circle(circle), "{what} crosses the circle at {lat}");
                    assert!(label.area.distance(circle.0) > 3.0, "{what} covers the marker at {lat}");
                }
            }
        }
    }
}
