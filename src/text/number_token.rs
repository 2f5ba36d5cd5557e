//! Numbers in quotations: digits with their particles, groups and suffixes (`الـ12`, `1,000`, `2nd`, `2025م`), and words.

use crate::text::numerals;

/// The maximum number of words of a number: nine hundred and ninety-nine million, and so on.
const MAX_WORDS: usize = 16;

/// The number that a token of a quotation is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberToken {
    /// Its value.
    pub value: u64,
    /// It is an ordinal (`second`).
    pub ordinal: bool,
    /// The Arabic particles before it, without the article.
    pub proclitics: &'static str,
    /// It is written in digits.
    pub digits: bool,
}

/// A word or a run of digits.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The folded word.
    pub text: &'a str,
    /// The marks before it, folded and without spaces.
    pub marks: &'a str,
    /// A space precedes it.
    pub spaced: bool,
}

impl Part<'_> {
    /// Whether it is a run of digits.
    #[must_use]
    pub fn is_digits(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// The longest number that begins with the first part, and how many parts it has.
#[must_use]
pub fn read(parts: &[Part<'_>]) -> Option<(NumberToken, usize)> {
    digits(parts).or_else(|| words(parts))
}

/// A number in digits.
fn digits(parts: &[Part<'_>]) -> Option<(NumberToken, usize)> {
    const PARTICLES: [(&str, &str); 13] = [
        ("ال", ""),
        ("و", "و"),
        ("ف", "ف"),
        ("ب", "ب"),
        ("ل", "ل"),
        ("ك", "ك"),
        ("وال", "و"),
        ("فال", "ف"),
        ("بال", "ب"),
        ("لل", "ل"),
        ("كال", "ك"),
        ("ول", "ول"),
        ("وب", "وب"),
    ];
    let particle = PARTICLES.iter().find(|(written, _)| *written == parts[0].text).filter(|_| parts.get(1).is_some_and(|next| next.marks.is_empty()));
    let (proclitics, from) = particle.map_or(("", 0), |(_, proclitics)| (*proclitics, 1));
    let first = parts.get(from).filter(|part| part.is_digits())?;
    let mut number = first.text.to_owned();
    let mut length = from + 1;
    let has_groups = first.text.len() <= 3 && !first.text.starts_with('0');
    let is_group = |part: &&Part<'_>| has_groups && matches!(part.marks, "," | ".") && !part.spaced && part.is_digits() && part.text.len() == 3;
    while let Some(group) = parts.get(length).filter(is_group) {
        number.push_str(group.text);
        length += 1;
    }
    let suffix = parts.get(length).filter(|part| part.marks.is_empty() && !part.spaced).map_or("", |part| part.text);
    let ordinal = matches!(suffix, "st" | "nd" | "rd" | "th");
    // م after a year is the mark of its era.
    length += usize::from(ordinal || suffix == "م");
    Some((NumberToken { value: number.parse().ok()?, ordinal, proclitics, digits: true }, length))
}

/// A number in words, without marks between them except hyphens.
fn words(parts: &[Part<'_>]) -> Option<(NumberToken, usize)> {
    const PROCLITICS: [&str; 8] = ["ول", "وب", "و", "ف", "ب", "ل", "ك", ""];
    if !numerals::may_begin(parts.first()?.text) {
        return None;
    }
    let connected = parts.iter().take(MAX_WORDS).skip(1).take_while(|part| matches!(part.marks, "" | "-") && !part.is_digits());
    let mut words: Vec<&str> = parts.iter().take(1).chain(connected).map(|part| part.text).collect();
    // لست is "I am not", and not "for six".
    let first = words.first().copied().filter(|first| *first != "لست")?;
    let numeral = numerals::read(&words)?;
    let without = |proclitics: &&&str| {
        let Some(rest) = first.strip_prefix(**proclitics) else { return false };
        words[0] = rest;
        numerals::read(&words) == Some(numeral)
    };
    let proclitics = PROCLITICS.iter().find(without).copied().unwrap_or_default();
    Some((NumberToken { value: numeral.value, ordinal: numeral.ordinal, proclitics, digits: false }, numeral.words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<(u64, &'static str, usize)> {
        let words: Vec<&str> = text.split(' ').collect();
        let parts: Vec<Part<'_>> = words.iter().map(|text| Part { text, marks: "", spaced: true }).collect();
        read(&parts).map(|(number, length)| (number.value, number.proclitics, length))
    }

    #[test]
    fn numbers_have_their_value_and_their_particles() {
        for (text, expected) in [
            ("12 شهرا", Some((12, "", 1))),
            ("ال 12", Some((12, "", 2))),
            ("وال 12", Some((12, "و", 2))),
            ("الاثني عشر شهرا", Some((12, "", 2))),
            ("لاثني عشر شهرا", Some((12, "ل", 2))),
            ("والاربعه والعشرين", Some((24, "و", 2))),
            ("وعشرين يوما", Some((20, "و", 1))),
            ("twenty four months", Some((24, "", 2))),
            ("لست هنا", None),
            ("التحالف الدولي", None),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }

    #[test]
    fn groups_of_thousands_are_one_number() {
        let parts = |marks: &'static str| [Part { text: "1", marks: "", spaced: true }, Part { text: "000", marks, spaced: false }];
        assert_eq!(read(&parts(",")).map(|(number, length)| (number.value, length)), Some((1000, 2)));
        assert_eq!(read(&parts("-")).map(|(number, length)| (number.value, length)), Some((1, 1)));
    }
}
