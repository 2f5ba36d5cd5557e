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
    date_words::{UpperBound, format_conditional_date, format_date, format_dated_title},
    error::RenderError,
    milestone::in_marks,
    reference::ToReference,
};

/// A space at which no line is broken.
const NO_BREAK_SPACE: &str = "\u{a0}";
/// How many labels of clauses stay on one line.
const MAX_UNBROKEN_LABELS: usize = 3;

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
    /// The date of a milestone, or of a statement that sets no dates.
    pub date: Option<String>,
    /// The dates that a statement sets, each with what it is.
    pub key_dates: Vec<String>,
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
        let parts = [Some(&self.headline.text), self.date.as_ref()].into_iter().flatten().chain(&self.key_dates);
        let parts = parts
            .chain(quotation)
            .chain([&self.attribution, &self.facts])
            .cloned()
            .chain((!self.notes.is_empty()).then(|| format!("{}: {}", self.note_label(), self.notes.join(" "))));
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
        let details = context.work(&self.id)?.card_details.as_ref().ok_or_else(|| RenderError(format!("the context lacks the card of {}", self.id)))?;
        let notes = details.critical_notes.iter().map(|note| format!("{}: {}", note.clause_label(), context.text(&note.text))).collect();
        let issued = format_date(&self.issued, UpperBound::OnOrBefore, language);
        let key_dates: Vec<String> = details.key_dates.iter().map(|date| format_dated_title(date, language)).collect();
        // The dates that it sets matter more than its own.
        let (date, facts) =
            if key_dates.is_empty() { (Some(issued), reference.quoted_after) } else { (None, format!("{issued} · {}", reference.quoted_after)) };
        Ok(Card {
            language,
            voice: None,
            kicker: reference.genre.to_owned(),
            headline: Words::title(&self.title, language),
            date,
            key_dates,
            quotation: None,
            attribution: reference.authors.join(context.phrase("، ", ", ")),
            facts,
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
            key_dates: Vec::new(),
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
            key_dates: Vec::new(),
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
    // The noun stays with the first label, and a few labels stay together.
    let space = if labels.len() <= MAX_UNBROKEN_LABELS { NO_BREAK_SPACE } else { " " };
    let labels = match (labels, context.language) {
        (_, Some(Language::Ar)) => labels.join(&format!("{space}و")),
        ([first @ .., last], _) if !first.is_empty() => format!("{}{space}and{NO_BREAK_SPACE}{last}", first.join(&format!(",{space}"))),
        _ => labels.concat(),
    };
    format!("{said} · {clauses}{NO_BREAK_SPACE}{labels}")
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
