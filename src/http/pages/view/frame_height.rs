//! The height of a frame at each width: as a number, and as CSS that follows the width of the frame without a script.

use std::fmt::Write;

use crate::picture::{Face, Measured};

/// The least height of a frame, in pixels.
const MIN_HEIGHT: u16 = 180;
/// The width of a scroll bar: while the fonts load, the text may need one, and then its lines break earlier.
const SCROLL_BAR: f32 = 15.0;
/// No line is narrower than this, in pixels: words are broken.
const MIN_LINE: f32 = 40.0;
/// Between these widths the height is on a straight line, in pixels.
const KNOTS: [u16; 5] = [240, 300, 380, 480, 600];
/// The distance of the widths that are measured, in pixels.
const STEP: u16 = 4;

/// A text in a frame: it has more lines where the frame is narrower.
#[derive(Debug)]
pub struct Block<'t> {
    measured: Measured<'t>,
    size: f32,
    line_height: f32,
    /// What is beside its lines.
    sides: f32,
}

impl<'t> Block<'t> {
    /// A text in a font of this size, with what is beside its lines, in pixels.
    pub fn new(words: &'t str, face: Face, size: f32, line_height: f32, sides: f32) -> Self {
        Self { measured: Measured::new(words, face), size, line_height, sides }
    }

    fn height(&self, width: f32) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "an embed has tens of lines")]
        let lines = self.measured.line_count(self.size, (width - self.sides - SCROLL_BAR).max(MIN_LINE)) as f32;
        lines * self.line_height
    }
}

/// What the height of a frame is made of.
#[derive(Debug)]
pub struct FrameHeight<'t> {
    /// What has the same height at each width, in pixels.
    fixed: f32,
    blocks: Vec<Block<'t>>,
}

impl<'t> FrameHeight<'t> {
    /// A frame that has this height without text, in pixels.
    pub const fn new(fixed: f32) -> Self {
        Self { fixed, blocks: Vec::new() }
    }

    /// Adds a text.
    pub fn add(&mut self, block: Block<'t>) {
        self.blocks.push(block);
    }

    /// Adds space, in pixels.
    pub fn add_space(&mut self, space: f32) {
        self.fixed += space;
    }

    /// The height at a width, in tens of pixels.
    pub fn at(&self, width: u16) -> u16 {
        let height = self.fixed + self.blocks.iter().map(|block| block.height(f32::from(width))).sum::<f32>();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let height = (height / 10.0).ceil().clamp(0.0, 6_000.0) as u16 * 10;
        height.max(MIN_HEIGHT)
    }

    /// The height at each width up to `full_width`, as CSS: at least what the text needs, and at most `max_height`.
    ///
    /// The height of text falls ever more slowly with the width, so that the greatest of some straight lines is close to it.
    pub fn css(&self, full_width: u16, max_height: u16) -> String {
        let lowest = self.at(full_width);
        let mut lines = format!("{lowest}px");
        let knots: Vec<u16> = KNOTS.into_iter().filter(|knot| *knot < full_width).chain([full_width]).collect();
        for pair in knots.windows(2) {
            let [narrow, wide] = [pair[0], pair[1]];
            let [high, low] = [narrow, wide].map(|width| f32::from(self.at(width)));
            // Pixels for a hundredth of the width, to a tenth.
            let fall = ((high - low).max(0.0) / f32::from(wide - narrow) * 1_000.0).round() / 10.0;
            // The line is above the text at each width that is measured, and stays above it until the next.
            let start = |width: u16| f32::from(self.at(width)) + fall * f32::from(width + STEP) / 100.0;
            let start = (narrow..wide).step_by(STEP.into()).map(start).fold(0.0, f32::max);
            if fall > 0.0 {
                // A `String` takes everything.
                let _ = write!(lines, ",{}px - {fall}cqi", start.ceil());
            }
        }
        if lines.contains(',') { format!("min({max_height}px,max({lines}))") } else { format!("{}px", lowest.min(max_height)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "إنهاء المهمة العسكرية للتحالف في العراق خلال الأشهر الاثني عشر المقبلة، وفي موعد أقصاه نهاية سبتمبر 2025";

    /// The value of the CSS in a frame of this width.
    fn value(css: &str, width: u16) -> f32 {
        let (most, lines) = css.strip_prefix("min(").unwrap().split_once("px,max(").unwrap();
        let line = |line: &str| {
            let (start, fall) = line.split_once("px").unwrap();
            let fall = fall.strip_prefix(" - ").map_or(0.0, |fall| fall.strip_suffix("cqi").unwrap().parse::<f32>().unwrap());
            start.parse::<f32>().unwrap() - fall * f32::from(width) / 100.0
        };
        lines.trim_end_matches(')').split(',').map(line).fold(0.0, f32::max).min(most.parse().unwrap())
    }

    #[test]
    fn the_css_height_has_space_for_the_text_at_each_width_and_little_more() {
        for repeats in [1, 3, 8] {
            let words = WORDS.repeat(repeats);
            let mut frame = FrameHeight::new(88.0);
            frame.add(Block::new(&words, Face::Reading, 21.0, 38.0, 50.0));
            frame.add(Block::new(WORDS, Face::Labels, 13.0, 24.0, 50.0));
            for full_width in [260, 400, 600] {
                let css = frame.css(full_width, 3_000);
                for width in 240..=full_width {
                    let (given, needed) = (value(&css, width), f32::from(frame.at(width)));
                    assert!(given >= needed, "{given} for {needed} at {width}: {css}");
                    assert!(given <= needed * 1.2 + 40.0, "{given} for {needed} at {width}: {css}");
                }
                assert!(value(&frame.css(full_width, 300), 240) <= 300.0);
            }
        }
    }

    #[test]
    fn a_frame_whose_height_does_not_change_needs_no_unit_of_its_column() {
        let mut frame = FrameHeight::new(88.0);
        frame.add(Block::new("سبتمبر", Face::Labels, 13.0, 24.0, 50.0));
        assert_eq!(frame.css(600, 640), "180px");
        assert_eq!(frame.css(600, 100), "100px");
    }
}
