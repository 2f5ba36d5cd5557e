//! CSL-JSON: references for Zotero, pandoc and whatever else speaks the Citation Style Language 1.0.2.
//!
//! Always an array, of one reference for a single item: that is what the schema of CSL-JSON asks for.

use serde_json::{Value, json};

use crate::formats::{
    List, RenderContext, RenderError,
    references::{Kind, Reference, ToReference, is_rough, parts},
};

/// Writes a list of references.
///
/// # Errors
/// When the context lacks a statement.
pub fn list<T: ToReference>(list: &List<T>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    array(&list.items, context)
}

/// Writes one reference.
///
/// # Errors
/// When the context lacks its statement.
pub fn item<T: ToReference>(item: &T, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    array(std::slice::from_ref(item), context)
}

fn array<T: ToReference>(items: &[T], context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let references = items.iter().map(|item| Ok(entry(&item.reference(context)?))).collect::<Result<Vec<_>, RenderError>>()?;
    serde_json::to_vec(&references).map_err(|cause| RenderError(cause.to_string()))
}

/// One reference. An author is a `literal`, so that no institution's name is taken apart.
fn entry(reference: &Reference) -> Value {
    let (kind, publisher) = match reference.kind {
        Kind::Document => ("document", ("publisher", &reference.quoted)),
        Kind::Report => ("article-newspaper", ("container-title", &reference.publisher)),
    };
    let mut entry = json!({
        "id": reference.key,
        "type": kind,
        "title": reference.title,
        "author": reference.authors.iter().map(|name| json!({"literal": name})).collect::<Vec<_>>(),
        "genre": reference.genre,
        publisher.0: publisher.1,
        "language": reference.language,
        "URL": reference.url,
        // Where it was found: Zotero calls it the library's catalogue.
        "source": "Bayan",
        "note": reference.notes.join("\n"),
    });
    let issued = match (parts(&reference.issued), &reference.issued.edtf) {
        (Some(parts), _) if is_rough(&reference.issued) => Some(json!({"date-parts": parts, "circa": true})),
        (Some(parts), _) => Some(json!({"date-parts": parts})),
        (None, edtf) => edtf.as_ref().map(|edtf| json!({"literal": edtf})),
    };
    if let Some(issued) = issued {
        entry["issued"] = issued;
    }
    if let Some(words) = &reference.words {
        entry["abstract"] = words.as_str().into();
    }
    entry
}
