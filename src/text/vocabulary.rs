//! The words of a source, numbered, so that words are compared as numbers.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use crate::text::{
    normalize::NormalizedChar,
    tokenize::{Token, TokenizedText},
};

/// The number of each different word. Spelling variants of a word have the same number.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    numbers: HashMap<String, u32>,
    /// The words that stand beside each other.
    pairs: HashSet<(u32, u32)>,
}

impl Vocabulary {
    /// Numbers the words of a source; the numbers are in the order of its tokens.
    #[must_use]
    pub fn of(tokens: &[Token]) -> (Self, Vec<u32>) {
        let mut vocabulary = Self::default();
        let numbers: Vec<u32> = tokens.iter().map(|token| vocabulary.add(token)).collect();
        vocabulary.pairs = numbers.windows(2).map(|pair| (pair[0], pair[1])).collect();
        (vocabulary, numbers)
    }

    fn add(&mut self, token: &Token) -> u32 {
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        let number = self.number(token).unwrap_or(next);
        for key in keys(token) {
            self.numbers.entry(key.into_owned()).or_insert(number);
        }
        number
    }

    /// The number of a word, if the source has it.
    #[must_use]
    pub fn number(&self, token: &Token) -> Option<u32> {
        keys(token).find_map(|key| self.numbers.get(&*key)).copied()
    }

    /// Divides and joins the words of another text as the source does: `أوقبله` is `أو قبله` where the source has these two.
    pub fn resegment(&self, text: &mut TokenizedText) {
        let mut resegmented = Vec::with_capacity(text.tokens.len());
        let mut at = 0;
        while let Some(token) = text.tokens.get(at) {
            let next = text.tokens.get(at + 1);
            let apart = next.filter(|next| self.number(token).is_none() || self.number(next).is_none());
            let is_one_word = apart.is_some() && text.gap(at + 1).iter().all(|char| char.is_whitespace());
            let joined = apart.filter(|_| is_one_word).map(|next| join(token, next)).filter(|joined| self.number(joined).is_some());
            if let Some(joined) = joined {
                resegmented.push(joined);
                at += 2;
                continue;
            }
            match if self.number(token).is_none() { self.divide(token) } else { None } {
                Some((first, second)) => resegmented.extend([first, second]),
                None => resegmented.push(token.clone()),
            }
            at += 1;
        }
        text.tokens = resegmented;
    }

    /// The two words, side by side in the source, that an unknown word consists of.
    fn divide(&self, token: &Token) -> Option<(Token, Token)> {
        if token.number.is_some() {
            return None;
        }
        (2..token.letters.len().saturating_sub(1)).find_map(|at| {
            let part = |letters: &[NormalizedChar], start, end| Token::new(letters.to_vec(), start, end);
            let middle = token.letters[at].at;
            let parts = (part(&token.letters[..at], token.start, middle), part(&token.letters[at..], middle, token.end));
            let pair = (self.number(&parts.0)?, self.number(&parts.1)?);
            (token.start < middle && self.pairs.contains(&pair)).then_some(parts)
        })
    }
}

/// Whether a word has a hamza on an alef inside it, which some write on another carrier.
#[must_use]
pub fn has_other_key(token: &Token) -> bool {
    token.number.is_none() && token.letters.iter().enumerate().any(is_on_alef)
}

fn is_on_alef((at, letter): (usize, &NormalizedChar)) -> bool {
    at > 0 && letter.hamza && letter.char == 'ا'
}

/// The keys of the spelling variants of a word, the standard spelling first: some write the hamza of هيئة on alef.
pub fn keys(token: &Token) -> impl Iterator<Item = Cow<'_, str>> {
    let other = has_other_key(token).then(|| {
        let letters =
            token.letters.iter().enumerate().map(|(at, letter)| NormalizedChar { char: if is_on_alef((at, letter)) { 'ء' } else { letter.char }, ..*letter });
        Token::new(letters.collect(), token.start, token.end).key
    });
    [Cow::Borrowed(token.key.as_str()), Cow::Borrowed(token.careless_key.as_str())].into_iter().chain(other.map(Cow::Owned))
}

/// Two words that are typed apart, as one.
fn join(one: &Token, other: &Token) -> Token {
    Token::new([&one.letters[..], &other.letters].concat(), one.start, other.end)
}
