//! Where the labels of a map go: so that none covers a marker or another label, and none crosses a circle or a border if it can be
//! avoided.

/// The width of a letter, as a part of the size of its font.
const LETTER_WIDTH: f64 = 0.56;
/// The height of a line, as a part of the size of its font.
const LINE_HEIGHT: f64 = 1.25;
/// The distance from a marker that no label may be within.
const MARKER_MARGIN: f64 = 10.0;
/// How far from its point a label may be, the nearest first.
const DISTANCES: [f64; 12] = [14.0, 22.0, 32.0, 42.0, 54.0, 66.0, 78.0, 86.0, 94.0, 104.0, 118.0, 134.0];
/// In how many directions from its point.
const DIRECTIONS: u32 = 24;

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

    /// The point in its middle.
    pub const fn centre(&self) -> Point {
        Point { x: f64::midpoint(self.left, self.right), y: f64::midpoint(self.top, self.bottom) }
    }

    /// Whether the line of a circle goes through it.
    pub fn crosses_circle(&self, (centre, radius): (Point, f64)) -> bool {
        let (nearest_x, nearest_y) = (centre.x.clamp(self.left, self.right), centre.y.clamp(self.top, self.bottom));
        let nearest = (nearest_x - centre.x).hypot(nearest_y - centre.y);
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

/// A name that is placed.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The lines of the name, each with its y coordinate.
    pub lines: Vec<(f64, String)>,
    /// The x coordinate of the anchor.
    pub x: f64,
    /// The `text-anchor` of the lines: `middle`, `start` or `end`.
    pub anchor: &'static str,
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
    occupied: Vec<Rect>,
}

impl<'s> Placer<'s> {
    /// Nothing is placed yet. No label covers one of the `markers`.
    pub fn new(size: Point, font_size: f64, markers: &[Point], circles: Vec<(Point, f64)>, borders: Vec<&'s Shape>) -> Self {
        Self { size, font_size, circles, borders, occupied: markers.iter().map(|at| Rect::around(*at, MARKER_MARGIN)).collect() }
    }

    /// Places the names of a point beside each other, in the country that it lies in if there is space; nowhere if there is none at all.
    pub fn place(&mut self, at: Point, names: &[String], own: Option<&Shape>, is_area: bool) -> Option<Placed> {
        let mut best: Option<(u32, Rect, Placed)> = None;
        let mut wordings = vec![names.to_vec()];
        if let [name] = names {
            wordings.extend(in_two_lines(name));
        }
        // The name of an area is on its point, if that is free.
        let around = DISTANCES.iter().flat_map(|distance| (0..DIRECTIONS).map(move |number| (*distance, f64::from(number) / f64::from(DIRECTIONS))));
        let offsets = is_area.then_some((0.0, 0.0)).into_iter().chain(around);
        for (distance, turn, lines) in offsets.flat_map(|(distance, turn)| wordings.iter().map(move |lines| (distance, turn, lines))) {
            let least = best.as_ref().map_or(u32::MAX, |(least, ..)| *least);
            if least == 0 {
                break;
            }
            let (down, right) = (turn * std::f64::consts::TAU).sin_cos();
            let point = Point { x: right.mul_add(distance, at.x), y: down.mul_add(distance, at.y) };
            let (area, placed) = self.at(point, right, down, lines, is_area);
            if let Some(penalty) = self.penalty(&area, at, own, least) {
                best = Some((penalty, area, placed));
            }
        }
        let (_, area, placed) = best?;
        self.occupied.push(area);
        Some(placed)
    }

    /// The area of the last label.
    #[cfg(test)]
    pub fn last_area(&self) -> Option<Rect> {
        self.occupied.last().copied()
    }

    /// The area of lines at a point, which extend to the side on which it is.
    fn at(&self, point: Point, right: f64, down: f64, lines: &[String], is_area: bool) -> (Rect, Placed) {
        #[expect(clippy::cast_precision_loss, reason = "a name has few letters")]
        let (longest, count) = (lines.iter().map(|line| line.chars().count()).max().unwrap_or(0) as f64, lines.len() as f64);
        let (width, line) = (longest * self.font_size * LETTER_WIDTH, self.font_size * LINE_HEIGHT);
        let (anchor, left) = match right {
            right if right > 0.4 && !is_area => ("start", point.x),
            right if right < -0.4 && !is_area => ("end", point.x - width),
            _ => ("middle", point.x - width / 2.0),
        };
        // Above its point the last line is next to the point, below it the first.
        let top = point.y - count * line / 2.0 + if is_area { 0.0 } else { down * (count * line) / 2.0 };
        let area = Rect { left, top, right: left + width, bottom: top + count * line };
        #[expect(clippy::cast_precision_loss, reason = "few lines")]
        let lines = lines.iter().enumerate().map(|(number, words)| ((number as f64 + 0.8).mul_add(line, top), words.clone())).collect();
        (area, Placed { lines, x: point.x, anchor })
    }

    /// How bad an area is for the label of a point; `None` if it covers something, or if it is no better than `least`.
    fn penalty(&self, area: &Rect, at: Point, own: Option<&Shape>, least: u32) -> Option<u32> {
        let is_within = area.left >= 0.0 && area.top >= 0.0 && area.right <= self.size.x && area.bottom <= self.size.y;
        if !is_within || self.occupied.iter().any(|occupied| occupied.overlaps(area)) {
            return None;
        }
        // The circle of the point itself may be crossed if there is no other space.
        let circles = self.circles.iter().filter(|circle| area.crosses_circle(**circle)).map(|(centre, _)| if *centre == at { 1 } else { 3 }).sum::<u32>();
        let circles = circles + if own.is_some_and(|own| !own.contains(area.centre())) { 5 } else { 0 };
        // The borders have many lines.
        if circles >= least {
            return None;
        }
        let borders = self.borders.iter().filter(|border| border.crosses(area)).map(|_| 2).sum::<u32>();
        (circles + borders < least).then_some(circles + borders)
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
