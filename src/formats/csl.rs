//! CSL-JSON: references for Zotero, pandoc and other software of the Citation Style Language 1.0.2.
//!
//! The document is an array even for a single item, as the schema of CSL-JSON requires.

use serde_json::{Value, json};

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
    write_array(&list.items, context)
}

/// Writes one reference.
///
/// # Errors
/// If the context lacks the statement.
pub fn item<T: ToReference>(item: &T, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    write_array(std::slice::from_ref(item), context)
}

fn write_array<T: ToReference>(items: &[T], context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let references = items.iter().map(|item| Ok(csl_item(&item.to_reference(context)?.isolated(context)))).collect::<Result<Vec<_>, RenderError>>()?;
    serde_json::to_vec(&references).map_err(|cause| RenderError(cause.to_string()))
}

/// One reference. An author is a `literal`, so that no software splits an institution's name.
fn csl_item(reference: &Reference) -> Value {
    let (kind, publisher) = match reference.kind {
        ReferenceKind::Document => ("report", ("publisher", &reference.quoted_after)),
        ReferenceKind::Report => ("webpage", ("container-title", &reference.publisher)),
    };
    let mut item = json!({
        "id": reference.citation_key,
        "type": kind,
        "title": reference.title,
        "author": reference.authors.iter().map(|name| json!({"literal": name})).collect::<Vec<_>>(),
        "genre": reference.genre,
        publisher.0: publisher.1,
        "language": reference.language,
        "URL": reference.url,
        // Zotero shows `source` as the library catalogue.
        "source": "Bayan",
        "note": reference.notes.join("\n"),
    });
    let issued = match (date_parts(&reference.issued), &reference.issued.edtf) {
        (Some(date_parts), _) if is_approximate(&reference.issued) => Some(json!({"date-parts": date_parts, "circa": true})),
        (Some(date_parts), _) => Some(json!({"date-parts": date_parts})),
        (None, edtf) => edtf.as_ref().map(|edtf| json!({"literal": edtf})),
    };
    if let Some(issued) = issued {
        item["issued"] = issued;
    }
    if let Some(quotation) = &reference.quotation {
        item["abstract"] = quotation.as_str().into();
    }
    item
}
