//! Plain text (RFC 2046, section 4.1.3): clauses to read, to quote and to cite, with who says them above the words.
//!
//! Arabic unless English is asked for. What runs against the direction of a line is isolated (Unicode's U+2068 and
//! U+2069); the verbatim words are left as they are.

use crate::corpus::{Language, clauses::Clause};
use crate::formats::{
    List, RenderContext, RenderError,
    references::{ToReference, is_rough, remarks},
};

/// Begins what has a direction of its own.
const ISOLATE: char = '\u{2068}';
/// Ends it.
const POP: char = '\u{2069}';

/// Writes clauses, one after the other.
///
/// # Errors
/// When the context lacks a statement.
pub fn list(list: &List<Clause>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let clauses = list.items.iter().map(|clause| written(clause, context)).collect::<Result<Vec<_>, _>>()?;
    Ok(clauses.join("\n* * *\n\n").into_bytes())
}

/// Writes a clause.
///
/// # Errors
/// When the context lacks its statement.
pub fn item(clause: &Clause, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    Ok(written(clause, context)?.into_bytes())
}

/// A clause: who says it, its words, where it stands, what must be known with it, and how to cite it.
fn written(clause: &Clause, context: &RenderContext<'_>) -> Result<String, RenderError> {
    let language = context.language.unwrap_or(Language::Ar);
    let context = &RenderContext { language: Some(language), ..*context };
    let reference = clause.reference(context)?;
    let voice = context.voice_label(clause.voice);
    let words = format!("«{}»", clause.quote.exact);
    let mut blocks = match language {
        Language::Ar => vec![format!("{}\n{words}", in_arabic(&format!("{voice} (البند {}):", clause.label)))],
        Language::En => vec![
            format!("{voice} (clause {}), in a {}:\n“{}”", clause.label, clause.translation, in_english(&clause.text.en)),
            format!("The Arabic words:\n{ISOLATE}{words}{POP}"),
        ],
    };
    let turned = |text: String| match language {
        Language::Ar => in_arabic(&text),
        Language::En => in_english(&text),
    };
    blocks.push(turned(reference.url.clone()));
    blocks.extend(remarks(&clause.notes, context).into_iter().map(turned));
    let mut citation = vec![reference.authors.join(context.phrase("؛ ", "; ")), reference.title.clone()];
    // An estimate is told in the sentence about it.
    citation.extend(reference.issued.edtf.clone().filter(|_| !is_rough(&reference.issued)));
    citation.push(reference.quoted.clone());
    let cite = context.phrase("للاستشهاد", "To cite");
    blocks.push(turned(format!("{cite}: {}. {}", citation.join(". "), reference.url)));
    blocks.extend(reference.dating.map(turned));
    Ok(blocks.join("\n\n") + "\n")
}

/// English, with each Arabic quotation in its own direction. The editors quote Arabic between « and ».
fn in_english(text: &str) -> String {
    text.replace('«', &format!("{ISOLATE}«")).replace('»', &format!("»{POP}"))
}

/// Arabic, with addresses, labels, dates and Latin names in their own direction, but for what is quoted between « and ».
fn in_arabic(text: &str) -> String {
    let mut turned = String::with_capacity(text.len());
    let mut rest = text;
    let mut quoted = false;
    while let Some(first) = rest.chars().next() {
        let run = if quoted { 0 } else { latin(rest) };
        let (taken, left) = rest.split_at(run.max(first.len_utf8()));
        if run > 0 {
            turned.extend([ISOLATE]);
            turned.push_str(taken);
            turned.extend([POP]);
        } else {
            quoted = first == '«' || (quoted && first != '»');
            turned.push_str(taken);
        }
        rest = left;
    }
    turned
}

/// How many bytes of a text, from its beginning, are Latin: from a letter or digit of ASCII to the last one that punctuation
/// or a single space joins to it.
fn latin(text: &str) -> usize {
    let mut end = 0;
    for (at, character) in text.char_indices() {
        let joined = character.is_ascii_punctuation() || (character == ' ' && at == end);
        if character.is_ascii_alphanumeric() {
            end = at + 1;
        } else if end == 0 || !joined || text[end..at].ends_with(' ') {
            break;
        }
    }
    end
}
