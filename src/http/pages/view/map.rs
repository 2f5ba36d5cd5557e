//! The map: outlines of Iraq, Syria and their neighbours, with the locations on it.
//!
//! The projection is equirectangular: x is the longitude times the cosine of one latitude, y is the latitude. Over such a
//! small part of the earth it hardly differs from other projections.

use std::{fmt, sync::LazyLock};

use crate::corpus::{
    Language,
    locations::{Kind, Location},
};
use crate::http::pages::view::messages::Message;

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
/// The font sizes of labels, each with the class of the screens that show them: on narrow screens the units are smaller.
const FONT_SIZES: [(f64, &str); 2] = [(19.0, "wide"), (34.0, "narrow")];
/// Markers within this distance share one label.
const SHARED_LABEL_DISTANCE: f64 = 19.0;

/// The labels of the large neighbours: latitude, longitude, name.
const NEIGHBOURS: [(f64, f64, Message); 4] = [
    (38.05, 37.0, Message::new("تركيا", "Türkiye")),
    (33.9, 48.2, Message::new("إيران", "Iran")),
    (29.3, 42.3, Message::new("السعودية", "Saudi Arabia")),
    (30.7, 36.7, Message::new("الأردن", "Jordan")),
];

/// A point of the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The distance from the left edge.
    pub x: f64,
    /// The distance from the top edge.
    pub y: f64,
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} {:.1}", self.x, self.y)
    }
}

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
}

static COUNTRIES: LazyLock<Vec<Outline>> = LazyLock::new(|| {
    let lines = OUTLINES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '));
    lines.map(|(country, rings)| Outline { country, path: rings.split(';').map(ring).collect() }).collect()
});

/// A ring of coordinates as a closed subpath.
fn ring(ring: &str) -> String {
    let points = ring.split(' ').filter_map(|point| {
        let (lon, lat) = point.split_once(',')?;
        Some(project(lat.parse().ok()?, lon.parse().ok()?).to_string())
    });
    format!("M{}Z", points.collect::<Vec<_>>().join("L"))
}

/// A label on the map.
#[derive(Clone, Debug)]
pub struct Label {
    /// The lines, each with its y coordinate: markers that share a label have a line each.
    pub lines: Vec<(f64, String)>,
    /// The x coordinate of the anchor.
    pub x: f64,
    /// The `text-anchor` of the lines: `middle`, `start` or `end`.
    pub anchor: &'static str,
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
        let mut named_points: Vec<(Point, Vec<String>)> = Vec::new();
        let mut countries = Vec::new();
        for location in &shown {
            let Some(point) = &location.point else { continue };
            let (at, name) = (project(point.lat, point.lon), location.name.of(language).to_owned());
            if location.kind == Kind::Country {
                countries.push((at, name));
                continue;
            }
            markers.push(Marker { at, radius: point.precision_km / KM_PER_DEGREE * UNITS_PER_DEGREE });
            match named_points.iter_mut().find(|(near, _)| (near.x - at.x).hypot(near.y - at.y) < SHARED_LABEL_DISTANCE) {
                Some((_, names)) => names.push(name),
                None => named_points.push((at, vec![name])),
            }
        }
        markers.sort_by(|a, b| b.radius.partial_cmp(&a.radius).unwrap_or(std::cmp::Ordering::Equal));
        let labels = FONT_SIZES.iter().flat_map(|(font_size, screen)| labels(&named_points, &countries, language, *font_size, screen)).collect();
        Self { outlines, markers, labels }
    }
}

/// The labels in a font size.
fn labels(named_points: &[(Point, Vec<String>)], countries: &[(Point, String)], language: Language, font_size: f64, screen: &'static str) -> Vec<Label> {
    let marker_areas = named_points.iter().map(|(at, _)| Rect { left: at.x - 12.0, top: at.y - 12.0, right: at.x + 12.0, bottom: at.y + 12.0 });
    let mut placer = LabelPlacer { labels: Vec::new(), occupied: marker_areas.collect(), font_size, screen };
    let (near, far) = (14.0, 14.0 + font_size * 0.6);
    for (at, names) in named_points {
        placer.place(
            *at,
            names,
            "place",
            &[(near, 0.0), (-near, 0.0), (0.0, far), (0.0, -far), (near, far), (-near, far), (near, -far), (-near, -far), (0.0, 2.0 * far)],
        );
    }
    for (at, name) in countries {
        placer.place(*at, std::slice::from_ref(name), "country", &[(0.0, 0.0), (0.0, 70.0), (0.0, -70.0), (0.0, 110.0), (-90.0, 0.0), (90.0, 0.0)]);
    }
    for (lat, lon, name) in NEIGHBOURS {
        placer.place(project(lat, lon), &[name.of(language).to_owned()], "neighbour", &[(0.0, 0.0)]);
    }
    placer.labels
}

/// A rectangle of the drawing.
#[derive(Clone, Copy, Debug)]
struct Rect {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Rect {
    fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn is_within_map(&self) -> bool {
        self.left >= 0.0 && self.top >= 0.0 && self.right <= WIDTH && self.bottom <= HEIGHT
    }
}

/// Places labels so that none covers a marker or another label.
#[derive(Debug)]
struct LabelPlacer {
    labels: Vec<Label>,
    occupied: Vec<Rect>,
    font_size: f64,
    screen: &'static str,
}

impl LabelPlacer {
    /// Places the names of a point at the first of the offsets that is free; nowhere if none is.
    fn place(&mut self, at: Point, names: &[String], class: &'static str, offsets: &[(f64, f64)]) {
        #[expect(clippy::cast_precision_loss, reason = "a name has few letters")]
        let (longest, lines) = (names.iter().map(|name| name.chars().count()).max().unwrap_or(0) as f64, names.len() as f64);
        let (wide, line) = (longest * self.font_size * 0.56, self.font_size * 1.25);
        for (right, down) in offsets {
            let (x, middle) = (at.x + right, at.y + down);
            let (anchor, left) = match right {
                right if *right > 0.0 && class == "place" => ("start", x),
                right if *right < 0.0 && class == "place" => ("end", x - wide),
                _ => ("middle", x - wide / 2.0),
            };
            // Below its point the first line is next to the point, above it the last.
            let top = middle - lines * line / 2.0 + down.signum() * f64::from(u8::from(*down != 0.0)) * (lines - 1.0) * line / 2.0;
            let area = Rect { left, top, right: left + wide, bottom: top + lines * line };
            if area.is_within_map() && !self.occupied.iter().any(|occupied| occupied.overlaps(&area)) {
                #[expect(clippy::cast_precision_loss, reason = "few lines")]
                let lines = names.iter().enumerate().map(|(number, name)| (top + (number as f64 + 0.8) * line, name.clone())).collect();
                self.labels.push(Label { lines, x, anchor, class, screen: self.screen });
                self.occupied.push(area);
                return;
            }
        }
    }
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
        let points: Vec<(f64, f64)> = iraq
            .path
            .trim_matches(['M', 'Z'])
            .split('L')
            .map(|point| point.split_once(' ').unwrap())
            .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
            .collect();
        // The even-odd rule.
        let inside = |point: Point| {
            let edges = points.iter().zip(points.iter().cycle().skip(1));
            edges.filter(|((ax, ay), (bx, by))| (ay > &point.y) != (by > &point.y) && point.x < (bx - ax) * (point.y - ay) / (by - ay) + ax).count() % 2 == 1
        };
        assert!(inside(baghdad) && !inside(ankara));
    }

    #[test]
    fn a_degree_has_the_right_proportions_at_the_latitude_of_the_projection() {
        let (here, north, east) = (project(33.5, 44.0), project(34.5, 44.0), project(33.5, 45.0));
        let ratio = (east.x - here.x) / (here.y - north.y);
        assert!((ratio - 33.5_f64.to_radians().cos()).abs() < 1e-6, "{ratio}");
    }
}
