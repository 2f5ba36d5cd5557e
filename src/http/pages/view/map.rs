//! The map: outlines of Iraq, Syria and their neighbours, and where on it a place stands.
//!
//! Equirectangular: degrees east times the cosine of one latitude, degrees north. Over so small a part of the earth no
//! other projection would be told from it.

use std::{fmt, sync::LazyLock};

use crate::corpus::{
    Language,
    locations::{Kind, Location},
};
use crate::http::pages::view::messages::Phrase;

/// Natural Earth's outlines; the file says how they were made.
const OUTLINES: &str = include_str!("../assets/outlines.txt");

/// The edges of the map, in degrees.
const WEST: f64 = 34.5;
const EAST: f64 = 50.0;
const SOUTH: f64 = 28.5;
const NORTH: f64 = 38.6;
/// The cosine of latitude 33.5.
const NARROWING: f64 = 0.833_885_822;
/// Units of the drawing to a degree north.
const SCALE: f64 = 56.0;
/// Kilometres to a degree north.
const KILOMETRES: f64 = 111.2;

/// How wide the drawing is, in its own units.
pub const WIDTH: f64 = (EAST - WEST) * NARROWING * SCALE;
/// How high it is.
pub const HEIGHT: f64 = (NORTH - SOUTH) * SCALE;
/// The sizes of its letters: where the drawing is wide, and where it is narrow and its units are small.
const LETTERS: [(f64, &str); 2] = [(19.0, "wide"), (34.0, "narrow")];
/// Places nearer to each other than this are named together.
const NEAR: f64 = 19.0;

/// The names of the large neighbours, where they have room.
const NEIGHBOURS: [(f64, f64, Phrase); 4] = [
    (38.05, 37.0, Phrase::new("تركيا", "Türkiye")),
    (33.9, 48.2, Phrase::new("إيران", "Iran")),
    (29.3, 42.3, Phrase::new("السعودية", "Saudi Arabia")),
    (30.7, 36.7, Phrase::new("الأردن", "Jordan")),
];

/// A point of the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} {:.1}", self.x, self.y)
    }
}

/// Where degrees north and east stand on the drawing.
pub fn project(lat: f64, lon: f64) -> Point {
    Point { x: (lon - WEST) * NARROWING * SCALE, y: (NORTH - lat) * SCALE }
}

/// An outline of a country.
#[derive(Clone, Debug)]
pub struct Outline {
    /// Its code, ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// The outline as the data of an SVG path.
    pub path: String,
}

static COUNTRIES: LazyLock<Vec<Outline>> = LazyLock::new(|| {
    let lines = OUTLINES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '));
    lines.map(|(country, rings)| Outline { country, path: rings.split(';').map(ring).collect() }).collect()
});

/// A ring as a closed part of a path.
fn ring(ring: &str) -> String {
    let points = ring.split(' ').filter_map(|point| {
        let (lon, lat) = point.split_once(',')?;
        Some(project(lat.parse().ok()?, lon.parse().ok()?).to_string())
    });
    format!("M{}Z", points.collect::<Vec<_>>().join("L"))
}

/// A name on the map.
#[derive(Clone, Debug)]
pub struct Label {
    /// Its lines: places that are too near to each other to be named apart are named together.
    pub lines: Vec<(f64, String)>,
    /// Where the lines are centred, begin or end.
    pub x: f64,
    /// Which of these: `middle`, `start` or `end`.
    pub anchor: &'static str,
    /// What is named: `country`, `place` or `neighbour`.
    pub class: &'static str,
    /// Where it is shown: `wide` or `narrow`.
    pub on: &'static str,
}

/// A place on the map.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Where.
    pub at: Point,
    /// The radius that it lies within.
    pub radius: f64,
}

/// The map of some places.
#[derive(Clone, Debug)]
pub struct Map {
    /// The outlines, with whether the country is one of the places.
    pub outlines: Vec<(&'static Outline, bool)>,
    /// The places but for countries, the least exact first, so that a small circle lies on a large one.
    pub spots: Vec<Spot>,
    /// The names.
    pub labels: Vec<Label>,
}

/// Whether a place can be shown on this map.
pub fn is_on_it(location: &Location) -> bool {
    location.point.as_ref().is_some_and(|point| (WEST..=EAST).contains(&point.lon) && (SOUTH..=NORTH).contains(&point.lat))
}

impl Map {
    /// The map of those places that can be shown on it.
    pub fn of(locations: &[Location], language: Language) -> Self {
        let shown: Vec<&Location> = locations.iter().filter(|location| is_on_it(location)).collect();
        let is_shown = |country: &str| shown.iter().any(|location| location.kind == Kind::Country && location.country.as_deref() == Some(country));
        let outlines = COUNTRIES.iter().map(|outline| (outline, is_shown(outline.country))).collect();
        let mut spots = Vec::new();
        let mut places: Vec<(Point, Vec<String>)> = Vec::new();
        let mut countries = Vec::new();
        for location in &shown {
            let Some(point) = &location.point else { continue };
            let (at, name) = (project(point.lat, point.lon), location.name.of(language).to_owned());
            if location.kind == Kind::Country {
                countries.push((at, name));
                continue;
            }
            spots.push(Spot { at, radius: point.precision_km / KILOMETRES * SCALE });
            match places.iter_mut().find(|(near, _)| (near.x - at.x).hypot(near.y - at.y) < NEAR) {
                Some((_, names)) => names.push(name),
                None => places.push((at, vec![name])),
            }
        }
        spots.sort_by(|a, b| b.radius.partial_cmp(&a.radius).unwrap_or(std::cmp::Ordering::Equal));
        let labels = LETTERS.iter().flat_map(|(letters, on)| labels(&places, &countries, language, *letters, on)).collect();
        Self { outlines, spots, labels }
    }
}

/// The names, in letters of this size.
fn labels(places: &[(Point, Vec<String>)], countries: &[(Point, String)], language: Language, letters: f64, on: &'static str) -> Vec<Label> {
    let dots = places.iter().map(|(at, _)| Area { left: at.x - 12.0, top: at.y - 12.0, right: at.x + 12.0, bottom: at.y + 12.0 });
    let mut labels = Labels { done: Vec::new(), taken: dots.collect(), letters, on };
    let (near, far) = (14.0, 14.0 + letters * 0.6);
    for (at, names) in places {
        labels.put(
            *at,
            names,
            "place",
            &[(near, 0.0), (-near, 0.0), (0.0, far), (0.0, -far), (near, far), (-near, far), (near, -far), (-near, -far), (0.0, 2.0 * far)],
        );
    }
    for (at, name) in countries {
        labels.put(*at, std::slice::from_ref(name), "country", &[(0.0, 0.0), (0.0, 70.0), (0.0, -70.0), (0.0, 110.0), (-90.0, 0.0), (90.0, 0.0)]);
    }
    for (lat, lon, name) in NEIGHBOURS {
        labels.put(project(lat, lon), &[name.of(language).to_owned()], "neighbour", &[(0.0, 0.0)]);
    }
    labels.done
}

/// A part of the drawing that something stands on.
#[derive(Clone, Copy, Debug)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn is_on_the_map(&self) -> bool {
        self.left >= 0.0 && self.top >= 0.0 && self.right <= WIDTH && self.bottom <= HEIGHT
    }
}

/// Names that are put where they cover neither a place nor each other.
#[derive(Debug)]
struct Labels {
    done: Vec<Label>,
    taken: Vec<Area>,
    /// How large the letters are.
    letters: f64,
    on: &'static str,
}

impl Labels {
    /// Puts the names of a point at the first of the offsets that is free; at none, where none is.
    fn put(&mut self, at: Point, names: &[String], class: &'static str, offsets: &[(f64, f64)]) {
        #[expect(clippy::cast_precision_loss, reason = "a name has few letters")]
        let (longest, lines) = (names.iter().map(|name| name.chars().count()).max().unwrap_or(0) as f64, names.len() as f64);
        let (wide, line) = (longest * self.letters * 0.56, self.letters * 1.25);
        for (right, down) in offsets {
            let (x, middle) = (at.x + right, at.y + down);
            let (anchor, left) = match right {
                right if *right > 0.0 && class == "place" => ("start", x),
                right if *right < 0.0 && class == "place" => ("end", x - wide),
                _ => ("middle", x - wide / 2.0),
            };
            // What hangs below its point begins there, and what stands above it ends there.
            let top = middle - lines * line / 2.0 + down.signum() * f64::from(u8::from(*down != 0.0)) * (lines - 1.0) * line / 2.0;
            let area = Area { left, top, right: left + wide, bottom: top + lines * line };
            if area.is_on_the_map() && !self.taken.iter().any(|taken| taken.meets(&area)) {
                #[expect(clippy::cast_precision_loss, reason = "few lines")]
                let lines = names.iter().enumerate().map(|(number, name)| (top + (number as f64 + 0.8) * line, name.clone())).collect();
                self.done.push(Label { lines, x, anchor, class, on: self.on });
                self.taken.push(area);
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outlines_are_whole_and_baghdad_lies_in_iraq() {
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
    fn a_degree_is_as_long_one_way_as_the_other_at_the_latitude_of_the_projection() {
        let (here, north, east) = (project(33.5, 44.0), project(34.5, 44.0), project(33.5, 45.0));
        let ratio = (east.x - here.x) / (here.y - north.y);
        assert!((ratio - 33.5_f64.to_radians().cos()).abs() < 1e-6, "{ratio}");
    }
}
