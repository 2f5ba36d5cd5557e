//! Plain text (RFC 2046, section 4.1.3): clauses to read, to quote and to cite, each below the phrase that says who
//! speaks.
//!
//! Arabic by default, whatever the language of the source. Runs in the other direction are isolated; the verbatim words are unchanged.

use crate::corpus::{Language, LeadIn, Voice, clauses::Clause};
use crate::formats::{
    context::RenderContext,
    envelope::List,
    error::RenderError,
    milestone::in_marks,
    reference::{ToReference, is_approximate, note_lines},
};
use crate::text::bidi::{FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE, isolate};

/// Writes clauses, one after the other.
///
/// # Errors
/// If the context lacks a statement.
pub fn list(list: &List<Clause>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let clauses = list.items.iter().map(|clause| clause_text(clause, context)).collect::<Result<Vec<_>, _>>()?;
    Ok(clauses.join("\n* * *\n\n").into_bytes())
}

/// Writes a clause.
///
/// # Errors
/// If the context lacks the statement.
pub fn item(clause: &Clause, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    Ok(clause_text(clause, context)?.into_bytes())
}

/// A clause: who says it, its words, the lead-in, its URL, the editors' notes, and how to cite it.
fn clause_text(clause: &Clause, context: &RenderContext<'_>) -> Result<String, RenderError> {
    let language = context.language.unwrap_or(Language::Ar);
    let context = &RenderContext { language: Some(language), ..*context };
    let reference = clause.to_reference(context)?;
    let voice = context.voice_label(clause.voice, clause.speaker_name.as_ref());
    let work = context.work(&clause.statement)?;
    let source = work.statement.source.language;
    let quotation = in_marks(&clause.quote.exact, source);
    let isolated = |text: String| isolate(&text, language);
    let isolated_quotation = || format!("{FIRST_STRONG_ISOLATE}{quotation}{POP_DIRECTIONAL_ISOLATE}");
    let mut blocks = match (language, source) {
        (Language::Ar, Language::Ar) => vec![format!("{}\n{quotation}", isolated(format!("{voice} (البند {}):", clause.label)))],
        (Language::En, Language::En) => vec![format!("{}\n{quotation}", isolated(format!("{voice} (clause {}):", clause.label)))],
        (Language::En, Language::Ar) => vec![
            format!("{voice} (clause {}), in our translation:\n“{}”", clause.label, isolate(&clause.text.en, language)),
            format!("The Arabic words:\n{}", isolated_quotation()),
        ],
        (Language::Ar, Language::En) => vec![
            format!("{}\n«{}»", isolated(format!("{voice} (البند {})، في ترجمة غير رسمية:", clause.label)), isolate(&clause.text.ar, language)),
            format!("الكلمات الإنكليزية:\n{}", isolated_quotation()),
        ],
    };
    blocks.extend(clause.lead_in.as_ref().map(|lead_in| lead_in_text(lead_in, &reference.publisher, language, source)));
    blocks.push(isolated(reference.url.clone()));
    blocks.extend(note_lines(&clause.notes, context).into_iter().map(isolated));
    let authors = reference.authors.join(context.phrase("؛ ", "; "));
    let citation = match clause.voice {
        Voice::Statement => {
            // The note on the date has an approximate one.
            let issued = reference.issued.edtf.clone().filter(|_| !is_approximate(&reference.issued));
            [Some(authors), Some(reference.title), issued, Some(reference.quoted_after)].into_iter().flatten().collect::<Vec<_>>().join(". ")
        }
        // The authors name the news agency, and the note has the date.
        Voice::Agency | Voice::ThirdParty => {
            let (title, label) = (context.text(&work.statement.title), &clause.label);
            match (language, source) {
                (Language::Ar, Language::Ar) => format!("{authors}، تقرير بالعربية عن «{title}»، البند {label}"),
                (Language::Ar, Language::En) => format!("{authors}، تقرير بالإنكليزية عن «{title}»، البند {label}"),
                (Language::En, Language::Ar) => format!("{authors}, report in Arabic on the ‘{title}’, clause {label}"),
                (Language::En, Language::En) => format!("{authors}, report in English on the ‘{title}’, clause {label}"),
            }
        }
    };
    let cite = context.phrase("للاستشهاد", "To cite");
    blocks.push(isolated(format!("{cite}: {citation}. {}", reference.url)));
    blocks.extend(reference.date_note.map(isolated));
    Ok(blocks.join("\n\n") + "\n")
}

/// The words with which the medium introduces the clause.
fn lead_in_text(lead_in: &LeadIn, medium: &str, language: Language, source: Language) -> String {
    let introduction = match language {
        Language::Ar => isolate(&format!("التمهيد له في نص {medium}:"), language),
        Language::En => format!("Introduced by {medium} with the words:"),
    };
    let quotation = in_marks(lead_in.text.of(source), source);
    if language == source {
        return format!("{introduction}\n{quotation}");
    }
    let translation = in_marks(&isolate(lead_in.text.of(language), language), language);
    format!("{introduction}\n{FIRST_STRONG_ISOLATE}{quotation}{POP_DIRECTIONAL_ISOLATE} ({translation})")
}
