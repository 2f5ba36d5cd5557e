//! What somebody may have meant: the nearest word of a set.

/// The lowest similarity (Jaro and Winkler's) at which a word is proposed.
const MIN_SIMILARITY: f64 = 0.8;

/// The maximum difference in length, in bytes.
const MAX_LENGTH_DIFFERENCE: usize = 8;

/// The word that is nearest to the given one, if one is near.
#[must_use]
pub fn nearest_word<'w>(given: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let given = given.to_lowercase();
    let of_like_length = words.into_iter().filter(|word| word.len().abs_diff(given.len()) <= MAX_LENGTH_DIFFERENCE);
    let near = of_like_length.map(|word| (word, strsim::jaro_winkler(&given, &word.to_lowercase())));
    near.filter(|(_, similarity)| *similarity >= MIN_SIMILARITY).max_by(|(_, one), (_, other)| one.total_cmp(other)).map(|(word, _)| word)
}
