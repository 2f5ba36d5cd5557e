//! A statement for verification: its text, its clauses, the speaker of each word, and its critical notes.

use std::ops::Range;

use crate::{
    corpus::{Language, LeadIn, Quote, Slug, Voice, clauses::Clause, notes::Note, statements::Statement},
    verify::speaker::Speaker,
};

/// The length of the context of a quote, in code points.
const CONTEXT_CHARS: usize = 32;

/// A statement, and the items that refer to its text.
#[derive(Debug)]
pub struct Record {
    /// The statement.
    pub statement: Statement,
    /// Its clauses, in reading order.
    pub clauses: Vec<Clause>,
    /// Its lead-ins, in reading order.
    pub lead_ins: Vec<LeadIn>,
    /// Its critical notes.
    pub critical_notes: Vec<Note>,
    /// Whether there are other statements, so that a verdict must name this one.
    pub is_one_of_several: bool,
    chars: Vec<char>,
    /// The last code point of each sentence.
    sentence_ends: Vec<usize>,
}

impl Record {
    /// A statement with its clauses in reading order and its critical notes, and whether there are others.
    #[must_use]
    pub fn new(statement: Statement, clauses: Vec<Clause>, critical_notes: Vec<Note>, is_one_of_several: bool) -> Self {
        let chars: Vec<char> = statement.source.text.as_deref().unwrap_or_default().chars().collect();
        let sentence_ends = sentence_ends(&chars);
        let mut lead_ins: Vec<LeadIn> = Vec::new();
        for lead_in in clauses.iter().filter_map(|clause| clause.lead_in.as_ref()) {
            if !lead_ins.iter().any(|other| other.id == lead_in.id) {
                lead_ins.push(lead_in.clone());
            }
        }
        Self { statement, clauses, lead_ins, critical_notes, is_one_of_several, chars, sentence_ends }
    }

    /// The language of the source.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.statement.source.language
    }

    /// The text of the source.
    #[must_use]
    pub fn text(&self) -> &str {
        self.statement.source.text.as_deref().unwrap_or_default()
    }

    /// The narrowest clause that has a code point of the source; `None` in a lead-in.
    #[must_use]
    pub fn clause_at(&self, at: usize) -> Option<&Clause> {
        self.clauses.iter().filter(|clause| range(&clause.quote).contains(&at)).min_by_key(|clause| clause.quote.end - clause.quote.start)
    }

    /// The clauses that no other clause contains, with their numbers, in reading order.
    pub fn outer_clauses(&self) -> impl Iterator<Item = (usize, &Clause)> {
        let contains = |outer: &Clause, inner: &Clause| outer.id != inner.id && outer.quote.start <= inner.quote.start && inner.quote.end <= outer.quote.end;
        self.clauses.iter().enumerate().filter(move |(_, clause)| !self.clauses.iter().any(|other| contains(other, clause)))
    }

    /// The number of the sentence that has a code point of the source, from 0.
    #[must_use]
    pub fn sentence_at(&self, at: usize) -> usize {
        self.sentence_ends.partition_point(|end| *end < at)
    }

    /// The clauses that have code points of a range, in reading order.
    pub fn clauses_in(&self, within: Range<usize>) -> impl Iterator<Item = &Clause> {
        self.clauses.iter().filter(move |clause| overlap(&range(&clause.quote), &within) > 0)
    }

    /// The clause that has most of these ranges, and of several the narrowest.
    #[must_use]
    pub fn main_clause(&self, ranges: &[Range<usize>]) -> Option<&Clause> {
        let words = |clause: &&Clause| ranges.iter().map(|part| overlap(&range(&clause.quote), part)).sum::<usize>();
        let most = self.clauses.iter().filter(|clause| words(clause) > 0);
        most.max_by_key(|clause| (words(clause), u32::MAX - (clause.quote.end - clause.quote.start)))
    }

    /// The speaker at a code point of the source. Text outside clauses introduces them, and its speaker is the medium.
    #[must_use]
    pub fn speaker_at(&self, at: usize) -> Speaker {
        if let Some(clause) = self.clause_at(at) {
            return Speaker { voice: clause.voice, actor: clause.speaker.clone() };
        }
        let lead_in = self.lead_ins.iter().find(|lead_in| range(&lead_in.quote).contains(&at));
        Speaker { voice: Voice::Agency, actor: lead_in.map(|lead_in| &lead_in.speaker).or(self.statement.source.medium.as_ref()).cloned() }
    }

    /// The actors whose words a speaker's are: a statement is its issuers'.
    #[must_use]
    pub fn actors_of<'r>(&'r self, speaker: &'r Speaker) -> Vec<&'r Slug> {
        match speaker.voice {
            Voice::Statement => self.statement.issuers.iter().collect(),
            _ => speaker.actor.iter().collect(),
        }
    }

    /// Words of the source as a quote.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "a source is far shorter than 4 billion code points")]
    pub fn quote(&self, words: Range<usize>) -> Quote {
        let slice = |range: Range<usize>| self.chars.get(range).unwrap_or_default().iter().collect();
        let (before, after) = (words.start.saturating_sub(CONTEXT_CHARS), (words.end + CONTEXT_CHARS).min(self.chars.len()));
        Quote {
            start: words.start as u32,
            end: words.end as u32,
            exact: slice(words.clone()),
            prefix: slice(before..words.start),
            suffix: slice(words.end..after),
        }
    }
}

fn sentence_ends(chars: &[char]) -> Vec<usize> {
    let ends = |at: &usize| match chars[*at] {
        '\n' => true,
        '.' | '!' | '?' | '؟' => chars.get(at + 1).is_some_and(|next| *next == ' '),
        _ => false,
    };
    (0..chars.len()).filter(ends).collect()
}

/// The code points of a quote.
#[must_use]
pub const fn range(quote: &Quote) -> Range<usize> {
    quote.start as usize..quote.end as usize
}

/// How many code points two ranges share.
#[must_use]
pub fn overlap(one: &Range<usize>, other: &Range<usize>) -> usize {
    one.end.min(other.end).saturating_sub(one.start.max(other.start))
}
