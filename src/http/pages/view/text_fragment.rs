//! The URL fragment that selects the words of a clause on the page of its statement (URL Fragment Text Directives, WICG).
//!
//! The words of a clause alone are ambiguous on a page: a clause that contains it has them, and notes quote them. The page
//! therefore has the label of the clause directly before its words, and the directive has that label as its prefix.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::corpus::Quote;

/// The maximum number of words that a fragment repeats; of more words it has the first and the last.
const MAX_WORDS: usize = 12;
/// How many words at each end a fragment has then.
const WORDS_AT_END: usize = 4;
/// How many words before and after a quotation a fragment has.
const CONTEXT_WORDS: usize = 3;
/// The length of the context that a quotation has, in code points.
const MAX_CONTEXT_CHARS: usize = 32;

/// The fragment that selects these words, which are on the page directly after the label. The browser shows the element with
/// the id `label` if it knows no text directives.
pub fn text_fragment(label: &str, words: &str) -> String {
    let encode = |term: &str| utf8_percent_encode(term, NON_ALPHANUMERIC).to_string();
    let prefix = encode(label);
    match ends(words) {
        Some((first, last)) => format!("{label}:~:text={prefix}-,{},{}", encode(first), encode(last)),
        None => format!("{label}:~:text={prefix}-,{}", encode(words)),
    }
}

/// The fragment that selects the words of a quotation on the page of their publisher, with the words around them, since the words alone
/// may stand elsewhere in the text as well.
pub fn source_fragment(quote: &Quote) -> String {
    let encode = |words: &[&str]| utf8_percent_encode(&words.join(" "), NON_ALPHANUMERIC).to_string();
    // Words of another paragraph are in another element, and a word at the end of the context may be cut.
    let before = quote.prefix.rsplit('\n').next().unwrap_or_default();
    let after = quote.suffix.split('\n').next().unwrap_or_default();
    let before: Vec<&str> = before.split_whitespace().skip(usize::from(before.chars().count() >= MAX_CONTEXT_CHARS)).collect();
    let after: Vec<&str> = after.split_whitespace().collect();
    let after = &after[..after.len() - usize::from(quote.suffix.chars().count() >= MAX_CONTEXT_CHARS && after.len() > 1 && !quote.suffix.contains('\n'))];
    let (before, after) = (&before[before.len().saturating_sub(CONTEXT_WORDS)..], &after[..after.len().min(CONTEXT_WORDS)]);
    let prefix = if before.is_empty() { String::new() } else { format!("{}-,", encode(before)) };
    let has_word = after.iter().any(|word| word.chars().any(char::is_alphanumeric));
    let suffix = if has_word { format!(",-{}", encode(after)) } else { String::new() };
    let words = match ends(&quote.exact) {
        Some((first, last)) => format!("{},{}", encode(&[first]), encode(&[last])),
        None => encode(&[&quote.exact]),
    };
    format!(":~:text={prefix}{words}{suffix}")
}

/// The first and the last words of a long text; `None` if the text is short, or if its last words also stand earlier in it, since
/// a browser ends the selection where it finds them first.
fn ends(words: &str) -> Option<(&str, &str)> {
    let starts_word = |at: usize, first: char| !first.is_whitespace() && words[..at].chars().next_back().is_none_or(char::is_whitespace);
    let starts: Vec<usize> = words.char_indices().filter(|(at, first)| starts_word(*at, *first)).map(|(at, _)| at).collect();
    if starts.len() <= MAX_WORDS {
        return None;
    }
    let first = words[..starts[WORDS_AT_END]].trim_end();
    let last = &words[starts[starts.len() - WORDS_AT_END]..];
    (words[first.len()..].find(last) == words.rfind(last).map(|at| at - first.len())).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_the_publishers_page_the_words_around_it_select_a_quotation() {
        for (prefix, suffix, expected) in [
            ("he end of one paragraph\nwill keep to", ", by 2026.\nNext", ":~:text=will%20keep%20to-,its%20word,-%2C%20by%202026%2E"),
            ("d in the end both sides agreed on", " as they said before and will aga", ":~:text=sides%20agreed%20on-,its%20word,-as%20they%20said"),
            ("", ".”", ":~:text=its%20word"),
            ("of the words before it, which are", ".\nAnother paragraph of the text th", ":~:text=it%2C%20which%20are-,its%20word"),
        ] {
            let quote = Quote { start: 0, end: 8, exact: "its word".to_owned(), prefix: prefix.to_owned(), suffix: suffix.to_owned() };
            assert_eq!(source_fragment(&quote), expected);
        }
    }

    #[test]
    fn a_long_text_is_selected_by_its_ends_unless_the_last_words_stand_earlier() {
        assert_eq!(text_fragment("6c", "one, two-three"), "6c:~:text=6c-,one%2C%20two%2Dthree");
        let long = "a b c d e f g h i j k l m";
        assert_eq!(text_fragment("1a", long), "1a:~:text=1a-,a%20b%20c%20d,j%20k%20l%20m");
        let repeated = "a b c d j k l m e f g h i j k l m";
        assert_eq!(text_fragment("1a", repeated), format!("1a:~:text=1a-,{}", repeated.replace(' ', "%20")));
    }
}
