//! The verdict on a quotation, as the API returns it. It is computed from an [`Outcome`] only.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    corpus::{
        BilingualText, NoteReference, Quote, Slug, Voice,
        clauses::{Clause, Kind},
        statements::Version,
    },
    verify::{
        difference::Difference,
        occurrence::Occurrence,
        outcome::{Altered, Asked, ComparedWith, InSource, Outcome},
        place::Agreement,
        registers::Registers,
        verdict_text::verdict_text,
    },
};

/// The maximum number of occurrences that a verdict lists.
const MAX_OCCURRENCES: usize = 100;

/// How a quotation and the source agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatchKind {
    /// The same code points.
    Exact,
    /// The same words, written differently.
    Normalized,
    /// The same words, with marked ellipses and insertions.
    Abridged,
    /// Not the source's words: some are different, omitted without a mark, or added.
    Altered,
    /// Not the source's words, and the source has nothing similar.
    None,
}

impl From<Agreement> for MatchKind {
    fn from(agreement: Agreement) -> Self {
        match agreement {
            Agreement::Exact => Self::Exact,
            Agreement::Normalized => Self::Normalized,
            Agreement::Abridged => Self::Abridged,
        }
    }
}

/// The speakers: the requested one, and those of the quotation.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Attribution {
    /// The requested voice.
    asked: Option<Voice>,
    /// The requested actor (an id).
    asked_speaker: Option<Slug>,
    /// Whether any occurrence has only this speaker; null unless a voice or an actor is requested and the quotation is in the source.
    holds: Option<bool>,
    /// The actors (ids) who say it; empty unless the quotation is in the source.
    speakers: Vec<Slug>,
}

/// The nearest passage to a quotation that the source does not have.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Closest {
    /// The clause (an id) that has most of it; null in a lead-in.
    pub clause: Option<Slug>,
    /// The source's words; of a translation, the clause.
    pub quote: Quote,
}

/// A clause that has words of a quotation, or of the nearest passage.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MatchedClause {
    /// Its id.
    id: Slug,
    /// Its URL.
    url: String,
    /// Paragraph and letter.
    label: String,
    /// Its voice.
    voice: Voice,
    /// Its kind.
    kind: Kind,
    /// The source's words, and our translation of them.
    text: BilingualText,
}

/// The verdict on a quotation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Verdict {
    /// How the quotation agrees with the source.
    pub r#match: MatchKind,
    /// The text that it was compared with.
    pub of: ComparedWith,
    /// Whether the source has exactly these words: true only for an `exact` match with the source, not with the translation.
    pub verbatim: bool,
    /// The verdict in a sentence, which can be read without the other members.
    pub verdict: BilingualText,
    /// The speakers: the requested one, and those of the quotation.
    pub attribution: Attribution,
    /// The statement (an id) that has the words of `quote`, or the nearest passage.
    pub statement: Option<Slug>,
    /// The narrowest clause (an id) that has most of the words; null in a lead-in, or if the quotation is not in the source.
    pub clause: Option<Slug>,
    /// Who says the words of `quote`; null if several do, or if the quotation is not in the source.
    pub voice: Option<Voice>,
    /// The actor (an id) who says them; null for the statement, whose issuers do.
    pub speaker: Option<Slug>,
    /// The source's words in the first occurrence, or in the first of the requested speaker; null unless the quotation is in the source.
    pub quote: Option<Quote>,
    /// Each voice that says it once, in the order of the occurrences; empty unless the quotation is in the source.
    pub voices: Vec<Voice>,
    /// Every place that has the words, in all statements that were compared, in reading order; at most 100.
    pub occurrences: Vec<Occurrence>,
    /// The nearest passage; null unless the match is `altered`.
    pub closest: Option<Closest>,
    /// The words of the translation; null unless the quotation is in the translation.
    pub translation: Option<String>,
    /// How it differs, changes of meaning first; empty where the match is `exact` or `none`.
    pub differences: Vec<Difference>,
    /// The clauses of all occurrences, or of the nearest passage, in reading order.
    pub clauses: Vec<MatchedClause>,
    /// The editors' notes on these clauses.
    pub notes: Vec<NoteReference>,
    /// Other publications of the statement, for comparison; only where a translation was compared and does not have the words.
    pub versions: Vec<Version>,
    /// The revision of the data.
    pub revision: i64,
}

impl Verdict {
    /// The verdict of an outcome.
    #[must_use]
    pub fn new(outcome: &Outcome<'_>, asked: &Asked, registers: &Registers, revision: i64) -> Self {
        let of = match outcome {
            Outcome::InSource(InSource { of, .. }) | Outcome::Altered(Altered { of, .. }) | Outcome::NotFound { of, .. } => *of,
        };
        let new = Self {
            r#match: MatchKind::None,
            of,
            verbatim: false,
            verdict: verdict_text(outcome, asked, registers),
            attribution: Attribution { asked: asked.voice, asked_speaker: asked.speaker.clone(), ..Attribution::default() },
            statement: None,
            clause: None,
            voice: None,
            speaker: None,
            quote: None,
            voices: Vec::new(),
            occurrences: Vec::new(),
            closest: None,
            translation: None,
            differences: Vec::new(),
            clauses: Vec::new(),
            notes: Vec::new(),
            versions: outcome.versions().to_vec(),
            revision,
        };
        match outcome {
            Outcome::InSource(found) => new.in_source(found),
            Outcome::Altered(altered) => new.altered(altered),
            Outcome::NotFound { .. } => new,
        }
    }

    fn in_source(self, found: &InSource<'_>) -> Self {
        let mut voices = Vec::new();
        let mut actors: Vec<Slug> = Vec::new();
        for (record, speaker) in found.speakers() {
            if !voices.contains(&speaker.voice) {
                voices.push(speaker.voice);
            }
            for actor in record.actors_of(speaker) {
                if !actors.contains(actor) {
                    actors.push(actor.clone());
                }
            }
        }
        let main = found.main_occurrence();
        let clauses = found.found.iter().flat_map(|found| {
            found.record.clauses.iter().filter(|clause| {
                let own = crate::verify::record::range(&clause.quote);
                found.ranges.iter().any(|range| crate::verify::record::overlap(&own, range) > 0)
            })
        });
        Self {
            r#match: found.agreement.into(),
            verbatim: found.of == ComparedWith::Source && found.agreement == Agreement::Exact,
            attribution: Attribution { holds: found.holds, speakers: actors, ..self.attribution.clone() },
            statement: Some(found.main_record().statement.id.clone()),
            clause: main.clause.clone(),
            voice: main.voice,
            speaker: main.speaker.clone(),
            quote: Some(main.quote.clone()),
            voices,
            occurrences: found.found.iter().flat_map(|found| &found.occurrences).take(MAX_OCCURRENCES).cloned().collect(),
            translation: found.translation.clone(),
            differences: found.differences.clone(),
            ..self.on_clauses(clauses)
        }
    }

    fn altered(self, altered: &Altered<'_>) -> Self {
        Self {
            r#match: MatchKind::Altered,
            statement: Some(altered.record.statement.id.clone()),
            closest: Some(Closest { clause: altered.clause.map(|clause| clause.id.clone()), quote: altered.quote.clone() }),
            differences: altered.differences.clone(),
            ..self.on_clauses(altered.record.clauses_in(altered.range.clone()))
        }
    }

    fn on_clauses<'c>(self, clauses: impl Iterator<Item = &'c Clause>) -> Self {
        let clauses: Vec<&Clause> = clauses.collect();
        Self {
            notes: clauses.iter().flat_map(|clause| clause.notes.clone()).collect(),
            clauses: clauses.into_iter().map(MatchedClause::from).collect(),
            ..self
        }
    }

    /// Whether the source has the words.
    #[must_use]
    pub const fn is_in_source(&self) -> bool {
        matches!(self.r#match, MatchKind::Exact | MatchKind::Normalized | MatchKind::Abridged)
    }
}

impl From<&Clause> for MatchedClause {
    fn from(clause: &Clause) -> Self {
        let Clause { id, url, label, voice, kind, text, .. } = clause.clone();
        Self { id, url, label, voice, kind, text }
    }
}
