//! The cells of a table.

use crate::corpus::{BilingualText, Day, UncertainDate, enum_name};

/// One cell.
#[derive(Debug)]
pub enum Cell {
    /// A text, escaped if a spreadsheet would evaluate it.
    Escaped(String),
    /// A number, a boolean or a date, which spreadsheets do not evaluate.
    Raw(String),
}

impl Cell {
    /// The content of the cell. A spreadsheet evaluates text that begins with `= + - @`, a tab or a carriage return.
    #[must_use]
    pub fn into_content(self) -> String {
        match self {
            Self::Escaped(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
            Self::Escaped(text) | Self::Raw(text) => text,
        }
    }
}

/// A text.
#[expect(clippy::needless_pass_by_value, reason = "callers give the value away")]
pub fn escaped(text: impl ToString) -> Cell {
    Cell::Escaped(text.to_string())
}

/// A text; an empty cell for none.
pub fn optional(text: Option<&impl ToString>) -> Cell {
    Cell::Escaped(text.map(ToString::to_string).unwrap_or_default())
}

/// A number, a boolean or a date.
#[expect(clippy::needless_pass_by_value, reason = "callers give the value away")]
pub fn raw(value: impl ToString) -> Cell {
    Cell::Raw(value.to_string())
}

/// Several values in one cell, separated by spaces.
pub fn joined<T: ToString>(values: impl IntoIterator<Item = T>) -> Cell {
    Cell::Escaped(values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join(" "))
}

/// The Arabic and the English cell.
pub fn bilingual(text: &BilingualText) -> [Cell; 2] {
    [escaped(&text.ar), escaped(&text.en)]
}

/// `edtf`, `earliest`, `latest`, `precision`, `basis`.
pub fn date(date: &UncertainDate) -> [Cell; 5] {
    let day = |day: Option<Day>| raw(day.map(|day| day.to_string()).unwrap_or_default());
    [
        optional(date.edtf.as_ref()),
        day(date.earliest),
        day(date.latest),
        escaped(enum_name(&date.precision)),
        escaped(date.basis.map(|basis| enum_name(&basis)).unwrap_or_default()),
    ]
}
