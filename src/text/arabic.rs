//! Stems of Arabic words: particles before a word and endings after it are stripped.
//!
//! Writing joins particles to a word (و ف ب ل ك, and the article), and endings (feminine, plural, dual, pronoun). The
//! letters do not always show which of them are particles: بيان could be "in a …". So a word has several stems, one for each
//! reading that its letters allow, and the [`lexicon`] removes those that belong to other words. No suffix is stripped that
//! forms a new word in Arabic: السوداني is not السودان, دولي not دول, مهمة not مهم.
//!
//! ```
//! use bayan::text::words::tokenize;
//!
//! let finds = |asked: &str, word: &str| tokenize(asked)[0].query_stems().iter().any(|stem| tokenize(word)[0].stems().contains(stem));
//! assert!(finds("انسحاب", "للانسحاب") && finds("مهمة", "مهمته") && finds("امريكا", "الأمريكية"));
//! assert!(!finds("السودان", "السوداني") && !finds("بيان", "بين") && !finds("مهمة", "مهم"));
//! ```

use crate::text::{fold::fold, lexicon, normalize::NormalizedChar};

/// Attached pronouns; the longest first.
const ENCLITICS: [&[char]; 7] = [&['ه', 'م', 'ا'], &['ه', 'ا'], &['ه', 'م'], &['ه', 'ن'], &['ن', 'ا'], &['ك', 'م'], &['ه']];
/// One word in two spellings: the second becomes the first.
const SPELLINGS: [(&str, &str); 1] = [("امريك", "اميرك")];

/// A possible stem of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stem {
    /// Its letters, folded.
    pub text: String,
    /// Where it begins in the word: how many letters are particles.
    pub start: usize,
}

impl Stem {
    /// The stem with a madda on the alef at this place in the word.
    #[must_use]
    pub fn with_madda(&self, at: usize) -> String {
        self.text.chars().enumerate().map(|(number, char)| if number + self.start == at && char == 'ا' { 'آ' } else { char }).collect()
    }
}

/// The possible stems of a word, from its letters.
#[must_use]
pub fn stems(letters: &[NormalizedChar]) -> Vec<Stem> {
    let last = letters.len().saturating_sub(1);
    let accusative = letters.last().is_some_and(|letter| letter.char == 'ا') && letters[last.saturating_sub(1)..].iter().any(|letter| letter.tanwin);
    let feminine = letters.last().is_some_and(|letter| letter.char == 'ة');
    let mut found = Vec::new();
    for body in strip_proclitics(&fold(letters), &|at| letters[at].hamza) {
        let mut stems = Stems { found: &mut found, feminine, start: letters.len() - body.len() };
        if accusative && body.len() > 2 {
            stems.add(body);
            stems.strip_suffixes(&body[..body.len() - 1]);
        } else {
            stems.strip_suffixes(body);
        }
    }
    found
}

/// The adjective (nisba) of a name that drops its alef: a search for the name finds it too (أمريكا, الأمريكية).
#[must_use]
pub fn nisba(letters: &[NormalizedChar]) -> Option<String> {
    let word = fold(letters);
    let name = strip_proclitics(&word, &|at| letters[at].hamza).into_iter().find(|body| lexicon::is_name_in_alef(body))?;
    let root = name.strip_suffix(&['ي', 'ا']).or_else(|| name.strip_suffix(&['ا']))?;
    Some(canonical_spelling(root.iter().collect()) + "ي")
}

/// Whether the first `count` letters of a word are particles that a quotation may omit.
#[must_use]
pub fn may_leave_off(letters: &[NormalizedChar], count: usize) -> bool {
    const PARTICLES: [&str; 9] = ["و", "ف", "ب", "ل", "ك", "س", "ول", "وب", "فل"];
    let word = fold(letters);
    let (Some(left_off), Some(rest)) = (word.get(..count), word.get(count..)) else { return false };
    // The alef of an article is not written after a lam, so that the rest is not a word.
    let is_cut_article = left_off.ends_with(&['ل']) && rest.starts_with(&['ل']) && !lexicon::is_proclitic_exception(rest);
    let is_body = strip_proclitics(&word, &|at| letters[at].hamza).iter().any(|body| body.len() == rest.len());
    count == 0 || (is_body && !is_cut_article && PARTICLES.contains(&left_off.iter().collect::<String>().as_str()))
}

/// The stems of a word in a name: without particles, with its endings; the likeliest first.
#[must_use]
pub fn light_stems(letters: &[NormalizedChar]) -> Vec<String> {
    let word = fold(letters);
    let bodies = strip_proclitics(&word, &|at| letters[at].hamza);
    bodies.into_iter().rev().map(|body| canonical_spelling(body.iter().collect())).collect()
}

/// The word unchanged, and without each particle that it may begin with; the fewest letters last.
#[must_use]
pub fn strip_proclitics<'a>(word: &'a [char], hamza: &dyn Fn(usize) -> bool) -> Vec<&'a [char]> {
    let mut bodies = vec![word];
    let without_conjunction = (matches!(word.first(), Some('و' | 'ف')) && !lexicon::is_proclitic_exception(word)).then(|| &word[1..]);
    for (rest, offset) in [(Some(word), 0), (without_conjunction, 1)] {
        let Some(rest) = rest else { continue };
        // ومن is و and من, but ولد is not و and لد: of short words only those of grammar are stripped.
        if offset > 0 && (rest.len() >= 3 || lexicon::is_function_word(rest)) {
            bodies.push(rest);
        }
        let article = |rest: &'a [char], at: usize| {
            (rest.len() >= 4 && rest.starts_with(&['ا', 'ل']) && !hamza(at) && !lexicon::is_article_exception(rest)).then(|| &rest[2..])
        };
        bodies.extend(article(rest, offset));
        match rest {
            ['ب' | 'ك' | 'ل', ..] if lexicon::is_proclitic_exception(rest) => {}
            ['ل', 'ل', after @ ..] => {
                // للجنة is ل and اللجنة, whose own lam is written once.
                let with_lam = &rest[1..];
                if lexicon::is_proclitic_exception(with_lam) {
                    bodies.push(with_lam);
                } else if after.len() >= 2 {
                    bodies.extend([with_lam, after]);
                }
            }
            ['ب' | 'ك' | 'ل', after @ ..] if after.len() >= 3 => match article(after, offset + 1) {
                Some(noun) => bodies.push(noun),
                None => bodies.push(after),
            },
            // The future of a verb.
            ['س', 'ي' | 'ت', ..] if rest.len() >= 5 && !lexicon::is_proclitic_exception(rest) => bodies.push(&rest[1..]),
            _ => {}
        }
    }
    bodies
}

/// The stems that are being found.
struct Stems<'a> {
    found: &'a mut Vec<Stem>,
    /// The word ends in ta marbuta, so that its last letter is not a pronoun.
    feminine: bool,
    /// Where they begin in the word.
    start: usize,
}

impl Stems<'_> {
    fn add(&mut self, stem: &[char]) {
        let stem = Stem { text: canonical_spelling(stem.iter().collect()), start: self.start };
        if !self.found.contains(&stem) {
            self.found.push(stem);
        }
    }

    /// Adds a stem with the ending of the feminine.
    fn add_feminine(&mut self, stem: &[char]) {
        self.add(&[stem, &['ه']].concat());
    }

    /// Adds a feminine, and the masculine of an adjective: one in ya, or one of the list.
    fn add_agreeing(&mut self, stem: &[char]) {
        self.add_feminine(stem);
        if (stem.ends_with(&['ي']) && stem.len() >= 4) || lexicon::is_adjective(stem) {
            self.add(stem);
        }
    }

    /// The word without each ending that it may have.
    fn strip_suffixes(&mut self, word: &[char]) {
        self.add(word);
        if lexicon::is_suffix_exception(word) {
            return;
        }
        for pronoun in ENCLITICS {
            if let Some(noun) = word.strip_suffix(pronoun)
                && noun.len() >= 3
                && !(self.feminine && pronoun.len() == 1)
            {
                self.add(noun);
                // An alef before a pronoun is a ya without one (أقصاه, أقصى).
                if let Some(stem) = noun.strip_suffix(&['ا']) {
                    self.add(&[stem, &['ي']].concat());
                }
                if let Some(stem) = noun.strip_suffix(&['ت']) {
                    self.add_feminine(stem);
                }
                self.plurals(noun);
                break;
            }
        }
        match word {
            [stem @ .., 'ي', 'ه'] if stem.len() >= 3 => self.add(&word[..word.len() - 1]),
            [stem @ .., 'ه'] if lexicon::is_adjective(stem) => self.add(stem),
            // An accusative that is written without its mark.
            [stem @ .., 'ا'] if stem.len() >= 3 + usize::from(stem.ends_with(&['ي'])) => self.add(stem),
            // A verb with a feminine subject; a word in ات is a plural.
            [stem @ .., 'ت'] if stem.len() >= 3 && !stem.ends_with(&['ا']) => self.add(stem),
            _ => {}
        }
        self.plurals(word);
    }

    /// The singular of a possible plural or dual.
    fn plurals(&mut self, word: &[char]) {
        match word {
            [stem @ .., 'ا', 'ت'] if stem.len() >= 2 => {
                self.add_agreeing(stem);
                let masculine = if stem.starts_with(&['م']) { lexicon::is_masculine_in_at(stem) } else { stem.len() >= 4 && !stem.ends_with(&['ي']) };
                if masculine {
                    self.add(stem);
                }
            }
            [stem @ .., 'ت', 'ا' | 'ي', 'ن'] if stem.len() >= 3 => self.add_agreeing(stem),
            [stem @ .., 'ا' | 'ي' | 'و', 'ن'] if stem.len() >= 4 || lexicon::is_short_noun(stem) || lexicon::is_adjective(stem) => {
                self.add(stem);
            }
            [stem @ .., 'ت', 'ي'] if stem.len() >= 4 => self.add_feminine(stem),
            [stem @ .., 'ي' | 'و'] if lexicon::is_person(stem) => self.add(stem),
            _ => {}
        }
    }
}

/// A stem in the one spelling of its name that is indexed.
fn canonical_spelling(stem: String) -> String {
    SPELLINGS.iter().find_map(|(indexed, other)| stem.strip_prefix(other).map(|rest| format!("{indexed}{rest}"))).unwrap_or(stem)
}
