//! Lemmas of Arabic words whose forms suffix rules do not relate: verbs in person and tense, nouns with broken plurals.
//!
//! A lemma is a token of the index beside the stems: `v_اعلن` for every form of أعلن, `n_دوله` for دولة and دول.

use std::{collections::HashMap, sync::LazyLock};

use crate::text::{arabic, conjugation::conjugate, fold::folded, lexicon, tsv};

/// Object pronouns, the longest first.
const OBJECTS: [&[char]; 9] = [&['ه', 'م', 'ا'], &['ه', 'ا'], &['ه', 'م'], &['ه', 'ن'], &['ن', 'ا'], &['ك', 'م'], &['ن', 'ي'], &['ه'], &['ك']];
/// The endings of a noun that a listed form may have: pronouns, the dual, the accusative.
const NOUN_ENDINGS: [&[char]; 10] =
    [&['ه', 'م', 'ا'], &['ه', 'ا'], &['ه', 'م'], &['ه', 'ن'], &['ن', 'ا'], &['ك', 'م'], &['ا', 'ن'], &['ي', 'ن'], &['ه'], &['ا']];

/// Verbs by their forms.
static VERBS: LazyLock<HashMap<String, Vec<VerbForm>>> = LazyLock::new(|| {
    let mut verbs: HashMap<String, Vec<VerbForm>> = HashMap::new();
    for row in tsv::rows(include_str!("data/arabic_verbs.tsv")) {
        let [perfect, imperfect, ..] = row[..] else { continue };
        let lemma = format!("v_{}", folded(perfect));
        for form in conjugate(perfect, imperfect) {
            let lemmas = verbs.entry(form.letters).or_default();
            if !lemmas.iter().any(|known| known.lemma == lemma && known.imperfect == form.imperfect) {
                lemmas.push(VerbForm { lemma: lemma.clone(), imperfect: form.imperfect });
            }
        }
    }
    verbs
});

/// Nouns by their singulars and their broken plurals.
static NOUNS: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut nouns: HashMap<String, Vec<String>> = HashMap::new();
    for row in tsv::rows(include_str!("data/arabic_plurals.tsv")) {
        let [singular, plurals, class, _] = row[..] else { continue };
        let one = folded(singular);
        let feminine = (class == "adjective").then(|| format!("{one}ه"));
        // A noun in ta marbuta has a sound plural beside the broken one: قوة, قوى, قوات.
        let sound = one.strip_suffix('ه').map(|stem| format!("{stem}ات"));
        for form in plurals.split_whitespace().map(folded).chain([one.clone()]).chain(feminine).chain(sound) {
            nouns.entry(form).or_default().push(format!("n_{one}"));
        }
    }
    nouns
});

/// A verb that a form may be of.
#[derive(Debug)]
struct VerbForm {
    lemma: String,
    imperfect: bool,
}

/// The verbs that a folded word may be a form of. `feminine`: it ends in ta marbuta, which no verb does.
#[must_use]
pub fn verbs(word: &[char], feminine: bool) -> Vec<&'static str> {
    let mut found = Vec::new();
    if feminine {
        return found;
    }
    verb_forms(word, false, &mut found);
    if let ['و' | 'ف', rest @ ..] = word
        && found.is_empty()
        && rest.len() >= 2
        && !lexicon::is_proclitic_exception(word)
    {
        verb_forms(rest, false, &mut found);
    }
    found
}

/// Adds the verbs of a word without a conjunction before it.
fn verb_forms(word: &[char], only_imperfect: bool, found: &mut Vec<&'static str>) {
    let look_up = |letters: &[char], found: &mut Vec<&'static str>| {
        let forms = VERBS.get(&letters.iter().collect::<String>()).map_or(&[][..], Vec::as_slice);
        found.extend(forms.iter().filter(|form| form.imperfect || !only_imperfect).map(|form| form.lemma.as_str()));
    };
    look_up(word, found);
    for object in OBJECTS {
        let Some(verb) = word.strip_suffix(object).filter(|verb| verb.len() >= 3) else { continue };
        look_up(verb, found);
        match verb {
            // The alef of the plural is not written before a pronoun, and alef maqsura becomes an alef.
            [.., 'و'] => look_up(&[verb, &['ا']].concat(), found),
            [stem @ .., 'ا'] => look_up(&[stem, &['ي']].concat(), found),
            _ => {}
        }
        break;
    }
    if let ['س' | 'ل', rest @ ..] = word
        && !only_imperfect
        && rest.len() >= 3
    {
        verb_forms(rest, true, found);
    }
}

/// The nouns with a broken plural that a folded word may be a form of.
#[must_use]
pub fn nouns(word: &[char], feminine: bool, hamza: &dyn Fn(usize) -> bool) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = Vec::new();
    for body in arabic::strip_proclitics(word, hamza) {
        let mut look_up = |letters: &[char]| {
            for lemma in NOUNS.get(&letters.iter().collect::<String>()).into_iter().flatten() {
                if !found.contains(&lemma.as_str()) {
                    found.push(lemma);
                }
            }
        };
        look_up(body);
        for ending in NOUN_ENDINGS {
            let Some(noun) = body.strip_suffix(ending).filter(|noun| noun.len() + ending.len() >= 4 && !feminine) else { continue };
            look_up(noun);
            if let Some(stem) = noun.strip_suffix(&['ت']) {
                look_up(&[stem, &['ه']].concat());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::text::{fold::fold, normalize::normalize};

    fn verbs_of(word: &str) -> Vec<&'static str> {
        verbs(&fold(&normalize(word)), word.ends_with('ة'))
    }

    #[test]
    fn every_row_of_the_verbs_is_read_once() {
        let mut seen = HashSet::new();
        for row in tsv::rows(include_str!("data/arabic_verbs.tsv")) {
            assert!(row.len() == 3, "{row:?}");
            assert!(row[1].starts_with('ي') && !row[2].is_empty(), "{row:?}");
            assert!(seen.insert((row[0], row[1])), "{row:?} twice");
            assert!(verbs_of(row[0]).contains(&format!("v_{}", folded(row[0])).as_str()), "{row:?}");
        }
    }

    #[test]
    fn every_row_of_the_plurals_is_read_once() {
        let mut seen = HashSet::new();
        for row in tsv::rows(include_str!("data/arabic_plurals.tsv")) {
            assert!(row.len() == 4 && matches!(row[2], "noun" | "adjective") && !row[3].is_empty(), "{row:?}");
            assert!(seen.insert(row[0]), "{row:?} twice");
        }
    }

    #[test]
    fn particles_and_pronouns_of_a_verb_are_seen_through() {
        for (word, lemma) in [("وستستمر", "v_استمر"), ("نشرته", "v_نشر"), ("قدمتها", "v_قدم"), ("نشروها", "v_نشر"), ("فليعلن", "v_اعلن"), ("أجراها", "v_اجري")]
        {
            assert!(verbs_of(word).contains(&lemma), "{word}: {:?}", verbs_of(word));
        }
        for (word, lemma) in [("ورد", "v_رد"), ("لتشكيل", "v_شكل"), ("قوة", "v_قوي")] {
            assert!(!verbs_of(word).contains(&lemma), "{word}: {:?}", verbs_of(word));
        }
    }
}
