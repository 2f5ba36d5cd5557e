//! Where sentences end, and where clauses may begin inside them.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use crate::text::{
    tokenize::{TokenizedText, folded_marks},
    tsv,
};

/// The minimum number of words of a clause.
const MIN_WORDS: usize = 3;
/// Words with a full stop that ends no sentence, by their keys.
const ABBREVIATIONS: [&str; 27] = [
    "mr", "mrs", "ms", "dr", "st", "no", "art", "arts", "gen", "col", "maj", "lt", "sen", "rep", "gov", "vol", "para", "jan", "feb", "mar", "apr", "aug",
    "sept", "sep", "oct", "nov", "dec",
];

/// By the first word: the others, and whether a mark has to be before them.
type Beginnings = HashMap<String, Vec<(Vec<String>, bool)>>;

/// The words at which a clause may begin.
static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(|| {
    let mut beginnings = Beginnings::new();
    for row in tsv::rows(include_str!("data/clauses.tsv")) {
        let [place, columns @ ..] = &row[..] else { continue };
        for phrase in columns.iter().flat_map(|column| column.split(';')) {
            let mut keys = TokenizedText::new(phrase).tokens.into_iter().map(|token| token.key);
            if let Some(first) = keys.next() {
                beginnings.entry(first).or_default().push((keys.collect(), *place == "comma"));
            }
        }
    }
    beginnings
});

/// The sentences among some words. None ends inside the ranges that are to be whole.
#[must_use]
pub fn sentences(text: &TokenizedText, within: &Range<usize>, whole: &[Range<usize>]) -> Vec<Range<usize>> {
    divide(within, whole, |at| ends_before(text, at))
}

/// The clauses of a sentence.
#[must_use]
pub fn clauses(text: &TokenizedText, sentence: &Range<usize>, whole: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut start = sentence.start;
    divide(sentence, whole, |at| {
        let is_long = at - start >= MIN_WORDS && sentence.end - at >= MIN_WORDS;
        let begins = is_long && begins_clause(text, at);
        if begins {
            start = at;
        }
        begins
    })
}

fn divide(within: &Range<usize>, whole: &[Range<usize>], mut begins: impl FnMut(usize) -> bool) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = within.start;
    let mut next = whole.partition_point(|range| range.end <= start);
    for at in within.start + 1..within.end {
        while whole.get(next).is_some_and(|range| range.end <= at) {
            next += 1;
        }
        // The ranges are in order, but one may be inside another.
        let is_inside = whole[next.min(whole.len())..].iter().take_while(|range| range.start < at).any(|range| at < range.end);
        if !is_inside && begins(at) {
            parts.push(start..at);
            start = at;
        }
    }
    if start < within.end {
        parts.push(start..within.end);
    }
    parts
}

/// Whether a sentence ends between a word and the one before it.
fn ends_before(text: &TokenizedText, at: usize) -> bool {
    let gap = text.gap(at);
    let Some(mark) = gap.iter().position(|char| matches!(char, '.' | '!' | '?' | '؟' | '؛' | ';' | '۔' | '…')) else { return false };
    if !gap[mark..].iter().any(|char| char.is_whitespace()) {
        return false;
    }
    if gap[mark] != '.' {
        return true;
    }
    let (before, after) = (&text.tokens[at - 1], &text.tokens[at]);
    let is_lowercase = text.slice(after.start..after.end).starts_with(|char: char| char.is_lowercase());
    let is_initial = before.key.chars().count() == 1 && before.key.is_ascii() && before.number.is_none();
    !is_lowercase && !is_initial && !ABBREVIATIONS.contains(&before.key.as_str())
}

fn begins_clause(text: &TokenizedText, at: usize) -> bool {
    let Some(beginnings) = BEGINNINGS.get(&text.tokens[at].key) else { return false };
    let after_mark = folded_marks(text.gap(at)).contains([',', ';', '-']);
    beginnings.iter().any(|(rest, needs_mark)| {
        let is_here = text.tokens.get(at + 1..=at + rest.len()).is_some_and(|words| words.iter().zip(rest).all(|(word, key)| word.key == *key));
        is_here && (after_mark || !needs_mark)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<String> {
        let text = TokenizedText::new(text);
        let sentences = sentences(&text, &(0..text.tokens.len()), &[]);
        sentences.iter().flat_map(|sentence| clauses(&text, sentence, &[])).map(|part| text.words(part)).collect()
    }

    #[test]
    fn sentences_and_clauses_are_divided_where_a_reader_would() {
        assert_eq!(
            parts("It met in Washington, D.C. in Feb. 2031. Both sides agreed; they left."),
            ["It met in Washington, D.C. in Feb. 2031", "Both sides agreed", "they left"]
        );
        assert_eq!(
            parts("Upland will release water from the dam, provided that the inflow allows it"),
            ["Upland will release water from the dam", "provided that the inflow allows it"]
        );
        assert_eq!(
            parts("ستبدأ القوات الانسحاب قريباً، وذلك ضمن سياق متفق عليه. وقد بدأت الخطوات."),
            ["ستبدأ القوات الانسحاب قريباً", "وذلك ضمن سياق متفق عليه", "وقد بدأت الخطوات"]
        );
    }
}
