//! The URL fragment that selects the words of a clause on the page of its statement (URL Fragment Text Directives, WICG).
//!
//! The words of a clause alone are ambiguous on a page: a clause that contains it has them, and notes quote them. The page
//! therefore has the label of the clause directly before its words, and the directive has that label as its prefix.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// The maximum number of words that a fragment repeats; of more words it has the first and the last.
const MAX_WORDS: usize = 12;
/// How many words at each end a fragment has then.
const WORDS_AT_END: usize = 4;

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
    fn a_long_text_is_selected_by_its_ends_unless_the_last_words_stand_earlier() {
        assert_eq!(text_fragment("6c", "one, two-three"), "6c:~:text=6c-,one%2C%20two%2Dthree");
        let long = "a b c d e f g h i j k l m";
        assert_eq!(text_fragment("1a", long), "1a:~:text=1a-,a%20b%20c%20d,j%20k%20l%20m");
        let repeated = "a b c d j k l m e f g h i j k l m";
        assert_eq!(text_fragment("1a", repeated), format!("1a:~:text=1a-,{}", repeated.replace(' ', "%20")));
    }
}
