//! A list as a table.

use crate::formats::{
    context::RenderContext,
    csv::{cell::Cell, row::Row},
    envelope::List,
    error::RenderError,
};

/// Marks a file as UTF-8 for spreadsheets that do not detect it.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Writes a list: a header line, then a line for each item.
///
/// # Errors
/// If a row has more or fewer cells than there are columns.
pub fn list<T: Row>(list: &List<T>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let csv_error = |cause: csv::Error| RenderError(cause.to_string());
    let start = if context.bom { BYTE_ORDER_MARK.to_vec() } else { Vec::new() };
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(start);
    table.write_record(T::COLUMNS).map_err(csv_error)?;
    for item in &list.items {
        table.write_record(item.cells(context).into_iter().map(Cell::into_content)).map_err(csv_error)?;
    }
    table.into_inner().map_err(|cause| RenderError(cause.to_string()))
}
