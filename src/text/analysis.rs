//! The readings of a word, with its context.

use crate::text::{
    arabic,
    fold::fold,
    homographs::{self, Reading},
    lemmas, lexicon,
    words::Word,
};

/// The tokens that a word is indexed by, among the words around it.
#[must_use]
pub fn stems_in(words: &[Word], at: usize) -> Vec<String> {
    let word = &words[at];
    let mut stems = word.stems();
    if !word.is_arabic() {
        return stems;
    }
    let folded = |at: usize| words.get(at).map(|word| fold(&word.letters));
    let before = at.checked_sub(1).and_then(folded);
    let text = fold(&word.letters);
    let bare = bare(&text);
    let neighbour = |word: Option<&Vec<char>>| word.map(|word| word.iter().collect::<String>());
    let listed = homographs::is_homograph(&bare);
    let told = if listed {
        // Vowel marks take precedence over the neighbouring words.
        let by_marks = homographs::by_marks(&bare, word);
        let by_neighbours = || homographs::by_neighbours(&bare, neighbour(before.as_ref()).as_deref(), neighbour(folded(at + 1).as_ref()).as_deref());
        if by_marks == Reading::EITHER { by_neighbours() } else { by_marks }
    } else {
        Reading::EITHER
    };
    if is_function_word(&text) {
        if told == Reading::VERB {
            // بيّن أن: not a preposition.
            return word.verbs().into_iter().map(str::to_owned).collect();
        }
        return stems;
    }
    let after_verbal = before.as_ref().is_some_and(|before| lexicon::is_verbal(before));
    let after_preposition = before.as_ref().is_some_and(|before| is_preposition(before));
    let is_imperfect = matches!(bare.chars().next(), Some('ي' | 'ت' | 'ن' | 'س'));
    let is_told = told != Reading::EITHER;
    let verbs = if told.verb && (is_told || is_imperfect || !after_preposition) { word.verbs() } else { Vec::new() };
    let noun = told.noun && (is_told || !after_verbal || verbs.is_empty());
    if noun {
        stems.extend(word.nouns().into_iter().map(str::to_owned));
        let is_noun = |body: &str| homographs::is_homograph(body) && (body != bare || told.noun);
        let bodies = arabic::strip_proclitics(&text, &|at| word.letters[at].hamza);
        stems.extend(bodies.iter().map(|body| body.iter().collect::<String>()).filter(|body| is_noun(body)).map(|body| format!("o_{body}")));
    }
    stems.extend(verbs.into_iter().map(str::to_owned));
    stems
}

/// The tokens that a word of a query is looked for by.
#[must_use]
pub fn query_stems(word: &Word) -> Vec<String> {
    let mut stems = word.query_stems();
    if !word.is_arabic() {
        return stems;
    }
    let text = fold(&word.letters);
    let bare = bare(&text);
    if homographs::is_homograph(&bare) && !word.marks.is_empty() {
        let reading = homographs::by_marks(&bare, word);
        let verbs = word.verbs();
        if reading == Reading::VERB && !verbs.is_empty() {
            return verbs.into_iter().map(str::to_owned).collect();
        }
        if reading == Reading::NOUN {
            return if is_function_word(&text) { stems } else { vec![format!("o_{bare}")] };
        }
    }
    if !is_function_word(&text) {
        let verbs = word.verbs();
        if is_feminine_perfect(&text, &verbs) {
            stems.retain(|stem| stem.ends_with('ت'));
        }
        stems.extend(verbs.into_iter().chain(word.nouns()).map(str::to_owned));
    }
    stems
}

/// Whether a folded word is a verb with the ت of a feminine subject (عقدت), which no noun of the same letters has (عقد, a decade).
fn is_feminine_perfect(word: &[char], verbs: &[&str]) -> bool {
    let Some(masculine) = word.strip_suffix(&['ت']) else { return false };
    lemmas::verbs(masculine, false).iter().any(|verb| verbs.contains(verb))
}

/// A folded word without a conjunction before it.
fn bare(word: &[char]) -> String {
    let rest = match word {
        ['و' | 'ف', rest @ ..] if rest.len() >= 2 && !lexicon::is_proclitic_exception(word) => rest,
        word => word,
    };
    rest.iter().collect()
}

/// Whether a noun follows this word, also with a particle before it (بأي).
fn is_preposition(word: &[char]) -> bool {
    let rest = match word {
        ['و' | 'ف' | 'ب' | 'ل' | 'ك', rest @ ..] => rest,
        _ => &[],
    };
    lexicon::is_preposition(word) || lexicon::is_preposition(rest)
}

/// Whether this is a word of grammar, also with a conjunction before it and a pronoun behind it.
fn is_function_word(word: &[char]) -> bool {
    let without_conjunction = matches!(word, ['و' | 'ف', _, _, ..]).then(|| &word[1..]);
    [Some(word), without_conjunction].into_iter().flatten().any(|word| {
        let pronouns: [&[char]; 6] = [&['ه', 'م', 'ا'], &['ه', 'ا'], &['ه', 'م'], &['ن', 'ا'], &['ه'], &['ك', 'م']];
        lexicon::is_function_word(word) || pronouns.iter().any(|pronoun| word.strip_suffix(*pronoun).is_some_and(lexicon::is_function_word))
    })
}
