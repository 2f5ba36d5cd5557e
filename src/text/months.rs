//! Months: each has a name of the Levant and Iraq, one that is used elsewhere, and an English one.

use crate::text::{
    query::Span,
    words::{Word, tokenize},
};

/// The names of each month, January first: the Iraqi one, the other Arabic ones, the English one.
const MONTHS: [&[&str]; 12] = [
    &["كانون الثاني", "يناير", "January"],
    &["شباط", "فبراير", "February"],
    &["آذار", "مارس", "March"],
    &["نيسان", "أبريل", "إبريل", "April"],
    &["أيار", "مايو", "May"],
    &["حزيران", "يونيو", "يونية", "June"],
    &["تموز", "يوليو", "يولية", "July"],
    &["آب", "أغسطس", "August"],
    &["أيلول", "سبتمبر", "September"],
    &["تشرين الأول", "أكتوبر", "October"],
    &["تشرين الثاني", "نوفمبر", "November"],
    &["كانون الأول", "ديسمبر", "December"],
];

/// The other names of the months that an expression of time names, with the words in it that do. Only such expressions
/// should be asked about: آب is also a father, and May a verb.
#[must_use]
pub fn month_synonyms(expression: &str) -> Vec<(&'static str, Span)> {
    let expression = tokenize(expression);
    let mut found = Vec::new();
    for month in MONTHS {
        for name in month {
            let named = tokenize(name);
            let here = |run: &&[Word]| run.iter().zip(&named).all(|(one, other)| one.light_stems().iter().any(|bare| other.light_stems().contains(bare)));
            for run in expression.windows(named.len()).filter(here) {
                let span = Span { start: run[0].start, end: run[run.len() - 1].end };
                found.extend(month.iter().filter(|other| *other != name).map(|other| (*other, span)));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_its_other_names_and_no_other_months() {
        let names: Vec<&str> = month_synonyms("حتى أيلول 2026").into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["سبتمبر", "September"]);
        assert!(month_synonyms("منتصف العام المقبل").is_empty());
        assert_eq!(month_synonyms("في تشرين الثاني")[0], ("نوفمبر", Span { start: 3, end: 15 }));
    }
}
