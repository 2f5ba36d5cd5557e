//! The words of expressions of time in a text (`data/time.tsv`, and the names of `text/data/calendar.tsv`).

use std::{collections::HashMap, sync::LazyLock};

use crate::{
    package::time::units::{Limit, Part, Unit},
    text::{
        particles::bare_forms,
        tokenize::{Token, TokenizedText},
        tsv,
    },
};

/// What a word, or a phrase, does in an expression of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeWord {
    /// A month, January is 1.
    Month(u32),
    /// A day of the week, Monday is 1.
    Weekday(u32),
    /// Before a point in time: "by".
    Limit(Limit),
    /// Before a length of time: "within".
    Length(LengthWord),
    /// A limit that follows its point: "at the latest".
    Postfix(Limit),
    /// After a length: "ago" is -1, "later" is 1.
    Ago(i32),
    /// -1 is past, 0 present, 1 future.
    Direction(i32),
    /// What is counted.
    Unit(Unit),
    /// Two of them, in one word.
    Dual(Unit),
    /// One, two, or "several", which is 0.
    Number(u32),
    /// A part of a month or a year.
    Part(Part),
    /// The first day of a month or a year, or its last.
    EdgeDay(Part),
    /// A quarter or a half of a year: how many a year has.
    Fraction(u32),
    /// The last quarter or half.
    Last,
    /// A season, by its number in EDTF.
    Season(u8),
    /// A day, counted from the present one.
    Today(i64),
    /// "or slightly before" is -1, "or slightly after" is 1.
    Slightly(i32),
    /// Ten years of a century, by their first.
    Decade(u32),
    /// A month of the Hijri calendar, Muharram is 1.
    HijriMonth(u32),
    /// Any other, by its name in the table.
    Other(&'static str),
}

/// What stands before a length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LengthWord {
    /// Within it.
    Within,
    /// Over it.
    Over,
    /// Before: in Arabic, "ago".
    Before,
    /// After it.
    After,
    /// Since.
    Since,
}

impl TimeWord {
    fn of(class: &'static str, value: &str) -> Option<Self> {
        Some(match class {
            "limit" => Self::Limit(Limit::named(value)?),
            "postfix" => Self::Postfix(Limit::named(value)?),
            "length" => Self::Length(match value {
                "within" => LengthWord::Within,
                "over" => LengthWord::Over,
                "before" => LengthWord::Before,
                "after" => LengthWord::After,
                _ => LengthWord::Since,
            }),
            "unit" => Self::Unit(Unit::named(value)?),
            "dual" => Self::Dual(Unit::named(value)?),
            "part" => Self::Part(Part::named(value)?),
            "edge_day" => Self::EdgeDay(if value == "first" { Part::Begin } else { Part::End }),
            "fraction" => Self::Fraction(if value == "half" { 2 } else { 4 }),
            "season" => Self::Season(match value {
                "spring" => 21,
                "summer" => 22,
                "autumn" => 23,
                _ => 24,
            }),
            "ago" => Self::Ago(value.parse().ok()?),
            "direction" => Self::Direction(value.parse().ok()?),
            "number" => Self::Number(value.parse().ok()?),
            "today" => Self::Today(value.parse().ok()?),
            "decade" => Self::Decade(value.parse().ok()?),
            "hijri" => Self::HijriMonth(value.parse().ok()?),
            "slightly" => Self::Slightly(value.parse().ok()?),
            "last" => Self::Last,
            other => Self::Other(other),
        })
    }
}

/// A phrase of the tables: its words after the first, by their keys, and what it does.
struct Phrase {
    rest: Vec<String>,
    word: TimeWord,
}

/// The phrases of the tables, by their first words.
static PHRASES: LazyLock<HashMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: HashMap<String, Vec<Phrase>> = HashMap::new();
    let mut add = |columns: &[&'static str], word: TimeWord| {
        for phrase in columns.iter().flat_map(|column| column.split(';')).map(str::trim).filter(|phrase| *phrase != "-") {
            let mut keys = TokenizedText::new(phrase).tokens.into_iter().map(|token| token.key);
            if let Some(first) = keys.next() {
                phrases.entry(first).or_default().push(Phrase { rest: keys.collect(), word });
            }
        }
    };
    for row in tsv::rows(include_str!("data/time.tsv")) {
        let [class, value, columns @ ..] = &row[..] else { continue };
        if let Some(word) = TimeWord::of(class, value) {
            add(columns, word);
        }
    }
    for row in tsv::rows(include_str!("../../text/data/calendar.tsv")) {
        let [class, number, columns @ ..] = &row[..] else { continue };
        match (*class, number.parse()) {
            ("month", Ok(number)) => add(columns, TimeWord::Month(number)),
            ("weekday", Ok(number)) => add(columns, TimeWord::Weekday(number)),
            _ => {}
        }
    }
    phrases
});

/// What may begin at a token: each with the number of its tokens, the longest first.
#[must_use]
pub fn time_words(tokens: &[Token], at: usize) -> Vec<(TimeWord, usize)> {
    let mut forms = bare_forms(&tokens[at].key);
    // Short words keep their particles elsewhere.
    let short = ["و", "ف"].iter().filter_map(|particle| tokens[at].key.strip_prefix(particle)).filter(|rest| matches!(*rest, "في" | "من" | "كل"));
    forms.extend(short.map(str::to_owned));
    let without_article: Vec<String> = forms.iter().filter_map(|form| form.strip_prefix("ال")).map(str::to_owned).collect();
    forms.extend(without_article);
    let is_here =
        |phrase: &&Phrase| tokens.get(at + 1..=at + phrase.rest.len()).is_some_and(|rest| rest.iter().zip(&phrase.rest).all(|(token, key)| token.key == *key));
    let found = forms.iter().filter_map(|form| PHRASES.get(form)).flatten().filter(is_here);
    let mut found: Vec<(TimeWord, usize)> = found.map(|phrase| (phrase.word, phrase.rest.len() + 1)).collect();
    found.sort_by_key(|(_, length)| std::cmp::Reverse(*length));
    found
}

/// Whether a word is a day of the week without its article.
#[must_use]
pub fn is_bare_weekday(token: &Token) -> bool {
    let with_article = PHRASES.get(&format!("ال{}", token.key));
    with_article.is_some_and(|phrases| phrases.iter().any(|phrase| phrase.rest.is_empty() && matches!(phrase.word, TimeWord::Weekday(_))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        for row in tsv::rows(include_str!("data/time.tsv")) {
            assert!(row.len() == 4 && TimeWord::of(row[0], row[1]).is_some(), "{row:?}");
        }
    }

    #[test]
    fn a_phrase_is_found_with_its_particles() {
        let words = |text: &str| time_words(&TokenizedText::new(text).tokens, 0);
        assert!(words("وبحلول").contains(&(TimeWord::Limit(Limit::By), 1)));
        assert!(words("في موعد أقصاه نهاية").contains(&(TimeWord::Limit(Limit::By), 3)));
        assert!(words("للعام").contains(&(TimeWord::Unit(Unit::Year), 1)));
        assert!(words("تشرين الثاني").contains(&(TimeWord::Month(11), 2)));
        assert!(words("No later than").contains(&(TimeWord::Limit(Limit::By), 3)));
        assert!(words("السلام").is_empty());
    }
}
