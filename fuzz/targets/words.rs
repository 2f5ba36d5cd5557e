//! The analyser: the words of a text are in order, each has a stem, and each matches itself.

#![no_main]

use bayan::text::{arabic, normalize::normalize, words::tokenize};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let length = text.chars().count();
    let letters = normalize(text);
    assert!(letters.is_sorted_by_key(|letter| letter.at) && letters.iter().all(|letter| letter.at < length));
    // Also strings that the tokenizer never returns as one word.
    let _ = (arabic::stems(&letters), arabic::nisba(&letters), arabic::light_stems(&letters));
    let words = tokenize(text);
    // A fraction or a ligature is several words in one code point.
    assert!(words.is_sorted_by(|one, next| one.end <= next.start || (one.start <= next.start && next.start + 1 == one.end)), "in order, and apart");
    for word in words {
        assert!(word.start < word.end && word.end <= length && !word.letters.is_empty());
        let (asked, stems) = (word.query_stems(), word.stems());
        assert!(stems.iter().any(|stem| asked.contains(stem)), "a word matches itself");
        // Tokens are quoted in the syntax of the index.
        let quoted = |token: &String| !token.contains(['"', '\0']);
        assert!(asked.iter().all(quoted) && stems.iter().all(quoted) && word.light_stems().iter().all(quoted));
    }
});
