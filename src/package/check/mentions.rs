//! Mentions and citations: the same words name the same thing once.

use std::collections::HashSet;

use crate::{
    package::{
        check::Subject,
        diagnostic::{Code, Log},
        document::{LeadIn, QuoteSelector},
        spanned::Text,
    },
    text::span::Span,
};

/// Checks the mentions of clauses and lead-ins, and the citations.
pub fn check(subject: &Subject<'_>, log: &mut Log) {
    let mut seen = Seen::default();
    for (clause, places) in subject.document.clauses.iter().zip(&subject.places.clauses) {
        for (entry, span) in clause.actors.iter().zip(&places.actors) {
            seen.add("actor", entry.id.as_ref(), &entry.words, *span, log);
        }
        for (mention, span) in clause.locations.iter().zip(&places.locations) {
            seen.add("location", mention.id.as_ref(), &mention.words, *span, log);
        }
        for (citation, span) in clause.citations.iter().zip(&places.citations) {
            seen.add("document", citation.document.as_ref(), &citation.words, *span, log);
        }
    }
    for places in &subject.places.lead_ins {
        let Some(LeadIn::New(lead_in)) = &subject.document.clauses[places.clause].lead_in else { continue };
        for (entry, span) in lead_in.actors.iter().zip(&places.actors) {
            seen.add("actor", entry.id.as_ref(), &entry.words, *span, log);
        }
        for (mention, span) in lead_in.locations.iter().zip(&places.locations) {
            seen.add("location", mention.id.as_ref(), &mention.words, *span, log);
        }
    }
}

/// The mentions so far: what is named, and by which words.
#[derive(Default)]
struct Seen<'d>(HashSet<(&'static str, &'d str, Span)>);

impl<'d> Seen<'d> {
    fn add(&mut self, what: &'static str, id: Option<&'d Text>, words: &QuoteSelector, span: Option<Span>, log: &mut Log) {
        if let (Some(id), Some(span), Some(quote)) = (id, span, &words.quote)
            && !self.0.insert((what, id.as_str(), span))
        {
            log.add(Code::DuplicateId, &quote.place, format!("these words are a mention of the {what} `{}` already", id.value));
        }
    }
}
