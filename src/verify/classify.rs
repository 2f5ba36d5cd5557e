//! Classifies a difference between the words of a quotation and the words of the source in their place.

use std::ops::Range;

use crate::{
    text::{
        calendar::{self, DateWord},
        function_words::is_function_word,
        hunks::Hunk,
        indexed_source::IndexedQuotation,
        negation::is_negation,
        number_token::NumberToken,
        tokenize::{Token, TokenizedText},
        words::tokenize,
    },
    verify::{difference::DifferenceKind, passage::Passage},
};

/// A negation that an ellipsis omits applies to the words after it, if at most this many words are between them.
const NEGATION_REACH: usize = 3;
/// The maximum number of words of a replacement in which a name decides its kind.
const MAX_NAME_WORDS: usize = 6;
/// The maximum number of words of an insertion or omission that counts as only a name or a number.
const MAX_BARE_WORDS: usize = 3;

/// A number in a text: a cardinal, an ordinal, a month or a day of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextNumber {
    /// A quantity or a year.
    Cardinal(u64),
    /// A position in an order.
    Ordinal(u64),
    /// A word of the calendar.
    Calendar(DateWord),
}

/// The numbers among words of a text: first cardinals and ordinals, then the words of the calendar.
#[must_use]
pub fn numbers(text: &TokenizedText, words: Range<usize>) -> Vec<TextNumber> {
    let number = |word: &Token| {
        let NumberToken { value, ordinal, .. } = word.number.as_ref()?;
        Some(if *ordinal { TextNumber::Ordinal(*value) } else { TextNumber::Cardinal(*value) })
    };
    let mut numbers: Vec<TextNumber> = text.tokens[words.clone()].iter().filter_map(number).collect();
    let expression = tokenize(&text.words(words));
    let calendar = (0..expression.len()).filter(|at| !is_also_verb(&expression[*at].text())).filter_map(|at| calendar::read(&expression[at..]));
    numbers.extend(calendar.filter_map(|(word, _)| match word {
        DateWord::Month(_) | DateWord::Weekday(_) => Some(TextNumber::Calendar(word)),
        DateWord::Part(_) | DateWord::Year | DateWord::Unit => None,
    }));
    numbers
}

/// Whether a word of the calendar is more often a verb.
fn is_also_verb(word: &str) -> bool {
    matches!(word, "may" | "march" | "mar" | "sat" | "sun")
}

/// The kind of a hunk.
#[must_use]
pub fn kind_of(hunk: &Hunk, passage: &Passage<'_>, quotation: &IndexedQuotation) -> DifferenceKind {
    let given = &quotation.text.tokens[hunk.given.clone()];
    let source = &passage.source.text.tokens[hunk.source.clone()];
    if hunk.cut {
        let is_negated = source.iter().rev().take(NEGATION_REACH).any(|word| is_negation(&word.key));
        return if is_negated { DifferenceKind::Negation } else { DifferenceKind::Cut };
    }
    let negations = |words: &[Token]| words.iter().filter(|word| is_negation(&word.key)).count();
    if negations(given) != negations(source) || denies_by_ma(given, source) {
        return DifferenceKind::Negation;
    }
    let is_bare = given.len().max(source.len()) <= MAX_BARE_WORDS;
    let (one, other) = (numbers(&quotation.text, hunk.given.clone()), numbers(&passage.source.text, hunk.source.clone()));
    let both = !given.is_empty() && !source.is_empty();
    if one != other && (both || (is_bare && given.len().max(source.len()) == 1)) {
        return DifferenceKind::Number;
    }
    if let ([given], [source]) = (given, source)
        && (is_dual_of(given, source) || is_dual_of(source, given))
    {
        return DifferenceKind::Number;
    }
    if is_another_name(hunk, passage, quotation, both, is_bare) {
        return DifferenceKind::Name;
    }
    match (given, source) {
        ([], _) => DifferenceKind::Omission,
        (_, []) => DifferenceKind::Insertion,
        _ => DifferenceKind::Replacement,
    }
}

/// Whether a lone ما before a verb is added. Most texts have it as a relative pronoun, so it counts as a negation only if added.
fn denies_by_ma(given: &[Token], source: &[Token]) -> bool {
    let has = |words: &[Token]| words.iter().any(|word| matches!(word.key.as_str(), "ما" | "وما"));
    has(given) && !has(source) && given.len() <= 2
}

/// Whether a word is the dual of another (عقدين, عقد).
fn is_dual_of(word: &Token, single: &Token) -> bool {
    let stem = word.key.strip_suffix("ين").or_else(|| word.key.strip_suffix("ان"));
    stem.is_some_and(|stem| stem.chars().count() >= 3 && stem == single.key)
}

/// Whether a name is added, removed or replaced.
fn is_another_name(hunk: &Hunk, passage: &Passage<'_>, quotation: &IndexedQuotation, both: bool, is_bare: bool) -> bool {
    let source = &passage.source.text.tokens;
    let says_something = |words: Range<usize>| source[words].iter().any(|word| !is_function_word(&word.key));
    let given_names = || passage.known_names().spans(&quotation.text.tokens[hunk.given.clone()]);
    if both {
        let shared = |name: &Range<usize>| name.start.max(hunk.source.start)..name.end.min(hunk.source.end);
        let is_short = hunk.given.len().max(hunk.source.len()) <= MAX_NAME_WORDS;
        return is_short && (passage.names_in(hunk.source.clone()).any(|name| says_something(shared(name))) || !given_names().is_empty());
    }
    let is_whole = |name: &Range<usize>| hunk.source.start <= name.start && name.end <= hunk.source.end;
    is_bare && (passage.names_in(hunk.source.clone()).any(is_whole) || !given_names().is_empty())
}
