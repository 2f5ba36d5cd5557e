//! RIS: references for EndNote, Mendeley and other reference managers.
//!
//! A field is a line that ends in CR LF; a record ends in `ER  - `. An institution's name ends in a comma, so that EndNote
//! and Mendeley do not read its last word as a family name.

use std::fmt::Write;

use crate::formats::{
    context::RenderContext,
    envelope::List,
    error::RenderError,
    reference::{Reference, ReferenceKind, ToReference, date_parts, is_approximate},
};

/// Writes a list of references.
///
/// # Errors
/// If the context lacks a statement.
pub fn list<T: ToReference>(list: &List<T>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    write_records(&list.items, context)
}

/// Writes one reference.
///
/// # Errors
/// If the context lacks the statement.
pub fn item<T: ToReference>(item: &T, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    write_records(std::slice::from_ref(item), context)
}

fn write_records<T: ToReference>(items: &[T], context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let mut text = String::new();
    for item in items {
        for (tag, value) in fields(&item.to_reference(context)?.isolated(context)) {
            write!(text, "{tag}  - {}\r\n", to_single_line(&value)).map_err(|cause| RenderError(cause.to_string()))?;
        }
    }
    Ok(text.into_bytes())
}

/// The fields of a record, in order.
fn fields(reference: &Reference) -> Vec<(&'static str, String)> {
    let (kind, publisher) = match reference.kind {
        ReferenceKind::Document => ("RPRT", ("PB", &reference.quoted_after)),
        ReferenceKind::Report => ("ELEC", ("T2", &reference.publisher)),
    };
    let mut fields = vec![("TY", kind.to_owned()), ("ID", reference.citation_key.clone())];
    fields.extend(reference.authors.iter().map(|name| ("AU", format!("{name},"))));
    fields.extend([("TI", reference.title.clone()), (publisher.0, publisher.1.clone()), ("M3", reference.genre.to_owned())]);
    if let Some([date]) = date_parts(&reference.issued).as_deref() {
        let digits: Vec<String> = date.iter().map(|part| format!("{part:02}")).collect();
        let year = date.first().map(|year| format!("{year:04}")).unwrap_or_default();
        fields.push(("PY", year.clone()));
        // RIS cannot mark an approximate date.
        if !is_approximate(&reference.issued) {
            fields.push(("DA", [&[year], &digits[1..]].concat().join("/")));
        }
    }
    fields.push(("LA", reference.language.clone()));
    fields.extend(reference.quotation.iter().map(|quotation| ("AB", quotation.clone())));
    fields.extend(reference.notes.iter().map(|note| ("N1", note.clone())));
    fields.extend([("UR", reference.url.clone()), ("DP", "Bayan".to_owned()), ("ER", String::new())]);
    fields
}

/// Joins the lines of a text: a line that begins like a field would become a field.
fn to_single_line(text: &str) -> String {
    text.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
