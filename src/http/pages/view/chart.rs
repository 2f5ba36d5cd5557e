//! Milestones as the rows of a timeline: a bar each, with its label above it.

use chrono::NaiveDate;

use crate::{
    corpus::{Language, milestones::Milestone},
    formats::{
        date_words::format_milestone_date,
        time_axis::{Axis, Bar, Percent, Tick},
    },
};

/// The width of a character of a label, in per cent of a timeline of the usual width.
const CHARACTER_WIDTH: f64 = 0.66;
/// The width of what follows the title and the date of a label, in per cent.
const TAGS_WIDTH: f64 = 16.0;
/// The style sheet has a class for each position of a label in steps of so many per cent.
const STEP: f64 = 2.0;

/// A timeline.
#[derive(Debug)]
pub struct Chart {
    /// The milestones with a date.
    pub rows: Vec<Row>,
    /// Those without.
    pub undated: Vec<Milestone>,
    /// The ticks of the axis.
    pub ticks: Vec<Tick>,
    /// The position of today; `None` beyond the axis.
    pub today: Option<Percent>,
    /// Whether the label of today is before its line, because there is no space after it.
    pub today_label_first: bool,
}

/// A milestone on a timeline.
#[derive(Debug)]
pub struct Row {
    /// The milestone.
    pub milestone: Milestone,
    /// Its bar.
    pub bar: Bar,
    /// The class that positions its label: it begins so far from the start (`s24`), or ends so far from the end (`e36`).
    pub label_class: String,
}

impl Chart {
    /// The timeline of these milestones, on a day.
    pub fn new(milestones: Vec<Milestone>, today: NaiveDate, language: Language) -> Self {
        let rtl = language == Language::Ar;
        let axis = Axis::new(&milestones, today, rtl);
        let (mut rows, mut undated) = (Vec::new(), Vec::new());
        for milestone in milestones {
            match axis.bar(&milestone) {
                Some(bar) => rows.push(Row { label_class: label_class(&milestone, &bar, language), bar, milestone }),
                None => undated.push(milestone),
            }
        }
        Self { rows, undated, ticks: axis.ticks(), today: axis.position(today), today_label_first: axis.is_in_later_half(today) }
    }
}

/// The class that positions the label of a bar: beginning with the bar if it fits, else ending with it, else ending with the timeline.
fn label_class(milestone: &Milestone, bar: &Bar, language: Language) -> String {
    // Positions in the direction of time.
    let (start, end) = match language {
        Language::En => (bar.left.value(), bar.right.value()),
        Language::Ar => (100.0 - bar.right.value(), 100.0 - bar.left.value()),
    };
    let letters = milestone.title.of(language).chars().count() + format_milestone_date(milestone, language).chars().count();
    #[expect(clippy::cast_precision_loss, reason = "a label has few letters")]
    let width = letters as f64 * CHARACTER_WIDTH + TAGS_WIDTH;
    let step = |position: f64| (position.clamp(0.0, 98.0) / STEP).floor() * STEP;
    if start + width <= 100.0 {
        format!("s{}", step(start))
    } else if width <= end {
        format!("e{}", step(100.0 - end))
    } else {
        format!("s{}", step(100.0 - width))
    }
}

#[cfg(test)]
mod tests {
    /// Both classes of each step are in the style sheet.
    #[test]
    fn the_style_sheet_has_a_class_for_each_position() {
        let style = include_str!("../assets/style.css");
        for position in (0..100).step_by(2) {
            assert!(style.contains(&format!(".s{position} {{ inset-inline-start: {position}%; }}")), "s{position}");
            assert!(style.contains(&format!(".e{position} {{ inset-inline-end: {position}%; }}")), "e{position}");
        }
    }
}
