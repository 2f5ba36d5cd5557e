//! Function words (`data/function_words.tsv`): two texts that share only these have nothing relevant in common.

use std::{collections::HashSet, sync::LazyLock};

use crate::text::{tokenize::key, tsv};

/// Words that a search treats as content words, but that are no evidence that two texts are similar.
const MORE: &str = "
    أيضا هناك هنا عليه عليها فيه فيها منه منها له لها به بها إليه إليها كان كانت يكون تكون سيكون ستكون ليست وذلك بما
    but which who it shall should may can could do does did not no over under than then there they he she we us our you i also such
";

/// The words, by their keys.
static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let table = tsv::rows(include_str!("data/function_words.tsv")).flat_map(|row| row.last().copied().unwrap_or_default().split(' '));
    table.chain(MORE.split_whitespace()).map(key).collect()
});

/// Whether a word, by its key, is a function word. A conjunction before it does not change that.
#[must_use]
pub fn is_function_word(word: &str) -> bool {
    word.chars().count() <= 1 || WORDS.contains(word) || word.strip_prefix(['و', 'ف']).is_some_and(|rest| WORDS.contains(rest))
}
