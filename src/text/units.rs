//! Units: the words of a text or a query; the words of one number are one unit.

use crate::text::{
    analysis,
    numerals::{self, Numeral},
    words::Word,
};

/// One word, or the words of a number.
#[derive(Clone, Copy, Debug)]
pub struct Unit<'a> {
    /// The words; never empty.
    pub words: &'a [Word],
    /// Its value as a number.
    pub numeral: Option<Numeral>,
}

/// Groups words into units, in order.
#[must_use]
pub fn units(words: &[Word]) -> Vec<Unit<'_>> {
    let texts: Vec<String> = words.iter().map(Word::text).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let (mut units, mut at) = (Vec::with_capacity(words.len()), 0);
    while at < words.len() {
        let numeral = numerals::read(&texts[at..]);
        let end = at + numeral.map_or(1, |numeral| numeral.words);
        units.push(Unit { words: &words[at..end], numeral });
        at = end;
    }
    units
}

impl Unit<'_> {
    /// The tokens of its search. A unit of several words has only the token of its number.
    #[must_use]
    pub fn query_stems(&self) -> Vec<String> {
        let number = self.numeral.map(Numeral::token);
        if self.words.len() > 1 { number.into_iter().collect() } else { self.words.iter().flat_map(analysis::query_stems).chain(number).collect() }
    }

    /// Its stems in a name, the likeliest first.
    #[must_use]
    pub fn light_stems(&self) -> Vec<String> {
        match self.numeral {
            Some(numeral) if self.words.len() > 1 => vec![numeral.token()],
            _ => self.words.iter().flat_map(Word::light_stems).collect(),
        }
    }
}
