//! The words of a paragraph, and what each may do in an expression of time.

use crate::{
    package::time::{
        point::Year,
        units::Unit,
        words::{TimeWord, time_words},
    },
    text::{
        normalize::is_arabic,
        tokenize::{Token, TokenizedText, folded_marks},
    },
};

/// The numbers in digits that are years.
pub const YEARS: std::ops::RangeInclusive<u64> = 1900..=2199;

/// A paragraph that expressions of time are read from.
pub struct Reader<'t> {
    /// Its words.
    pub tokens: &'t [Token],
    text: &'t TokenizedText,
    words: Vec<Vec<(TimeWord, usize)>>,
    /// Whether it has Arabic letters.
    pub is_arabic: bool,
}

impl<'t> Reader<'t> {
    /// Reads the words of a paragraph.
    #[must_use]
    pub fn new(text: &'t TokenizedText) -> Self {
        let words = (0..text.tokens.len()).map(|at| time_words(&text.tokens, at)).collect();
        let is_arabic = text.tokens.iter().flat_map(|token| &token.letters).any(|letter| is_arabic(letter.char));
        Self { tokens: &text.tokens, text, words, is_arabic }
    }

    /// What the words at a place are, where the function wants it, and the place after them.
    pub fn word<T>(&self, at: usize, wanted: impl Fn(TimeWord) -> Option<T>) -> Option<(T, usize)> {
        self.words.get(at)?.iter().find_map(|(word, length)| Some((wanted(*word)?, at + length)))
    }

    /// The place after a word of the table that has no value.
    #[must_use]
    pub fn other(&self, at: usize, name: &str) -> Option<usize> {
        self.word(at, |word| matches!(word, TimeWord::Other(other) if other == name).then_some(())).map(|((), next)| next)
    }

    /// The same place, or the one after such a word.
    #[must_use]
    pub fn skip(&self, at: usize, name: &str) -> usize {
        self.other(at, name).unwrap_or(at)
    }

    /// The place after "the".
    #[must_use]
    pub fn skip_the(&self, at: usize) -> usize {
        if self.is(at, "the") { at + 1 } else { at }
    }

    /// The place after the word "month".
    #[must_use]
    pub fn skip_unit(&self, at: usize) -> usize {
        self.word(at, |word| matches!(word, TimeWord::Unit(Unit::Month)).then_some(())).map_or(at, |((), next)| next)
    }

    /// The place after the word "year".
    #[must_use]
    pub fn skip_year_word(&self, at: usize) -> usize {
        self.word(at, |word| matches!(word, TimeWord::Unit(Unit::Year)).then_some(())).map_or(at, |((), next)| next)
    }

    /// Whether a word is this one, by its key.
    #[must_use]
    pub fn is(&self, at: usize, key: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.key == key)
    }

    /// The marks before a word, without spaces and quotation marks.
    #[must_use]
    pub fn marks(&self, at: usize) -> String {
        folded_marks(self.text.gap(at))
    }

    /// Whether nothing but space is before a word.
    #[must_use]
    pub fn follows(&self, at: usize) -> bool {
        at < self.tokens.len() && self.marks(at).is_empty()
    }

    /// Whether these marks, without a space, are before a word.
    #[must_use]
    pub fn is_joined(&self, at: usize, marks: &[&str]) -> bool {
        marks.contains(&self.marks(at).as_str()) && !self.text.gap(at).iter().any(|char| char.is_whitespace())
    }

    /// Whether a word of Latin letters begins with a capital; every Arabic word does.
    #[must_use]
    pub fn is_capital(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        self.text.slice(token.start..token.end).chars().next().is_some_and(|first| !first.is_lowercase())
    }

    /// A number, and whether it is in digits.
    #[must_use]
    pub fn number(&self, at: usize) -> Option<(u64, bool)> {
        self.tokens.get(at)?.number.as_ref().filter(|number| !number.ordinal).map(|number| (number.value, number.digits))
    }

    /// An ordinal: the first is 1.
    #[must_use]
    pub fn ordinal(&self, at: usize) -> Option<u64> {
        self.tokens.get(at)?.number.as_ref().filter(|number| number.ordinal).map(|number| number.value)
    }

    /// The day of a month: 27, 27th, الحادي والعشرين, twenty-first.
    #[must_use]
    pub fn day_number(&self, at: usize) -> Option<(u32, usize)> {
        let ten = |at: usize| self.number(at).filter(|(value, digits)| !digits && matches!(value, 10 | 20 | 30) && self.is_near(at));
        let (first, next) = match self.other(at, "eleventh") {
            Some(next) => (1, ten(next).map(|_| next)?),
            None => (self.ordinal(at).or_else(|| self.number(at).map(|(value, _)| value))?, at + 1),
        };
        let is_arabic = |token: &Token| token.letters.first().is_some_and(|letter| is_arabic(letter.char));
        let is_ordinal = self.ordinal(at).is_some() || self.other(at, "eleventh").is_some();
        let (value, next) = match (first, ten(next), self.ordinal(next)) {
            (1..=9, Some((tens, _)), _) if is_ordinal && is_arabic(&self.tokens[at]) => (first + tens, next + 1),
            (20 | 30, _, Some(unit)) if unit < 10 && self.is_near(next) => (first + unit, next + 1),
            _ => (first, next),
        };
        u32::try_from(value).ok().filter(|day| (1..=31).contains(day)).map(|day| (day, next))
    }

    /// Whether a space or a hyphen is before a word.
    fn is_near(&self, at: usize) -> bool {
        matches!(self.marks(at).as_str(), "" | "-")
    }

    /// A year in digits.
    #[must_use]
    pub fn digits_year(&self, at: usize) -> Option<(i32, usize)> {
        let number = self.tokens.get(at)?.number.as_ref()?;
        let length = self.text.slice(self.tokens[at].start..self.tokens[at].end).chars().filter(|char| char.is_numeric()).count();
        (number.digits && !number.ordinal && length == 4 && YEARS.contains(&number.value)).then_some((i32::try_from(number.value).ok()?, at + 1))
    }

    /// A year: 2025, عام 2025, العام المقبل, next year 2025, and the year of the text if the article alone names it.
    #[must_use]
    pub fn year(&self, at: usize) -> Option<(Year, usize)> {
        let at = self.skip_the(at);
        if let Some((year, next)) = self.digits_year(at) {
            return Some((Year::Known(year), next));
        }
        let is_year = |word| matches!(word, TimeWord::Unit(Unit::Year)).then_some(());
        // The number of the year may be apposed to it.
        let known =
            |next: usize| self.digits_year(next).filter(|_| matches!(self.marks(next).as_str(), "" | "," | "(")).map(|(year, next)| (Year::Known(year), next));
        if let Some((direction, next)) = self.direction(at)
            && let Some(((), next)) = self.word(next, is_year)
        {
            return known(next).or(Some((Year::Relative(direction), next)));
        }
        let ((), next) = self.word(at, is_year)?;
        if let Some(known) = known(self.skip(next, "of")) {
            return Some(known);
        }
        let (direction, next) = self.direction(next).filter(|_| self.follows(next))?;
        known(next).or(Some((Year::Relative(direction), next)))
    }

    /// What "next year 2025" says of the year of the text.
    #[must_use]
    pub fn year_of_text(&self, at: usize) -> Option<i32> {
        let is_year = |word| matches!(word, TimeWord::Unit(Unit::Year)).then_some(());
        let (direction, next) = match self.direction(at) {
            Some((direction, next)) => (direction, self.word(next, is_year)?.1),
            None => self.direction(self.word(at, is_year)?.1)?,
        };
        self.digits_year(next).filter(|_| matches!(self.marks(next).as_str(), "" | "," | "(")).map(|(year, _)| year - direction)
    }

    /// A direction: next, الماضي.
    #[must_use]
    pub fn direction(&self, at: usize) -> Option<(i32, usize)> {
        self.word(at, |word| if let TimeWord::Direction(direction) = word { Some(direction) } else { None })
    }

    /// A month; one name may follow another of the same month after a slash.
    #[must_use]
    pub fn month(&self, at: usize) -> Option<(u32, usize)> {
        let is_unit = |word| matches!(word, TimeWord::Unit(Unit::Month)).then_some(());
        let month = |at: usize| self.word(at, |word| if let TimeWord::Month(month) = word { Some(month) } else { None }).filter(|_| self.is_capital(at));
        let named = |at: usize| {
            let at = self.skip_the(at);
            self.word(at, is_unit).map_or(at, |((), next)| self.skip(next, "of"))
        };
        let (number, next) = month(at).or_else(|| month(named(at)))?;
        let other = month(next).filter(|(other, _)| *other == number && matches!(self.marks(next).as_str(), "/" | "(" | "-"));
        Some((number, other.map_or(next, |(_, next)| next)))
    }
}
