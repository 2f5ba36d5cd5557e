//! Quotations as people write them: with marks around them, cuts (`…`, `[...]`, `(…)`) and words in square brackets.

use std::ops::Range;

use crate::text::{marks::is_quotation_mark, negation::is_negation, tokenize::key};

/// The minimum number of full stops in an ellipsis: some writers use two.
const MIN_ELLIPSIS: usize = 2;
/// The longest bracketed part of a word: `[t]he`, `announce[s]`.
const MAX_BRACKETED_LETTERS: usize = 4;

/// A part of a quotation, as code points of the text that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Words that are quoted from the source.
    Words(Range<usize>),
    /// A sign that words are left out.
    Cut(Range<usize>),
    /// Words in square brackets, which the writer added.
    Bracketed(Range<usize>),
}

/// The segments of a part of a text, in order; without cuts and brackets it is one.
#[must_use]
pub fn segments(chars: &[char], within: Range<usize>) -> Vec<Segment> {
    let mut segments = Vec::new();
    let (mut at, mut begun) = (within.start, within.start);
    while at < within.end {
        let found = cut(chars, at, within.end).map(Segment::Cut).or_else(|| bracketed(chars, at, within.end).map(Segment::Bracketed));
        let Some(segment) = found else {
            at += 1;
            continue;
        };
        let end = match &segment {
            Segment::Words(range) | Segment::Cut(range) | Segment::Bracketed(range) => range.end,
        };
        segments.push(Segment::Words(begun..at));
        segments.push(segment);
        (at, begun) = (end, end);
    }
    segments.push(Segment::Words(begun..within.end));
    segments.retain(|segment| !matches!(segment, Segment::Words(range) if !chars[range.clone()].iter().any(|char| char.is_alphanumeric())));
    segments
}

/// A cut that begins here, with the brackets around it.
fn cut(chars: &[char], at: usize, end: usize) -> Option<Range<usize>> {
    let close = match chars[at] {
        '[' | '［' => Some(']'),
        '(' | '（' => Some(')'),
        '.' | '…' | '⋯' | '‥' => None,
        _ => return None,
    };
    let skip_spaces = |mut at: usize| {
        while at < end && chars[at].is_whitespace() {
            at += 1;
        }
        at
    };
    let mut next = if close.is_some() { skip_spaces(at + 1) } else { at };
    let begun = next;
    let (mut dots, mut last) = (0, next);
    while next < end && matches!(chars[next], '.' | '…' | '⋯' | '‥') {
        dots += if chars[next] == '.' { 1 } else { MIN_ELLIPSIS };
        last = next + 1;
        let apart = skip_spaces(last);
        next = if apart < end && chars[apart] == '.' { apart } else { last };
    }
    if dots < MIN_ELLIPSIS || begun == last {
        return None;
    }
    let Some(close) = close else { return Some(at..last) };
    let closing = skip_spaces(last);
    let closes = |char: char| char == close || (close == ']' && char == '］') || (close == ')' && char == '）');
    (closing < end && closes(chars[closing])).then_some(at..closing + 1)
}

/// Words in square brackets that begin here. Brackets around a part of a word are not counted: see [`without_inner_brackets`].
fn bracketed(chars: &[char], at: usize, end: usize) -> Option<Range<usize>> {
    if !matches!(chars[at], '[' | '［') {
        return None;
    }
    let close = (at + 1..end).find(|at| matches!(chars[*at], ']' | '］' | '[' | '\n'))?;
    matches!(chars[close], ']' | '］').then_some(at..close + 1)
}

/// A quotation without the brackets that mark a change inside a word, and these brackets: `[t]he` is `the`, `announce[s]` is
/// `announce`, `[و]تعلن` is `تعلن`. A negation in brackets is a word.
#[must_use]
pub fn without_inner_brackets(text: &str) -> (String, Vec<String>) {
    let chars: Vec<char> = text.chars().collect();
    let (mut kept, mut brackets) = (String::with_capacity(text.len()), Vec::new());
    let mut at = 0;
    while at < chars.len() {
        let close = (chars[at] == '[').then(|| (at + 1..chars.len()).find(|at| !chars[*at].is_alphabetic())).flatten();
        let letters = |close: &usize| chars[at + 1..*close].iter().collect::<String>();
        let is_change = |close: &usize| (1..=MAX_BRACKETED_LETTERS).contains(&(close - at - 1)) && !is_negation(&key(&letters(close)));
        let inner = close.filter(|close| chars[*close] == ']').filter(is_change);
        let is_letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|char| char.is_alphabetic());
        match inner {
            Some(close) if is_letter(Some(close + 1)) || is_letter(at.checked_sub(1)) => {
                // A capital is the same letter; everything else was added.
                if is_letter(Some(close + 1)) && chars[at + 1].is_ascii_alphabetic() {
                    kept.push_str(&letters(&close));
                }
                brackets.push(format!("[{}]", letters(&close)));
                at = close + 1;
            }
            _ => {
                kept.push(chars[at]);
                at += 1;
            }
        }
    }
    (kept, brackets)
}

/// The part of a text inside its outermost marks, with the text around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The text before the marks.
    pub before: Range<usize>,
    /// The text between the marks.
    pub inside: Range<usize>,
    /// The text after the marks.
    pub after: Range<usize>,
}

/// The first opening mark and the last closing one of a text, if it has a pair.
#[must_use]
pub fn outer_marks(chars: &[char]) -> Option<Marked> {
    let is_quoting = |at: &usize| is_quotation_mark(chars[*at]) && !is_inside_word(chars, *at);
    let open = (0..chars.len()).find(is_quoting)?;
    let close = (open + 1..chars.len()).rev().find(is_quoting)?;
    Some(Marked { before: 0..open, inside: open + 1..close, after: close + 1..chars.len() })
}

/// Whether a mark is between two letters, as an apostrophe does.
#[must_use]
pub fn is_inside_word(chars: &[char], at: usize) -> bool {
    let is_letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|char| char.is_alphanumeric());
    is_letter(at.checked_sub(1)) && is_letter(Some(at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let part = |segment: Segment| match segment {
            Segment::Words(range) => chars[range].iter().collect::<String>().trim().to_owned(),
            Segment::Cut(_) => "✂".to_owned(),
            Segment::Bracketed(range) => chars[range].iter().collect(),
        };
        segments(&chars, 0..chars.len()).into_iter().map(part).collect()
    }

    #[test]
    fn cuts_and_brackets_divide_a_quotation() {
        for (text, expected) in [
            ("تعلن … في", &["تعلن", "✂", "في"][..]),
            ("الدولي... رسمياً", &["الدولي", "✂", "رسمياً"]),
            ("one . . . two", &["one", "✂", "two"]),
            ("one [ … ] two (...) three [....]", &["one", "✂", "two", "✂", "three", "✂"]),
            ("حتى أيلول [سبتمبر] 2026", &["حتى أيلول", "[سبتمبر]", "2026"]),
            ("تعلن اختتام. وقد", &["تعلن اختتام. وقد"]),
            ("(Shafaq News) said", &["(Shafaq News) said"]),
            ("[unclosed", &["[unclosed"]),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn a_bracket_inside_a_word_marks_a_changed_letter() {
        let (kept, brackets) = without_inner_brackets("[T]he Commission announce[s] [sic] it");
        assert_eq!((kept.as_str(), brackets.join(" ")), ("The Commission announce [sic] it", "[T] [s]".to_owned()));
        assert_eq!(without_inner_brackets("[و]تعلن").0, "تعلن");
        assert_eq!(without_inner_brackets("[لا]تعلن").0, "[لا]تعلن");
    }
}
