//! Ellipses: a cut is honest if the words after it still say what they say in the source.
//!
//! A careful editor cuts inside a clause, or between clauses that belong together, and keeps each head with what hangs on it.
//! A cut that gives a head the complement of another makes a new claim of old words, and joins two passages.

use std::ops::Range;

use crate::{
    text::{
        function_words::is_function_word,
        phrases::{PhraseWord, has_preposition, is_phrase_word, may_be_construct, may_be_verb},
        tokenize::Token,
    },
    verify::{clause_words::ClauseWords, passage::Passage},
};

/// The minimum number of words that are kept of a clause whose beginning is cut, if another clause stands before the cut.
const MIN_TAIL_WORDS: usize = 3;

/// An ellipsis between two pieces of a quotation, as words of the source.
#[derive(Debug)]
pub struct Cut<'p, 'n> {
    /// The passage.
    pub passage: &'p Passage<'n>,
    /// The piece before it.
    pub before: Range<usize>,
    /// The piece after it.
    pub after: Range<usize>,
    /// The letters of the first word after it that the quotation leaves off.
    pub dropped: &'p str,
    /// The clauses of all pieces, by their numbers.
    pub quoted: &'p [usize],
}

impl Cut<'_, '_> {
    /// Whether the words after the cut do not get another meaning from those before it.
    #[must_use]
    pub fn is_honest(&self) -> bool {
        if self.before.end >= self.after.start {
            return true;
        }
        let clauses = self.passage.clauses();
        let (Some(left), Some(right)) = (self.passage.clause_at(self.before.end - 1), self.passage.clause_at(self.after.start)) else {
            return clauses.is_empty();
        };
        if left == right { self.is_honest_inside_clause() } else { self.is_honest_between(&clauses[left], left, &clauses[right], right) }
    }

    fn words(&self, range: Range<usize>) -> &[Token] {
        &self.passage.source.text.tokens[range]
    }

    fn first(&self) -> &Token {
        &self.passage.source.text.tokens[self.after.start]
    }

    fn last(&self) -> &Token {
        &self.passage.source.text.tokens[self.before.end - 1]
    }

    fn omitted(&self) -> &[Token] {
        self.words(self.before.end..self.after.start)
    }

    /// Inside a clause: no preposition or verb gets another noun than its own.
    fn is_honest_inside_clause(&self) -> bool {
        let omits_head = !self.dropped.is_empty() || self.omitted().iter().any(|word| has_preposition(word) || is_phrase_word(word, PhraseWord::Relative));
        let dangles = is_phrase_word(self.last(), PhraseWord::Preposition) && omits_head;
        // After a preposition any word is its noun, except in a date.
        let follows_preposition = self.omitted().last().is_some_and(|word| is_phrase_word(word, PhraseWord::Preposition));
        let is_complement = follows_preposition && self.first().number.is_none() && !is_function_word(&self.first().key);
        let is_object = ((self.begins_with_noun() && self.is_governed()) || is_complement) && (omits_head || may_be_verb(self.last()));
        // The words after a relative pronoun whose noun is cut, and which is not the first in the cut.
        let is_nested = |word: &Token| is_phrase_word(word, PhraseWord::Relative);
        let relative = self.omitted().iter().position(is_nested);
        let hangs = is_nested(self.first()) && relative.is_some()
            || self.omitted().last().is_some_and(is_nested) && relative.is_some_and(|first| first + 1 < self.omitted().len());
        !(dangles || is_object || hangs)
    }

    fn is_honest_between(&self, left: &ClauseWords, left_number: usize, right: &ClauseWords, right_number: usize) -> bool {
        let begins = self.begins_clause(right);
        if is_phrase_word(self.last(), PhraseWord::Preposition) || self.is_lone(&self.before, left) || (!begins && self.is_lone(&self.after, right)) {
            return false;
        }
        if self.waits_for_cut_clause(left, left_number, right) {
            return false;
        }
        let is_same_sentence = left.sentence == right.sentence;
        match right.parent {
            Some(parent) => {
                let is_quoted = self.quoted.contains(&parent);
                // Of two that belong to a third, which stands between them, the second continues the third.
                let is_sibling = left.parent == Some(parent) && !(left_number < parent && parent < right_number);
                let belongs = is_quoted || is_sibling || left.parent == Some(right_number);
                belongs && (begins || (is_same_sentence && !(self.begins_with_noun() && self.is_governed())))
            }
            None if begins => is_same_sentence || self.after.len() * 2 >= right.range.len(),
            None => {
                let is_its_end = self.after.end >= right.range.end && self.after.len() >= MIN_TAIL_WORDS;
                let lacks_subject = may_be_verb(self.first()) && !self.first().key.starts_with('و') && self.before.end < left.range.end;
                let is_related = left.parent == Some(right_number);
                is_same_sentence && (is_related || (is_its_end && !lacks_subject)) && !(self.begins_with_noun() && self.is_governed())
            }
        }
    }

    /// Whether the words after the cut begin a clause, with or without its conjunction.
    fn begins_clause(&self, clause: &ClauseWords) -> bool {
        let before = clause.range.start..self.after.start;
        self.dropped.chars().all(|letter| matches!(letter, 'و' | 'ف')) && self.words(before).iter().all(|word| is_phrase_word(word, PhraseWord::Opening))
    }

    /// Whether a piece is a single word of a longer clause, function words aside.
    fn is_lone(&self, piece: &Range<usize>, clause: &ClauseWords) -> bool {
        let content = self.words(piece.clone()).iter().filter(|word| !is_function_word(&word.key)).count();
        content <= 1 && piece.len() < clause.range.len()
    }

    /// Whether the piece before the cut is of a clause that belongs to a later one, which is cut.
    fn waits_for_cut_clause(&self, left: &ClauseWords, left_number: usize, right: &ClauseWords) -> bool {
        let Some(parent) = left.parent.filter(|parent| *parent > left_number) else { return false };
        let is_before_parent = right.range.end <= self.passage.clauses()[parent].range.start;
        !(self.quoted.contains(&parent) || is_before_parent)
    }

    /// Whether the words after the cut begin with a noun phrase.
    fn begins_with_noun(&self) -> bool {
        let (first, at) = (self.first(), self.after.start);
        let omits_conjunction = self.dropped.starts_with(['و', 'ف']);
        let key = first.key.strip_prefix(['و', 'ف']).filter(|_| omits_conjunction).unwrap_or(&first.key);
        let has_article = key.starts_with("ال") && key.chars().count() > 3 && first.number.is_none();
        let is_named = self.passage.names_in(at..at + 1).any(|name| name.start <= at) && (omits_conjunction || !first.key.starts_with('و'));
        let is_determined = is_phrase_word(first, PhraseWord::Determiner) || is_phrase_word(first, PhraseWord::Demonstrative);
        has_article || is_named || is_determined || self.dropped.contains(['ب', 'ل', 'ك'])
    }

    /// Whether a word in the cut governs the noun after it.
    fn is_governed(&self) -> bool {
        if self.dropped.contains(['ب', 'ل', 'ك']) {
            return true;
        }
        let Some(last) = self.omitted().last() else { return false };
        let is_english = self.first().key.is_ascii();
        let is_gerund = is_english && last.key.len() > 4 && last.key.ends_with("ing");
        let has_relative = is_english && self.omitted().iter().any(|word| is_phrase_word(word, PhraseWord::Relative));
        let at = self.after.start - 1;
        // A name is definite, and the words of one name do not govern each other.
        let is_construct = may_be_construct(last) && !self.passage.names_in(at..at + 1).any(|name| name.start < at || name.end > at + 1 || name.len() == 1);
        is_phrase_word(last, PhraseWord::Preposition) || is_gerund || has_relative || is_construct
    }
}
