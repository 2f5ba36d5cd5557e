//! Words that begin a phrase, or that a phrase hangs on (`data/phrases.tsv`).

use std::{collections::HashMap, sync::LazyLock};

use crate::text::{arabic::may_leave_off, fold::fold, lemmas, tokenize::Token, tokenize::key, tsv};

/// What a word is in a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PhraseWord {
    /// A noun hangs on it.
    Preposition,
    /// A clause hangs on it, and it hangs on the noun before it.
    Relative,
    /// It begins a noun phrase.
    Determiner,
    /// It refers to something that was named before.
    Demonstrative,
    /// It may stand before the first word of a clause.
    Opening,
}

impl PhraseWord {
    fn of(kind: &str) -> Option<Self> {
        Some(match kind {
            "preposition" => Self::Preposition,
            "relative" => Self::Relative,
            "determiner" => Self::Determiner,
            "demonstrative" => Self::Demonstrative,
            "opening" => Self::Opening,
            _ => return None,
        })
    }
}

/// The words of the table, by their keys.
static WORDS: LazyLock<HashMap<String, Vec<PhraseWord>>> = LazyLock::new(|| {
    let mut words: HashMap<String, Vec<PhraseWord>> = HashMap::new();
    for row in tsv::rows(include_str!("data/phrases.tsv")) {
        let (Some(kind), Some(column)) = (row.first().and_then(|kind| PhraseWord::of(kind)), row.last()) else { continue };
        for word in column.split(' ') {
            words.entry(key(word)).or_default().push(kind);
        }
    }
    words
});

/// Whether a word is of a kind, with or without a conjunction before it.
#[must_use]
pub fn is_phrase_word(word: &Token, kind: PhraseWord) -> bool {
    let is = |key: &str| WORDS.get(key).is_some_and(|kinds| kinds.contains(&kind));
    is(&word.key) || word.key.strip_prefix(['و', 'ف']).is_some_and(is)
}

/// Whether a noun hangs on this word, or on the particle that it begins with: في, ل‍, "of".
#[must_use]
pub fn has_preposition(word: &Token) -> bool {
    is_phrase_word(word, PhraseWord::Preposition)
        || word.number.is_none() && matches!(word.letters.first().map(|letter| letter.char), Some('ل' | 'ب')) && may_leave_off(&word.letters, 1)
}

/// Whether an Arabic word has the article.
#[must_use]
pub fn is_definite(word: &Token) -> bool {
    let bare = word.key.strip_prefix(['و', 'ف']).unwrap_or(&word.key);
    word.number.is_none() && bare.chars().count() > 3 && (bare.starts_with("ال") || bare.starts_with("لل") || bare.starts_with("بال"))
}

/// Whether a word may be a verb of the lexicon. A noun may be spelled as one.
#[must_use]
pub fn may_be_verb(word: &Token) -> bool {
    let feminine = word.letters.last().is_some_and(|letter| letter.char == 'ة');
    word.number.is_none() && !is_definite(word) && !lemmas::verbs(&fold(&word.letters), feminine).is_empty()
}

/// Whether an Arabic word may be a noun that the next word completes: it has no article and no tanwin, and is no verb.
#[must_use]
pub fn may_be_construct(word: &Token) -> bool {
    let is_arabic = word.key.chars().all(|char| !char.is_ascii());
    let has_tanwin = word.letters.iter().any(|letter| letter.tanwin);
    let is_grammar = WORDS.contains_key(&word.key);
    is_arabic && word.number.is_none() && !has_tanwin && !is_grammar && !is_definite(word) && !may_be_verb(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize::TokenizedText;

    fn token(word: &str) -> Token {
        TokenizedText::new(word).tokens[0].clone()
    }

    #[test]
    fn every_row_of_the_table_is_read() {
        for row in tsv::rows(include_str!("data/phrases.tsv")) {
            assert!(row.len() == 3 && PhraseWord::of(row[0]).is_some(), "{row:?}");
        }
    }

    #[test]
    fn words_of_phrases_are_told_apart() {
        assert!(is_phrase_word(&token("والتي"), PhraseWord::Relative) && has_preposition(&token("لهزيمة")) && !has_preposition(&token("بدأت")));
        assert!(may_be_construct(&token("محاربة")) && may_be_construct(&token("اختتام")) && may_be_construct(&token("لهزيمة")));
        for word in ["كانت", "التحالف", "رسمياً", "في", "fighting"] {
            assert!(!may_be_construct(&token(word)), "{word}");
        }
        assert!(may_be_verb(&token("تعلن")) && may_be_verb(&token("ستستمر")) && !may_be_verb(&token("المهمة")));
    }
}
