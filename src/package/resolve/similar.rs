//! The passage that is nearest to words that are not in a text, for the message about them.

use std::collections::HashMap;

use crate::{
    package::original::{Original, shorten},
    text::{
        align::{Word, align},
        function_words::is_function_word,
        hunks::Stretch,
        similarity::Core,
        span::Span,
        tokenize::TokenizedText,
    },
};

/// The maximum number of cells of an alignment: a longer quote or text is not aligned.
const MAX_CELLS: usize = 2_000_000;
/// The maximum length of a text that is searched for similar words, in code points.
const MAX_CHARS: usize = 200_000;
/// The share of a quote's words that a passage must have, in percent.
const MIN_SAME_PERCENT: usize = 40;

/// Where the words of a quote stand, otherwise written: with the same words, but other letters, marks or spaces.
pub fn same_words(original: &Original, quote: &str, within: Span) -> Option<Span> {
    if is_too_long(quote, within) {
        return None;
    }
    let (given, there) = (TokenizedText::new(quote), TokenizedText::new(original.slice(within)));
    let keys: Vec<&str> = given.tokens.iter().map(|token| token.careless_key.as_str()).collect();
    let is_same = |window: &&[crate::text::tokenize::Token]| window.iter().zip(&keys).all(|(token, key)| token.careless_key == *key);
    let window = there.tokens.windows(keys.len().max(1)).find(is_same).filter(|_| !keys.is_empty())?;
    let (first, last) = (window.first()?, window.last()?);
    Some(Span { start: within.start + first.start, end: within.start + last.end })
}

/// The passage that has most of a quote's words, in order.
pub fn nearest(original: &Original, quote: &str, within: Span) -> Option<Span> {
    if is_too_long(quote, within) {
        return None;
    }
    let (given, there) = (TokenizedText::new(quote), TokenizedText::new(original.slice(within)));
    if given.tokens.len().saturating_mul(there.tokens.len()) > MAX_CELLS {
        return None;
    }
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let mut source = Vec::with_capacity(there.tokens.len());
    for token in &there.tokens {
        let next = u32::try_from(numbers.len()).ok()?;
        source.push(*numbers.entry(token.careless_key.as_str()).or_insert(next));
    }
    let cores: Vec<(Core, u32)> = numbers.iter().map(|(key, number)| (Core::of(key), *number)).collect();
    let word = |key: &str| {
        let core = Core::of(key);
        let mut close: Vec<u32> = cores.iter().filter(|(other, _)| other.is_close(&core)).map(|(_, number)| *number).collect();
        close.sort_unstable();
        Word { number: numbers.get(key).copied(), close, weight: if is_function_word(key) { 4 } else { 10 }, ..Word::default() }
    };
    let words: Vec<Word> = given.tokens.iter().map(|token| word(&token.careless_key)).collect();
    let stretch = Stretch::of(&align(&words, &source, &|| false)?, &words, &source)?;
    if stretch.same.len() * 100 < words.len() * MIN_SAME_PERCENT {
        return None;
    }
    let found = there.tokens.get(stretch.source())?;
    Some(Span { start: within.start + found.first()?.start, end: within.start + found.last()?.end })
}

fn is_too_long(quote: &str, within: Span) -> bool {
    within.end - within.start > MAX_CHARS || quote.len() > MAX_CHARS
}

/// The first character in which two texts differ, with the word that has it; empty where they are equal.
pub fn first_difference(given: &str, there: &str) -> String {
    let (given, there): (Vec<char>, Vec<char>) = (given.chars().collect(), there.chars().collect());
    let same = given.iter().zip(&there).take_while(|(one, other)| one == other).count();
    if same == given.len() && same == there.len() {
        return String::new();
    }
    let word = |chars: &[char]| {
        let is_space = |char: &char| char.is_whitespace();
        let at = same.min(chars.len().saturating_sub(1));
        // A mark belongs to the letter before it, and a space to the word before it.
        let start = chars[..at].iter().rposition(is_space).map_or(0, |space| space + 1);
        chars[start..].iter().take_while(|char| !char.is_whitespace()).collect::<String>()
    };
    format!(
        "the quote has {} in «{}» where the text has {} in «{}»",
        char_name(given.get(same).copied()),
        word(&given),
        char_name(there.get(same).copied()),
        word(&there)
    )
}

/// A character in words.
fn char_name(char: Option<char>) -> String {
    let Some(char) = char else { return "its end".to_owned() };
    let code = u32::from(char);
    let name = match char {
        ' ' => "a space",
        '\u{a0}' | '\u{202f}' => "a space without a break",
        '\n' => "the end of a line",
        '\u{64b}'..='\u{64d}' => "a tanwin",
        '\u{64e}'..='\u{650}' => "a short vowel",
        '\u{651}' => "a shadda",
        '\u{652}' => "a sukun",
        '\u{640}' => "a tatweel",
        '\u{200c}' | '\u{200d}' => "a joiner that cannot be seen",
        '\u{200e}' | '\u{200f}' | '\u{61c}' => "a mark of direction that cannot be seen",
        '\u{300}'..='\u{36f}' => "an accent by itself",
        _ if char.is_control() => "a control character",
        _ => return format!("`{char}` (U+{code:04X})"),
    };
    format!("{name} (U+{code:04X})")
}

/// A line of help: a passage with its paragraph.
pub fn passage(original: &Original, label: &str, span: Span) -> String {
    format!("{label} (paragraph {}): {}", original.paragraph_at(span.start), shorten(original.slice(span)))
}
