//! BibTeX with the fields of BibLaTeX, in UTF-8: biber, BibTeX, JabRef and Zotero read it.
//!
//! Every entry has `date`, which BibLaTeX reads, and `year`, which the styles of BibTeX read.

use crate::corpus::{Language, UncertainDate};
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
    let entries = items.iter().map(|item| Ok(entry(&item.to_reference(context)?.isolated(context), context))).collect::<Result<Vec<_>, RenderError>>()?;
    Ok(entries.join("\n").into_bytes())
}

/// One reference. With double braces, no style splits an institution's name.
fn entry(reference: &Reference, context: &RenderContext<'_>) -> String {
    let authors: Vec<String> = reference.authors.iter().map(|name| format!("{{{}}}", escape(name))).collect();
    let (kind, genre, publisher) = match reference.kind {
        ReferenceKind::Document => ("techreport", Some(escape(reference.genre)), ("institution", escape(&reference.quoted_after))),
        ReferenceKind::Report => ("online", None, ("organization", escape(&reference.publisher))),
    };
    let language_name = |code: &str| if code == "ar" { "arabic" } else { "english" };
    // `langid` is the language of the entry, for hyphenation; `language` is the language of the article.
    let language = if context.language == Some(Language::Ar) { "ar" } else { "en" };
    let years = years(&reference.issued);
    // The marks of an approximate date are read by BibLaTeX alone; the note on the date says what it is.
    let date = if is_approximate(&reference.issued) { years.clone() } else { reference.issued.edtf.clone() };
    let fields = [
        ("author", (!authors.is_empty()).then(|| authors.join(" and "))),
        ("title", Some(brace_proper_nouns(&reference.title))),
        ("type", genre),
        (publisher.0, Some(publisher.1)),
        ("date", date),
        ("year", years.filter(|years| !years.contains('/'))),
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

/// The year of a date, or the first and the last year; `None` if a bound is unknown.
fn years(date: &UncertainDate) -> Option<String> {
    let mut years: Vec<String> = date_parts(date)?.iter().filter_map(|parts| parts.first()).map(ToString::to_string).collect();
    years.dedup();
    Some(years.join("/"))
}

/// A title with its proper nouns in braces, so that neither a style nor an importer changes their case. A title in braces as a
/// whole counts as one without proper nouns. Titles are in sentence case: a word with a capital letter is a proper noun, unless
/// it is the first.
fn brace_proper_nouns(title: &str) -> String {
    let mut braced = String::with_capacity(title.len() + 16);
    let mut is_open = false;
    for (index, word) in title.split(' ').enumerate() {
        let core = word.trim_matches(|character: char| !character.is_alphanumeric());
        let (before, after) = word.split_once(core).filter(|_| !core.is_empty()).unwrap_or((word, ""));
        let is_proper = core.chars().skip(usize::from(index == 0)).any(char::is_uppercase);
        // Adjacent proper nouns are one name.
        if is_open && !(is_proper && before.is_empty()) {
            braced.push('}');
            is_open = false;
        }
        if index > 0 {
            braced.push(' ');
        }
        braced.push_str(&escape(before));
        if is_proper && !is_open {
            braced.push('{');
            is_open = true;
        }
        braced.push_str(&escape(core));
        if is_open && !after.is_empty() {
            braced.push('}');
            is_open = false;
        }
        braced.push_str(&escape(after));
    }
    if is_open {
        braced.push('}');
    }
    braced
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

#[cfg(test)]
mod tests {
    use super::brace_proper_nouns;

    #[test]
    fn proper_nouns_are_braced_and_nothing_else_is() {
        for (title, expected) in [
            ("Joint statement of the United States and Iraq", "Joint statement of the {United States} and {Iraq}"),
            ("Iraq and the Global Coalition's mission, clause 6c", "Iraq and the {Global Coalition's} mission, clause 6c"),
            ("UN–Iraq talks (New York, Baghdad)", "{UN–Iraq} talks ({New York}, {Baghdad})"),
            ("on the ‘Joint statement of Upland’", "on the ‘{Joint} statement of {Upland}’"),
            ("AT&T in {Iraq} & on the iPhone", r"{AT\&T} in \textbraceleft{}{Iraq}\textbraceright{} \& on the {iPhone}"),
            ("بيان مشترك", "بيان مشترك"),
            ("بيان NATO، البند 6b", "بيان {NATO}، البند 6b"),
            ("", ""),
            ("– –", "– –"),
        ] {
            assert_eq!(brace_proper_nouns(title), expected);
        }
    }
}
