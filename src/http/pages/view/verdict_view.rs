//! A verdict as a page shows it: the quotation beside the words that it is compared with, and the clause that they are from.

#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass values by reference")]

use crate::{
    corpus::{BilingualText, Language, NoteReference, Slug, clauses::Clause, notes::Severity},
    http::pages::view::{
        clause_link::ClauseLink,
        messages::Message,
        verify_messages as verify_msg,
        word_diff::{Mark, Run, compare_words},
    },
    verify::{ComparedWith, DraftQuotation, MatchKind, Verdict},
};

/// A verdict, with what the page shows beside it.
#[derive(Debug)]
pub struct VerdictView {
    /// The prefix of the ids of its elements: `q1`.
    pub anchor: String,
    /// The number of the quotation in its draft, from 1; `None` if the whole text is one quotation.
    pub number: Option<usize>,
    /// The words of the quotation.
    pub given: String,
    /// The verdict; `None` if the quotation is too long.
    pub verdict: Option<Verdict>,
    /// The quotation and the words that it is compared with, with their differences marked.
    pub compared: Option<(Vec<Run>, Vec<Run>)>,
    /// The clause that has most of the words.
    pub clause: Option<CitedClause>,
    /// The speaker that the draft names, and whether that is right.
    pub attribution: Option<(String, Option<bool>)>,
}

/// A clause with its citation.
#[derive(Clone, Debug)]
pub struct CitedClause {
    /// The clause.
    pub clause: Clause,
    /// Its citation.
    pub citation: String,
    /// The title of its statement.
    pub statement: BilingualText,
    /// The language of the source.
    pub source: Language,
}

impl VerdictView {
    /// The verdict on a text that is one quotation. `cited`: the clause that [`main_clause`] names.
    pub fn of_quotation(text: &str, verdict: Verdict, cited: Option<CitedClause>) -> Self {
        Self::new("q1".to_owned(), None, text, Some(verdict), cited)
    }

    /// The verdict on a quotation of a draft.
    pub fn of_draft(number: usize, quotation: DraftQuotation, cited: Option<CitedClause>) -> Self {
        let attribution = quotation.named.map(|named| (named, quotation.speaker_correct));
        Self { attribution, ..Self::new(format!("q{number}"), Some(number), &quotation.quote, quotation.verdict, cited) }
    }

    fn new(anchor: String, number: Option<usize>, given: &str, verdict: Option<Verdict>, clause: Option<CitedClause>) -> Self {
        let compared = verdict.as_ref().and_then(|verdict| {
            let (source, is_part) = compared_with(verdict, clause.as_ref())?;
            Some(compare_words(given, &source, is_part))
        });
        Self { anchor, number, given: given.to_owned(), verdict, compared, clause, attribution: None }
    }

    /// The critical notes on the clauses: those that the sentence of the verdict repeats, and the others.
    pub fn critical_notes(&self, language: &Language) -> (Vec<&NoteReference>, Vec<&NoteReference>) {
        let sentence = self.verdict.as_ref().map_or("", |verdict| verdict.verdict.of(*language));
        // The sentence joins a note without its full stop.
        let is_said = |note: &&NoteReference| sentence.contains(note.text.of(*language).trim_end_matches('.'));
        self.notes(|severity| severity == Severity::Critical).into_iter().partition(is_said)
    }

    /// The other notes on the clauses.
    pub fn other_notes(&self) -> Vec<&NoteReference> {
        self.notes(|severity| severity != Severity::Critical)
    }

    fn notes(&self, is_wanted: impl Fn(Severity) -> bool) -> Vec<&NoteReference> {
        let mut notes: Vec<&NoteReference> = self.verdict.iter().flat_map(|verdict| &verdict.notes).filter(|note| is_wanted(note.severity)).collect();
        notes.sort_by_key(|note| note.severity);
        notes
    }

    /// The other clauses that have the words.
    pub fn other_clauses(&self) -> Vec<ClauseLink> {
        let main = self.clause.as_ref().map(|cited| &cited.clause.id);
        let occurrences = self.verdict.iter().flat_map(|verdict| &verdict.occurrences);
        let places = occurrences.filter_map(|occurrence| Some((occurrence.clause.as_ref()?, &occurrence.statement)));
        let mut others: Vec<(&Slug, &Slug)> = places.filter(|(clause, _)| Some(*clause) != main).collect();
        others.dedup();
        others.into_iter().map(|(clause, statement)| ClauseLink::new(clause, statement)).collect()
    }

    /// The class of its element, which names the match.
    pub fn class(&self) -> &'static str {
        if self.is_misattributed() {
            return "misattributed";
        }
        match self.verdict.as_ref().map(|verdict| (verdict.r#match, verdict.of)) {
            Some((MatchKind::Exact | MatchKind::Normalized | MatchKind::Abridged, ComparedWith::Source)) => "in-source",
            Some((MatchKind::Exact | MatchKind::Normalized | MatchKind::Abridged, ComparedWith::WorkingTranslation)) => "in-translation",
            Some((MatchKind::Altered, _)) => "altered",
            Some((MatchKind::None, _)) | None => "absent",
        }
    }

    /// Whether the source has the words, and the draft names a wrong speaker.
    pub fn is_misattributed(&self) -> bool {
        matches!(self.attribution, Some((_, Some(false)))) && self.verdict.as_ref().is_some_and(Verdict::is_in_source)
    }

    /// What the match means, as a heading; `None` if the quotation was not compared.
    pub fn heading(&self) -> Option<Message> {
        self.verdict.as_ref().map(|verdict| verify_msg::match_heading(verdict.r#match, verdict.of, self.is_misattributed()))
    }

    /// Whether the quotation has marked words, whether the source has, and whether any are written differently.
    pub fn marks(given: &[Run], source: &[Run]) -> (bool, bool, bool) {
        let has = |runs: &[Run], mark: Mark| runs.iter().any(|run| run.mark == mark);
        (has(given, Mark::Different), has(source, Mark::Different), has(given, Mark::Spelling))
    }

    /// What marked words of the quotation are.
    pub const fn given_label(verdict: &Verdict) -> Message {
        match (verdict.r#match, verdict.of) {
            (MatchKind::Abridged, _) => verify_msg::KEY_BRACKET,
            (MatchKind::Exact | MatchKind::Normalized, _) => verify_msg::KEY_SPELLING,
            (MatchKind::Altered | MatchKind::None, ComparedWith::Source) => verify_msg::KEY_GIVEN,
            (MatchKind::Altered | MatchKind::None, ComparedWith::WorkingTranslation) => verify_msg::KEY_NOT_IN_TRANSLATION,
        }
    }

    /// What marked words of the source are.
    pub const fn source_label(verdict: &Verdict) -> Message {
        match verdict.r#match {
            MatchKind::Abridged => verify_msg::KEY_CUT,
            MatchKind::Exact | MatchKind::Normalized => verify_msg::KEY_SPELLING,
            MatchKind::Altered | MatchKind::None => verify_msg::KEY_SOURCE,
        }
    }

    /// The name of the column with the words of that text.
    pub const fn column_label(verdict: &Verdict) -> Message {
        match verdict.of {
            ComparedWith::Source => verify_msg::SOURCE,
            ComparedWith::WorkingTranslation => verify_msg::TRANSLATION,
        }
    }

    /// The name of the text that a quotation is compared with.
    pub const fn compared_label(verdict: &Verdict) -> Message {
        match (verdict.of, verdict.r#match) {
            (ComparedWith::WorkingTranslation, _) => verify_msg::IN_TRANSLATION,
            (ComparedWith::Source, MatchKind::Altered) => verify_msg::CLOSEST_IN_SOURCE,
            (ComparedWith::Source, _) => verify_msg::IN_SOURCE,
        }
    }
}

/// The clause that a verdict is about: the one that has most of the words, or the nearest one.
pub fn main_clause(verdict: &Verdict) -> Option<&Slug> {
    verdict.clause.as_ref().or_else(|| verdict.closest.as_ref()?.clause.as_ref())
}

/// The words that a quotation is compared with, and whether it may be a part of them.
fn compared_with(verdict: &Verdict, cited: Option<&CitedClause>) -> Option<(String, bool)> {
    match verdict.of {
        ComparedWith::Source => {
            let quote = verdict.quote.as_ref().or(verdict.closest.as_ref().map(|closest| &closest.quote))?;
            Some((quote.exact.clone(), false))
        }
        ComparedWith::WorkingTranslation => match (&verdict.translation, cited) {
            (Some(words), _) => Some((words.clone(), false)),
            (None, Some(cited)) if verdict.closest.is_some() => Some((cited.clause.text.of(cited.source.other()).to_owned(), true)),
            (None, _) => None,
        },
    }
}
