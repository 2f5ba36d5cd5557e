//! The words of dates, in both languages (`data/calendar.tsv`).

use std::sync::LazyLock;

use crate::text::{
    span::Span,
    tsv,
    words::{Word, tokenize},
};

/// The meaning of a word in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateWord {
    /// A month, January is 1.
    Month(u32),
    /// A day of the week, Monday is 1.
    Weekday(u32),
    /// The first, the middle or the last part of a month or a year.
    Part(u32),
    /// A word before the number of a year.
    Year,
    /// A word before a day or a month that adds no information.
    Unit,
}

impl DateWord {
    fn of(class: &str, number: u32) -> Option<Self> {
        Some(match class {
            "month" => Self::Month(number),
            "weekday" => Self::Weekday(number),
            "part" => Self::Part(number),
            "year" => Self::Year,
            "unit" => Self::Unit,
            _ => return None,
        })
    }
}

/// The names of the table, the longest first, each as the light stems of its words.
static NAMES: LazyLock<Vec<(Vec<String>, DateWord)>> = LazyLock::new(|| {
    let mut names = Vec::new();
    for row in tsv::rows(include_str!("data/calendar.tsv")) {
        let [class, number, columns @ ..] = &row[..] else { continue };
        let Some(word) = number.parse().ok().and_then(|number| DateWord::of(class, number)) else { continue };
        for name in columns.iter().flat_map(|column| column.split(';')).map(str::trim).filter(|name| *name != "-") {
            names.push((tokenize(name).iter().filter_map(|word| word.light_stems().into_iter().next()).collect(), word));
        }
    }
    names.sort_by_key(|(words, _): &(Vec<String>, DateWord)| std::cmp::Reverse(words.len()));
    names
});

/// The word of a date that these words begin with, and how many of them it is.
#[must_use]
pub fn read(words: &[Word]) -> Option<(DateWord, usize)> {
    let first = words.first()?.light_stems();
    let rest = |name: &[String]| name.iter().zip(words).skip(1).all(|(part, word)| word.light_stems().contains(part));
    let is = |name: &[String]| name.len() <= words.len() && name.first().is_some_and(|part| first.contains(part)) && rest(name);
    NAMES.iter().find(|(name, _)| is(name)).map(|(name, word)| (*word, name.len()))
}

/// The months that an expression of time names, with the words that name each.
#[must_use]
pub fn months(expression: &str) -> Vec<(u32, Span)> {
    let words = tokenize(expression);
    let month = |at: usize| match read(&words[at..])? {
        (DateWord::Month(month), length) => Some((month, Span { start: words[at].start, end: words[at + length - 1].end })),
        _ => None,
    };
    (0..words.len()).filter_map(month).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        for row in tsv::rows(include_str!("data/calendar.tsv")) {
            let number = row[1].parse().unwrap();
            let word = DateWord::of(row[0], number).unwrap();
            assert_eq!(row.len(), if matches!(word, DateWord::Month(_)) { 6 } else { 3 }, "{row:?}");
        }
        assert_eq!(NAMES.iter().filter(|(name, _)| name.is_empty()).count(), 0);
    }

    #[test]
    fn a_month_is_read_by_each_of_its_names_and_by_no_other() {
        for (expression, month) in [("حتى أيلول 2026", 9), ("شتنبر", 9), ("Sept. 2025", 9), ("جويلية", 7), ("في تشرين الثاني", 11), ("تشرين الأول", 10)]
        {
            assert_eq!(months(expression).iter().map(|(month, _)| *month).collect::<Vec<_>>(), [month], "{expression}");
        }
        assert!(months("منتصف العام المقبل").is_empty());
        assert_eq!(months("في تشرين الثاني")[0].1, Span { start: 3, end: 15 });
    }
}
