//! Stems of English words: without regard to case, number, verb forms, British or American spelling and variant spellings of
//! names. The words are data: `data/english_words.tsv` and `data/english_verbs.tsv`.

use std::{collections::HashMap, sync::LazyLock};

use crate::text::tsv;

/// British endings, and the American ones. Queries and texts are both stemmed, so it does no harm that a rule also changes
/// words with only one spelling.
const ENDINGS: [(&str, &str); 18] = [
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("ysing", "yzing"),
    ("logue", "log"),
    ("ramme", "ram"),
    ("entre", "enter"),
    ("etre", "eter"),
    ("itre", "iter"),
    ("eatre", "eater"),
    ("our", "or"),
    ("oured", "ored"),
    ("ouring", "oring"),
    ("ourable", "orable"),
    ("ourhood", "orhood"),
];

/// The tables of single words.
#[derive(Debug, Default)]
struct Words {
    /// Other plurals, British spellings and other spellings of names, each with the word that stands for it.
    plurals: HashMap<&'static str, &'static str>,
    spellings: HashMap<&'static str, &'static str>,
    names: HashMap<&'static str, &'static str>,
    /// Words whose final `s` is not a plural.
    invariants: Vec<&'static str>,
    /// Words that are names only in capitals, and acronyms that are also words.
    capitals: Vec<&'static str>,
    acronyms: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    for row in tsv::rows(include_str!("data/english_words.tsv")) {
        let [class, listed] = row[..] else { continue };
        let mut listed = listed.split_whitespace();
        match class {
            "plural" | "spelling" => {
                if let (Some(other), Some(word)) = (listed.next(), listed.next()) {
                    (if class == "plural" { &mut words.plurals } else { &mut words.spellings }).insert(other, word);
                }
            }
            "name" => {
                if let Some(name) = listed.next() {
                    words.names.extend(listed.map(|other| (other, name)));
                }
            }
            "invariant" => words.invariants.extend(listed),
            "capitals" => words.capitals.extend(listed),
            "acronym" => words.acronyms.extend(listed),
            _ => {}
        }
    }
    words
});

/// Verbs by their forms, in American spelling.
static VERBS: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut verbs: HashMap<String, Vec<String>> = HashMap::new();
    for row in tsv::rows(include_str!("data/english_verbs.tsv")) {
        let irregular = &row[1..];
        for verb in row[0].split_whitespace() {
            let lemma = format!("v_{}", american(verb));
            for form in inflect(verb).into_iter().filter(|form| irregular.is_empty() || !form.ends_with("ed")).chain(irregular.iter().map(ToString::to_string))
            {
                let lemmas = verbs.entry(american(&form)).or_default();
                if !lemmas.contains(&lemma) {
                    lemmas.push(lemma.clone());
                }
            }
        }
    }
    verbs
});

/// The stem of a word in lower case.
///
/// ```
/// use bayan::text::english::stem;
///
/// assert_eq!(stem("organisations"), stem("organization"));
/// assert_eq!(stem("programmes"), stem("program"));
/// assert_eq!(stem("Mohamed".to_lowercase().as_str()), stem("mohammed"));
/// assert_ne!(stem("news"), stem("new"));
/// ```
#[must_use]
pub fn stem(word: &str) -> String {
    let stem = american(&singular(word));
    WORDS.names.get(stem.as_str()).map_or(stem, |name| (*name).to_owned())
}

/// The verbs that a word may be a form of, as tokens of the index.
///
/// ```
/// use bayan::text::english::verbs;
///
/// assert_eq!(verbs("begun"), verbs("begins"));
/// assert_eq!(verbs("organised"), verbs("organize"));
/// assert!(verbs("announcement").is_empty());
/// ```
#[must_use]
pub fn verbs(word: &str) -> Vec<String> {
    VERBS.get(&american(word)).cloned().unwrap_or_default()
}

/// A word as a part of a name.
#[must_use]
pub fn light_stem(word: &str, capitals: bool) -> String {
    if capitals && WORDS.capitals.contains(&word) { format!("c_{word}") } else { stem(word) }
}

/// The token of a word in capitals, if capitals make it a different word: IS, US.
#[must_use]
pub fn capitals(word: &str) -> Option<String> {
    (WORDS.capitals.contains(&word) || WORDS.acronyms.contains(&word)).then(|| format!("c_{word}"))
}

fn singular(word: &str) -> String {
    if let Some(one) = WORDS.plurals.get(word) {
        return (*one).to_owned();
    }
    if word.len() <= 3 || WORDS.invariants.contains(&word) || ["ss", "us", "sis", "xis"].iter().any(|ending| word.ends_with(ending)) {
        return word.to_owned();
    }
    let without = |ending: &str, put: &str| word.strip_suffix(ending).map(|rest| format!("{rest}{put}"));
    let es = ["sses", "shes", "ches", "xes"].iter().any(|ending| word.ends_with(ending));
    if es {
        return word[..word.len() - 2].to_owned();
    }
    (word.len() > 4).then(|| without("ies", "y").or_else(|| without("oes", "o"))).flatten().or_else(|| without("s", "")).unwrap_or_else(|| word.to_owned())
}

fn american(word: &str) -> String {
    if let Some(american) = WORDS.spellings.get(word) {
        return (*american).to_owned();
    }
    let rule = ENDINGS.iter().find_map(|(british, american)| word.strip_suffix(british).filter(|rest| rest.len() > 1).map(|rest| format!("{rest}{american}")));
    rule.unwrap_or_else(|| word.to_owned())
}

/// The regular forms of a verb: itself, and with s, ed and ing.
fn inflect(verb: &str) -> Vec<String> {
    let is_vowel = |char: char| "aeiou".contains(char);
    let letters: Vec<char> = verb.chars().collect();
    let (before, last) = (letters.len().checked_sub(2).map_or('-', |at| letters[at]), letters.last().copied().unwrap_or('-'));
    let vowels = letters.split(|char| !is_vowel(*char)).filter(|group| !group.is_empty()).count();
    // stop, stopped: one vowel before one consonant, in a verb of one syllable (or one that is stressed on its last).
    let doubles = is_vowel(before) && !is_vowel(last) && !"wxy".contains(last) && !letters.len().checked_sub(3).is_some_and(|at| is_vowel(letters[at]));
    let stressed = ["mit", "fer", "pel", "cur", "tain", "ter"].iter().any(|ending| verb.ends_with(ending)) && !verb.ends_with("ain");
    let (base, s) = match last {
        'e' => (&verb[..verb.len() - 1], format!("{verb}s")),
        'y' if !is_vowel(before) => (verb, format!("{}ies", &verb[..verb.len() - 1])),
        's' | 'x' | 'z' | 'h' if last != 'h' || "cs".contains(before) => (verb, format!("{verb}es")),
        _ => (verb, format!("{verb}s")),
    };
    let doubled = (doubles && (vowels == 1 || stressed)).then(|| format!("{verb}{last}"));
    let british = (doubles && last == 'l').then(|| format!("{verb}l"));
    let mut forms = vec![verb.to_owned(), s];
    if verb.ends_with("ee") {
        forms.push(format!("{verb}ing"));
    }
    for base in [Some(base.to_owned()), doubled, british].into_iter().flatten() {
        forms.push(format!("{base}ing"));
        forms.push(if last == 'y' && !is_vowel(before) { format!("{}ied", &verb[..verb.len() - 1]) } else { format!("{base}ed") });
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_is_read() {
        for row in tsv::rows(include_str!("data/english_words.tsv")) {
            let [class, words] = row[..] else { panic!("{row:?}") };
            let words = words.split_whitespace().count();
            let right = match class {
                "plural" | "spelling" => words == 2,
                "name" => words >= 2,
                "invariant" | "capitals" | "acronym" => words >= 1,
                _ => false,
            };
            assert!(right, "{row:?}");
        }
        for row in tsv::rows(include_str!("data/english_verbs.tsv")) {
            assert!(row.len() == 1 || (row.len() == 3 && !row[0].contains(' ')), "{row:?}");
        }
    }

    #[test]
    fn verbs_are_inflected_as_they_are_spelled() {
        for (verb, forms) in [
            ("announce", "announces announced announcing"),
            ("stop", "stops stopped stopping"),
            ("commit", "commits committed committing"),
            ("study", "studies studied studying"),
            ("travel", "travels travelled traveling"),
            ("maintain", "maintained maintaining"),
            ("withdraw", "withdrew withdrawn withdrawing withdraws"),
            ("reach", "reaches reached"),
            ("agree", "agrees agreed agreeing"),
        ] {
            for form in forms.split(' ') {
                assert!(verbs(form).contains(&format!("v_{verb}")), "{form}: {:?}", verbs(form));
            }
        }
        assert!(verbs("stated").is_empty() && verbs("united").is_empty());
    }
}
