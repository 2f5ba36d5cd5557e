//! Verification: a quotation (up to a NUL) is compared with a text (the rest). Places have the quoted words, altered quotations
//! have differences, and the quotations of a draft are inside it.

#![no_main]

use bayan::verify::{
    comparison::{Comparison, compare},
    draft::quotations,
    names::Names,
    passage::Passage,
    place::Agreement,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    let (quotation, text) = data.split_once('\0').unwrap_or((data, data));
    let chars: Vec<char> = text.chars().collect();
    for range in quotations(&chars) {
        assert!(range.start < range.end && range.end <= chars.len(), "inside");
    }
    let names = Names::new([("iraq", "العراق"), ("united-states", "United States")].into_iter());
    let passage = Passage::new(text, &names, |at| u32::from(at % 100 > 50));
    match compare(&passage, quotation, &|| false) {
        Ok(Comparison::InSource { agreement, places }) => {
            assert_eq!(places.iter().map(|place| place.agreement).max(), Some(agreement));
            for place in &places {
                assert!(place.is_faithful());
                assert!(place.pieces.iter().all(|piece| piece.start < piece.end && piece.end <= chars.len()), "inside");
                assert_eq!(place.agreement == Agreement::Exact, place.differences.is_empty());
            }
        }
        Ok(Comparison::Altered { nearest, differences, .. }) => {
            assert!(nearest.start < nearest.end && nearest.end <= chars.len(), "inside");
            assert!(differences.first().is_some_and(|first| !first.kind.is_allowed()));
        }
        Ok(Comparison::NotFound) | Err(_) => {}
    }
});
