//! Voices agree with the quotation marks of the text.

use crate::{
    corpus::Voice,
    package::{
        check::Subject,
        diagnostic::{Code, Log},
        original::Original,
    },
    text::span::Span,
};

/// The quotation marks that a text may open a quotation with, and those that close it.
const PAIRS: [(char, char); 4] = [('“', '”'), ('«', '»'), ('„', '“'), ('"', '"')];

/// Warns of clauses whose voice does not agree with the quotation marks around them.
pub fn check(subject: &Subject<'_>, log: &mut Log) {
    let quoted = quotations(subject.original);
    let voices: Vec<(Span, Voice, usize)> = (subject.places.clauses.iter().zip(&subject.document.clauses).enumerate())
        .filter_map(|(at, (places, clause))| Some((places.span?, clause.voice.as_ref()?.value, at)))
        .collect();
    let is_quoted = |span: Span| quoted.iter().any(|quotation| quotation.start <= span.start && span.end <= quotation.end);
    let marked = voices.iter().any(|(span, voice, _)| *voice == Voice::Statement && is_quoted(*span));
    let narrated = voices.iter().any(|(_, voice, _)| *voice != Voice::Statement) || !subject.places.lead_ins.is_empty();
    for (span, voice, at) in voices {
        let clause = &subject.document.clauses[at];
        let place = clause.voice.as_ref().map_or_else(|| clause.head(), |voice| voice.place.clone());
        match voice {
            // Only where the source marks what it quotes can its marks be missing.
            Voice::Statement if narrated && marked && !is_quoted(span) => {
                let message = format!("clause {} is in the statement's voice, but outside the quotation marks of the text", clause.label());
                log.add(Code::Voice, &place, message);
            }
            Voice::Agency if is_quoted(span) => {
                log.add(Code::Voice, &place, format!("clause {} is in the agency's voice, but inside quotation marks", clause.label()));
            }
            _ => {}
        }
    }
}

/// The words between quotation marks, paragraph by paragraph; a quotation without an end reaches to that of its paragraph.
fn quotations(original: &Original) -> Vec<Span> {
    let mut quotations = Vec::new();
    for paragraph in original.paragraphs() {
        let mut open: Option<(usize, char)> = None;
        for (at, char) in (paragraph.start..).zip(original.slice(*paragraph).chars()) {
            match open {
                Some((start, close)) if char == close => {
                    quotations.push(Span { start, end: at });
                    open = None;
                }
                None => open = PAIRS.iter().find(|(opening, _)| *opening == char).map(|(_, close)| (at + 1, *close)),
                Some(_) => {}
            }
        }
        quotations.extend(open.map(|(start, _)| Span { start, end: paragraph.end }));
    }
    quotations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_between_marks_of_one_pair() {
        let original = Original::new("قال: “نص «داخلي» آخر”، ثم\nsaid \"one\" and \"two".to_owned());
        let words: Vec<&str> = quotations(&original).into_iter().map(|span| original.slice(span)).collect();
        assert_eq!(words, ["نص «داخلي» آخر", "one", "two"]);
    }
}
