//! Units: the words of a text or a query, with those that say one number together.

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
    /// The number that they say.
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
    /// The tokens that it is looked for by. Of several words, only their number counts.
    #[must_use]
    pub fn query_stems(&self) -> Vec<String> {
        let number = self.numeral.map(Numeral::token);
        if self.words.len() > 1 { number.into_iter().collect() } else { self.words.iter().flat_map(analysis::query_stems).chain(number).collect() }
    }

    /// What it may be as a part of a name, what is likeliest first.
    #[must_use]
    pub fn light_stems(&self) -> Vec<String> {
        match self.numeral {
            Some(numeral) if self.words.len() > 1 => vec![numeral.token()],
            _ => self.words.iter().flat_map(Word::light_stems).collect(),
        }
    }
}
