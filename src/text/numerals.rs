//! Numerals: the value of numbers in digits and in words, in both languages (`data/numerals.tsv`).

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use crate::text::{fold::folded, tsv};

/// A number in words or digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// Its value.
    pub value: u64,
    /// Whether it is an ordinal: second, 2nd.
    pub ordinal: bool,
    /// The number of its words.
    pub words: usize,
}

impl Numeral {
    /// The token that it is indexed by.
    #[must_use]
    pub fn token(self) -> String {
        format!("{}_{}", if self.ordinal { "ord" } else { "num" }, self.value)
    }
}

/// The largest value that is read; longer digits are names, not numbers.
const MAX_VALUE: u64 = 999_999_999_999;
/// The smallest cardinal that is read: see `data/numerals.tsv`.
const MIN_CARDINAL: u64 = 3;

/// The role of a word in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Digits,
    Part,
    Unit,
    Ten,
    Teen,
    Tens,
    Hundred,
    Scale,
    Ordinal,
}

impl Kind {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "part" => Self::Part,
            "unit" => Self::Unit,
            "ten" => Self::Ten,
            "teen" => Self::Teen,
            "tens" => Self::Tens,
            "hundred" => Self::Hundred,
            "scale" => Self::Scale,
            "ordinal" => Self::Ordinal,
            _ => return None,
        })
    }
}

/// The words of the table, folded, with their values.
static WORDS: LazyLock<HashMap<String, (Kind, u64)>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for row in tsv::rows(include_str!("data/numerals.tsv")) {
        let [value, kind, arabic, english] = row[..] else { continue };
        let (Ok(value), Some(kind)) = (value.parse(), Kind::of(kind)) else { continue };
        let listed = arabic.split_whitespace().chain(english.split_whitespace()).filter(|word| *word != "-");
        words.extend(listed.map(|word| (folded(word), (kind, value))));
    }
    words
});

/// The last two letters of the words of the table: most other words end otherwise, and need not be looked for.
static ENDINGS: LazyLock<HashSet<[Option<char>; 2]>> = LazyLock::new(|| WORDS.keys().map(|word| ending(word)).collect());

fn ending(word: &str) -> [Option<char>; 2] {
    let mut chars = word.chars().rev();
    [chars.next(), chars.next()]
}

/// Whether a number may begin with this word.
#[must_use]
pub fn may_begin(word: &str) -> bool {
    word_of_number(word).is_some()
}

/// The number that begins with the first of these words, and how many of them say it.
///
/// ```
/// use bayan::text::numerals::read;
///
/// let value = |words: &str| read(&words.split(' ').collect::<Vec<_>>()).map(|numeral| (numeral.value, numeral.words));
/// assert_eq!(value("الاثني عشر شهرا"), Some((12, 2)));
/// assert_eq!(value("خمسة وعشرين يوما"), Some((25, 2)));
/// assert_eq!(value("twenty five days"), Some((25, 2)));
/// assert_eq!(value("ثلاثة آلاف وخمسمائة جندي"), Some((3500, 3)));
/// assert_eq!(value("2nd dialogue"), Some((2, 1)));
/// assert_eq!(value("one"), None);
/// ```
#[must_use]
pub fn read(words: &[&str]) -> Option<Numeral> {
    let (kind, first, _) = word_of_number(words.first()?)?;
    if kind == Kind::Ordinal {
        let teen = words.get(1).and_then(|word| word_of_number(word)).is_some_and(|(kind, ..)| kind == Kind::Ten);
        return Some(if teen { Numeral { value: first + 10, ordinal: true, words: 2 } } else { Numeral { value: first, ordinal: true, words: 1 } });
    }
    // `group`: what is below a thousand and has not met its scale yet.
    let (mut total, mut group, mut last, mut count) = (0, 0_u64, None, 0);
    for word in words {
        let Some((kind, value, joined)) = word_of_number(word) else { break };
        match (last, kind) {
            // A number continues with a larger multiplier, or with a smaller summand.
            (None, Kind::Scale) => total = value,
            (None, Kind::Digits | Kind::Part | Kind::Unit | Kind::Ten | Kind::Teen | Kind::Tens | Kind::Hundred) => group = value,
            (Some(Kind::Part | Kind::Unit), Kind::Ten) if group < 10 && !joined => group += value,
            (Some(Kind::Part | Kind::Unit), Kind::Tens) if joined => group += value,
            (Some(Kind::Tens), Kind::Unit) if !joined => group += value,
            (Some(Kind::Unit | Kind::Digits), Kind::Hundred) if value == 100 && !joined => group *= value,
            (Some(Kind::Hundred), Kind::Part | Kind::Unit | Kind::Ten | Kind::Teen | Kind::Tens) => group += value,
            (Some(before), Kind::Scale) if before != Kind::Scale && !joined => {
                total += group.saturating_mul(value);
                group = 0;
            }
            (Some(Kind::Scale), Kind::Part | Kind::Unit | Kind::Ten | Kind::Teen | Kind::Tens | Kind::Hundred) if joined || kind == Kind::Hundred => {
                group = value;
            }
            _ => break,
        }
        (last, count) = (Some(kind), count + 1);
    }
    let value = total.saturating_add(group);
    (MIN_CARDINAL..=MAX_VALUE).contains(&value).then_some(Numeral { value, ordinal: false, words: count })
}

/// The role of a word in a number, its value, and whether و joins it to the word before it.
fn word_of_number(word: &str) -> Option<(Kind, u64, bool)> {
    if word.starts_with(|char: char| char.is_ascii_digit()) {
        if let Ok(value) = word.parse::<u64>() {
            return Some((Kind::Digits, value, false));
        }
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending))?;
        return digits.parse().ok().map(|value| (Kind::Ordinal, value, false));
    }
    let word = folded(word);
    if !ENDINGS.contains(&ending(&word)) {
        return None;
    }
    let joined = word.strip_prefix('و');
    // The particles and the article: the longest first, so that the rest is the word.
    let bare = |word: &str| ["بال", "كال", "لل", "ال", "ب", "ل", "ف", ""].iter().find_map(|prefix| WORDS.get(word.strip_prefix(prefix)?).copied());
    bare(&word).map(|(kind, value)| (kind, value, false)).or_else(|| bare(joined?).map(|(kind, value)| (kind, value, true)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        for row in tsv::rows(include_str!("data/numerals.tsv")) {
            assert!(row.len() == 4 && row[0].parse::<u64>().is_ok() && Kind::of(row[1]).is_some(), "{row:?}");
        }
    }

    #[test]
    fn numbers_in_words_have_the_value_that_a_reader_reads() {
        let value = |words: &str| read(&words.split(' ').collect::<Vec<_>>()).map(|numeral| (numeral.value, numeral.words));
        for (words, expected) in [
            ("اثنتي عشرة سنة", Some((12, 2))),
            ("أحد عشر", Some((11, 2))),
            ("التسعة الماضية", Some((9, 1))),
            ("لثلاثة أشهر", Some((3, 1))),
            ("مئة وخمسون", Some((150, 2))),
            ("مائتين وخمسة وعشرين", Some((225, 3))),
            ("خمسة آلاف", Some((5_000, 2))),
            ("ألفين وأربعة وعشرين", Some((2_024, 3))),
            ("2 ألف", Some((2_000, 2))),
            ("three hundred fifty", Some((350, 3))),
            ("two and", None),
            ("twelve months", Some((12, 1))),
            ("2025", Some((2_025, 1))),
            ("الثاني عشر", Some((12, 2))),
            ("واحد", None),
            ("تسعى", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(value(words), expected, "{words}");
        }
    }
}
