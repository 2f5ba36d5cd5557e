//! The text of a paragraph as one, in either language, in which each clause can be found.
//!
//! Between the clauses and the lead-ins a source has only quotation marks and punctuation. In the translation these are those of its
//! language, so that the translations of the pieces read as one text.

use crate::corpus::{BilingualText, Language, clauses::Clause, statements::Paragraph};

/// A run of the text.
#[derive(Clone, Debug)]
pub enum Run<'a> {
    /// What is between the pieces.
    Between(String),
    /// Words that introduce clauses.
    LeadIn(&'a str),
    /// A clause.
    Clause(&'a Clause),
    /// A clause whose words are in the clause before.
    Inside(&'a Clause),
}

/// The runs of a paragraph with these clauses.
pub fn runs<'a>(paragraph: &Paragraph, clauses: &[&'a Clause], source: Language, page: Language) -> Vec<Run<'a>> {
    let text: Vec<char> = paragraph.text.chars().collect();
    let place = |offset: u32| (offset.saturating_sub(paragraph.start) as usize).min(text.len());
    let mut pieces: Vec<(usize, usize, Run<'a>)> = Vec::new();
    for clause in clauses {
        pieces.push((place(clause.quote.start), place(clause.quote.end), Run::Clause(clause)));
        if let Some(lead_in) = clause.lead_in.as_ref().filter(|lead_in| (paragraph.start..paragraph.end).contains(&lead_in.quote.start)) {
            pieces.push((place(lead_in.quote.start), place(lead_in.quote.end), Run::LeadIn(words(&lead_in.text, page))));
        }
    }
    pieces.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    pieces.dedup_by_key(|(start, end, _)| (*start, *end));
    let (mut runs, mut done) = (Vec::new(), 0);
    for (start, end, run) in pieces {
        let between: String = text.get(done..start).unwrap_or_default().iter().collect();
        if start >= done {
            push_between(&mut runs, &between, source, page);
        }
        // A clause may stand inside another, whose words have it.
        runs.push(match run {
            Run::Clause(clause) if start < done => Run::Inside(clause),
            other => other,
        });
        done = done.max(end);
    }
    push_between(&mut runs, &text.get(done..).unwrap_or_default().iter().collect::<String>(), source, page);
    runs
}

/// The words of a text in a language.
const fn words(text: &BilingualText, language: Language) -> &str {
    match language {
        Language::Ar => text.ar.as_str(),
        Language::En => text.en.as_str(),
    }
}

/// Adds what is between two pieces: verbatim in the source, in the marks of its language in the translation.
fn push_between(runs: &mut Vec<Run<'_>>, between: &str, source: Language, page: Language) {
    let between = if source == page { between.to_owned() } else { translated(between, page, runs.is_empty()) };
    if !between.is_empty() {
        runs.push(Run::Between(between));
    }
}

/// Punctuation in the marks of a language. Words of no clause have no translation: they are an ellipsis.
fn translated(between: &str, language: Language, is_first: bool) -> String {
    if between.chars().any(char::is_alphabetic) {
        return " […] ".to_owned();
    }
    let mark = |mark: char| match (language, mark) {
        (Language::En, '،') | (Language::Ar, ',') => {
            if language == Language::En {
                ','
            } else {
                '،'
            }
        }
        (Language::En, '؛') => ';',
        (Language::Ar, ';') => '؛',
        (Language::En, '؟') => '?',
        (Language::Ar, '?') => '؟',
        (Language::En, '«') => '“',
        (Language::En, '»') => '”',
        (Language::Ar, '“') => '«',
        (Language::Ar, '”') => '»',
        (_, other) => other,
    };
    let marks: String = between.chars().map(mark).collect();
    // Clauses may follow each other without a mark, which their translations cannot.
    if marks.is_empty() && !is_first { " ".to_owned() } else { marks }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_between_clauses_is_that_of_the_language() {
        for (between, language, expected) in [
            ("، ", Language::En, ", "),
            (": «", Language::En, ": “"),
            ("»؛ ", Language::En, "”; "),
            (", ", Language::Ar, "، "),
            ("", Language::En, " "),
            (" قال ", Language::En, " […] "),
        ] {
            assert_eq!(translated(between, language, false), expected, "{between}");
        }
        assert_eq!(translated("", Language::En, true), "");
    }
}
