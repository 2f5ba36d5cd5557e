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
    for clause in &document.clauses {
        let Some(voice) = &clause.voice else { continue };
        match (voice.value, &clause.speaker) {
            (Voice::Statement, Some(speaker)) => {
                let message = "the statement's own words have no speaker: its issuers say them; leave `speaker` out, or change `voice`";
                log.add(Code::Speaker, &speaker.place, message);
            }
            (Voice::ThirdParty, None) => log.add(Code::Speaker, &voice.place, "a third party needs a `speaker`: the actor that is quoted"),
            (Voice::Agency, None) if medium.is_none() => {
                log.add(Code::Speaker, &voice.place, "the agency needs a `speaker`, or the source a `medium`: an actor of the kind `medium`");
            }
            _ => {}
        }
        if let Some(LeadIn::New(lead_in)) = &clause.lead_in
            && lead_in.speaker.is_none()
            && medium.is_none()
        {
            let place = lead_in.words.quote.as_ref().map_or_else(|| clause.head(), |quote| quote.place.clone());
            log.add(Code::Speaker, &place, "a lead-in is the medium's: the source needs a `medium`, or the lead-in a `speaker`");
        }
    }
}
