//! Words and their positions in a text.

use crate::text::{
    arabic::{self, Stem},
    english, lemmas,
    normalize::{NormalizedChar, end_offset, is_alphanumeric, is_arabic, normalize},
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
    /// Its vowel marks, each with the number of its letter.
    pub marks: Vec<(usize, char)>,
    /// The compound with the word after its hyphen, if there is one: some write it as one word.
    compound: Option<String>,
}

/// The longest stem whose bare first alef may stand for an alef with madda: الاخرين for الآخرين.
const MAX_BARE_MADDA: usize = 5;

impl Word {
    /// Its letters as a text.
    #[must_use]
    pub fn text(&self) -> String {
        self.letters.iter().map(|letter| letter.char).collect()
    }

    /// Whether it is written in Arabic letters.
    #[must_use]
    pub fn is_arabic(&self) -> bool {
        self.letters.iter().any(|letter| is_arabic(letter.char))
    }

    /// Whether its capitals make it a name: IS.
    #[must_use]
    pub fn capitals_name(&self) -> bool {
        self.capitals && english::capitals(&self.text()).is_some()
    }

    /// Its stems in a text; never empty. Two words match if they share a stem.
    #[must_use]
    pub fn stems(&self) -> Vec<String> {
        if !self.is_arabic() {
            let text = self.text();
            let mut stems = vec![english::stem(&text)];
            stems.extend(english::verbs(&text));
            stems.extend(self.compound.as_deref().map(english::stem));
            stems.extend(english::capitals(&text).filter(|_| self.capitals));
            return stems;
        }
        let mut stems = Vec::new();
        let (alef, shapes) = self.shapes();
        for stem in shapes {
            match alef {
                Alef::Madda(at) => stems.extend([stem.with_madda(at), format!("x_{}", stem.text)]),
                Alef::Bare(at) if stem.text.chars().count() + stem.start <= at + MAX_BARE_MADDA => stems.extend([stem.with_madda(at), stem.text]),
                _ => stems.push(stem.text),
            }
        }
        stems
    }

    /// Its stems in a query, with the adjective of a name that drops its alef.
    #[must_use]
    pub fn query_stems(&self) -> Vec<String> {
        if !self.is_arabic() {
            let text = self.text();
            let capitals = english::capitals(&text).filter(|_| self.capitals);
            return capitals.map_or_else(|| [english::stem(&text)].into_iter().chain(english::verbs(&text)).collect(), |stem| vec![stem]);
        }
        let mut stems = Vec::new();
        let (alef, shapes) = self.shapes();
        for stem in shapes {
            match alef {
                Alef::Madda(at) => stems.push(stem.with_madda(at)),
                Alef::Bare(_) => stems.extend([format!("x_{}", stem.text), stem.text]),
                Alef::Hamza => stems.push(stem.text),
            }
        }
        stems.extend(arabic::nisba(&self.letters));
        stems
    }

    /// Its stems in a name: without particles, and with its endings.
    #[must_use]
    pub fn light_stems(&self) -> Vec<String> {
        if self.is_arabic() { arabic::light_stems(&self.letters) } else { vec![english::light_stem(&self.text(), self.capitals)] }
    }

    /// The verbs that it may be a form of.
    #[must_use]
    pub fn verbs(&self) -> Vec<&'static str> {
        lemmas::verbs(&super::fold::fold(&self.letters), self.is_feminine())
    }

    /// The nouns with a broken plural that it may be a form of.
    #[must_use]
    pub fn nouns(&self) -> Vec<&'static str> {
        lemmas::nouns(&super::fold::fold(&self.letters), self.is_feminine(), &|at| self.letters[at].hamza)
    }

    fn is_feminine(&self) -> bool {
        self.letters.last().is_some_and(|letter| letter.char == 'ة')
    }

    /// The stems that its letters allow, and the spelling of their first alef. A hamza may be omitted from its carrier
    /// (ثنايية), and one inside a word may have another carrier (هيأة, هيئة).
    fn shapes(&self) -> (Alef, Vec<Stem>) {
        let mut stems = arabic::stems(&self.letters);
        let first = stems.iter().map(|stem| stem.start).max().unwrap_or_default();
        if self.letters.iter().any(|letter| letter.char != letter.hamza_carrier) {
            let hamza_insensitive: Vec<NormalizedChar> = self.letters.iter().map(|letter| NormalizedChar { char: letter.hamza_carrier, ..*letter }).collect();
            stems.extend(arabic::stems(&hamza_insensitive));
        }
        let on_alef = |letter: &NormalizedChar| letter.hamza && letter.char == 'ا';
        if self.letters.iter().skip(first + 1).any(on_alef) {
            let other =
                |(at, letter): (usize, &NormalizedChar)| NormalizedChar { char: if at > first && on_alef(letter) { 'ء' } else { letter.char }, ..*letter };
            stems.extend(arabic::stems(&self.letters.iter().enumerate().map(other).collect::<Vec<_>>()));
        }
        let alef = match self.letters.get(first) {
            Some(_) if self.marks.contains(&(first, MADDA)) => Alef::Madda(first),
            Some(letter) if letter.char == 'ا' && !letter.hamza => Alef::Bare(first),
            _ => Alef::Hamza,
        };
        (alef, stems)
    }
}

/// The spelling of the first letter of a word without its particles.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alef {
    /// With a madda, at this place in the word: الآمن (the safe one).
    Madda(usize),
    /// Without madda and hamza, which may stand for both.
    Bare(usize),
    /// With a hamza: الأمن (the security). Or it is another letter.
    Hamza,
}

/// The mark of madda, also of an alef that is one code point with it.
const MADDA: char = '\u{653}';

/// The words of a text, in order. Separate particles, and the sign of the era after a year, are not words.
#[must_use]
pub fn tokenize(text: &str) -> Vec<Word> {
    let chars: Vec<char> = text.chars().collect();
    let letters = normalize(text);
    let mut words: Vec<Word> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if !is_letter(letters[at].char) {
            at += 1;
            continue;
        }
        let (parts, next) = read_word(&letters, at);
        let (start, last) = (parts[0].at, parts[parts.len() - 1].at);
        let end = end_offset(&letters, next, chars.len());
        let capitals = chars[start..=last].iter().all(|char| !char.is_lowercase());
        words.push(Word { start, end, capitals, marks: marks(&parts, &chars[..end]), letters: parts, compound: None });
        at = next;
    }
    retain_words(&mut words);
    join_compounds(&mut words, &chars);
    words
}

/// Whether a character is a part of a word; the signs of ayn and hamza in Latin letters (ʿ, ʾ, ʼ) are not.
fn is_letter(char: char) -> bool {
    is_alphanumeric(char) && !is_apostrophe(char)
}

/// Whether a character is inside a word without dividing it: apostrophes, and the signs for ayn and hamza (Da‘esh, Qurʾan).
fn is_apostrophe(char: char) -> bool {
    matches!(char, '\'' | '’' | '‘' | '`' | '\u{2b9}'..='\u{2bf}' | '\u{2c8}' | '\u{2ca}' | '\u{2cb}')
}

/// The word that begins here, and where it ends. `D.C.` is one word, and so is `Iraq's`; a number ends before letters.
fn read_word(letters: &[NormalizedChar], from: usize) -> (Vec<NormalizedChar>, usize) {
    let char = |at: usize| letters.get(at).map(|letter| letter.char);
    let is_part = |at: usize| char(at).is_some_and(is_letter);
    let is_alone = |at: usize| char(at).is_some_and(char::is_alphabetic) && !is_part(at + 1);
    let (mut parts, mut at, mut dotted): (Vec<NormalizedChar>, usize, bool) = (Vec::new(), from, is_alone(from));
    while let Some(letter) = letters.get(at) {
        if is_letter(letter.char) {
            if parts.last().is_some_and(|last| divides(last.char, letter.char, &|further| char(at + further))) {
                break;
            }
            parts.push(*letter);
            at += 1;
            continue;
        }
        dotted = dotted && letter.char == '.' && is_alone(at + 1);
        let apostrophe = is_apostrophe(letter.char) && is_part(at + 1);
        let co = letter.char == '-' && parts.len() == 2 && parts[0].char == 'c' && parts[1].char == 'o' && is_part(at + 1);
        if apostrophe && letters[at + 1].char == 's' && !is_part(at + 2) {
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

/// Whether a word ends between a digit and a letter: 12شهراً, 2025م, الـ12 and 12months, but not 2nd, G20 or 5G.
fn divides(before: char, after: char, further: &dyn Fn(usize) -> Option<char>) -> bool {
    if before.is_numeric() == after.is_numeric() {
        return false;
    }
    let is_latin = |char: Option<char>| char.is_some_and(|char| char.is_alphabetic() && !is_arabic(char));
    is_arabic(before) || is_arabic(after) || (before.is_numeric() && (0..3).all(|at| is_latin(further(at))))
}

/// The vowel marks of a word, and the maddas of its alefs.
fn marks(letters: &[NormalizedChar], chars: &[char]) -> Vec<(usize, char)> {
    let mut marks = Vec::new();
    for (number, letter) in letters.iter().enumerate() {
        if matches!(chars[letter.at], 'آ' | 'ﺁ' | 'ﺂ' | 'ﻵ' | 'ﻶ') && letter.char == 'ا' {
            marks.push((number, MADDA));
        }
        if letters.get(number + 1).is_some_and(|next| next.at == letter.at) {
            continue;
        }
        let next = letters.get(number + 1).map_or(chars.len(), |next| next.at);
        let of_letter = chars.get(letter.at + 1..next).unwrap_or_default().iter().filter(|char| matches!(char, '\u{64b}'..='\u{653}'));
        marks.extend(of_letter.map(|mark| (number, *mark)));
    }
    marks
}

/// Drops what is not a word by itself: a separate particle (العراق و الولايات), a particle before a number (الـ12), and the
/// sign of the era after a year (2025م).
fn retain_words(words: &mut Vec<Word>) {
    let is_number = |word: &Word| word.letters.iter().all(|letter| letter.char.is_numeric());
    let is_particle = |at: usize, words: &[Word]| {
        let word = &words[at];
        let letter = |letters: &str| word.letters.iter().all(|letter| letters.contains(letter.char));
        let before_number = words.get(at + 1).is_some_and(|next| next.start == word.end && is_number(next));
        let after_number = at > 0 && is_number(&words[at - 1]);
        match word.letters.len() {
            1 => letter("وفبلكس") || (after_number && letter("م")),
            2..=4 => before_number && letter("وفبلكا"),
            _ => false,
        }
    };
    let kept: Vec<bool> = (0..words.len()).map(|at| !is_particle(at, words)).collect();
    let mut kept = kept.into_iter();
    words.retain(|_| kept.next().unwrap_or(true));
}

/// Joins the parts of `north-east`, so that `northeast` matches it.
fn join_compounds(words: &mut [Word], chars: &[char]) {
    for at in 1..words.len() {
        let (before, after) = words.split_at_mut(at);
        let (Some(first), Some(second)) = (before.last_mut(), after.first()) else { continue };
        if first.end + 1 == second.start && matches!(chars[first.end], '-' | '\u{2010}' | '\u{2011}') && !first.is_arabic() {
            first.compound = Some(first.text() + &second.text());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_end_where_a_reader_sees_them_end() {
        for (text, words) in [
            ("خلال 12شهراً", "خلال 12 شهرا"),
            ("في 2025م", "في 2025"),
            ("الـ12 شهراً لـ12", "12 شهرا 12"),
            ("العراق و الولايات", "العراق الولايات"),
            ("Da‘esh in ʿIrāq’s north", "daesh in iraq north"),
            ("the 2nd G20 in 9months", "the 2nd g20 in 9 months"),
            ("Washington, D.C., on", "washington dc on"),
        ] {
            assert_eq!(tokenize(text).iter().map(Word::text).collect::<Vec<_>>().join(" "), words, "{text}");
        }
    }

    #[test]
    fn an_alef_with_a_madda_is_no_alef_with_a_hamza() {
        let finds = |query: &str, text: &str| tokenize(query)[0].query_stems().iter().any(|stem| tokenize(text)[0].stems().contains(stem));
        assert!(finds("الآمن", "الآمن") && finds("الامن", "الآمن") && finds("الامن", "الأمن") && finds("الآمن", "الامن") && finds("الأمن", "الامن"));
        assert!(!finds("الأمن", "الآمن") && !finds("الآمن", "الأمن"));
    }

    #[test]
    fn what_is_a_name_in_capitals_is_no_word_in_capitals() {
        let finds = |query: &str, text: &str| tokenize(query)[0].query_stems().iter().any(|stem| tokenize(text)[0].stems().contains(stem));
        assert!(finds("IS", "IS") && finds("is", "is") && finds("IRAQ", "Iraq") && finds("us", "US"));
        assert!(!finds("IS", "is") && !finds("US", "us"));
    }

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
