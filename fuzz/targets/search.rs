//! Search: a query (up to a NUL) is parsed, and the spans of its matches are inside a text (the rest).

#![no_main]

use bayan::text::{
    matcher::{AnalyzedText, ItemKey, Part, match_query},
    query::Query,
    snippet::snippet,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    let (typed, text) = data.split_once('\0').unwrap_or((data, data));
    let Ok(query) = Query::parse(typed) else { return };
    let length = text.chars().count();
    let keys: Vec<ItemKey<'_>> = query.keys().map(|key| ItemKey { key, in_lead_in: false }).collect();
    assert!(keys.iter().all(|key| !key.key.contains(['"', '\0'])), "tokens are quoted in the syntax of the index");
    for keys in [&[][..], keys.as_slice()] {
        let found = match_query(&query, &[(Part::Own, AnalyzedText::translation(text)), (Part::LeadIn, AnalyzedText::new(text))], keys);
        for spans in &found.spans {
            assert!(spans.iter().all(|span| span.start < span.end && span.end <= length), "inside");
            assert!(spans.is_sorted_by(|one, next| one.end <= next.start), "in order, and apart");
            let shown = snippet(text, spans);
            assert_eq!(shown.matches("<mark>").count(), shown.matches("</mark>").count(), "closed");
            assert!(!shown.replace("<mark>", "").replace("</mark>", "").contains(['<', '>']), "escaped");
        }
    }
});
