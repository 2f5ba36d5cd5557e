//! Homographs: words with two readings, which vowel marks or the neighbouring words decide (`data/homographs.tsv`).

use std::{collections::HashMap, sync::LazyLock};

use crate::text::{
    fold::folded,
    tsv,
    words::{Word, tokenize},
};

/// The possible readings of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// As a verb.
    pub verb: bool,
    /// As a noun, or anything else that is not a verb.
    pub noun: bool,
}

impl Reading {
    /// Undecided.
    pub const EITHER: Self = Self { verb: true, noun: true };
    /// A verb.
    pub const VERB: Self = Self { verb: true, noun: false };
    /// Not a verb.
    pub const NOUN: Self = Self { verb: false, noun: true };
}

/// A reading of a word.
#[derive(Debug)]
struct Homograph {
    is_verb: bool,
    /// The word with its vowels, in each form that it has.
    vowelled: Vec<Word>,
    after: Vec<String>,
    before: Vec<String>,
}

static HOMOGRAPHS: LazyLock<HashMap<String, Vec<Homograph>>> = LazyLock::new(|| {
    let mut homographs: HashMap<String, Vec<Homograph>> = HashMap::new();
    for row in tsv::rows(include_str!("data/homographs.tsv")) {
        let [word, reading, vowelled, after, before] = row[..] else { continue };
        let neighbours = |words: &str| words.split_whitespace().filter(|word| *word != "-").map(folded).collect();
        homographs.entry(folded(word)).or_default().push(Homograph {
            is_verb: reading == "verb",
            vowelled: tokenize(vowelled),
            after: neighbours(after),
            before: neighbours(before),
        });
    }
    homographs
});

/// Whether this folded word is listed, without the conjunction before it.
#[must_use]
pub fn is_homograph(word: &str) -> bool {
    HOMOGRAPHS.contains_key(word)
}

/// How a listed word is read by its vowel marks.
#[must_use]
pub fn by_marks(folded: &str, word: &Word) -> Reading {
    let mut reading = Reading { verb: false, noun: false };
    for homograph in HOMOGRAPHS.get(folded).into_iter().flatten().filter(|homograph| homograph.vowelled.iter().any(|vowelled| agrees(word, vowelled))) {
        reading = Reading { verb: reading.verb || homograph.is_verb, noun: reading.noun || !homograph.is_verb };
    }
    if reading.verb || reading.noun { reading } else { Reading::EITHER }
}

/// How a listed word is read by the words around it, folded.
#[must_use]
pub fn by_neighbours(folded: &str, before: Option<&str>, after: Option<&str>) -> Reading {
    let is_told = |homograph: &&Homograph| {
        before.is_some_and(|word| homograph.after.iter().any(|one| one == word)) || after.is_some_and(|word| homograph.before.iter().any(|one| one == word))
    };
    match HOMOGRAPHS.get(folded).into_iter().flatten().find(is_told) {
        Some(homograph) if homograph.is_verb => Reading::VERB,
        Some(_) => Reading::NOUN,
        None => Reading::EITHER,
    }
}

/// Whether the marks that a word has are those of the vowelled word. The mark of the last letter is a case ending and is ignored.
fn agrees(word: &Word, vowelled: &Word) -> bool {
    let offset = word.letters.len().saturating_sub(vowelled.letters.len());
    let of = |word: &Word, number: usize| word.marks.iter().filter(|(at, _)| *at == number).map(|(_, mark)| *mark).collect::<Vec<char>>();
    (0..vowelled.letters.len().saturating_sub(1)).all(|number| {
        let (written, full) = (of(word, number + offset), of(vowelled, number));
        // A text with the vowel of a doubled letter also has its shadda.
        let doubled = |marks: &[char]| marks.contains(&'\u{651}');
        written.iter().all(|mark| full.contains(mark)) && (written.is_empty() || doubled(&written) == doubled(&full))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        for row in tsv::rows(include_str!("data/homographs.tsv")) {
            assert!(row.len() == 5 && matches!(row[1], "verb" | "noun"), "{row:?}");
            for vowelled in row[2].split(' ') {
                assert_eq!(folded(vowelled), folded(row[0]), "{row:?}");
            }
        }
    }

    #[test]
    fn vowel_marks_tell_a_verb_from_a_noun() {
        for (word, reading) in [
            ("عُقد", Reading::VERB),
            ("عَقْد", Reading::NOUN),
            ("شكّل", Reading::VERB),
            ("عقد", Reading::EITHER),
            ("قَدَم", Reading::NOUN),
            ("قدّم", Reading::VERB),
            ("حُكم", Reading::EITHER),
        ] {
            assert_eq!(by_marks(&folded(word), &tokenize(word)[0]), reading, "{word}");
        }
    }
}
