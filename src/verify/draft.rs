//! Finds the quotations of a draft: text between quotation marks of any kind, nested ones too, and block quotes.

use std::ops::Range;

use crate::text::{marks::is_apostrophe, quotation::is_inside_word};

/// The minimum number of words of a quotation whose closing mark is missing.
const MIN_UNCLOSED_WORDS: usize = 3;

/// The maximum depth of nested quotations.
const MAX_DEPTH: usize = 8;

/// Marks that open and close the same quotations, whatever their direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Guillemets,
    SingleGuillemets,
    Curly,
    SingleCurly,
    Straight,
    SingleStraight,
    Corner,
    WhiteCorner,
    Prime,
    Heavy,
    Parentheses,
    Angles,
}

/// Whether a mark opens or closes, from its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Opening,
    Closing,
    Either,
}

/// A mark of quotation in a draft.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: usize,
    /// The code point after it.
    end: usize,
    family: Family,
    shape: Shape,
}

/// A quotation that is still open.
#[derive(Clone, Copy, Debug)]
struct Open {
    family: Family,
    shape: Shape,
    start: usize,
}

/// The quotations of a draft as ranges of its code points, without their marks, in the order in which they begin. An outer
/// quotation comes before those inside it.
#[must_use]
pub fn quotations(chars: &[char]) -> Vec<Range<usize>> {
    let mut found = block_quotes(chars);
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if is_paragraph_end(chars, at) {
            close_paragraph(chars, at, &mut open, &mut found);
        }
        let Some(mark) = mark(chars, at) else {
            at += 1;
            continue;
        };
        at = mark.end;
        let is_open = open.iter().rposition(|other| other.family == mark.family);
        match is_open {
            Some(depth) if closes(chars, mark) => {
                found.push(open[depth].start..mark.at);
                open.truncate(depth);
            }
            // Each paragraph of a long quotation begins with a mark, and only the last ends with one.
            Some(depth) if begins_line(chars, mark.at) => {
                found.push(open[depth].start..end_of_line_before(chars, mark.at));
                open.truncate(depth);
                open.push(Open { family: mark.family, shape: mark.shape, start: mark.end });
            }
            _ if open.len() < MAX_DEPTH && opens(chars, mark) => open.push(Open { family: mark.family, shape: mark.shape, start: mark.end }),
            _ => {}
        }
    }
    close_paragraph(chars, chars.len(), &mut open, &mut found);
    found.retain(|range| chars[range.clone()].iter().any(|char| char.is_alphanumeric()));
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    found.dedup();
    found
}

/// The mark at a code point. An apostrophe inside a word is not a mark.
fn mark(chars: &[char], at: usize) -> Option<Mark> {
    let next = chars.get(at + 1).copied();
    let double = |family, shape| Some(Mark { at, end: at + 2, family, shape });
    match (chars[at], next) {
        ('(', Some('(')) => return double(Family::Parentheses, Shape::Opening),
        (')', Some(')')) => return double(Family::Parentheses, Shape::Closing),
        ('<', Some('<')) => return double(Family::Angles, Shape::Opening),
        ('>', Some('>')) if !begins_line(chars, at) => return double(Family::Angles, Shape::Closing),
        ('`', Some('`')) => return double(Family::Straight, Shape::Opening),
        ('\'', Some('\'')) => return double(Family::Straight, Shape::Either),
        _ => {}
    }
    if is_apostrophe(chars[at]) && is_inside_word(chars, at) {
        return None;
    }
    let (family, shape) = match chars[at] {
        '«' => (Family::Guillemets, Shape::Opening),
        '»' => (Family::Guillemets, Shape::Closing),
        '‹' => (Family::SingleGuillemets, Shape::Opening),
        '›' => (Family::SingleGuillemets, Shape::Closing),
        '“' | '„' => (Family::Curly, Shape::Opening),
        '”' | '‟' => (Family::Curly, Shape::Closing),
        '‘' | '‚' | '‛' => (Family::SingleCurly, Shape::Opening),
        '’' => (Family::SingleCurly, Shape::Closing),
        '"' | '＂' => (Family::Straight, Shape::Either),
        '\'' | '＇' => (Family::SingleStraight, Shape::Either),
        '「' | '｢' => (Family::Corner, Shape::Opening),
        '」' | '｣' => (Family::Corner, Shape::Closing),
        '『' => (Family::WhiteCorner, Shape::Opening),
        '』' => (Family::WhiteCorner, Shape::Closing),
        '〝' => (Family::Prime, Shape::Opening),
        '〞' | '〟' => (Family::Prime, Shape::Closing),
        '❝' => (Family::Heavy, Shape::Opening),
        '❞' => (Family::Heavy, Shape::Closing),
        _ => return None,
    };
    Some(Mark { at, end: at + 1, family, shape })
}

/// Whether a mark is in the position of an opening one: before a word, and not directly after one.
fn stands_before_word(chars: &[char], mark: Mark) -> bool {
    let after = chars.get(mark.end).is_some_and(|next| !next.is_whitespace());
    let before = mark.at.checked_sub(1).is_none_or(|before| !chars[before].is_alphanumeric() && !is_end_of_sentence(chars[before]));
    after && before
}

/// Whether a mark is in the position of a closing one: after a word, and not directly before one.
fn stands_after_word(chars: &[char], mark: Mark) -> bool {
    let before = mark.at.checked_sub(1).is_some_and(|before| !chars[before].is_whitespace());
    let after = chars.get(mark.end).is_none_or(|next| !next.is_alphanumeric());
    before && after
}

/// Whether a mark closes an open quotation of its family. If writers reverse marks («…» as »…«), the position decides.
fn closes(chars: &[char], mark: Mark) -> bool {
    match mark.shape {
        Shape::Closing => !begins_line(chars, mark.at) || !stands_before_word(chars, mark) || stands_after_word(chars, mark),
        Shape::Either => stands_after_word(chars, mark) || !stands_before_word(chars, mark),
        Shape::Opening => stands_after_word(chars, mark) && !stands_before_word(chars, mark),
    }
}

/// Whether a mark opens a quotation if none of its family is open.
fn opens(chars: &[char], mark: Mark) -> bool {
    let is_single = matches!(mark.family, Family::SingleStraight | Family::SingleCurly);
    match mark.shape {
        // A word may begin before it: و«النص», ب"النص".
        Shape::Opening => true,
        Shape::Either => stands_before_word(chars, mark) || (!is_single && !stands_after_word(chars, mark)),
        Shape::Closing => !is_single && stands_before_word(chars, mark) && !stands_after_word(chars, mark),
    }
}

const fn is_end_of_sentence(char: char) -> bool {
    matches!(char, '.' | '!' | '?' | '؟' | '…')
}

/// Whether only spaces and signs of a block quote precede a code point in its line.
fn begins_line(chars: &[char], at: usize) -> bool {
    chars[..at].iter().rev().find(|char| **char == '\n' || !(char.is_whitespace() || **char == '>')).is_none_or(|char| *char == '\n')
}

fn end_of_line_before(chars: &[char], at: usize) -> usize {
    chars[..at].iter().rposition(|char| *char == '\n').unwrap_or(at)
}

/// Whether a blank line begins here.
fn is_paragraph_end(chars: &[char], at: usize) -> bool {
    chars[at] == '\n' && chars[at + 1..].iter().find(|char| **char == '\n' || !char.is_whitespace()).is_none_or(|char| *char == '\n')
}

/// Ends the open quotations at the end of a paragraph. A quotation without a closing mark ends with its line, if its opening
/// mark cannot be anything else; a quotation of several paragraphs continues if the next one begins with a mark.
fn close_paragraph(chars: &[char], at: usize, open: &mut Vec<Open>, found: &mut Vec<Range<usize>>) {
    for unclosed in open.drain(..).filter(|unclosed| unclosed.shape == Shape::Opening && unclosed.start < at) {
        let line = chars[unclosed.start..at].iter().position(|char| *char == '\n').map_or(at, |end| unclosed.start + end);
        let words = chars[unclosed.start..line].split(|char| char.is_whitespace()).filter(|word| word.iter().any(|char| char.is_alphanumeric())).count();
        if words >= MIN_UNCLOSED_WORDS {
            found.push(unclosed.start..line);
        }
    }
}

/// The block quotes of a draft: consecutive lines that begin with `>`.
fn block_quotes(chars: &[char]) -> Vec<Range<usize>> {
    let mut quotes: Vec<Range<usize>> = Vec::new();
    let mut is_open = false;
    let mut start = 0;
    for line in chars.split_inclusive(|char| *char == '\n') {
        let sign = line.iter().position(|char| !char.is_whitespace()).filter(|at| line[*at] == '>');
        if let Some(sign) = sign {
            let content = line[sign..].iter().position(|char| *char != '>' && !char.is_whitespace()).map_or(line.len(), |at| sign + at);
            let end = start + line.iter().rposition(|char| !char.is_whitespace()).map_or(line.len(), |at| at + 1);
            match quotes.last_mut() {
                Some(last) if is_open => last.end = end.max(last.end),
                _ => quotes.push(start + content..end.max(start + content)),
            }
        }
        is_open = sign.is_some();
        start += line.len();
    }
    quotes
}

/// A quotation as it is compared: without line breaks and the signs of a block quote.
#[must_use]
pub fn unwrapped(quotation: &str) -> String {
    let lines = quotation.split('\n').enumerate();
    let text = lines.map(|(number, line)| if number == 0 { line } else { line.trim_start_matches(|char: char| char == '>' || char.is_whitespace()) });
    text.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        quotations(&chars).into_iter().map(|range| chars[range].iter().collect()).collect()
    }

    #[test]
    fn marks_of_every_kind_enclose_quotations() {
        for (text, expected) in [
            ("قال «واحد اثنان» ثم “ثلاثة” و\"أربعة\"", &["واحد اثنان", "ثلاثة", "أربعة"][..]),
            ("He said “one two” and 'three' and ‹four› and 「five」.", &["one two", "three", "four", "five"]),
            ("قال ((واحد)) ثم <<اثنان>>", &["واحد", "اثنان"]),
            ("قال »واحد« ثم ”اثنان“", &["واحد", "اثنان"]),
            ("He said \"one 'two' three\".", &["one 'two' three", "two"]),
            ("قال: «واحد “اثنان” ثلاثة»", &["واحد “اثنان” ثلاثة", "اثنان"]),
            ("the officers’ words and Iraq's role don't count", &[]),
            ("ب\"النص\" و«الكلمة»", &["النص", "الكلمة"]),
            ("``one'' and 5\" wide", &["one"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn block_quotes_and_paragraphs_of_one_quotation_are_found() {
        assert_eq!(found("He wrote:\n\n> one two\n> three\n\nand left."), ["one two\n> three"]);
        assert_eq!(unwrapped("one two\n> three"), "one two three");
        assert_eq!(found("“First paragraph here\n\n“second paragraph.” End"), ["First paragraph here", "second paragraph."]);
        assert_eq!(found("ولفت إلى أن “العراق عضو أساسي في التحالف\nثم انتهى"), ["العراق عضو أساسي في التحالف"]);
        assert_eq!(found("\"unclosed\n\nanother \"one two\""), ["one two"]);
    }
}
