//! Finds the date of the text itself: relative expressions are counted from it, and from nothing else.

use crate::{
    package::time::{
        expressions::{Expression, Time},
        point::{Issued, Point, Shape, Year},
        reader::Reader,
        words::TimeWord,
    },
    text::reporting::is_reporting_verb,
};

/// The maximum number of words before the date of a dateline: Upper Vale, 2 May 2030 (Agency) -
const MAX_DATELINE_WORDS: usize = 8;
/// The maximum number of words of a line that is mostly a date.
const MAX_LINE_WORDS: usize = 9;
/// Words before the date of a document, by their keys.
const ISSUE_WORDS: [&str; 13] = ["issued", "released", "signed", "done", "adopted", "published", "صدر", "صدرت", "حرر", "حررت", "وقع", "صادر", "تحريرا"];
/// The maximum number of words between such a word and the date.
const MAX_WORDS_TO_DATE: usize = 7;

/// Whether an expression dates the whole text: in a dateline, in a line of its own, after "issued" at the beginning of a phrase, or
/// as the day on which something is announced. Only the first paragraphs and the last ones have such dates. The date of another
/// document that the text cites is not one.
#[must_use]
pub fn is_issue_date(reader: &Reader<'_>, expression: &Expression, is_first: bool) -> bool {
    let Time::At(Point::Dated(Year::Known(_), Shape::Day(..))) = expression.time else { return false };
    let (start, count) = (expression.tokens.start, reader.tokens.len());
    let is_line = count <= expression.tokens.len() + MAX_LINE_WORDS - 3 && count <= MAX_LINE_WORDS;
    let after_issued = (start.saturating_sub(MAX_WORDS_TO_DATE)..start).any(|at| {
        let begins_phrase = at < 2 || !reader.follows(at);
        begins_phrase && is_same_sentence(reader, at, start) && ISSUE_WORDS.contains(&reader.tokens[at].key.as_str())
    });
    let in_dateline = is_first && start <= MAX_DATELINE_WORDS && {
        let dash = (expression.tokens.end..count.min(expression.tokens.end + MAX_DATELINE_WORDS)).any(|at| reader.marks(at).contains(['-', ':']));
        dash && (1..start).all(|at| !reader.marks(at).contains(['.', ';']))
    };
    let announced =
        is_first && (0..start).any(|at| is_reporting_verb(&reader.tokens[at].key) && start - at <= MAX_DATELINE_WORDS && is_same_sentence(reader, at, start));
    let with_weekday = is_first && expression.tokens.clone().any(|at| reader.word(at, |word| matches!(word, TimeWord::Weekday(_)).then_some(())).is_some());
    is_line || in_dateline || with_weekday || announced || after_issued
}

/// Whether no sentence ends between two words.
fn is_same_sentence(reader: &Reader<'_>, first: usize, last: usize) -> bool {
    (first + 1..=last).all(|at| !reader.marks(at).contains(['.', ';', ':']))
}

/// The year of the text, where it says "next year 2025".
#[must_use]
pub fn issue_year(reader: &Reader<'_>) -> Option<i32> {
    (0..reader.tokens.len()).find_map(|at| reader.year_of_text(at))
}

/// What a date says of when the text was issued.
#[must_use]
pub fn issued(time: Time) -> Option<Issued> {
    let Time::At(point) = time else { return None };
    let day = point.stamps(Issued::default())?.first.parse().ok()?;
    Some(Issued { day: Some(day), year: Some(chrono::Datelike::year(&day)) })
}
