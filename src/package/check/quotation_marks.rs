//! Voices agree with the quotation marks of the text.

use crate::{
    corpus::Voice,
    package::{
        check::Subject,
        diagnostic::{Code, Log},
        quotations::quotations,
    },
    text::span::Span,
};

/// Warns of clauses whose voice does not agree with the quotation marks around them.
pub fn check(subject: &Subject<'_>, log: &mut Log) {
    let quoted = quotations(subject.original);
    let voices: Vec<(Span, Voice, usize)> = (subject.places.clauses.iter().zip(&subject.document.clauses).enumerate())
        .filter_map(|(at, (places, clause))| Some((places.span?, clause.voice.as_ref()?.value, at)))
        .collect();
    // The marks at the ends of a clause are not its words.
    let is_quoted = |span: Span| {
        let chars: Vec<char> = subject.original.slice(span).chars().collect();
        let is_mark = |char: &&char| !char.is_alphanumeric();
        let (lead, trail) = (chars.iter().take_while(is_mark).count(), chars.iter().rev().take_while(is_mark).count());
        quoted.iter().any(|quotation| quotation.start <= span.start + lead && span.end.saturating_sub(trail) <= quotation.end)
    };
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
