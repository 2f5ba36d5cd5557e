//! Bidirectional text: runs in the other script are isolated, so that they do not change the order of the text around them
//! (Unicode Standard Annex #9).

use std::ops::Range;

use crate::text::{Language, normalize::is_arabic};

/// FIRST STRONG ISOLATE: the text after it has the direction of its first strong character.
pub const FIRST_STRONG_ISOLATE: char = '\u{2068}';
/// POP DIRECTIONAL ISOLATE: ends an isolate.
pub const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment<'t> {
    /// Words in the script of the text, and characters of no script.
    Native(&'t str),
    /// Words in the other script.
    Foreign(&'t str),
    /// A number in an Arabic text, whose parts must keep their order: `2026-01-18`.
    Digits(&'t str),
    /// The label of a clause: `6c`.
    Label(&'t str),
}

impl<'t> Segment<'t> {
    /// The characters of the segment.
    #[must_use]
    pub const fn as_str(self) -> &'t str {
        let (Self::Native(text) | Self::Foreign(text) | Self::Digits(text) | Self::Label(text)) = self;
        text
    }
}

/// The language of a text, by its script: Arabic if it has an Arabic letter.
#[must_use]
pub fn language_of(text: &str) -> Language {
    if text.contains(is_arabic) { Language::Ar } else { Language::En }
}

/// Splits a text in a language into segments, which together are the text.
#[must_use]
pub fn segments(text: &str, language: Language) -> Vec<Segment<'_>> {
    let mut segments = Vec::new();
    let (mut rest, mut native) = (text, 0);
    while let Some(character) = rest[native..].chars().next() {
        let (before, here) = rest.split_at(native);
        let at_word = !before.ends_with(|last: char| last.is_ascii_alphanumeric());
        let segment = if at_word { leading_segment(before, here, language) } else { None };
        let Some(segment) = segment else {
            native += character.len_utf8();
            continue;
        };
        if !before.is_empty() {
            segments.push(Segment::Native(before));
        }
        segments.push(segment);
        rest = &here[segment.as_str().len()..];
        native = 0;
    }
    if !rest.is_empty() {
        segments.push(Segment::Native(rest));
    }
    segments
}

/// A text for pictures, with isolates around runs in the other direction, in quotations too: the text of a picture is not copied.
#[must_use]
pub fn isolate_all(text: &str, language: Language) -> String {
    let mut isolated = String::with_capacity(text.len());
    isolate_segments(text, language, &mut isolated);
    isolated
}

/// A text for plain-text media, with isolates (U+2068, U+2069) around runs in the other direction. In an Arabic text,
/// the text between « and » is left unchanged, so that a quotation can be copied code point for code point.
#[must_use]
pub fn isolate(text: &str, language: Language) -> String {
    let mut isolated = String::with_capacity(text.len());
    let mut rest = text;
    while language == Language::Ar
        && let Some(open) = rest.find('«')
    {
        let close = rest[open..].find('»').map_or(rest.len(), |close| open + close);
        isolate_segments(&rest[..open], language, &mut isolated);
        isolated.push_str(&rest[open..close]);
        rest = &rest[close..];
    }
    isolate_segments(rest, language, &mut isolated);
    isolated
}

/// Appends a text with isolates. A URL stays as it is: programs that make links of URLs take a control character beside one
/// for a part of it.
fn isolate_segments(text: &str, language: Language, isolated: &mut String) {
    let mut rest = text;
    while let Some(url) = find_url(rest) {
        isolate_runs(&rest[..url.start], language, isolated);
        isolated.push_str(&rest[url.clone()]);
        rest = &rest[url.end..];
    }
    isolate_runs(rest, language, isolated);
}

/// Where the first URL in a text is.
fn find_url(text: &str) -> Option<Range<usize>> {
    let colon = text.find("://")?;
    let is_scheme = |character: char| character.is_ascii_alphanumeric() || "+-.".contains(character);
    let ends_url = |character: char| character.is_whitespace() || "،؛«»“”\"<>".contains(character);
    Some(text[..colon].trim_end_matches(is_scheme).len()..text[colon..].find(ends_url).map_or(text.len(), |length| colon + length))
}

/// Appends the segments of a text, those in the other direction as isolates. A label is Latin, so it needs none
/// in English.
fn isolate_runs(text: &str, language: Language, isolated: &mut String) {
    for segment in segments(text, language) {
        match segment {
            Segment::Native(text) => isolated.push_str(text),
            Segment::Label(text) if language == Language::En => isolated.push_str(text),
            other => isolated.extend([FIRST_STRONG_ISOLATE.to_string().as_str(), other.as_str(), POP_DIRECTIONAL_ISOLATE.to_string().as_str()]),
        }
    }
}

/// The segment other than `Native` that a text begins with, if any; `before` is what precedes the text.
fn leading_segment<'t>(before: &str, text: &'t str, language: Language) -> Option<Segment<'t>> {
    let word = &text[..text.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(text.len())];
    if is_label(word) {
        return Some(Segment::Label(word));
    }
    let end = match language {
        // English texts quote Arabic between « and »: the quotation is one run, numbers and punctuation included.
        Language::En if before.ends_with('«') => {
            text.find('»').filter(|end| text[..*end].contains(is_arabic_script)).unwrap_or_else(|| foreign_run(text, language))
        }
        _ => foreign_run(text, language),
    };
    if end > 0 {
        return Some(Segment::Foreign(&text[..end]));
    }
    let digits = if language == Language::Ar { number(text) } else { 0 };
    (digits > 0).then(|| Segment::Digits(&text[..digits]))
}

/// The length in bytes of the words in the other script that a text begins with, including the numbers, the punctuation
/// and the single spaces between them.
fn foreign_run(text: &str, language: Language) -> usize {
    let joiners = match language {
        Language::Ar => " -_./:'’#?&=%+@~",
        Language::En => " -./:،؛؟",
    };
    let mut end = 0;
    for (at, character) in text.char_indices() {
        let is_foreign = is_arabic_script(character) != (language == Language::Ar);
        if character.is_ascii_digit() {
            if end > 0 {
                end = at + 1;
            }
        } else if character.is_alphabetic() && is_foreign {
            end = at + character.len_utf8();
        } else if character.is_alphabetic() || end == 0 || !joiners.contains(character) || text[end..at].ends_with(' ') {
            break;
        }
    }
    end
}

/// The length in bytes of the number or date that a text begins with: digits, and single separators between them. The marks of
/// an EDTF belong to the date: `../2025-09-30`, `2024-09-27/..`, `2025~`.
fn number(text: &str) -> usize {
    const OPEN_START: &str = "../";
    const OPEN_END: &str = "/..";
    let start = if text.starts_with(OPEN_START) { OPEN_START.len() } else { 0 };
    let mut end = 0;
    for (at, character) in text.char_indices().skip(start) {
        if character.is_ascii_digit() || (end > 0 && at == end && "~?%".contains(character)) {
            end = at + 1;
        } else if at != end.max(start) || end == 0 || !"-./:,".contains(character) {
            break;
        }
    }
    if end > 0 && text[end..].starts_with(OPEN_END) { end + OPEN_END.len() } else { end }
}

/// Whether a character is an Arabic letter or a mark on one.
fn is_arabic_script(character: char) -> bool {
    is_arabic(character) || matches!(character, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}')
}

/// Whether a word has the form of a clause's label: the number of a paragraph and a letter.
fn is_label(word: &str) -> bool {
    let digits = word.trim_end_matches(|last: char| last.is_ascii_lowercase());
    word.len() == digits.len() + 1 && (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_the_other_script_labels_and_numbers_and_together_the_text() {
        use Segment::{Digits, Foreign, Label, Native};
        let cases = [
            ("see 6c.", Language::En, vec![Native("see "), Label("6c"), Native(".")]),
            ("«سبتمبر» here", Language::En, vec![Native("«"), Foreign("سبتمبر"), Native("» here")]),
            ("«التحالف الدولي», literally", Language::En, vec![Native("«"), Foreign("التحالف الدولي"), Native("», literally")]),
            ("«منتصف العام (2025)» here", Language::En, vec![Native("«"), Foreign("منتصف العام (2025)"), Native("» here")]),
            ("in 22-23 July", Language::En, vec![Native("in 22-23 July")]),
            ("(6b و6d)", Language::Ar, vec![Native("("), Label("6b"), Native(" و"), Label("6d"), Native(")")]),
            ("في تقارير 2026-01-18.", Language::Ar, vec![Native("في تقارير "), Digits("2026-01-18"), Native(".")]),
            ("نشرته Long War Journal أمس", Language::Ar, vec![Native("نشرته "), Foreign("Long War Journal"), Native(" أمس")]),
            ("نشرته Reuters، AP أمس", Language::Ar, vec![Native("نشرته "), Foreign("Reuters"), Native("، "), Foreign("AP"), Native(" أمس")]),
            (
                "البند https://x.example/ar/a-2024-09-27?b=1#6b.",
                Language::Ar,
                vec![Native("البند "), Foreign("https://x.example/ar/a-2024-09-27?b=1#6b"), Native(".")],
            ),
            ("(../2025-09-30)", Language::Ar, vec![Native("("), Digits("../2025-09-30"), Native(")")]),
            ("من 2025-09~/.. فصاعداً", Language::Ar, vec![Native("من "), Digits("2025-09~/.."), Native(" فصاعداً")]),
            ("نحو 50%... أو", Language::Ar, vec![Native("نحو "), Digits("50%"), Native("... أو")]),
            ("../ثم", Language::Ar, vec![Native("../ثم")]),
            ("بعد 110 أيام", Language::Ar, vec![Native("بعد "), Digits("110"), Native(" أيام")]),
            ("«لم يُسمَّ أحدٌ» (لم يُسمَّ)", Language::En, vec![Native("«"), Foreign("لم يُسمَّ أحدٌ"), Native("» ("), Foreign("لم يُسمَّ"), Native(")")]),
            ("لم يُسمَّ أحدٌ", Language::Ar, vec![Native("لم يُسمَّ أحدٌ")]),
            ("16c4 and 3rd", Language::En, vec![Native("16c4 and 3rd")]),
            ("", Language::Ar, vec![]),
        ];
        for (text, language, expected) in cases {
            assert_eq!(segments(text, language), expected, "{text}");
            assert_eq!(expected.iter().map(|segment| segment.as_str()).collect::<String>(), text);
        }
    }

    #[test]
    fn isolates_surround_what_runs_against_the_direction_but_for_quoted_arabic() {
        for (text, language, expected) in [
            ("see 6c and «سبتمبر 2025».", Language::En, "see 6c and «\u{2068}سبتمبر 2025\u{2069}»."),
            ("قارن «بعد 12 شهراً» في 6c.", Language::Ar, "قارن «بعد 12 شهراً» في \u{2068}6c\u{2069}."),
            ("«مفتوح 2025", Language::Ar, "«مفتوح 2025"),
            ("من 2024 إلى 2025", Language::Ar, "من \u{2068}2024\u{2069} إلى \u{2068}2025\u{2069}"),
            ("انظر https://x.example/a,b(c)/2024#6c، ثم 6d", Language::Ar, "انظر https://x.example/a,b(c)/2024#6c، ثم \u{2068}6d\u{2069}"),
            ("نشرته AP: http://[::1]:8080/ar/x", Language::Ar, "نشرته \u{2068}AP\u{2069}: http://[::1]:8080/ar/x"),
            ("https://بيان.example/سبتمبر and «سبتمبر»", Language::En, "https://بيان.example/سبتمبر and «\u{2068}سبتمبر\u{2069}»"),
            ("://", Language::Ar, "://"),
        ] {
            assert_eq!(isolate(text, language), expected);
        }
    }
}
