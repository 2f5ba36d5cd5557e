//! What an editor may write in square brackets inside a quotation (`data/editorial.tsv`).

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use crate::text::{tokenize::Token, tokenize::key, tsv};

/// What a word in brackets does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EditorialWord {
    /// It introduces an explanation.
    Gloss,
    /// It stands for the actors of the clause.
    Reference,
    /// It stands for the statement or the medium.
    Source,
    /// It carries no subject.
    Grammar,
    /// In a gloss, it says when.
    Time,
}

impl EditorialWord {
    fn of(kind: &str) -> Option<Self> {
        Some(match kind {
            "gloss" => Self::Gloss,
            "reference" => Self::Reference,
            "source" => Self::Source,
            "grammar" => Self::Grammar,
            "time" => Self::Time,
            _ => return None,
        })
    }
}

/// The words of the table by their keys.
static WORDS: LazyLock<HashMap<String, Vec<EditorialWord>>> = LazyLock::new(|| {
    let mut words: HashMap<String, Vec<EditorialWord>> = HashMap::new();
    for row in tsv::rows(include_str!("data/editorial.tsv")) {
        let (Some(kind), Some(column)) = (row.first().and_then(|kind| EditorialWord::of(kind)), row.last()) else { continue };
        for word in column.split(' ') {
            words.entry(key(word)).or_default().push(kind);
        }
    }
    words
});

/// The remarks of the table, as the keys of their words.
static REMARKS: LazyLock<HashSet<Vec<String>>> = LazyLock::new(|| {
    let rows = tsv::rows(include_str!("data/editorial.tsv")).filter(|row| row.first() == Some(&"remark"));
    rows.flat_map(|row| row.last().copied().unwrap_or_default().split(';')).map(|remark| remark.split_whitespace().map(key).collect()).collect()
});

/// Whether a word of a bracket is of a kind.
#[must_use]
pub fn is_editorial(word: &Token, kind: EditorialWord) -> bool {
    WORDS.get(&word.key).is_some_and(|kinds| kinds.contains(&kind))
}

/// Whether the words of a bracket are a remark on the quotation: "sic".
#[must_use]
pub fn is_remark(words: &[Token]) -> bool {
    REMARKS.contains(&words.iter().map(|word| word.key.clone()).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize::TokenizedText;

    #[test]
    fn remarks_and_words_of_editors_are_known() {
        for remark in ["sic", "كذا", "emphasis added", "هكذا وردت"] {
            assert!(is_remark(&TokenizedText::new(remark).tokens), "{remark}");
        }
        assert!(!is_remark(&TokenizedText::new("falsely").tokens));
        assert!(is_editorial(&TokenizedText::new("الحكومتان").tokens[0], EditorialWord::Reference));
        for row in tsv::rows(include_str!("data/editorial.tsv")) {
            assert!(row.len() == 3 && (row[0] == "remark" || EditorialWord::of(row[0]).is_some()), "{row:?}");
        }
    }
}
