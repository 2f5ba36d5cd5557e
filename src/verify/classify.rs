//! Classifies a difference between the words of a quotation and the words of the source in their place.

use std::{collections::BTreeSet, ops::Range};

use crate::{
    text::{
        calendar::{self, DateWord},
        function_words::is_function_word,
        hunks::Hunk,
        indexed_source::IndexedQuotation,
        negation::is_negation,
        number_token::NumberToken,
        opposites::{are_opposites, is_hedge},
        similarity::Core,
        tokenize::{Token, TokenizedText},
        words::tokenize,
    },
    verify::{
        difference::{Difference, DifferenceKind, Effect},
        names::are_same_items,
        passage::Passage,
    },
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

/// A hunk as a difference.
#[must_use]
pub fn difference_of(hunk: &Hunk, passage: &Passage<'_>, quotation: &IndexedQuotation) -> Difference {
    let kind = kind_of(hunk, passage, quotation);
    let mut difference = Difference::new(kind, quotation.text.words(hunk.given.clone()), passage.source.text.words(hunk.source.clone()));
    if difference.effect == Effect::Open && !hunk.cut {
        difference.effect = effect_of(hunk, passage, quotation);
    }
    difference
}

fn kind_of(hunk: &Hunk, passage: &Passage<'_>, quotation: &IndexedQuotation) -> DifferenceKind {
    let given = &quotation.text.tokens[hunk.given.clone()];
    let source = &passage.source.text.tokens[hunk.source.clone()];
    if hunk.cut {
        let is_negated = source.iter().rev().take(NEGATION_REACH).any(|word| is_negation(&word.key));
        return if is_negated { DifferenceKind::Negation } else { DifferenceKind::Cut };
    }
    let negations = |words: &[Token]| words.iter().filter(|word| is_negation(&word.key)).count();
    if negations(given) != negations(source) || denies_by_ma(given, source) || has_glued_negation(given, source) {
        return DifferenceKind::Negation;
    }
    let is_bare = given.len().max(source.len()) <= MAX_BARE_WORDS;
    let (one, other) = (numbers(&quotation.text, hunk.given.clone()), numbers(&passage.source.text, hunk.source.clone()));
    let both = !given.is_empty() && !source.is_empty();
    let is_date = is_bare && !one.is_empty() && one.len() == given.len() && !is_other_name_of_date(hunk, passage, &one);
    if one != other && (both || is_date || (is_bare && source.len() == 1 && !other.is_empty())) {
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

/// What a hunk that is no other number, name or negation does to the meaning.
fn effect_of(hunk: &Hunk, passage: &Passage<'_>, quotation: &IndexedQuotation) -> Effect {
    let given = &quotation.text.tokens[hunk.given.clone()];
    let source = &passage.source.text.tokens[hunk.source.clone()];
    let has_opposites = given.iter().any(|word| source.iter().any(|other| are_opposites(&word.key, &other.key)));
    // Before a past tense, قد does not weaken the verb, so that nothing is lost without it.
    let hedges = |words: &[Token], others: &[Token]| {
        words
            .iter()
            .filter(|word| is_hedge(&word.key) && !others.iter().any(|other| other.key == word.key))
            .filter(|word| !given.is_empty() || word.key != "قد")
            .count()
    };
    if has_opposites || hedges(given, source) + hedges(source, given) > 0 {
        return Effect::Change;
    }
    let numbers_given = numbers(&quotation.text, hunk.given.clone());
    if !numbers_given.is_empty() && numbers_given.len() == given.len() {
        let is_other_name = is_other_name_of_date(hunk, passage, &numbers_given) || numbers_given == numbers(&passage.source.text, hunk.source.clone());
        return if is_other_name { Effect::SameDate } else { Effect::Open };
    }
    let items = given_and_source_items(hunk, passage, quotation);
    let is_in_name = |at: usize| passage.names_in(at..at + 1).next().is_some();
    let is_name = !items.1.is_empty() && are_same_items(&items.0, &items.1) && hunk.source.clone().all(is_in_name);
    if is_name { Effect::SameName } else { Effect::Open }
}

/// Whether the words only name a month or a day that the source has beside them: أيلول/سبتمبر.
fn is_other_name_of_date(hunk: &Hunk, passage: &Passage<'_>, given: &[TextNumber]) -> bool {
    let beside = hunk.source.start.saturating_sub(1)..(hunk.source.end + 1).min(passage.length());
    let there = numbers(&passage.source.text, beside);
    hunk.source.is_empty() && given.iter().all(|number| matches!(number, TextNumber::Calendar(_)) && there.contains(number))
}

/// The items that the words of a hunk name, on both sides. A name counts whole, where the hunk has a part of it.
fn given_and_source_items<'n>(hunk: &Hunk, passage: &Passage<'n>, quotation: &IndexedQuotation) -> (Vec<BTreeSet<&'n str>>, Vec<BTreeSet<&'n str>>) {
    let names = passage.known_names();
    let context = hunk.source.start.saturating_sub(MAX_NAME_WORDS)..(hunk.source.end + MAX_NAME_WORDS).min(passage.length());
    let within = hunk.source.start - context.start..hunk.source.end - context.start;
    (names.items(&quotation.text.tokens, &hunk.given), names.items(&passage.source.text.tokens[context], &within))
}

/// Whether a negation is typed without a space before the word of the source: لاتلتزم, غيردائمة.
fn has_glued_negation(given: &[Token], source: &[Token]) -> bool {
    let ([given], [source]) = (given, source) else { return false };
    let glued = |negation: &str| given.key.strip_prefix(negation).filter(|rest| rest.chars().count() >= 3);
    let is_verb = |rest: &str| source.key.strip_prefix(['و', 'ف']).unwrap_or(&source.key).trim_start_matches('س') == rest || source.key == rest;
    // After these no other word begins with the rest: لم and لا may be the particle of a noun (لمواجهة, لاجتماع).
    let is_noun = |rest: &str| Core::of(rest).is_close(&Core::of(&source.key));
    ["لا", "ولا", "لن", "ولن", "لم", "ولم", "ليس"].into_iter().filter_map(glued).any(is_verb) || ["غير", "عدم"].into_iter().filter_map(glued).any(is_noun)
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

/// Whether a name is added, removed or replaced by the name of something else.
fn is_another_name(hunk: &Hunk, passage: &Passage<'_>, quotation: &IndexedQuotation, both: bool, is_bare: bool) -> bool {
    let source = &passage.source.text.tokens;
    let says_something = |words: Range<usize>| source[words].iter().any(|word| !is_function_word(&word.key));
    let given_names = || passage.known_names().spans(&quotation.text.tokens[hunk.given.clone()]);
    if both {
        let shared = |name: &Range<usize>| name.start.max(hunk.source.start)..name.end.min(hunk.source.end);
        let is_short = hunk.given.len().max(hunk.source.len()) <= MAX_NAME_WORDS;
        let is_named = || passage.names_in(hunk.source.clone()).any(|name| says_something(shared(name))) || !given_names().is_empty();
        let (given, there) = given_and_source_items(hunk, passage, quotation);
        // "The role of Iraq" for "Iraq's role" has the name, but elsewhere.
        let near = hunk.given.start.saturating_sub(MAX_BARE_WORDS)..(hunk.given.end + MAX_BARE_WORDS).min(quotation.text.tokens.len());
        let beside = passage.known_names().items(&quotation.text.tokens, &near);
        let is_moved = given.is_empty() && !there.is_empty() && there.iter().all(|item| beside.iter().any(|other| !other.is_disjoint(item)));
        return is_short && is_named() && !is_moved && !are_same_items(&given, &there);
    }
    if hunk.source.is_empty() {
        // "The role of Iraq" for "Iraq's role" adds no name.
        let near = hunk.source.start.saturating_sub(MAX_BARE_WORDS)..(hunk.source.end + MAX_BARE_WORDS).min(passage.length());
        let there = passage.known_names().items(source, &near);
        let given = passage.known_names().items(&quotation.text.tokens, &hunk.given);
        return is_bare && !given.is_empty() && !given.iter().all(|item| there.iter().any(|other| !other.is_disjoint(item)));
    }
    let is_whole = |name: &Range<usize>| hunk.source.start <= name.start && name.end <= hunk.source.end;
    is_bare && (passage.names_in(hunk.source.clone()).any(is_whole) || !given_names().is_empty())
}
