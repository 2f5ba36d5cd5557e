//! Two texts side by side, with the words marked that only one of them has.

use crate::text::{indexed_source::may_omit, normalize::normalize, tokenize::key};

/// How some words of one text compare with the other text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The other text has the same words.
    Same,
    /// The other text has the same words, written differently.
    Spelling,
    /// The other text does not have them there.
    Different,
    /// Words before or after the part that is compared.
    Context,
}

/// Neighbouring words with one mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The words, as the text has them.
    pub words: String,
    /// Their mark.
    pub mark: Mark,
}

/// A word, with the key by which it is compared; empty for marks between words.
struct Word<'t> {
    written: &'t str,
    bare: &'t str,
    key: String,
}

/// Compares the words of a quotation with those of a text, by the longest common subsequence. `is_part`: the quotation may be a
/// part of the text, so that what the text has before and after it is context.
///
/// Time and memory are proportional to the product of both lengths, which the maximum length of a quotation bounds.
pub fn compare_words(given: &str, source: &str, is_part: bool) -> (Vec<Run>, Vec<Run>) {
    let (given, source) = (words(given), words(source));
    let pairs = common(&given, &source);
    let mut given_marks = initial_marks(&given);
    let mut source_marks = initial_marks(&source);
    for (at, other) in &pairs {
        let is_same = given[*at].bare == source[*other].bare || begins_without_particle(*at, &given[*at], &source[*other]);
        let mark = if is_same { Mark::Same } else { Mark::Spelling };
        (given_marks[*at], source_marks[*other]) = (mark, mark);
    }
    if is_part && let (Some((_, first)), Some((_, last))) = (pairs.first(), pairs.last()) {
        source_marks[..*first].fill(Mark::Context);
        source_marks[last + 1..].fill(Mark::Context);
    }
    (runs(&given, &given_marks), runs(&source, &source_marks))
}

fn words(text: &str) -> Vec<Word<'_>> {
    let word = |written| {
        let bare = str::trim_matches(written, |char: char| !char.is_alphanumeric());
        Word { written, bare, key: key(bare) }
    };
    text.split_whitespace().map(word).collect()
}

/// Marks between words are never differences.
fn initial_marks(words: &[Word<'_>]) -> Vec<Mark> {
    words.iter().map(|word| if word.key.is_empty() { Mark::Same } else { Mark::Different }).collect()
}

/// The places of a longest common subsequence in both texts.
fn common(given: &[Word<'_>], source: &[Word<'_>]) -> Vec<(usize, usize)> {
    let columns = source.len() + 1;
    let is_same =
        |at: usize, other: usize| !given[at].key.is_empty() && (given[at].key == source[other].key || begins_without_particle(at, &given[at], &source[other]));
    // The length of the longest common subsequence of what follows.
    let mut lengths = vec![0_u16; (given.len() + 1) * columns];
    for at in (0..given.len()).rev() {
        for other in (0..source.len()).rev() {
            lengths[at * columns + other] = if is_same(at, other) {
                lengths[(at + 1) * columns + other + 1].saturating_add(1)
            } else {
                lengths[(at + 1) * columns + other].max(lengths[at * columns + other + 1])
            };
        }
    }
    let (mut pairs, mut at, mut other) = (Vec::new(), 0, 0);
    while at < given.len() && other < source.len() {
        if is_same(at, other) {
            pairs.push((at, other));
            (at, other) = (at + 1, other + 1);
        } else if lengths[(at + 1) * columns + other] >= lengths[at * columns + other + 1] {
            at += 1;
        } else {
            other += 1;
        }
    }
    pairs
}

/// Whether a word begins the quotation and lacks only particles of the word of the source, which a quotation may leave off.
fn begins_without_particle(at: usize, given: &Word<'_>, source: &Word<'_>) -> bool {
    let omitted = (at == 0).then(|| source.key.strip_suffix(&given.key)).flatten().map(|particles| particles.chars().count());
    omitted.is_some_and(|count| count > 0 && may_omit(&normalize(source.bare), count))
}

fn runs(words: &[Word<'_>], marks: &[Mark]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (word, mark) in words.iter().zip(marks) {
        match runs.last_mut() {
            Some(run) if run.mark == *mark => {
                run.words.push(' ');
                run.words.push_str(word.written);
            }
            _ => runs.push(Run { words: word.written.to_owned(), mark: *mark }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(runs: &[Run]) -> String {
        let run = |run: &Run| match run.mark {
            Mark::Same => run.words.clone(),
            Mark::Spelling => format!("~{}~", run.words),
            Mark::Different => format!("[{}]", run.words),
            Mark::Context => format!("({})", run.words),
        };
        runs.iter().map(run).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_that_only_one_side_has_are_marked() {
        for (given, source, is_part, expected_given, expected_source) in [
            ("by the end of October 2025", "by the end of September 2025", false, "by the end of [October] 2025", "by the end of [September] 2025"),
            ("the end of 2025.", "no later than the end of 2025", true, "the end of 2025.", "(no later than) the end of 2025"),
            ("the end of 2025", "no later than the end of 2025", false, "the end of 2025", "[no later than] the end of 2025"),
            ("the end … 2025", "the end of September 2025", false, "the end … 2025", "the end [of September] 2025"),
            ("في موعد اقصاه", "في موعد أقصاه", false, "في موعد ~اقصاه~", "في موعد ~أقصاه~"),
            ("في موعد 2026", "وفي موعد 2025", false, "في موعد [2026]", "وفي موعد [2025]"),
            ("زير الدفاع", "وزير الدفاع", false, "[زير] الدفاع", "[وزير] الدفاع"),
            ("موعد في موعد", "موعد وفي موعد", false, "موعد [في] موعد", "موعد [وفي] موعد"),
            ("", "a b", true, "", "[a b]"),
        ] {
            let (given, source) = compare_words(given, source, is_part);
            assert_eq!((shown(&given).as_str(), shown(&source).as_str()), (expected_given, expected_source));
        }
    }
}
