//! Searching: what is typed (up to a NUL) is read, and its places in a text (the rest) are in the text.

#![no_main]

use bayan::text::query::{AnalyzedText, Query, match_query, snippet};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    let (typed, text) = data.split_once('\0').unwrap_or((data, data));
    let Ok(query) = Query::parse(typed) else { return };
    let length = text.chars().count();
    for named in [false, true] {
        let Some(found) = match_query(&query, &[AnalyzedText::new(text)], |_| named) else { continue };
        let spans = found.spans.concat();
        assert!(spans.iter().all(|span| span.start < span.end && span.end <= length), "inside");
        assert!(spans.is_sorted_by(|one, next| one.end <= next.start), "in order, and apart");
        let shown = snippet(text, &spans);
        assert_eq!(shown.matches("<mark>").count(), shown.matches("</mark>").count(), "closed");
        assert!(!shown.replace("<mark>", "").replace("</mark>", "").contains(['<', '>']), "escaped");
    }
});
