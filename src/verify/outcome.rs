//! The outcome of verifying a quotation. What may be said of it follows from which of the three it is.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    corpus::{Quote, Slug, Voice, clauses::Clause, statements::Version},
    verify::{difference::Difference, occurrence::Occurrence, place::Agreement, record::Record, speaker::Speaker},
};

/// What a quotation is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ComparedWith {
    /// The source's own words.
    Source,
    /// The editors' working translation of the source.
    WorkingTranslation,
}

/// Whose words a quotation is said to be.
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
    /// Its words are the source's, or the translation's.
    InSource(InSource<'r>),
    /// Its words are not the source's; something there is like them.
    Altered(Altered<'r>),
    /// Nothing in the source is like it.
    NotFound {
        /// What was compared.
        of: ComparedWith,
        /// The statement that it was said to be from, or the only one there is.
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

/// A quotation whose words are the source's, or the translation's.
#[derive(Debug)]
pub struct InSource<'r> {
    /// The statement that has them.
    pub record: &'r Record,
    /// What was compared.
    pub of: ComparedWith,
    /// How the best occurrence agrees.
    pub agreement: Agreement,
    /// Every occurrence, in reading order; never empty.
    pub occurrences: Vec<Occurrence>,
    /// The number of the occurrence that is shown first: the best of the speaker who was asked for.
    pub main: usize,
    /// How the best occurrence differs; nothing that changes the words.
    pub differences: Vec<Difference>,
    /// Whose words it is said to be, and whether that holds of any occurrence; none if nobody was asked for.
    pub holds: Option<bool>,
    /// The translation's words, where it was compared.
    pub translation: Option<String>,
    /// The code points of the source that are quoted, in all occurrences.
    pub ranges: Vec<Range<usize>>,
    /// A negation that stands directly before the quoted words in the source, and is not quoted.
    pub negated_by: Option<String>,
}

/// A quotation whose words are not the source's.
#[derive(Debug)]
pub struct Altered<'r> {
    /// The statement that has something like it.
    pub record: &'r Record,
    /// What was compared.
    pub of: ComparedWith,
    /// The clause that has most of what is nearest to it; none in a lead-in.
    pub clause: Option<&'r Clause>,
    /// What is nearest to it in the source; of a translation, the clause.
    pub quote: Quote,
    /// How they differ, changes of meaning first; never empty.
    pub differences: Vec<Difference>,
    /// The code points of the source that are nearest to it.
    pub range: Range<usize>,
}

impl InSource<'_> {
    /// Each speaker once, in the order of the occurrences.
    #[must_use]
    pub fn speakers(&self) -> Vec<&Speaker> {
        let mut distinct: Vec<&Speaker> = Vec::new();
        for speaker in self.occurrences.iter().flat_map(|occurrence| &occurrence.speakers) {
            if !distinct.contains(&speaker) {
                distinct.push(speaker);
            }
        }
        distinct
    }

    /// Whether every occurrence is one speaker's alone.
    #[must_use]
    pub fn is_unmixed(&self) -> bool {
        self.occurrences.iter().all(|occurrence| occurrence.speakers.len() == 1)
    }
}
