//! Cards: a statement, a clause or a milestone as a picture, which other sites show beside a link (Open Graph).
//!
//! A card is read apart from its page, so it says who speaks, and when; and a critical note stands on it whole. Where space is short, the
//! words are cut.

use crate::corpus::{
    BilingualText, Language, NoteReference, Voice,
    clauses::Clause,
    milestones::{Kind, Milestone},
    statements::Statement,
    works::Work,
};
use crate::formats::{
    context::RenderContext,
    date_words::{UpperBound, format_conditional_date, format_date},
    error::RenderError,
    milestone::in_marks,
    reference::ToReference,
};

/// What a card shows.
#[derive(Clone, Debug)]
pub struct Card {
    /// The language of the card.
    pub language: Language,
    /// Whose words they are; none for a statement as a whole.
    pub voice: Option<Voice>,
    /// What it belongs to, above the rest.
    pub kicker: String,
    /// What is largest: the words, or the title.
    pub headline: Words,
    /// The date of a milestone.
    pub date: Option<String>,
    /// The words of the source under their translation, or under a title.
    pub quotation: Option<Words>,
    /// Who says it.
    pub attribution: String,
    /// When it was said, and where it is published.
    pub facts: String,
    /// The critical notes.
    pub notes: Vec<String>,
}

/// Words in a language.
#[derive(Clone, Debug)]
pub struct Words {
    /// The language.
    pub language: Language,
    /// The words, in quotation marks if they are quoted.
    pub text: String,
    /// The quotation mark that closes them; empty if they are not quoted.
    pub closing: &'static str,
}

impl Words {
    /// A title.
    fn title(text: &BilingualText, language: Language) -> Self {
        Self { language, text: text.of(language).to_owned(), closing: "" }
    }

    /// A quotation.
    fn quoted(text: &str, language: Language) -> Self {
        let closing = match language {
            Language::Ar => "»",
            Language::En => "”",
        };
        Self { language, text: in_marks(text, language), closing }
    }
}

impl Card {
    /// Everything on the card as one text, for those who do not see it.
    #[must_use]
    pub fn description(&self) -> String {
        let quotation = self.quotation.as_ref().map(|quotation| &quotation.text);
        let parts = [Some(&self.headline.text), self.date.as_ref(), quotation, Some(&self.attribution), Some(&self.facts)];
        let parts = parts.into_iter().flatten().cloned().chain((!self.notes.is_empty()).then(|| format!("{}: {}", self.note_label(), self.notes.join(" "))));
        parts.map(|part| if part.ends_with(['.', '؟', '?']) { part } else { format!("{part}.") }).collect::<Vec<_>>().join(" ")
    }

    /// The words above the critical notes.
    #[must_use]
    pub const fn note_label(&self) -> &'static str {
        match (self.language, self.notes.len()) {
            (Language::Ar, ..2) => "ملاحظة بالغة الأهمية",
            (Language::Ar, _) => "ملاحظات بالغة الأهمية",
            (Language::En, ..2) => "Critical note",
            (Language::En, _) => "Critical notes",
        }
    }
}

/// A resource that has a card.
pub trait ToCard {
    /// The card in the requested language, in English by default.
    ///
    /// # Errors
    /// If the context lacks the statement.
    fn to_card(&self, context: &RenderContext<'_>) -> Result<Card, RenderError>;
}

impl ToCard for Statement {
    fn to_card(&self, context: &RenderContext<'_>) -> Result<Card, RenderError> {
        let language = context.language.unwrap_or(Language::En);
        let reference = self.to_reference(context)?;
        let notes = context.work(&self.id)?.critical_notes.as_ref().ok_or_else(|| RenderError(format!("the context lacks the notes on {}", self.id)))?;
        let notes = notes.iter().map(|note| format!("{}: {}", note.clause_label(), context.text(&note.text))).collect();
        Ok(Card {
            language,
            voice: None,
            kicker: reference.genre.to_owned(),
            headline: Words::title(&self.title, language),
            date: Some(format_date(&self.issued, UpperBound::OnOrBefore, language)),
            quotation: None,
            attribution: reference.authors.join(context.phrase("، ", ", ")),
            facts: reference.quoted_after,
            notes,
        })
    }
}

impl ToCard for Clause {
    fn to_card(&self, context: &RenderContext<'_>) -> Result<Card, RenderError> {
        let language = context.language.unwrap_or(Language::En);
        let work = context.work(&self.statement)?;
        let source = work.statement.source.language;
        Ok(Card {
            language,
            voice: Some(self.voice),
            kicker: context.text(&work.statement.title).to_owned(),
            headline: Words::quoted(self.text.of(language), language),
            date: None,
            quotation: (source != language).then(|| Words::quoted(&self.quote.exact, source)),
            attribution: attribution(self.voice, self.speaker_name.as_ref(), &[&self.label], context),
            facts: facts(work, self.voice, context)?,
            notes: critical(&self.notes, context),
        })
    }
}

impl ToCard for Milestone {
    fn to_card(&self, context: &RenderContext<'_>) -> Result<Card, RenderError> {
        let language = context.language.unwrap_or(Language::En);
        let work = context.work(&self.statement)?;
        let kind = match self.kind {
            Kind::Deadline => context.phrase("موعد أقصى", "Deadline"),
            Kind::Event => context.phrase("حدث", "Event"),
            Kind::Period => context.phrase("فترة", "Period"),
            Kind::Forecast => context.phrase("توقع", "Forecast"),
        };
        let labels: Vec<&str> = self.clauses.iter().map(|clause| clause.label.as_str()).collect();
        Ok(Card {
            language,
            voice: Some(self.voice),
            kicker: format!("{kind} · {}", context.text(&work.statement.title)),
            headline: Words::title(&self.title, language),
            date: Some(format_conditional_date(self, language)),
            quotation: dated_words(self, language),
            attribution: attribution(self.voice, self.speaker_name.as_ref(), &labels, context),
            facts: facts(work, self.voice, context)?,
            notes: critical(&self.notes, context),
        })
    }
}

/// Who says it, and in which clauses.
fn attribution(voice: Voice, speaker_name: Option<&BilingualText>, labels: &[&str], context: &RenderContext<'_>) -> String {
    let said = context.voice_label(voice, speaker_name);
    let clauses = match labels {
        [] => return said,
        [_] => context.phrase("البند", "clause"),
        [_, _] => context.phrase("البندان", "clauses"),
        _ => context.phrase("البنود", "clauses"),
    };
    let labels = match (labels, context.language) {
        (_, Some(Language::Ar)) => labels.join(" و"),
        ([first @ .., last], _) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => labels.concat(),
    };
    format!("{said} · {clauses} {labels}")
}

/// The words that date a milestone: the clause with its expression of time, after the one before it, which says what is dated. A
/// milestone whose date no words give has the words of its first clause.
fn dated_words(milestone: &Milestone, language: Language) -> Option<Words> {
    // The id of an expression is that of its clause and a number.
    let dated = milestone.expression.as_ref().and_then(|expression| expression.as_str().rsplit_once('-')).map_or("", |(clause, _)| clause);
    let at = milestone.clauses.iter().position(|clause| clause.id.as_str() == dated).unwrap_or(0);
    let words = milestone.clauses.get(at.saturating_sub(1)..=at)?.iter().map(|clause| clause.text.of(language)).collect::<Vec<_>>();
    Some(Words::quoted(&words.join(" … "), language))
}

/// When the statement was issued, and who publishes it; and whether the words are a translation.
fn facts(work: &Work, voice: Voice, context: &RenderContext<'_>) -> Result<String, RenderError> {
    let language = context.language.unwrap_or(Language::En);
    let Statement { issued, source, .. } = &work.statement;
    let (issued, publisher) = (format_date(issued, UpperBound::OnOrBefore, language), context.text(&source.publisher));
    let mut facts = match (voice, language) {
        (Voice::Statement, _) => format!("{issued} · {}", work.statement.to_reference(context)?.quoted_after),
        (_, Language::Ar) => format!("تقرير {publisher} عن بيان {issued}"),
        (_, Language::En) => format!("Report by {publisher} on the statement of {issued}"),
    };
    if source.language != language {
        facts.push_str(context.phrase(" · ترجمة غير رسمية", " · our translation"));
    }
    Ok(facts)
}

/// The critical notes.
fn critical(notes: &[NoteReference], context: &RenderContext<'_>) -> Vec<String> {
    notes.iter().filter(|note| note.is_critical()).map(|note| context.text(&note.text).to_owned()).collect()
}
