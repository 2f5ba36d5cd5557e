//! The speakers of a statement's clauses, as a page lists and filters them.

use crate::corpus::{BilingualText, Language, Voice, attribution::attribution, clauses::Clause};

/// A speaker, with how many clauses are in that speaker's words.
#[derive(Clone, Debug)]
pub struct Speaker {
    /// The value of the filter: the speaker's id, or `statement`.
    pub key: String,
    /// The voice.
    pub voice: Voice,
    /// The name; `None` for the statement.
    pub name: Option<BilingualText>,
    /// Who says it, as a phrase.
    pub attribution: String,
    /// The number of clauses.
    pub clause_count: usize,
}

impl Speaker {
    /// The speakers of some clauses: the statement first, then those that the medium quotes, then the medium.
    pub fn of_clauses(clauses: &[Clause], language: Language) -> Vec<Self> {
        let mut speakers: Vec<Self> = Vec::new();
        for clause in clauses {
            let key = Self::key(clause);
            if let Some(speaker) = speakers.iter_mut().find(|speaker| speaker.key == key) {
                speaker.clause_count += 1;
                continue;
            }
            let name = clause.speaker_name.clone();
            let attribution = attribution(clause.voice, name.as_ref()).of(language).to_owned();
            speakers.push(Self { key, voice: clause.voice, name, attribution, clause_count: 1 });
        }
        speakers.sort_by_key(|speaker| match speaker.voice {
            Voice::Statement => 0,
            Voice::ThirdParty => 1,
            Voice::Agency => 2,
        });
        speakers
    }

    /// The key of a clause's speaker.
    pub fn key(clause: &Clause) -> String {
        clause.speaker.as_ref().map_or_else(|| "statement".to_owned(), ToString::to_string)
    }
}
