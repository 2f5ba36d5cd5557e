//! Words in square brackets: an editor may explain the source with them, but neither contradict it nor add a claim.
//!
//! Honest is what the source itself gives: the words of the clause, the names of whom it names, its dates, a remark, and the
//! words of grammar (`text/data/editorial.tsv`). Whatever else stands in brackets makes the quotation altered.

use std::{collections::BTreeSet, ops::Range};

use chrono::Datelike;

use crate::{
    text::{
        calendar::DateWord,
        editorial::{EditorialWord, is_editorial, is_remark},
        function_words::is_function_word,
        indexed_source::IndexedQuotation,
        negation::is_negation,
        opposites::{are_alike, is_hedge},
        particles::bare_forms,
        phrases::{PhraseWord, is_phrase_word},
        similarity::Core,
        tokenize::Token,
    },
    verify::{
        classify::{TextNumber, numbers},
        clause_words::ClauseWords,
        difference::DifferenceKind,
        passage::Passage,
    },
};

/// How many words of the source beside a bracket at an edge are compared with it.
const MAX_BESIDE: usize = 4;
/// A bracket explains a word that refers to something if it is at most this many words before it.
const REFERENCE_REACH: usize = 4;
/// The minimum number of words outside the brackets of a quotation.
const MIN_QUOTED_WORDS: usize = 2;

/// Words in square brackets, and the words of the source in their place.
#[derive(Debug)]
pub struct Bracket<'p, 'n> {
    /// The passage.
    pub passage: &'p Passage<'n>,
    /// The quotation.
    pub quotation: &'p IndexedQuotation,
    /// Its code points in the quotation, with the brackets.
    pub chars: Range<usize>,
    /// The words of the source that it replaces.
    pub replaced: Range<usize>,
    /// The quotation begins with it.
    pub is_first: bool,
}

impl Bracket<'_, '_> {
    /// What it is: an honest bracket, or the kind of the change that it makes.
    #[must_use]
    pub fn kind(&self) -> DifferenceKind {
        let written = &self.quotation.text.tokens[self.words()];
        let replaced = &self.passage.source.text.tokens[self.replaced.clone()];
        // The translation has words in brackets, too.
        let at = self.replaced.start;
        let beside = if self.is_first { at.saturating_sub(written.len())..at } else { at..(at + written.len()).min(self.passage.length()) };
        let beside = &self.passage.source.text.tokens[if self.replaced.is_empty() { beside } else { self.replaced.clone() }];
        let is_same = written.len() == beside.len() && written.iter().zip(beside).all(|(one, other)| one.key == other.key);
        if written.is_empty() || is_same || is_remark(written) {
            return DifferenceKind::Bracket;
        }
        if written.iter().any(|word| is_negation(&word.key)) {
            return DifferenceKind::Negation;
        }
        if let Some(contradiction) = self.contradiction() {
            return contradiction;
        }
        match (self.explains(), self.replaces_same(), replaced.is_empty()) {
            (true, true, _) => DifferenceKind::Bracket,
            (_, _, false) => DifferenceKind::Replacement,
            _ => DifferenceKind::Insertion,
        }
    }

    /// The words of the quotation inside the brackets.
    fn words(&self) -> Range<usize> {
        let at = |char: usize| self.quotation.text.tokens.partition_point(|token| token.start < char);
        at(self.chars.start)..at(self.chars.end)
    }

    /// How the bracket contradicts the words that it replaces, if it does. One at an edge of the quotation that replaces none is
    /// compared with the words beside it in the source.
    fn contradiction(&self) -> Option<DifferenceKind> {
        let (inside, source) = (self.words(), &self.passage.source.text);
        let words = if self.replaced.is_empty() { self.beside() } else { self.replaced.clone() };
        let (given, expected) = (numbers(&self.quotation.text, inside.clone()), numbers(source, words.clone()));
        if !given.is_empty() && !expected.is_empty() && given.iter().any(|number| !expected.contains(number)) {
            return Some(DifferenceKind::Number);
        }
        let names = self.passage.known_names();
        let written = names.items(&self.quotation.text.tokens, &inside);
        let there = names.items(&source.tokens, &words);
        let is_there = |item: &BTreeSet<&str>| there.iter().any(|other| !other.is_disjoint(item));
        (!written.is_empty() && !there.is_empty() && !words.is_empty() && !written.iter().any(is_there)).then_some(DifferenceKind::Name)
    }

    /// Whether every word of the bracket is the source's, or an editor's that adds no claim.
    fn explains(&self) -> bool {
        let mut written = &self.quotation.text.tokens[self.words()];
        let outside = self.quotation.text.tokens.len() - written.len();
        let is_gloss = |word: &&Token| is_editorial(word, EditorialWord::Gloss);
        let glosses = written.iter().take_while(is_gloss).count();
        written = &written[glosses..];
        let (Some(first), Some(last)) = (written.first(), written.last()) else { return false };
        let clauses = self.clauses();
        // "And" adds to what the source says, unless the source has it.
        let is_conjunction = |word: &Token| matches!(word.key.as_str(), "و" | "او" | "ثم" | "and" | "or" | "but" | "then");
        let adds = |word: &Token| is_conjunction(word) || (word.key.starts_with('و') && word.key.chars().count() > 3 && !self.is_in_source(word, &clauses));
        if outside < MIN_QUOTED_WORDS || adds(first) || is_conjunction(last) {
            return false;
        }
        let explains = glosses > 0 || self.follows_reference();
        written.iter().all(|word| self.is_allowed(word, &clauses, explains))
    }

    fn is_allowed(&self, word: &Token, clauses: &[&ClauseWords], explains: bool) -> bool {
        if is_hedge(&word.key) && !self.is_in_source(word, clauses) {
            return false;
        }
        let names = self.passage.known_names();
        is_editorial(word, EditorialWord::Grammar)
            || self.is_in_source(word, clauses)
            || clauses.iter().any(|clause| clause.named.iter().any(|id| names.is_word_of(id.as_str(), &word.key)))
            || (is_editorial(word, EditorialWord::Reference) && clauses.iter().any(|clause| clause.actors > 1))
            || is_editorial(word, EditorialWord::Source)
            || self.is_date_of(word, clauses)
            || (explains && (is_editorial(word, EditorialWord::Time) || self.is_of_speaker(word)))
    }

    /// The clause in which the bracket stands, and the one that it belongs to.
    fn clauses(&self) -> Vec<&ClauseWords> {
        let clauses = self.passage.clauses();
        let at = |word: usize| self.passage.clause_at(word);
        let own = if self.is_first { at(self.replaced.end) } else { self.replaced.start.checked_sub(1).and_then(at) };
        let parent = own.and_then(|own| clauses[own].parent);
        own.into_iter().chain(parent).map(|number| &clauses[number]).collect()
    }

    fn is_in_source(&self, word: &Token, clauses: &[&ClauseWords]) -> bool {
        let Some(own) = clauses.first() else { return false };
        let words = &self.passage.source.text.tokens[own.range.clone()];
        words.iter().any(|other| bare_forms(&other.key).contains(&word.key) || bare_forms(&word.key).contains(&other.key))
    }

    /// Whether the speaker of the clause has this word, or one with the same meaning.
    fn is_of_speaker(&self, word: &Token) -> bool {
        let at = self.replaced.start.saturating_sub(usize::from(!self.is_first));
        let speaker = self.passage.speaker(at);
        let is_same = |other: &Token| bare_forms(&other.key).contains(&word.key) || are_alike(&other.key, &word.key);
        self.passage.source.text.tokens.iter().enumerate().any(|(at, other)| self.passage.speaker(at) == speaker && is_same(other))
    }

    /// Whether the source refers to something shortly before the bracket: "this organisation [Daesh]".
    fn follows_reference(&self) -> bool {
        let before = self.replaced.start.saturating_sub(REFERENCE_REACH)..self.replaced.start;
        !self.is_first && self.passage.source.text.tokens[before].iter().any(|word| is_phrase_word(word, PhraseWord::Demonstrative))
    }

    /// Whether the word is a number or a month of a date of the clause, or of the words beside the bracket.
    fn is_date_of(&self, word: &Token, clauses: &[&ClauseWords]) -> bool {
        let Some(at) = self.quotation.text.tokens.iter().position(|token| token.start == word.start) else { return false };
        let given = numbers(&self.quotation.text, at..at + 1);
        let start = self.replaced.start.saturating_sub(1);
        let near = numbers(&self.passage.source.text, start..(self.replaced.end + 1).min(self.passage.length()));
        let is_day = |number: &TextNumber| {
            clauses.iter().flat_map(|clause| &clause.days).map(|day| day.date()).any(|date| match number {
                TextNumber::Cardinal(number) => *number == u64::from(date.day()) || u64::try_from(date.year()) == Ok(*number),
                TextNumber::Ordinal(number) => *number == u64::from(date.day()),
                TextNumber::Calendar(DateWord::Month(month)) => *month == date.month(),
                TextNumber::Calendar(DateWord::Weekday(day)) => *day == date.weekday().number_from_monday(),
                TextNumber::Calendar(_) => false,
            })
        };
        !given.is_empty() && given.iter().all(|number| near.contains(number) || is_day(number))
    }

    /// Whether the bracket has the same meaning as the words that it replaces, if it replaces any.
    fn replaces_same(&self) -> bool {
        let (inside, source) = (self.words(), &self.passage.source.text);
        let (written, replaced) = (&self.quotation.text.tokens[inside.clone()], &source.tokens[self.replaced.clone()]);
        if replaced.iter().all(|word| is_function_word(&word.key) || is_phrase_word(word, PhraseWord::Demonstrative)) {
            return true;
        }
        let names = self.passage.known_names();
        let (given, there) = (names.items(&self.quotation.text.tokens, &inside), names.items(&source.tokens, &self.replaced));
        let is_named = !there.is_empty() && there.iter().all(|item| given.iter().any(|other| !item.is_disjoint(other)));
        let is_reference = written.iter().any(|word| is_editorial(word, EditorialWord::Reference)) && there.len() > 1;
        let is_form = matches!((written, replaced), ([one], [other]) if Core::of(&one.key).is_close(&Core::of(&other.key)));
        let (one, other) = (numbers(&self.quotation.text, inside), numbers(source, self.replaced.clone()));
        let refers = replaced.iter().any(|word| is_phrase_word(word, PhraseWord::Demonstrative)) && !given.is_empty();
        is_named || is_reference || is_form || refers || (!one.is_empty() && one == other)
    }

    /// The words of the source beside the quotation, up to a mark, where the bracket is at its edge.
    fn beside(&self) -> Range<usize> {
        let (tokens, at) = (&self.quotation.text.tokens, self.replaced.start);
        let is_last = tokens.last().is_some_and(|last| self.chars.contains(&last.start));
        let is_joined = |word: usize| self.passage.source.text.gap(word).iter().all(|char| char.is_whitespace());
        if self.is_first {
            let start = (at.saturating_sub(MAX_BESIDE)..at).rev().take_while(|word| is_joined(word + 1)).last().unwrap_or(at);
            start..at
        } else if is_last {
            let end = (at..self.passage.length().min(at + MAX_BESIDE)).take_while(|word| is_joined(*word)).last().map_or(at, |last| last + 1);
            at..end
        } else {
            at..at
        }
    }
}
