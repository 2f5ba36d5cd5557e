//! Finds the words of a quotation in a source, at every place where they occur in the same order without a gap.

use std::ops::Range;

use crate::text::{
    arabic,
    normalize::NormalizedChar,
    tokenize::{Token, TokenizedText},
    vocabulary::Vocabulary,
};

/// A text that quotations are compared with.
#[derive(Debug)]
pub struct IndexedSource {
    /// The text and its words.
    pub text: TokenizedText,
    /// The number of each word.
    pub numbers: Vec<u32>,
    vocabulary: Vocabulary,
}

/// A quotation whose words have the numbers of a source.
#[derive(Debug)]
pub struct IndexedQuotation {
    /// The text and its words, divided as the source divides them.
    pub text: TokenizedText,
    /// The number of each word; `None` if the source does not have it.
    pub numbers: Vec<Option<u32>>,
}

/// Words of a quotation that occur in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// The words of the quotation, without a bare "that" of a lead-in.
    pub given: Range<usize>,
    /// As many words of the source.
    pub source: Range<usize>,
    /// The first code point in the source, without particles that the quotation leaves off.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
}

impl IndexedSource {
    /// Reads a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = TokenizedText::new(text);
        let (vocabulary, numbers) = Vocabulary::of(&text.tokens);
        Self { text, numbers, vocabulary }
    }

    /// Reads a quotation.
    #[must_use]
    pub fn read(&self, quotation: &str) -> IndexedQuotation {
        let mut text = TokenizedText::new(quotation);
        self.vocabulary.resegment(&mut text);
        let numbers = text.tokens.iter().map(|token| self.vocabulary.number(token)).collect();
        IndexedQuotation { text, numbers }
    }

    /// Every place of these words. The first may lack particles that the source has before it.
    #[must_use]
    pub fn find(&self, quotation: &IndexedQuotation, words: Range<usize>) -> Vec<Placement> {
        let mut found = self.find_all(quotation, words.clone());
        // The bare "that" of a lead-in is not part of the words that it introduces, whether the source has it or the quotation.
        if words.len() > 1 && quotation.text.tokens.get(words.start).is_some_and(is_bare_that) {
            let without = self.find_all(quotation, words.start + 1..words.end);
            found.extend(without.into_iter().filter(|placement| !found.iter().any(|whole| whole.end == placement.end)).collect::<Vec<_>>());
        }
        found
    }

    fn find_all(&self, quotation: &IndexedQuotation, words: Range<usize>) -> Vec<Placement> {
        let (Some(first), Some(rest)) = (quotation.text.tokens.get(words.start), quotation.numbers.get(words.start + 1..words.end)) else {
            return Vec::new();
        };
        let length = words.len();
        // A word that the source lacks has no position; only the first word may occur in the source with particles.
        if rest.iter().any(Option::is_none) || length > self.numbers.len() {
            return Vec::new();
        }
        let is_same = |at: &usize| self.numbers[at + 1..at + length].iter().zip(rest).all(|(one, other)| Some(*one) == *other);
        let places = (0..=self.numbers.len() - length).filter(is_same);
        places
            .filter_map(|at| {
                let start = self.begins_with(at, first, quotation.numbers[words.start])?;
                Some(Placement { given: words.clone(), source: at..at + length, start, end: self.text.tokens[at + length - 1].end })
            })
            .collect()
    }

    /// The code point at which a word of the source begins that a quotation begins with; `None` if it is a different word.
    #[must_use]
    pub fn begins_with(&self, at: usize, given: &Token, number: Option<u32>) -> Option<usize> {
        let source = &self.text.tokens[at];
        if number == Some(self.numbers[at]) {
            return Some(source.start);
        }
        if given.number.is_some() || source.number.is_some() {
            return None;
        }
        // The article loses its alef after ل: للانسحاب is ل and الانسحاب, للجنة is ل and اللجنة.
        let without_alef = given.key.strip_prefix("ال").map(|noun| format!("لل{}", noun.strip_prefix('ل').unwrap_or(noun)));
        if without_alef.is_some_and(|noun| source.key.strip_prefix(['و', 'ف']).unwrap_or(&source.key) == noun) {
            return Some(source.start);
        }
        let pairs = [(&source.key, &given.key), (&source.careless_key, &given.careless_key)];
        let omitted = pairs.into_iter().find_map(|(source, given)| source.strip_suffix(given.as_str()))?.chars().count();
        let first = source.letters.get(omitted)?;
        may_omit(&source.letters, omitted).then_some(first.at)
    }
}

/// Whether a quotation may omit the first letters of its first word: they are particles, and the rest is a word.
#[must_use]
pub fn may_omit(letters: &[NormalizedChar], count: usize) -> bool {
    const SHORT_WORDS: [&str; 40] = [
        "في", "فى", "من", "عن", "مع", "قد", "ان", "لم", "لن", "لا", "ما", "كل", "هو", "هي", "هم", "هن", "او", "ام", "بل", "ثم", "كي", "لو", "هل", "اي", "اذ",
        "ذا", "هذا", "هذه", "ذلك", "تلك", "الي", "علي", "كما", "لدي", "عند", "غير", "حتي", "منذ", "اذا", "هنا",
    ];
    const PARTICLES: [&str; 9] = ["و", "ف", "ب", "ل", "ك", "ول", "وب", "فل", "فب"];
    let (omitted, rest) = letters.split_at(count);
    let text = |letters: &[NormalizedChar]| -> String { letters.iter().map(|letter| if letter.char == 'ى' { 'ي' } else { letter.char }).collect() };
    PARTICLES.contains(&text(omitted).as_str()) && (SHORT_WORDS.contains(&text(rest).as_str()) || arabic::may_leave_off(letters, count))
}

/// Whether this is "that" and nothing more.
#[must_use]
pub fn is_bare_that(token: &Token) -> bool {
    matches!(token.key.as_str(), "ان" | "بان" | "that")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str, quotation: &str) -> Vec<String> {
        let source = IndexedSource::new(source);
        let quotation = source.read(quotation);
        let places = source.find(&quotation, 0..quotation.text.tokens.len());
        places.into_iter().map(|place| source.text.slice(place.start..place.end)).collect()
    }

    #[test]
    fn a_quotation_may_leave_off_the_particles_of_its_first_word() {
        for (source, quotation, expected) in [
            ("القادمة، وفي موعد أقصاه", "في موعد أقصاه", "في موعد أقصاه"),
            ("وقد بدأت الخطوات", "قد بدأت", "قد بدأت"),
            ("ومن المقرر أن يتم", "من المقرر أن يتم", "من المقرر أن يتم"),
            ("فإن المهمة العسكرية", "إن المهمة", "إن المهمة"),
            ("استعداداً للانسحاب من العاصمة", "الانسحاب من", "للانسحاب من"),
            ("داخل للجنة العسكرية", "اللجنة العسكرية", "للجنة العسكرية"),
            ("ولمنع عودة", "منع عودة", "منع عودة"),
            ("والانتقال إلى", "الانتقال إلى", "الانتقال إلى"),
        ] {
            assert_eq!(found(source, quotation), [expected], "{quotation}");
        }
        for (source, quotation) in [("وزير الدفاع", "زير الدفاع"), ("ستستمر حتى", "تستمر حتى"), ("لضمان عدم عودة", "عودة عدم"), ("في العراق", "العراقي")]
        {
            assert!(found(source, quotation).is_empty(), "{quotation}");
        }
    }

    #[test]
    fn spaces_may_stand_elsewhere() {
        assert_eq!(found("أو قبله بقليل", "أوقبله بقليل"), ["أو قبله بقليل"]);
        assert_eq!(found("in north-east Syria", "northeast Syria"), ["north-east Syria"]);
        assert_eq!(found("in northeast Syria", "north east syria"), ["northeast Syria"]);
    }

    #[test]
    fn the_bare_that_of_a_lead_in_is_no_part_of_the_words() {
        assert_eq!(found("ولفت إلى أن “العراق عضو", "أن العراق عضو"), ["أن “العراق عضو"]);
        assert_eq!(found("قال: “العراق عضو", "أنّ العراق عضو"), ["العراق عضو"]);
    }
}
