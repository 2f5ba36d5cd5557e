//! Where the labels of a map go: in the country that they name or lie in, so that none covers a marker or another label, and none
//! crosses a border or the circle of another place. A label without such a place is left out: the list beside the map has every name.

use crate::picture::Face;

/// The height of a line, as a part of the size of its font.
const LINE_HEIGHT: f64 = 1.3;
/// The space at both ends of a line: half the width of its outline, and the letter-spacing of the names of countries.
const SIDE: f64 = 4.0;
/// The distance from a marker that no label may be within.
const MARKER_MARGIN: f64 = 8.0;
/// How far from its point the middle of a label may be, and the distance between the rings of places that are tried.
const MAX_DISTANCE: u16 = 330;
const RING_DISTANCE: u16 = 3;
/// The places of a ring. They are multiples of 4, so that one is right above the point and one right below it.
const PLACES_OF_RING: std::ops::RangeInclusive<u16> = 24..=96;
/// What it costs to cross the circle of the place itself, in units of distance.
const OWN_CIRCLE_COST: f64 = 60.0;

/// A point of the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The distance from the left edge.
    pub x: f64,
    /// The distance from the top edge.
    pub y: f64,
}

/// A rectangle of the drawing.
#[derive(Clone, Copy, Debug)]
pub struct Rect {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Rect {
    /// The rectangle around a point.
    fn around(at: Point, margin: f64) -> Self {
        Self { left: at.x - margin, top: at.y - margin, right: at.x + margin, bottom: at.y + margin }
    }

    /// Whether they share a point.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// The distance to a point; 0 within it.
    pub fn distance(&self, point: Point) -> f64 {
        (point.x.clamp(self.left, self.right) - point.x).hypot(point.y.clamp(self.top, self.bottom) - point.y)
    }

    /// The point in its middle.
    pub const fn centre(&self) -> Point {
        Point { x: f64::midpoint(self.left, self.right), y: f64::midpoint(self.top, self.bottom) }
    }

    /// Whether the line of a circle goes through it.
    pub fn crosses_circle(&self, (centre, radius): (Point, f64)) -> bool {
        let nearest = self.distance(centre);
        let (far_x, far_y) = ((self.left - centre.x).abs().max((self.right - centre.x).abs()), (self.top - centre.y).abs().max((self.bottom - centre.y).abs()));
        nearest < radius && far_x.hypot(far_y) > radius
    }

    /// Whether a line goes through it (Liang and Barsky's algorithm).
    fn crosses_line(&self, from: Point, to: Point) -> bool {
        let (across, down) = (to.x - from.x, to.y - from.y);
        let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
        for (direction, distance) in [(-across, from.x - self.left), (across, self.right - from.x), (-down, from.y - self.top), (down, self.bottom - from.y)] {
            if direction == 0.0 {
                if distance < 0.0 {
                    return false;
                }
            } else if direction < 0.0 {
                enters = enters.max(distance / direction);
            } else {
                leaves = leaves.min(distance / direction);
            }
        }
        enters <= leaves
    }
}

/// The shape of a country: closed rings.
#[derive(Clone, Debug)]
pub struct Shape(pub Vec<Vec<Point>>);

impl Shape {
    /// Whether a point is inside (the even-odd rule).
    pub fn contains(&self, point: Point) -> bool {
        let crossed = self.lines().filter(|(a, b)| (a.y > point.y) != (b.y > point.y) && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x);
        crossed.count() % 2 == 1
    }

    /// Whether its border goes through a rectangle.
    pub fn crosses(&self, area: &Rect) -> bool {
        self.lines().any(|(from, to)| area.crosses_line(from, to))
    }

    fn lines(&self) -> impl Iterator<Item = (Point, Point)> {
        self.0.iter().flat_map(|ring| ring.iter().copied().zip(ring.iter().copied().cycle().skip(1)))
    }
}

/// A name that is placed. Its lines are centred.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The lines of the name, each with its y coordinate.
    pub lines: Vec<(f64, String)>,
    /// The x coordinate of the middle of each line.
    pub x: f64,
    /// The area that it covers.
    pub area: Rect,
}

/// What a label names.
#[derive(Clone, Copy, Debug)]
pub enum Named<'s> {
    /// A place at a point, in a country if the map has its outline. The label is nearer to it than to other places.
    Place(Point, Option<&'s Shape>),
    /// A country, whose label is wherever there is space in it, as near to a point as can be.
    Country(Point, Option<&'s Shape>),
}

/// What labels are placed around.
#[derive(Debug)]
pub struct Placer<'s> {
    /// The size of the drawing.
    pub size: Point,
    /// The size of the font.
    pub font_size: f64,
    /// The circles.
    pub circles: Vec<(Point, f64)>,
    /// The countries.
    pub borders: Vec<&'s Shape>,
    markers: Vec<Point>,
    occupied: Vec<Rect>,
}

impl<'s> Placer<'s> {
    /// Nothing is placed yet. No label covers one of the `markers`.
    pub fn new(size: Point, font_size: f64, markers: &[Point], circles: Vec<(Point, f64)>, borders: Vec<&'s Shape>) -> Self {
        let occupied = markers.iter().map(|at| Rect::around(*at, MARKER_MARGIN)).collect();
        Self { size, font_size, circles, borders, markers: markers.to_vec(), occupied }
    }

    /// Places names beside each other; `None` if there is no place for them.
    pub fn place(&mut self, named: Named<'_>, names: &[String]) -> Option<Placed> {
        let (Named::Place(at, _) | Named::Country(at, _)) = named;
        let mut wordings = vec![names.to_vec()];
        if let [name] = names {
            wordings.extend(in_two_lines(name));
        }
        let mut best: Option<(f64, Placed)> = None;
        for lines in &wordings {
            let (width, height) = self.extent(lines);
            for distance in (0..=MAX_DISTANCE).step_by(usize::from(RING_DISTANCE)) {
                let least = best.as_ref().map_or(f64::INFINITY, |(least, _)| *least);
                // Nearer than this no label of the ring can be.
                if f64::from(distance) - width.hypot(height) / 2.0 >= least {
                    break;
                }
                let places = distance.clamp(*PLACES_OF_RING.start(), *PLACES_OF_RING.end()) / 4 * 4;
                for number in 0..places {
                    let (down, right) = (f64::from(number) / f64::from(places) * std::f64::consts::TAU).sin_cos();
                    let centre = Point { x: right.mul_add(f64::from(distance), at.x), y: down.mul_add(f64::from(distance), at.y) };
                    let area =
                        Rect { left: centre.x - width / 2.0, top: centre.y - height / 2.0, right: centre.x + width / 2.0, bottom: centre.y + height / 2.0 };
                    let least = best.as_ref().map_or(f64::INFINITY, |(least, _)| *least);
                    if let Some(cost) = self.cost(&area, named, least) {
                        best = Some((cost, self.placed(area, lines)));
                    }
                }
            }
        }
        let (_, placed) = best?;
        self.occupied.push(placed.area);
        Some(placed)
    }

    /// The width and the height of lines.
    #[expect(clippy::cast_precision_loss, reason = "a name has few words and lines")]
    fn extent(&self, lines: &[String]) -> (f64, f64) {
        let width_of = |line: &String| f64::from(line.split_whitespace().map(|word| Face::LabelsBold.advance(word)).sum::<f32>());
        let spaces = |line: &String| f64::from(Face::LabelsBold.advance(" ")) * line.split_whitespace().skip(1).count() as f64;
        let longest = lines.iter().map(|line| width_of(line) + spaces(line)).fold(0.0, f64::max);
        (longest.mul_add(self.font_size, 2.0 * SIDE), lines.len() as f64 * self.font_size * LINE_HEIGHT)
    }

    #[expect(clippy::cast_precision_loss, reason = "a name has few lines")]
    fn placed(&self, area: Rect, lines: &[String]) -> Placed {
        let line = self.font_size * LINE_HEIGHT;
        let lines = lines.iter().enumerate().map(|(number, words)| ((number as f64 + 0.8).mul_add(line, area.top), words.clone())).collect();
        Placed { lines, x: area.centre().x, area }
    }

    /// What an area costs as the place of a label; `None` if the label may not be there, or if it costs no less than `least`.
    fn cost(&self, area: &Rect, named: Named<'_>, least: f64) -> Option<f64> {
        let (Named::Place(at, own) | Named::Country(at, own)) = named;
        let is_own = |(centre, _): &(Point, f64)| matches!(named, Named::Place(..)) && *centre == at;
        let crosses = |own: bool| self.circles.iter().any(|circle| is_own(circle) == own && area.crosses_circle(*circle));
        let crosses_own = crosses(true);
        let cost = area.distance(at) + if crosses_own { OWN_CIRCLE_COST } else { 0.0 };
        let is_within = area.left >= 0.0 && area.top >= 0.0 && area.right <= self.size.x && area.bottom <= self.size.y;
        let is_free = cost < least
            && is_within
            && !self.occupied.iter().any(|occupied| occupied.overlaps(area))
            && !crosses(false)
            && (matches!(named, Named::Country(..)) || self.markers.iter().all(|other| area.distance(*other) >= area.distance(at)))
            && own.is_none_or(|own| own.contains(area.centre()))
            // The borders have many lines.
            && !self.borders.iter().any(|border| border.crosses(area));
        is_free.then_some(cost)
    }
}

/// A name in two lines of about the same length; `None` if it is one word.
fn in_two_lines(name: &str) -> Option<Vec<String>> {
    let letters = name.chars().count();
    let breaks = name.char_indices().enumerate().filter(|(_, (_, letter))| *letter == ' ').map(|(number, (at, _))| (number, at));
    let (_, at) = breaks.min_by_key(|(number, _)| number.abs_diff(letters / 2))?;
    // With the space, so that the lines together are the name.
    Some(vec![name[..=at].to_owned(), name[at + 1..].to_owned()])
}
