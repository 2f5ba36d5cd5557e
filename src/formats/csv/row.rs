//! An item as a row of a table.

use crate::formats::{context::RenderContext, csv::cell::Cell};

/// An item that is a row of a table.
pub trait Row {
    /// The column names.
    const COLUMNS: &'static [&'static str];

    /// The cells, one for each column.
    fn cells(&self, context: &RenderContext<'_>) -> Vec<Cell>;
}
