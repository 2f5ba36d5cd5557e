//! BibTeX, with the fields of BibLaTeX: UTF-8, read by biber, BibTeX, JabRef and Zotero alike.
//!
//! Both `date` and `year` are written: BibLaTeX takes the first, the styles of BibTeX know only the second.

use crate::corpus::Language;
use crate::formats::{
    List, RenderContext, RenderError,
    references::{Kind, Reference, ToReference, parts},
};

/// Writes a list of references.
///
/// # Errors
/// When the context lacks a statement.
pub fn list<T: ToReference>(list: &List<T>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    entries(&list.items, context)
}

/// Writes one reference.
///
/// # Errors
/// When the context lacks its statement.
pub fn item<T: ToReference>(item: &T, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    entries(std::slice::from_ref(item), context)
}

fn entries<T: ToReference>(items: &[T], context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let entries = items.iter().map(|item| Ok(entry(&item.reference(context)?, context))).collect::<Result<Vec<_>, RenderError>>()?;
    Ok(entries.join("\n").into_bytes())
}

/// One reference. Double braces keep a style from taking an institution's name apart and a title from being lower-cased.
fn entry(reference: &Reference, context: &RenderContext<'_>) -> String {
    let kept = |text: &str| format!("{{{}}}", escaped(text));
    let authors: Vec<String> = reference.authors.iter().map(|name| kept(name)).collect();
    let (kind, published) = match reference.kind {
        Kind::Document => ("misc", ("howpublished", escaped(&reference.quoted))),
        Kind::Report => ("article", ("journal", kept(&reference.publisher))),
    };
    let named = |code: &str| if code == "ar" { "arabic" } else { "english" };
    // The language of the reference, for hyphenation; `language` is that of the article.
    let language = if context.language == Some(Language::Ar) { "ar" } else { "en" };
    let year = parts(&reference.issued).and_then(|parts| match parts.as_slice() {
        [one] => one.first().map(ToString::to_string),
        _ => None,
    });
    let fields = [
        ("author", (!authors.is_empty()).then(|| authors.join(" and "))),
        ("title", Some(kept(&reference.title))),
        (published.0, Some(published.1)),
        ("date", reference.issued.edtf.clone()),
        ("year", year),
        ("language", Some(named(&reference.language).to_owned())),
        ("langid", Some(named(language).to_owned())),
        // Verbatim, as BibLaTeX reads it.
        ("url", Some(reference.url.clone())),
        ("note", reference.voice.map(escaped)),
        ("abstract", reference.words.as_deref().map(escaped)),
        ("annote", Some(escaped(&reference.notes.join(" ")))),
    ];
    let mut entry = format!("@{kind}{{{},\n", reference.key);
    for (name, value) in fields {
        entry.extend(value.map(|value| format!("  {name:<12} = {{{value}}},\n")));
    }
    entry.push_str("}\n");
    entry
}

/// A text in which nothing means anything to TeX. Even an escaped brace would count when BibTeX looks for the end of a
/// field, so braces are named.
fn escaped(text: &str) -> String {
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
