//! The package of a statement that was withdrawn.

use crate::package::{
    diagnostic::{Code, Log},
    document::Document,
    known::Known,
    original::shorten,
};

/// Checks that the withdrawn text is the one that the id stands for, and that nothing is published again unasked.
pub fn check(document: &Document, known: &Known, log: &mut Log) {
    if let (None, Some(id), Some(reason)) = (&document.withdrawn, &document.id, known.withdrawn.get(document.id()))
        && !known.restore
    {
        let message = format!("the statement {} was withdrawn: {}", id.value, shorten(reason));
        log.add_with_help(Code::Withdrawn, &id.place, message, vec!["`bayan import --restore` publishes it again".to_owned()]);
    }
    let Some(sha256) = document.withdrawn.as_ref().and_then(|withdrawn| withdrawn.sha256.as_ref()) else { return };
    if sha256.value.len() != 64 || !sha256.value.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        log.add(Code::BadValue, &sha256.place, format!("`{}` is not a SHA-256: 64 digits of 0-9 and a-f", sha256.value));
    } else if let Some(before) = known.statements.get(document.id())
        && *before != sha256.value
    {
        let message = format!("the text of {} has the SHA-256 {before}, and the withdrawn one {}", document.id(), sha256.value);
        log.add(Code::TextChanged, &sha256.place, message);
    }
}
