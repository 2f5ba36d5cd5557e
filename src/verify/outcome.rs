//! The outcome of verifying a quotation: one of three variants.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    corpus::{Quote, Slug, Voice, clauses::Clause, notes::Note, statements::Version},
    verify::{difference::Difference, occurrence::Occurrence, place::Agreement, record::Record, speaker::Speaker},
};

/// The text that a quotation is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ComparedWith {
    /// The source's own words.
    Source,
    /// The editors' working translation of the source.
    WorkingTranslation,
}

/// The voice and the actor that the request names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The voice.
    pub voice: Option<Voice>,
    /// The actor (an id).
    pub speaker: Option<Slug>,
}

/// The outcome of verifying a quotation.
#[derive(Debug)]
pub enum Outcome<'r> {
    /// The source or the translation has its words.
    InSource(InSource<'r>),
    /// The source does not have its words, but has similar ones.
    Altered(Altered<'r>),
    /// The source has nothing similar.
    NotFound {
        /// The text that it was compared with.
        of: ComparedWith,
        /// The requested statement, or the only one.
        record: Option<&'r Record>,
    },
}

impl Outcome<'_> {
    /// The publications that a reader may compare: those of the statement whose translation does not have the words.
    #[must_use]
    pub fn versions(&self) -> &[Version] {
        let record = match self {
            Self::Altered(Altered { of: ComparedWith::WorkingTranslation, record, .. }) => Some(*record),
            Self::NotFound { of: ComparedWith::WorkingTranslation, record } => *record,
            _ => None,
        };
        record.map_or(&[], |record| &record.statement.versions)
    }
}

/// A quotation whose words a source or a translation has.
#[derive(Debug)]
pub struct InSource<'r> {
    /// The text that it was compared with.
    pub of: ComparedWith,
    /// How the best occurrence agrees.
    pub agreement: Agreement,
    /// Each statement that has the words, in the order of their ids; never empty.
    pub found: Vec<InStatement<'r>>,
    /// The number of the statement, and of the occurrence in it, that is shown first: the best of the requested speaker.
    pub main: (usize, usize),
    /// The differences of the best occurrence; none of them changes the words.
    pub differences: Vec<Difference>,
    /// Whether any occurrence is said by the requested speaker; `None` if the request names none.
    pub holds: Option<bool>,
    /// The translation's words, where it was compared.
    pub translation: Option<String>,
    /// A negation directly before the quoted words in the source that is not quoted.
    pub negated_by: Option<String>,
}

/// The words of a quotation in one statement.
#[derive(Debug)]
pub struct InStatement<'r> {
    /// The statement.
    pub record: &'r Record,
    /// Every occurrence, in reading order; never empty.
    pub occurrences: Vec<Occurrence>,
    /// The code points of the source that are quoted, in all occurrences.
    pub ranges: Vec<Range<usize>>,
    /// The critical notes on its words.
    pub cautions: Vec<&'r Note>,
}

/// A quotation whose words the source does not have.
#[derive(Debug)]
pub struct Altered<'r> {
    /// The statement with the nearest passage.
    pub record: &'r Record,
    /// The text that it was compared with.
    pub of: ComparedWith,
    /// The clause that has most of the nearest passage; `None` in a lead-in.
    pub clause: Option<&'r Clause>,
    /// The nearest passage of the source; of a translation, the clause.
    pub quote: Quote,
    /// How they differ, changes of meaning first; never empty.
    pub differences: Vec<Difference>,
    /// The code points of the nearest passage of the source.
    pub range: Range<usize>,
    /// The critical notes on the nearest passage.
    pub cautions: Vec<&'r Note>,
}

impl<'r> InSource<'r> {
    /// The statement that is shown first.
    #[must_use]
    pub fn main_record(&self) -> &'r Record {
        self.found[self.main.0].record
    }

    /// The occurrence that is shown first.
    #[must_use]
    pub fn main_occurrence(&self) -> &Occurrence {
        &self.found[self.main.0].occurrences[self.main.1]
    }

    /// Each speaker once, with a statement in which it says the words, in the order of the occurrences.
    #[must_use]
    pub fn speakers(&self) -> Vec<(&'r Record, &Speaker)> {
        let mut distinct: Vec<(&Record, &Speaker)> = Vec::new();
        for found in &self.found {
            for speaker in found.occurrences.iter().flat_map(|occurrence| &occurrence.speakers) {
                if !distinct.iter().any(|(_, other)| *other == speaker) {
                    distinct.push((found.record, speaker));
                }
            }
        }
        distinct
    }

    /// Whether every occurrence is one speaker's alone.
    #[must_use]
    pub fn is_unmixed(&self) -> bool {
        self.found.iter().flat_map(|found| &found.occurrences).all(|occurrence| occurrence.speakers.len() == 1)
    }
}
