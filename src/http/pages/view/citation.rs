//! The citation of a clause in one line: the words, whose they are, where they stand, and the critical notes on them.

use crate::{
    corpus::{Language, Voice, clauses::Clause, works::Work},
    formats::{Reference, date_words, in_marks},
    http::pages::view::messages as msg,
};

/// The citation of a clause of this statement. Words that are not the issuers' own are cited as the words of their speaker in a
/// report on the statement, as the formats for reference managers do.
pub fn citation(clause: &Clause, work: &Work, reference: &Reference, language: Language) -> String {
    let statement = &work.statement;
    let words = &clause.quote.exact;
    let quotation = match (language, statement.source.language) {
        (Language::Ar, source @ Language::En) => format!("{} (ترجمة غير رسمية لـ {})", in_marks(&clause.text.ar, language), in_marks(words, source)),
        (Language::En, source @ Language::Ar) => format!("{} (our translation of {})", in_marks(&clause.text.en, language), in_marks(words, source)),
        (Language::Ar, Language::Ar) | (Language::En, Language::En) => in_marks(words, language),
    };
    let issued = date_words::format_date(&statement.issued, date_words::UpperBound::OnOrBefore, language);
    let title = &reference.title;
    let mut citation = match (clause.voice, language) {
        (Voice::Statement, Language::Ar) => format!("{quotation}. {}. {title}، {issued}. {}.", reference.authors.join("؛ "), reference.quoted_after),
        (Voice::Statement, Language::En) => format!("{quotation}. {}. {title}, {issued}. {}.", reference.authors.join("; "), reference.quoted_after),
        (Voice::Agency | Voice::ThirdParty, _) => format!("{quotation}. {title} ({issued})."),
    };
    let notes = clause.notes.iter().filter(|note| note.is_critical());
    citation.extend(notes.map(|note| format!(" {}: {}", msg::NOTE.of(language), note.text.of(language))));
    citation + " " + &reference.url
}
