//! The written forms of an Arabic verb, made from its perfect and its imperfect: every person, number and gender that news
//! uses, active and passive, without particles and object pronouns.
//!
//! Vowels are not written, so that most forms of a passive are those of the active. The first person singular of the
//! imperfect is left out: it is rare in news, and looks like other verbs (أجمع).

use crate::text::normalize::{NormalizedChar, normalize};

/// A form of a verb, folded as words are compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Form {
    /// Its letters.
    pub letters: String,
    /// Whether it is an imperfect, which سـ and لـ may precede.
    pub imperfect: bool,
}

/// The forms of the verb with this perfect and this imperfect, both of the third person singular masculine. A doubled last
/// letter of the perfect has its shadda.
#[must_use]
pub fn conjugate(perfect: &str, imperfect: &str) -> Vec<Form> {
    let mut forms = Forms::default();
    let (past, present) = (normalize(perfect), normalize(imperfect));
    if past.len() >= 2 && present.len() >= 3 {
        forms.perfect(&past, perfect.ends_with(SHADDA));
        forms.imperfect(&present, weakness(&past) == Weakness::Hollow);
    }
    forms.0.sort_unstable();
    forms.0.dedup();
    forms.0
}

const SHADDA: char = '\u{651}';
/// The endings of the perfect that begin with a vowel (he, she, they two, they), and with a consonant (you, we, they).
const PERFECT_VOWEL: [&str; 5] = ["", "ت", "ا", "تا", "وا"];
const PERFECT_CONSONANT: [&str; 4] = ["ت", "تم", "نا", "ن"];
/// The shortest jussive of a defective verb that is listed; shorter ones look like other words.
const MIN_JUSSIVE: usize = 4;

/// How a verb ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weakness {
    /// Consonants only.
    Sound,
    /// An alef before the last letter of the perfect: قال, يقول.
    Hollow,
    /// A last alef, alef maqsura, waw or ya: دعا, سعى, يجري.
    Defective,
}

#[derive(Default)]
struct Forms(Vec<Form>);

impl Forms {
    fn add(&mut self, imperfect: bool, parts: &[&str]) {
        self.0.push(Form { letters: parts.concat(), imperfect });
    }

    fn perfect(&mut self, past: &[NormalizedChar], doubled: bool) {
        let word = fold(past);
        let (head, last) = split_last(&word);
        match weakness(past) {
            Weakness::Sound if doubled => {
                self.perfect_vowel(&word);
                self.perfect_consonant(&format!("{word}{last}"));
            }
            Weakness::Sound => {
                self.perfect_vowel(&word);
                self.perfect_consonant(&word);
                self.passive_of_long_vowel(past);
            }
            Weakness::Hollow => {
                let (root, _) = split_last(head);
                self.perfect_vowel(&word);
                self.perfect_consonant(&format!("{root}{last}"));
                self.perfect_vowel(&format!("{root}ي{last}"));
            }
            Weakness::Defective => {
                // بقي keeps its ya before a vowel; سعى and دعا lose it. The passive is as in بقي.
                let (ends_in_ya, glide) = (past.last().is_some_and(|letter| letter.char == 'ي'), if last == "ا" { "و" } else { "ي" });
                self.add(false, &[&word]);
                self.add(false, &[head, "وا"]);
                if !ends_in_ya {
                    self.add(false, &[head, "ت"]);
                    self.add(false, &[head, "تا"]);
                }
                self.perfect_consonant(&format!("{head}{glide}"));
                self.add(false, &[head, glide, "ا"]);
                self.perfect_vowel(&format!("{head}ي"));
            }
        }
    }

    fn perfect_vowel(&mut self, stem: &str) {
        for ending in PERFECT_VOWEL {
            self.add(false, &[stem, ending]);
        }
    }

    fn perfect_consonant(&mut self, stem: &str) {
        for ending in PERFECT_CONSONANT {
            self.add(false, &[stem, ending]);
        }
    }

    /// The passive of ناقش and تبادل: نوقش, تبودل.
    fn passive_of_long_vowel(&mut self, past: &[NormalizedChar]) {
        let at = past.len().wrapping_sub(3);
        if matches!(at, 1 | 2) && is_weak_alef(past[at]) && (at == 1 || past[0].char == 'ت') {
            let passive: String = past.iter().enumerate().map(|(place, letter)| if place == at { 'و' } else { letter.char }).collect();
            self.perfect_vowel(&passive);
            self.perfect_consonant(&passive);
        }
    }

    fn imperfect(&mut self, present: &[NormalizedChar], hollow: bool) {
        let word = fold(&present[1..]);
        let (head, last) = split_last(&word);
        if weakness(&present[1..]) == Weakness::Defective {
            let glide = if last == "و" { "و" } else { "ي" };
            self.imperfect_of(&word, &[], &[]);
            self.imperfect_of(head, &["ون", "وا"], &["ين"]);
            self.imperfect_of(&format!("{head}{glide}"), &["ان", "ا", "ن"], &[]);
            self.imperfect_of(&format!("{head}ي"), &[], &[]);
            if head.chars().count() + 1 >= MIN_JUSSIVE {
                self.imperfect_of(head, &[], &[]);
            }
        } else {
            const THIRD: [&str; 5] = ["ان", "ا", "ون", "وا", "ن"];
            self.imperfect_of(&word, &THIRD, &["ين", "ي"]);
            if hollow {
                let (root, _) = split_last(head);
                self.imperfect_of(&format!("{root}ا{last}"), &THIRD, &[]);
            }
        }
    }

    /// The forms with every prefix, and with these endings of the third and of the second person.
    fn imperfect_of(&mut self, stem: &str, third: &[&str], second: &[&str]) {
        if third.first() != Some(&"ون") {
            for prefix in ["ي", "ت", "ن"] {
                self.add(true, &[prefix, stem]);
            }
        }
        for ending in third {
            self.add(true, &["ي", stem, ending]);
            self.add(true, &["ت", stem, ending]);
        }
        for ending in second {
            self.add(true, &["ت", stem, ending]);
        }
    }
}

/// How a verb ends; of an imperfect only whether it is defective counts.
fn weakness(word: &[NormalizedChar]) -> Weakness {
    let is_glide = |letter: &NormalizedChar| !letter.hamza && matches!(letter.char, 'و' | 'ي' | 'ى');
    match word {
        [.., last] if is_weak_alef(*last) || is_glide(last) => Weakness::Defective,
        [.., before, _] if is_weak_alef(*before) => Weakness::Hollow,
        _ => Weakness::Sound,
    }
}

const fn is_weak_alef(letter: NormalizedChar) -> bool {
    letter.char == 'ا' && !letter.hamza
}

fn fold(word: &[NormalizedChar]) -> String {
    super::fold::fold(word).into_iter().collect()
}

/// A word without its last letter, and that letter.
fn split_last(word: &str) -> (&str, &str) {
    word.char_indices().next_back().map_or(("", ""), |(at, _)| word.split_at(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_of_each_kind_have_the_forms_that_news_uses() {
        for (perfect, imperfect, forms) in [
            ("أعلن", "يعلن", "اعلن اعلنت اعلنوا اعلنا اعلنتم يعلن تعلن نعلن يعلنون تعلنان يعلنوا"),
            ("شكّل", "يشكل", "شكل شكلت شكلوا يشكل"),
            ("استمرّ", "يستمر", "استمر استمرت استمررنا يستمر تستمر يستمرون"),
            ("قال", "يقول", "قال قالت قالوا قلت قلنا قيل يقول تقول يقال"),
            ("استعاد", "يستعيد", "استعاد استعادت استعدنا استعيد استعيدت يستعيد يستعاد"),
            ("سعى", "يسعى", "سعي سعت سعوا سعينا يسعي تسعي يسعون تسعيان"),
            ("دعا", "يدعو", "دعا دعت دعوا دعونا دعي يدعو يدعون تدعو يدعي"),
            ("انتهى", "ينتهي", "انتهي انتهت انتهوا انتهينا ينتهي تنتهي ينتهون ينته"),
            ("بقي", "يبقى", "بقي بقيت بقوا بقينا يبقي تبقي يبقون"),
            ("ناقش", "يناقش", "ناقش ناقشت نوقش نوقشت يناقش"),
            ("جاء", "يجيء", "جاء جاءت جاءوا جءت جءنا يجيء"),
            ("بدأ", "يبدأ", "بدا بدات بداوا يبدا تبدا يبداون"),
        ] {
            let made: Vec<String> = conjugate(perfect, imperfect).into_iter().map(|form| form.letters).collect();
            let missing: Vec<&str> = forms.split(' ').filter(|form| !made.iter().any(|one| one == form)).collect();
            assert!(missing.is_empty(), "{perfect}: {missing:?} not in {made:?}");
        }
    }
}
