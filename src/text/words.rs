//! Words: where they stand in a text, and what they may be forms of.

use crate::text::{
    arabic, english,
    normalize::{NormalizedChar, end_offset, is_arabic, normalize},
};

/// A word of a text.
#[derive(Clone, Debug)]
pub struct Word {
    /// Its first code point.
    pub start: usize,
    /// The code point after its last, marks included.
    pub end: usize,
    /// Its letters; never empty.
    pub letters: Vec<NormalizedChar>,
    /// It is written in capitals.
    pub capitals: bool,
    /// With the word after its hyphen, where it has one: what some write as one word.
    compound: Option<String>,
}

impl Word {
    /// Its letters as a text.
    #[must_use]
    pub fn text(&self) -> String {
        self.letters.iter().map(|letter| letter.char).collect()
    }

    /// What it may be a form of; never empty. Two words match where they share a stem.
    #[must_use]
    pub fn stems(&self) -> Vec<String> {
        if self.is_arabic() {
            let mut stems = arabic::stems(&self.letters);
            if self.letters.iter().any(|letter| letter.char != letter.hamza_carrier) {
                let careless: Vec<NormalizedChar> = self.letters.iter().map(|letter| NormalizedChar { char: letter.hamza_carrier, ..*letter }).collect();
                stems.extend(arabic::stems(&careless));
            }
            // Within a word an alef may be the carrier of a hamza that others write on ya (هيأة, هيئة).
            let inner = |letter: &NormalizedChar| letter.hamza && letter.char == 'ا';
            if self.letters.iter().skip(1).any(inner) {
                let other =
                    |(at, letter): (usize, &NormalizedChar)| NormalizedChar { char: if at > 0 && inner(letter) { 'ء' } else { letter.char }, ..*letter };
                stems.extend(arabic::stems(&self.letters.iter().enumerate().map(other).collect::<Vec<_>>()));
            }
            return stems;
        }
        let mut stems = vec![english::stem(&self.text())];
        stems.extend(self.compound.as_deref().map(english::stem));
        stems
    }

    /// What is looked for when it is asked for: its stems, and the adjective of a name that hides its own.
    #[must_use]
    pub fn query_stems(&self) -> Vec<String> {
        let mut stems = self.stems();
        stems.extend(arabic::nisba(&self.letters));
        stems
    }

    /// What it may be as a part of a name: without particles, and with its endings.
    #[must_use]
    pub fn light_stems(&self) -> Vec<String> {
        if self.is_arabic() { arabic::light_stems(&self.letters) } else { vec![english::light_stem(&self.text(), self.capitals)] }
    }

    fn is_arabic(&self) -> bool {
        self.letters.iter().any(|letter| is_arabic(letter.char))
    }
}

/// The words of a text, in order.
#[must_use]
pub fn tokenize(text: &str) -> Vec<Word> {
    let capital: Vec<bool> = text.chars().map(|char| !char.is_lowercase()).collect();
    let letters = normalize(text);
    let length = capital.len();
    let mut words: Vec<Word> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if !letters[at].char.is_alphanumeric() {
            at += 1;
            continue;
        }
        let (parts, next) = one(&letters, at);
        let (start, last) = (parts[0].at, parts[parts.len() - 1].at);
        words.push(Word {
            start,
            end: end_offset(&letters, next, length),
            capitals: capital[start..=last].iter().all(|capital| *capital),
            letters: parts,
            compound: None,
        });
        at = next;
    }
    compounds(&mut words, text);
    words
}

/// The word that begins here, and where it ends. `D.C.` is one word, and so is `Iraq's`.
fn one(letters: &[NormalizedChar], from: usize) -> (Vec<NormalizedChar>, usize) {
    let is_letter = |at: usize| letters.get(at).is_some_and(|letter| letter.char.is_alphanumeric());
    let is_alone = |at: usize| letters.get(at).is_some_and(|letter| letter.char.is_alphabetic()) && !is_letter(at + 1);
    let (mut parts, mut at, mut dotted) = (Vec::new(), from, is_alone(from));
    while let Some(letter) = letters.get(at) {
        if letter.char.is_alphanumeric() {
            parts.push(*letter);
            at += 1;
            continue;
        }
        dotted = dotted && letter.char == '.' && is_alone(at + 1);
        let apostrophe = matches!(letter.char, '\'' | '’' | 'ʼ') && is_letter(at + 1);
        let co = letter.char == '-' && parts.len() == 2 && parts[0].char == 'c' && parts[1].char == 'o' && is_letter(at + 1);
        if apostrophe && letters[at + 1].char == 's' && !is_letter(at + 2) {
            // A possessive: the word without it.
            return (parts, at + 2);
        }
        if !(dotted || apostrophe || co) {
            break;
        }
        at += 1;
    }
    (parts, at)
}

/// Joins the halves of `north-east`, for those who write `northeast`.
fn compounds(words: &mut [Word], text: &str) {
    let hyphens: Vec<usize> = text.chars().enumerate().filter(|(_, char)| *char == '-').map(|(at, _)| at).collect();
    for at in 1..words.len() {
        let (before, after) = words.split_at_mut(at);
        let (Some(first), Some(second)) = (before.last_mut(), after.first()) else { continue };
        if first.end + 1 == second.start && hyphens.binary_search(&first.end).is_ok() && !first.is_arabic() {
            first.compound = Some(first.text() + &second.text());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Offsets lead back to what they were taken from.
        #[test]
        fn a_word_that_is_cut_out_of_its_text_is_the_same_word(text in "([\u{620}-\u{655}a-zA-Z0-9 .,'’ﷺﻻ\u{202e}🇮-]|\\PC){0,60}") {
            let chars: Vec<char> = text.chars().collect();
            for letter in normalize(&text) {
                let alone = normalize(&chars[letter.at].to_string());
                prop_assert!(alone.iter().any(|one| one.hamza_carrier == letter.hamza_carrier), "{letter:?} in {text:?}");
            }
            for word in tokenize(&text) {
                let cut: String = chars[word.start..word.end].iter().collect();
                // A fraction or a ligature is several words in one code point.
                prop_assert!(tokenize(&cut).iter().any(|again| again.text() == word.text()), "{cut:?} in {text:?}");
            }
        }
    }
}
