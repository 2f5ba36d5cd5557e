//! Words that turn the meaning of a quotation: opposites, units of time, hedges and limits (`data/opposites.tsv`).

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use crate::text::{tokenize::key, tsv};

/// The sides of the rows on which a word stands: the number of the row, and of the side.
type Sides = HashMap<String, Vec<(usize, usize)>>;

static OPPOSITES: LazyLock<Sides> = LazyLock::new(|| {
    let mut words = Sides::new();
    let rows = tsv::rows(include_str!("data/opposites.tsv")).filter(|row| matches!(row.first(), Some(&("opposite" | "unit"))));
    for (number, row) in rows.enumerate() {
        for (side, column) in row[1..].iter().enumerate() {
            for word in column.split(' ') {
                words.entry(key(word)).or_default().push((number, side));
            }
        }
    }
    words
});

static HEDGES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let rows = tsv::rows(include_str!("data/opposites.tsv")).filter(|row| matches!(row.first(), Some(&("hedge" | "limit"))));
    rows.flat_map(|row| row.last().copied().unwrap_or_default().split(' ')).map(key).collect()
});

/// Whether two words, by their keys, are opposites, or units of different lengths.
#[must_use]
pub fn are_opposites(one: &str, other: &str) -> bool {
    compare(one, other, |one, other| one != other) && !are_alike(one, other)
}

/// Whether two words, by their keys, are on the same side of a row.
#[must_use]
pub fn are_alike(one: &str, other: &str) -> bool {
    compare(one, other, |one, other| one == other)
}

/// Whether a word, by its key, says how sure something is, or limits it.
#[must_use]
pub fn is_hedge(word: &str) -> bool {
    forms(word).iter().any(|form| HEDGES.contains(form))
}

fn compare(one: &str, other: &str, is: impl Fn(usize, usize) -> bool) -> bool {
    let sides = |word: &str| forms(word).iter().filter_map(|form| OPPOSITES.get(form)).flatten().copied().collect::<Vec<_>>();
    let others = sides(other);
    sides(one).into_iter().any(|(row, side)| others.iter().any(|(other_row, other_side)| row == *other_row && is(side, *other_side)))
}

/// A word as it stands, and without its conjunction, its particle and its article.
fn forms(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    for prefix in ["و", "ف", "ل", "ب", "ال", "وال", "لل", "بال", "ول", "وب"] {
        forms.extend(word.strip_prefix(prefix).filter(|rest| rest.chars().count() >= 2).map(str::to_owned));
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opposites_units_and_hedges_are_known() {
        for (one, other) in [("تمديد", "اختتام"), ("لرفع", "لضمان"), ("بعده", "قبله"), ("شهرا", "عاما"), ("months", "years"), ("ending", "strengthening")]
        {
            assert!(are_opposites(&key(one), &key(other)) && are_opposites(&key(other), &key(one)), "{one} {other}");
        }
        assert!(!are_opposites(&key("شهر"), &key("شهرا")) && are_alike(&key("انتهاء"), &key("اختتام")) && !are_opposites("نهايه", "اختتام"));
        assert!(is_hedge("ربما") && is_hedge(&key("الأقل")) && is_hedge("may") && !is_hedge("العراق"));
    }

    #[test]
    fn every_row_of_the_table_is_read() {
        for row in tsv::rows(include_str!("data/opposites.tsv")) {
            let columns = match row[0] {
                "opposite" => 3..4,
                "unit" => 3..9,
                "hedge" | "limit" => 2..3,
                other => panic!("{other}"),
            };
            assert!(columns.contains(&row.len()), "{row:?}");
        }
    }
}
