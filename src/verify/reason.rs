//! What differs, in words: the parts of the verdict's sentence that say what a quotation leaves out, adds or changes.

use crate::verify::{
    difference::{Difference, DifferenceKind, Effect},
    outcome::ComparedWith,
};

/// The longest quote inside a sentence, in code points.
const MAX_QUOTED_CHARS: usize = 90;
/// The maximum number of cuts, and of brackets, that a sentence names.
const MAX_NAMED: usize = 3;
/// The maximum number of words of a cut that a sentence has whole; of a longer one it has the first and the last.
const MAX_CUT_WORDS: usize = 6;
/// How many words of a long cut a sentence has at each end.
const CUT_EDGE_WORDS: usize = 2;

/// A sentence in Arabic and in English, without its full stop.
pub type Sentence = (String, String);

/// How a quotation differs, from its first difference.
#[must_use]
pub fn reason(difference: &Difference, of: ComparedWith) -> Sentence {
    let Difference { kind, given, source, effect } = difference;
    let (given, source) = (short(given), short(source));
    if *effect == Effect::Bracketed {
        return (format!("«{given}» ليس في المصدر وقد يغيّر المعنى"), format!("“{given}” is not in the source and may change the meaning"));
    }
    let weight = match effect {
        Effect::Reversal => ("، وهذا يقلب المعنى", ", which reverses the meaning"),
        // Another translation may word a name otherwise, or have a pronoun for it.
        Effect::Change if of == ComparedWith::WorkingTranslation && *kind == DifferenceKind::Name && given.is_empty() => ("", ""),
        Effect::Change => ("، وهذا يغير المعنى", ", which changes the meaning"),
        Effect::SameName => ("، وهو اسم آخر للشيء نفسه", ", another name for the same"),
        Effect::SameDate => ("، وهو اسم آخر للتاريخ نفسه", ", another name for the same date"),
        Effect::Bracketed | Effect::Open => ("", ""),
    };
    let (text_ar, text_en) = match of {
        ComparedWith::Source => ("المصدر", "the source"),
        ComparedWith::WorkingTranslation => ("ترجمتنا", "our translation"),
    };
    let (ar, en) = match (kind, given.is_empty(), source.is_empty()) {
        (DifferenceKind::Joined, ..) => {
            (format!("يصل الاقتباس به «{given}» من موضع آخر بلا إشارة"), format!("the quotation joins “{given}” to it from another place, without a mark"))
        }
        (_, true, _) => (format!("يحذف الاقتباس «{source}» بلا إشارة"), format!("the quotation leaves out “{source}” without a mark")),
        (_, false, true) => (format!("يضيف الاقتباس «{given}»"), format!("the quotation adds “{given}”")),
        (_, false, false) => (format!("في الاقتباس «{given}» وفي {text_ar} «{source}»"), format!("the quotation has “{given}” where {text_en} has “{source}”")),
    };
    (ar + weight.0, en + weight.1)
}

/// What the cuts of a quotation leave out, and what its brackets add; `None` if neither does.
#[must_use]
pub fn abridgements(differences: &[Difference]) -> Option<Sentence> {
    let of_kind = |kind: DifferenceKind| differences.iter().filter(move |difference| difference.kind == kind);
    let cuts: Vec<String> = of_kind(DifferenceKind::Cut).filter(|cut| !cut.source.is_empty()).map(|cut| edges(&cut.source)).collect();
    let brackets: Vec<String> =
        of_kind(DifferenceKind::Bracket).filter(|bracket| bracket.effect == Effect::Bracketed).map(|bracket| short(&bracket.given)).collect();
    let mut parts: Vec<Sentence> = Vec::new();
    if !cuts.is_empty() {
        parts.push((format!("المحذوف {}", list(&cuts, ("«", "»"), "و")), format!("the quotation leaves out {}", list(&cuts, ("“", "”"), "and "))));
    }
    if !brackets.is_empty() {
        let is = if brackets.len() == 1 { "is" } else { "are" };
        parts.push((format!("{} ليس في المصدر", list(&brackets, ("«", "»"), "و")), format!("{} {is} not in the source", list(&brackets, ("“", "”"), "and "))));
    }
    (!parts.is_empty()).then(|| {
        let (ar, en): (Vec<String>, Vec<String>) = parts.into_iter().unzip();
        (ar.join("؛ "), en.join("; "))
    })
}

/// A list of quotes; of a long one the first.
fn list(quotes: &[String], marks: (&str, &str), and: &str) -> String {
    let mut named: Vec<String> = quotes.iter().take(MAX_NAMED).map(|quote| format!("{}{quote}{}", marks.0, marks.1)).collect();
    if quotes.len() > MAX_NAMED {
        named.push("…".to_owned());
    } else if let [.., last] = &mut named[..]
        && quotes.len() > 1
    {
        *last = format!("{and}{last}");
    }
    named.join(if and == "و" { " " } else { ", " })
}

/// The first and the last words of a text.
fn edges(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.len() {
        0..=MAX_CUT_WORDS => short(text),
        length => format!("{} … {}", words[..CUT_EDGE_WORDS].join(" "), words[length - CUT_EDGE_WORDS..].join(" ")),
    }
}

/// A text that is short enough for a sentence.
#[must_use]
pub fn short(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= MAX_QUOTED_CHARS { text } else { text.chars().take(MAX_QUOTED_CHARS).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_what_is_left_out_and_what_is_added() {
        let mut bracket = Difference::new(DifferenceKind::Bracket, "[sic]".to_owned(), String::new());
        bracket.effect = Effect::Bracketed;
        let cut = |words: &str| Difference::new(DifferenceKind::Cut, "…".to_owned(), words.to_owned());
        let (_, en) = abridgements(&[cut("one two three four five six seven"), cut("eight"), bracket]).unwrap();
        assert_eq!(en, "the quotation leaves out “one two … six seven”, and “eight”; “[sic]” is not in the source");
        assert_eq!(abridgements(&[]), None);
    }
}
