//! A text that quotations are compared with: its words, who says each, and the names in it.

use std::{collections::HashSet, ops::Range};

use crate::{
    text::{indexed_source::IndexedSource, similarity::Core},
    verify::{clause_words::ClauseWords, names::Names},
};

/// A number that words of the same speaker share.
pub type SpeakerNumber = u32;

/// A text that quotations are compared with.
#[derive(Debug)]
pub struct Passage<'n> {
    /// The text and its words.
    pub source: IndexedSource,
    /// Who says each word.
    speakers: Vec<SpeakerNumber>,
    /// The positions of names, as ranges of words.
    names: Vec<Range<usize>>,
    known_names: &'n Names,
    /// The words that it has more than once.
    repeated: HashSet<u32>,
    /// The clauses, as ranges of words, in order.
    clauses: Vec<ClauseWords>,
    /// The first place of each different word, with its core.
    words: Vec<(u32, usize, Core)>,
}

impl<'n> Passage<'n> {
    /// Reads a text. `speaker` returns the number of the speaker at a code point.
    pub fn new(text: &str, known_names: &'n Names, speaker: impl Fn(usize) -> SpeakerNumber) -> Self {
        let source = IndexedSource::new(text);
        let speakers = source.text.tokens.iter().map(|token| speaker(token.start)).collect();
        let names = known_names.spans(&source.text.tokens);
        let mut words: Vec<(u32, usize, Core)> = Vec::new();
        let (mut seen, mut repeated) = (HashSet::new(), HashSet::new());
        for (at, (number, token)) in source.numbers.iter().zip(&source.text.tokens).enumerate() {
            if seen.insert(*number) {
                words.push((*number, at, Core::of(&token.key)));
            } else {
                repeated.insert(*number);
            }
        }
        Self { source, speakers, names, known_names, repeated, clauses: Vec::new(), words }
    }

    /// With its clauses, which have code points of the text as their ranges.
    #[must_use]
    pub fn with_clauses(self, mut clauses: Vec<ClauseWords>) -> Self {
        let tokens = &self.source.text.tokens;
        for clause in &mut clauses {
            let word = |at: usize| tokens.partition_point(|token| token.start < at);
            clause.range = word(clause.range.start)..word(clause.range.end);
        }
        Self { clauses, ..self }
    }

    /// Whether it has a word, by its number, only once.
    #[must_use]
    pub fn is_unique(&self, number: u32) -> bool {
        !self.repeated.contains(&number)
    }

    /// The number of the clause that has a word; `None` if the passage has no clauses, or the word is in none.
    #[must_use]
    pub fn clause_at(&self, word: usize) -> Option<usize> {
        self.clauses.iter().position(|clause| clause.range.contains(&word))
    }

    /// The clauses, as ranges of words.
    #[must_use]
    pub fn clauses(&self) -> &[ClauseWords] {
        &self.clauses
    }

    /// Who says a word.
    #[must_use]
    pub fn speaker(&self, word: usize) -> Option<SpeakerNumber> {
        self.speakers.get(word).copied()
    }

    /// The names that have words in a range.
    pub fn names_in(&self, words: Range<usize>) -> impl Iterator<Item = &Range<usize>> {
        self.names.iter().filter(move |name| name.start < words.end && words.start < name.end)
    }

    /// Each different word: its number, its first place and its core.
    pub fn words(&self) -> impl Iterator<Item = &(u32, usize, Core)> {
        self.words.iter()
    }

    /// The names that are known, whether this text has them or not.
    #[must_use]
    pub const fn known_names(&self) -> &'n Names {
        self.known_names
    }

    /// How many words it has.
    #[must_use]
    pub fn length(&self) -> usize {
        self.source.numbers.len()
    }
}
