//! The earliest and the latest time of a date, each no more exact than the text.
//!
//! The bounds of an item are days, so that filters can compare them. The text may name only a month, or an estimate: then the day is ours,
//! and is not shown.

use crate::corpus::{
    Language, Precision, UncertainDate,
    edtf::{Edtf, End, Moment},
};
use crate::formats::date_words::format_moment;

/// How sure one bound of a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Certainty {
    /// Whether it is about then, or perhaps then.
    pub is_estimate: bool,
    /// The unit of the calendar that it names. That of the whole date may be coarser.
    pub precision: Precision,
}

impl Certainty {
    /// The certainty of a moment.
    #[must_use]
    pub const fn of(moment: &Moment) -> Self {
        Self { is_estimate: moment.approximate || moment.uncertain, precision: moment.span.precision() }
    }
}

/// The earliest and the latest time of a date in words, each `None` if it is unknown.
#[must_use]
pub fn format_bounds(date: &UncertainDate, language: Language) -> [Option<String>; 2] {
    bounds(date).map(|bound| bound.map(|moment| format_moment(moment, language)))
}

/// How sure the earliest and the latest time of a date are, each `None` if it is unknown.
#[must_use]
pub fn certainty(date: &UncertainDate) -> [Option<Certainty>; 2] {
    bounds(date).map(|bound| bound.as_ref().map(Certainty::of))
}

/// The moments that a date begins and ends with.
fn bounds(date: &UncertainDate) -> [Option<Moment>; 2] {
    let at = |end| if let End::At(moment) = end { Some(moment) } else { None };
    match date.edtf.as_deref().and_then(|edtf| edtf.parse().ok()) {
        None => [None, None],
        Some(Edtf::Date(moment)) => [Some(moment), Some(moment)],
        Some(Edtf::Interval(start, end)) => [at(start), at(end)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_has_the_unit_that_the_text_names_and_no_day_is_made_up() {
        for (edtf, first, last) in [
            ("2030-06", Some("June 2030"), Some("June 2030")),
            ("../2031-02", None, Some("February 2031")),
            ("2030-06~/2030-08-15", Some("about June 2030"), Some("15 August 2030")),
            ("1999/2030-01-31?", Some("1999"), Some("perhaps 31 January 2030")),
            ("2030-23", Some("autumn 2030"), Some("autumn 2030")),
        ] {
            let date = UncertainDate { edtf: Some(edtf.to_owned()), earliest: None, latest: None, precision: Precision::Unknown, basis: None };
            assert_eq!(format_bounds(&date, Language::En), [first, last].map(|bound| bound.map(ToOwned::to_owned)), "{edtf}");
        }
    }
}
