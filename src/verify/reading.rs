//! Finds the part of a text that is the quotation: an attribution outside its marks is not quoted.

use std::ops::Range;

use crate::text::{
    negation::is_negation,
    quotation::outer_marks,
    reporting::{is_reporting_verb, is_source_preposition},
    tokenize::TokenizedText,
};

/// The maximum number of words of an attribution.
const MAX_ATTRIBUTION_WORDS: usize = 14;

/// The parts of a text that may be the quotation, the whole text first: words that the source has count as quoted, whatever the marks.
#[must_use]
pub fn readings(text: &str) -> Vec<Range<usize>> {
    let chars: Vec<char> = text.chars().collect();
    let whole = 0..chars.len();
    let mut readings = vec![whole];
    if let Some(marked) = outer_marks(&chars)
        && chars[marked.inside.clone()].iter().any(|char| char.is_alphanumeric())
        && is_attribution(&chars[marked.before])
        && is_attribution(&chars[marked.after])
    {
        readings.push(marked.inside);
    }
    readings
}

/// Whether words are only an attribution: "he said", "according to the statement". No words are one as well; words with a
/// negation are not.
fn is_attribution(chars: &[char]) -> bool {
    let words = TokenizedText::new(&chars.iter().collect::<String>()).tokens;
    let reports = words.iter().any(|word| is_reporting_verb(&word.key) || is_source_preposition(&word.key));
    let denies = words.iter().any(|word| is_negation(&word.key));
    words.is_empty() || (reports && !denies && words.len() <= MAX_ATTRIBUTION_WORDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribution_outside_the_marks_is_not_quoted() {
        let inside = |text: &str| readings(text).get(1).map(|range| text.chars().skip(range.start).take(range.len()).collect::<String>());
        assert_eq!(inside("«اختتام المهمة»، وفق البيان").as_deref(), Some("اختتام المهمة"));
        assert_eq!(inside("قال البيان إن «اختتام المهمة»").as_deref(), Some("اختتام المهمة"));
        assert_eq!(inside("“no later than” said the statement").as_deref(), Some("no later than"));
        assert_eq!(inside("«اختتام المهمة»").as_deref(), Some("اختتام المهمة"));
        for text in ["العراق ليس «عضو أساسي» في التحالف", "لم يقل البيان إن «اختتام المهمة»", "«اختتام المهمة» غير صحيح", "اختتام المهمة", "Iraq's role"]
        {
            assert_eq!(inside(text), None, "{text}");
        }
    }
}
