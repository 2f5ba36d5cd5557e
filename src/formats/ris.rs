//! RIS: references for EndNote, Mendeley and other reference managers.
//!
//! A line a field, each ending in CR LF; a record ends in `ER  - `. An institution's name ends in a comma, which keeps
//! EndNote and Mendeley from taking its last word for a family name.

use std::fmt::Write;

use crate::formats::{
    List, RenderContext, RenderError,
    references::{Kind, Reference, ToReference, is_rough, parts},
};

/// Writes a list of references.
///
/// # Errors
/// When the context lacks a statement.
pub fn list<T: ToReference>(list: &List<T>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    records(&list.items, context)
}

/// Writes one reference.
///
/// # Errors
/// When the context lacks its statement.
pub fn item<T: ToReference>(item: &T, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    records(std::slice::from_ref(item), context)
}

fn records<T: ToReference>(items: &[T], context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let mut text = String::new();
    for item in items {
        for (tag, value) in fields(&item.reference(context)?) {
            write!(text, "{tag}  - {}\r\n", on_one_line(&value)).map_err(|cause| RenderError(cause.to_string()))?;
        }
    }
    Ok(text.into_bytes())
}

/// The fields of a record, in order.
fn fields(reference: &Reference) -> Vec<(&'static str, String)> {
    let (kind, publisher) = match reference.kind {
        // A government document; `GEN` would become an article of a journal in Zotero.
        Kind::Document => ("GOVDOC", ("PB", &reference.quoted)),
        Kind::Report => ("NEWS", ("T2", &reference.publisher)),
    };
    let mut fields = vec![("TY", kind.to_owned()), ("ID", reference.key.clone())];
    fields.extend(reference.authors.iter().map(|name| ("AU", format!("{name},"))));
    fields.extend([("TI", reference.title.clone()), (publisher.0, publisher.1.clone()), ("M3", reference.genre.to_owned())]);
    if let Some([date]) = parts(&reference.issued).as_deref() {
        let digits: Vec<String> = date.iter().map(|part| format!("{part:02}")).collect();
        let year = date.first().map(|year| format!("{year:04}")).unwrap_or_default();
        fields.push(("PY", year.clone()));
        // A date that is no estimate: there is no way to mark one.
        if !is_rough(&reference.issued) {
            fields.push(("DA", [&[year], &digits[1..]].concat().join("/")));
        }
    }
    fields.push(("LA", reference.language.clone()));
    fields.extend(reference.words.iter().map(|words| ("AB", words.clone())));
    fields.extend(reference.notes.iter().map(|note| ("N1", note.clone())));
    fields.extend([("UR", reference.url.clone()), ("DP", "Bayan".to_owned()), ("ER", String::new())]);
    fields
}

/// A text on one line: a line that begins like a field would be one.
fn on_one_line(text: &str) -> String {
    text.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
