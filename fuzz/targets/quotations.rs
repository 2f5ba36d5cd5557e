//! Verifying: a quotation (up to a NUL) is compared with a text (the rest); what agrees is where it is said to be.

#![no_main]

use bayan::text::quotation::{Agreement, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    let (quotation, text) = data.split_once('\0').unwrap_or((data, data));
    let Ok(compared) = Source::new(text).compare(quotation) else { return };
    let chars: Vec<char> = text.chars().collect();
    for run in &compared.runs {
        assert!(run.start < run.end && run.end <= chars.len(), "inside");
        if compared.agreement == Agreement::Exact {
            assert_eq!(chars[run.start..run.end].iter().collect::<String>(), quotation);
        }
    }
    assert_eq!(compared.runs.is_empty(), compared.agreement == Agreement::None);
    assert!(compared.differences.is_empty() || compared.agreement == Agreement::Partial);
});
