//! The text of the source: its checksum, its line ends, and its characters.

use sha2::{Digest, Sha256};
use unicode_normalization::is_nfc;

use crate::{
    package::{
        check::{TextPlace, characters::bad_characters},
        diagnostic::{Code, Log, Severity},
        document::Document,
        known::Known,
        original::Original,
    },
    text::span::Span,
};

/// Checks a text. Returns whether quotes can be looked for in it: it has words, its lines end as they should, and it has no character
/// that no text should have.
pub fn check(document: &Document, original: &Original, place: &TextPlace<'_>, known: &Known, log: &mut Log) -> bool {
    let Some(source) = &document.source else { return false };
    let text = original.text();
    let digest = format!("{:x}", Sha256::digest(text));
    if let Some(sha256) = &source.sha256
        && !sha256.value.eq_ignore_ascii_case(&digest)
    {
        log.add(Code::Sha256Mismatch, &sha256.place, format!("the text has the SHA-256 {digest}, and this is {}", sha256.value));
    }
    if let Some(before) = known.statements.get(document.id())
        && *before != digest
    {
        let message = format!("the text of {} is published already, and it never changes: its SHA-256 is {before}, and this one's {digest}", document.id());
        log.add(Code::TextChanged, &place.given, message);
    }
    if let Some(other) = known.texts.get(&digest).filter(|other| *other != document.id()) {
        let message = format!("{other} has the same text; is this another reading of it?");
        log.add(Code::SameText, &place.given, message);
    }
    if text.trim().is_empty() {
        log.add(Code::EmptyQuote, &place.given, "the text is empty");
        return false;
    }
    let first = |char: char| {
        let start = text.chars().position(|other| other == char).unwrap_or_default();
        Span { start, end: start + 1 }
    };
    // The byte order mark of a text file is reported where the file is opened.
    let written = if place.in_file { text.strip_prefix('\u{feff}').unwrap_or(text) } else { text };
    let mut is_sound = !text.contains('\r');
    for (code, char, message) in bad_characters(written) {
        is_sound &= code.severity() == Severity::Warning;
        place.record(code, first(char), original, message, log);
    }
    // YAML reads a carriage return inside a text as a line end, so only JSON and text files have any.
    if text.contains('\r') {
        let message = "the text has carriage returns (CRLF); end each line with a line feed alone".to_owned();
        place.record(Code::Crlf, first('\r'), original, message, log);
    }
    if !is_nfc(text) {
        log.add(Code::NotNfc, &place.given, "the text is not in Unicode's composed form (NFC); it is stored as it is, and quotes must be written like it");
    }
    is_sound
}
