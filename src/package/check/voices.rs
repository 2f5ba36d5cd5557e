//! Voices: each but the statement's names its speaker.

use crate::{
    corpus::Voice,
    package::{
        diagnostic::{Code, Log},
        document::{Document, LeadIn},
    },
};

/// Checks the voices of the clauses.
pub fn check(document: &Document, log: &mut Log) {
    let medium = document.source.as_ref().and_then(|source| source.medium.as_ref());
    let has_medium = medium.is_some() || document.source.as_ref().is_none_or(|source| log.is_unread(&source.place.place, "medium"));
    let mut narrated: Vec<&str> = Vec::new();
    for clause in &document.clauses {
        let Some(voice) = &clause.voice else { continue };
        match (voice.value, &clause.speaker) {
            _ if log.is_unread(&clause.place.place, "speaker") => {}
            (Voice::Statement, Some(speaker)) => {
                let message = "the statement's own words have no speaker: its issuers say them; leave `speaker` out, or change `voice`";
                log.add(Code::Speaker, &speaker.place, message);
            }
            (Voice::ThirdParty, None) => log.add(Code::Speaker, &voice.place, "a third party needs a `speaker`: the actor that is quoted"),
            (Voice::Agency, None) if !has_medium => narrated.push(clause.label()),
            _ => {}
        }
        if let Some(LeadIn::New(lead_in)) = &clause.lead_in
            && lead_in.speaker.is_none()
            && !has_medium
            && !narrated.contains(&clause.label())
        {
            narrated.push(clause.label());
        }
    }
    if !narrated.is_empty() {
        let place =
            document.source.as_ref().map_or(document.head(), |source| source.publisher.as_ref().map_or(&source.place.place, |publisher| &publisher.place));
        let message = format!(
            "the source needs a `medium`, the actor that reports the statement: clauses in its voice, and lead-ins, are its words ({})",
            narrated.join(", ")
        );
        log.add_with_help(Code::Speaker, place, message, vec!["or each of them needs a `speaker`".to_owned()]);
    }
}
