//! Texts in which both scripts meet: what is in the other script is set apart, so that neither disturbs the other's
//! order, and a label of a clause becomes a link to it.

use askama::{Template, filters::HtmlSafe};

use crate::text::Language;

/// A text, in pieces.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "prose.html")]
pub struct Prose<'t> {
    pieces: Vec<Piece<'t>>,
    /// The language of what is set apart.
    other: &'static str,
    /// What a label links to, but for the label.
    clauses: String,
}

/// What it writes is escaped already.
impl HtmlSafe for Prose<'_> {}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'t> {
    /// Words in the text's own script, and what has none.
    Own(&'t str),
    /// Words in the other script.
    Other(&'t str),
    /// A date in digits, whose parts must stay in their order.
    Digits(&'t str),
    /// The label of a clause.
    Label(&'t str),
}

impl<'t> Prose<'t> {
    /// A text in this language.
    pub fn new(text: &'t str, language: Language) -> Self {
        Self { pieces: pieces(text, language), other: language.other().code(), clauses: String::new() }
    }

    /// Labels of clauses link to those of this statement, whose address begins so.
    #[must_use]
    pub fn about(mut self, before: &str, statement: &(impl std::fmt::Display + ?Sized)) -> Self {
        self.clauses = format!("{before}{statement}#");
        self
    }
}

/// Takes a text apart. The pieces together are the text.
fn pieces(text: &str, language: Language) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut rest, mut own) = (text, 0);
    while let Some(character) = rest[own..].chars().next() {
        let (before, here) = rest.split_at(own);
        let at_word = !before.ends_with(|last: char| last.is_ascii_alphanumeric());
        let found = if at_word { found(here, language) } else { None };
        let Some(piece) = found else {
            own += character.len_utf8();
            continue;
        };
        if !before.is_empty() {
            pieces.push(Piece::Own(before));
        }
        pieces.push(piece);
        rest = &here[piece.length()..];
        own = 0;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Own(rest));
    }
    pieces
}

impl Piece<'_> {
    const fn length(self) -> usize {
        let (Self::Own(text) | Self::Other(text) | Self::Digits(text) | Self::Label(text)) = self;
        text.len()
    }
}

/// What is to be set apart at the beginning of a text.
fn found(text: &str, language: Language) -> Option<Piece<'_>> {
    let word = &text[..text.find(|character: char| !(character.is_ascii_alphanumeric() || character == '-')).unwrap_or(text.len())];
    if is_label(word) {
        return Some(Piece::Label(word));
    }
    if language == Language::Ar && is_date(word) {
        return Some(Piece::Digits(word));
    }
    let end = foreign(text, language);
    (end > 0).then(|| Piece::Other(&text[..end]))
}

/// How far words in the other script reach from the beginning, what stands between them included.
fn foreign(text: &str, language: Language) -> usize {
    let mut end = 0;
    for (at, character) in text.char_indices() {
        if is_arabic(character) != (language == Language::Ar) && character.is_alphabetic() {
            end = at + character.len_utf8();
        } else if character.is_alphabetic() || !(character.is_ascii_digit() || " -./'’:_#،؛؟".contains(character)) {
            break;
        } else if end == 0 && !character.is_ascii_digit() {
            return 0;
        }
    }
    // Digits that belong to the last word: Q796.
    end + text[end..].find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len() - end) * usize::from(end > 0)
}

/// Whether this is shaped as a label: a paragraph and a letter.
fn is_label(word: &str) -> bool {
    let digits = word.trim_end_matches(|last: char| last.is_ascii_lowercase());
    word.len() == digits.len() + 1 && (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether this is a date in digits: 2026-01-18.
fn is_date(word: &str) -> bool {
    word.len() == 10 && word.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() })
}

/// Whether a character belongs to the Arabic script.
const fn is_arabic(character: char) -> bool {
    matches!(character, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_script_labels_and_dates_are_set_apart_and_nothing_is_lost() {
        use Piece::{Digits, Label, Other, Own};
        let cases = [
            ("see 6c.", Language::En, vec![Own("see "), Label("6c"), Own(".")]),
            ("«سبتمبر» here", Language::En, vec![Own("«"), Other("سبتمبر"), Own("» here")]),
            ("«التحالف الدولي», literally", Language::En, vec![Own("«"), Other("التحالف الدولي"), Own("», literally")]),
            ("in 22-23 July", Language::En, vec![Own("in 22-23 July")]),
            ("(6b و6d)", Language::Ar, vec![Own("("), Label("6b"), Own(" و"), Label("6d"), Own(")")]),
            ("في تقارير 2026-01-18.", Language::Ar, vec![Own("في تقارير "), Digits("2026-01-18"), Own(".")]),
            ("نشرته Long War Journal أمس", Language::Ar, vec![Own("نشرته "), Other("Long War Journal"), Own(" أمس")]),
            ("بعد 110 أيام", Language::Ar, vec![Own("بعد 110 أيام")]),
            ("16c4 and 3rd", Language::En, vec![Own("16c4 and 3rd")]),
            ("", Language::Ar, vec![]),
        ];
        for (text, language, expected) in cases {
            assert_eq!(pieces(text, language), expected, "{text}");
        }
    }
}
