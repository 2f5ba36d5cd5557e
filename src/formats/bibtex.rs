//! BibTeX with the fields of BibLaTeX, in UTF-8: biber, BibTeX, JabRef and Zotero read it.
//!
//! Every entry has `date`, which BibLaTeX reads, and `year`, which the styles of BibTeX read.

use crate::corpus::Language;
use crate::formats::{
    context::RenderContext,
    envelope::List,
    error::RenderError,
    reference::{Reference, ReferenceKind, ToReference, date_parts},
};

/// Writes a list of references.
///
/// # Errors
/// If the context lacks a statement.
pub fn list<T: ToReference>(list: &List<T>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    write_entries(&list.items, context)
}

/// Writes one reference.
///
/// # Errors
/// If the context lacks the statement.
pub fn item<T: ToReference>(item: &T, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    write_entries(std::slice::from_ref(item), context)
}

fn write_entries<T: ToReference>(items: &[T], context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let entries = items.iter().map(|item| Ok(entry(&item.to_reference(context)?, context))).collect::<Result<Vec<_>, RenderError>>()?;
    Ok(entries.join("\n").into_bytes())
}

/// One reference. With double braces, no style splits an institution's name or lower-cases a title.
fn entry(reference: &Reference, context: &RenderContext<'_>) -> String {
    let braced = |text: &str| format!("{{{}}}", escape(text));
    let authors: Vec<String> = reference.authors.iter().map(|name| braced(name)).collect();
    let (kind, publisher) = match reference.kind {
        ReferenceKind::Document => ("misc", ("howpublished", escape(&reference.quoted_after))),
        ReferenceKind::Report => ("article", ("journal", braced(&reference.publisher))),
    };
    let language_name = |code: &str| if code == "ar" { "arabic" } else { "english" };
    // `langid` is the language of the entry, for hyphenation; `language` is the language of the article.
    let language = if context.language == Some(Language::Ar) { "ar" } else { "en" };
    let year = date_parts(&reference.issued).and_then(|dates| match dates.as_slice() {
        [date] => date.first().map(ToString::to_string),
        _ => None,
    });
    let fields = [
        ("author", (!authors.is_empty()).then(|| authors.join(" and "))),
        ("title", Some(braced(&reference.title))),
        (publisher.0, Some(publisher.1)),
        ("date", reference.issued.edtf.clone()),
        ("year", year),
        ("language", Some(language_name(&reference.language).to_owned())),
        ("langid", Some(language_name(language).to_owned())),
        // BibLaTeX reads a URL verbatim.
        ("url", Some(reference.url.clone())),
        ("note", reference.voice.as_deref().map(escape)),
        ("abstract", reference.quotation.as_deref().map(escape)),
        ("annote", Some(escape(&reference.notes.join(" ")))),
    ];
    let mut entry = format!("@{kind}{{{},\n", reference.citation_key);
    for (name, value) in fields {
        entry.extend(value.map(|value| format!("  {name:<12} = {{{value}}},\n")));
    }
    entry.push_str("}\n");
    entry
}

/// Escapes what is special to TeX. BibTeX counts even escaped braces to find the end of a field, so braces become
/// commands.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '#' | '$' | '%' | '&' | '_' => escaped.extend(['\\', character]),
            '{' => escaped.push_str(r"\textbraceleft{}"),
            '}' => escaped.push_str(r"\textbraceright{}"),
            '~' => escaped.push_str(r"\textasciitilde{}"),
            '^' => escaped.push_str(r"\textasciicircum{}"),
            '\\' => escaped.push_str(r"\textbackslash{}"),
            other => escaped.push(other),
        }
    }
    escaped
}
