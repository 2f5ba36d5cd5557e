//! A statement or a clause as a bibliographic reference, which CSL-JSON, BibTeX and RIS write.
//!
//! Words that are not the issuers' own never appear under the issuers' names: the author is the speaker, the title begins
//! with the voice, and the reference is to the news report. The verbatim words have a field of their own, so that they
//! can be copied; whatever a reader must know with them is in the notes.

use chrono::Datelike;

use crate::corpus::{
    Basis, Day, Language, NoteReference, Precision, UncertainDate, Voice,
    clauses::Clause,
    notes::Severity,
    statements::{Kind as StatementKind, Statement},
    works::Work,
};
use crate::formats::{
    context::RenderContext,
    date_words::{UpperBound, format_date},
    error::RenderError,
};
use crate::text::bidi::isolate;

/// The type of a reference. Reference managers know it as one type, whichever format they read: CSL-JSON, BibTeX and RIS have
/// few types in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceKind {
    /// The statement, or the issuers' own words in it: a report (CSL `report`, BibTeX `techreport`, RIS `RPRT`) with the genre
    /// in words. RIS has no type for other documents.
    Document,
    /// The news report that quotes the statement: a page on the web (CSL `webpage`, BibLaTeX `online`, RIS `ELEC`). BibTeX has
    /// no type for newspapers.
    Report,
}

/// A statement or a clause, as software for references holds it.
#[derive(Debug)]
pub struct Reference {
    /// The citation key: the id, which is ASCII.
    pub citation_key: String,
    /// The type.
    pub kind: ReferenceKind,
    /// The speakers: names of institutions, or a description. None has a comma, which some formats would split at.
    pub authors: Vec<String>,
    /// The title of the statement, and the label of the clause.
    pub title: String,
    /// The kind of document, in words.
    pub genre: &'static str,
    /// The publisher of the article that quotes the statement.
    pub publisher: String,
    /// The publisher and the language; "as reported by" the publisher, where it is a medium, which did not publish the statement
    /// itself. It is in the place of a document's publisher, since every citation style shows one.
    pub quoted_after: String,
    /// When the statement was issued, or about when the report was published.
    pub issued: UncertainDate,
    /// What a reader must know about that date; none if the source prints the date.
    pub date_note: Option<String>,
    /// The language of the article, ISO 639-1.
    pub language: String,
    /// Who says it, as a phrase; none for a statement as a whole.
    pub voice: Option<String>,
    /// The exact words of the source; none for a statement as a whole.
    pub quotation: Option<String>,
    /// What a reader must know with it, each note of one or more sentences.
    pub notes: Vec<String>,
    /// The URL of the page.
    pub url: String,
}

impl Reference {
    /// The reference with isolates around what runs left to right in Arabic text. The words of the source stay as they are, and
    /// so do references in English: TeX needs no isolate there, and often has no glyph for one.
    pub(super) fn isolated(mut self, context: &RenderContext<'_>) -> Self {
        if context.language == Some(Language::Ar) {
            let Self { authors, title, publisher, quoted_after, voice, notes, .. } = &mut self;
            for text in [title, publisher, quoted_after].into_iter().chain(authors).chain(voice).chain(notes) {
                *text = isolate(text, Language::Ar);
            }
        }
        self
    }
}

/// A resource that can be cited.
pub trait ToReference {
    /// The reference in the requested language, in English by default.
    ///
    /// # Errors
    /// If the context lacks the statement.
    fn to_reference(&self, context: &RenderContext<'_>) -> Result<Reference, RenderError>;
}

impl ToReference for Statement {
    fn to_reference(&self, context: &RenderContext<'_>) -> Result<Reference, RenderError> {
        let work = context.work(&self.id)?;
        let base = document(work, context);
        let mut notes = vec![format!("{}.", base.quoted_after)];
        notes.extend(base.date_note.clone());
        notes.push(context.text(&self.license_note).to_owned());
        Ok(Reference {
            citation_key: self.id.to_string(),
            authors: issuer_names(work, context),
            title: context.text(&self.title).to_owned(),
            notes,
            url: context.statement_page_url(&self.id, None),
            ..base
        })
    }
}

impl ToReference for Clause {
    fn to_reference(&self, context: &RenderContext<'_>) -> Result<Reference, RenderError> {
        let work = context.work(&self.statement)?;
        let (voice, title) = (context.voice_label(self.voice, self.speaker_name.as_ref()), context.text(&work.statement.title));
        let document = document(work, context);
        let publisher = document.publisher.clone();
        let (label, quoted_by) = (&self.label, context.phrase("نقلاً عن", "quoted by"));
        let title = match (self.voice, context.language) {
            (Voice::Statement, Some(Language::Ar)) => format!("{title}، البند {label}"),
            (Voice::Statement, _) => format!("{title}, clause {label}"),
            (_, Some(Language::Ar)) => format!("{voice}: البند {label} من تقرير {publisher} عن «{title}»"),
            (..) => format!("{voice}: clause {label} of the report by {publisher} on the ‘{title}’"),
        };
        let authors = match self.voice {
            Voice::Statement => issuer_names(work, context),
            Voice::ThirdParty => self.speaker_name.iter().map(|name| format!("{} {quoted_by} {publisher}", context.text(name))).collect(),
            Voice::Agency => vec![publisher],
        };
        let base = if self.voice == Voice::Statement { document } else { report(document, context) };
        let mut notes = vec![format!("{voice}. {}.", base.quoted_after)];
        match (context.language.unwrap_or(Language::En), work.statement.source.language) {
            (Language::En, Language::Ar) => notes.push(format!("In English (our translation): “{}”.", self.text.en)),
            (Language::Ar, Language::En) => notes.push(format!("بالعربية (ترجمة غير رسمية): «{}».", self.text.ar)),
            (Language::Ar, Language::Ar) | (Language::En, Language::En) => {}
        }
        notes.extend(base.date_note.clone());
        notes.extend(note_lines(&self.notes, context));
        Ok(Reference {
            citation_key: self.id.to_string(),
            authors,
            title,
            voice: Some(voice),
            quotation: Some(self.quote.exact.clone()),
            notes,
            url: context.statement_page_url(&self.statement, Some(&self.label)),
            ..base
        })
    }
}

/// A reference to the statement, without what is specific to a statement or a clause.
fn document(work: &Work, context: &RenderContext<'_>) -> Reference {
    let Statement { kind, issued, source, .. } = &work.statement;
    let publisher = context.text(&source.publisher);
    let genre = match kind {
        StatementKind::JointStatement => context.phrase("بيان مشترك", "Joint statement"),
        StatementKind::Declaration => context.phrase("إعلان", "Declaration"),
        StatementKind::Agreement => context.phrase("اتفاق", "Agreement"),
        StatementKind::Communique => context.phrase("بلاغ ختامي", "Communiqué"),
    };
    let in_language = match source.language {
        Language::Ar => context.phrase("بالعربية", "in Arabic"),
        Language::En => context.phrase("بالإنكليزية", "in English"),
    };
    Reference {
        citation_key: String::new(),
        kind: ReferenceKind::Document,
        authors: Vec::new(),
        title: String::new(),
        genre,
        publisher: publisher.to_owned(),
        quoted_after: match source.medium {
            Some(_) => format!("{} {publisher} ({in_language})", context.phrase("نقلاً عن", "As reported by")),
            None => format!("{publisher} ({in_language})"),
        },
        issued: issued.clone(),
        date_note: issue_date_note(issued, context),
        language: source.language.code().to_owned(),
        voice: None,
        quotation: None,
        notes: Vec::new(),
        url: String::new(),
    }
}

/// The same as a reference to the news report, for words in other voices. The data has no date of the article, which
/// was published about when the statement was issued.
fn report(document: Reference, context: &RenderContext<'_>) -> Reference {
    let issued = document.issued;
    let approximately = |edtf: String| if edtf.contains(['/', '?', '~', '%']) { edtf } else { format!("{edtf}~") };
    let date_note = issued.edtf.is_some().then(|| match context.language {
        Some(Language::Ar) => format!("تاريخ نشر التقرير غير مذكور هنا؛ وهو عن بيان {}.", in_words(&issued, context)),
        _ => format!("When the report was published is not recorded; it is about the statement of {}.", in_words(&issued, context)),
    });
    Reference {
        kind: ReferenceKind::Report,
        genre: context.phrase("تقرير إخباري", "News report"),
        issued: UncertainDate { edtf: issued.edtf.map(approximately), ..issued },
        date_note,
        ..document
    }
}

/// The names of the issuers of a statement.
fn issuer_names(work: &Work, context: &RenderContext<'_>) -> Vec<String> {
    work.issuers.iter().map(|issuer| context.text(&issuer.name).to_owned()).collect()
}

/// What a reader must know about a date of issue; none if the source prints the date.
fn issue_date_note(date: &UncertainDate, context: &RenderContext<'_>) -> Option<String> {
    if date.edtf.is_none() {
        return Some(context.phrase("المصدر لا يذكر متى صدر البيان.", "The source does not say when the statement was issued.").to_owned());
    }
    let basis = match date.basis {
        Some(Basis::Explicit) | None => return None,
        Some(Basis::Relative) => context.phrase("محسوب مما يقوله المصدر عن ذلك اليوم", "it is computed from what the source says of the day"),
        Some(Basis::Inferred) => context.phrase("مستنتج من السياق", "it is inferred from the context"),
    };
    Some(match context.language {
        Some(Language::Ar) => format!("تاريخ الصدور ({}) غير مكتوب في المصدر: هو {basis}.", in_words(date, context)),
        _ => format!("The date of issue, {}, is not printed in the source: {basis}.", in_words(date, context)),
    })
}

/// A date of issue in words.
fn in_words(date: &UncertainDate, context: &RenderContext<'_>) -> String {
    format_date(date, UpperBound::OnOrBefore, context.language.unwrap_or(Language::En))
}

/// The editors' notes with their severity, the most severe first.
pub(super) fn note_lines(notes: &[NoteReference], context: &RenderContext<'_>) -> Vec<String> {
    let mut notes: Vec<&NoteReference> = notes.iter().collect();
    notes.sort_by_key(|note| note.severity);
    let line = |note: &NoteReference| {
        let severity = match note.severity {
            Severity::Critical => context.phrase("بالغة الأهمية", "critical"),
            Severity::Major => context.phrase("مهمة", "major"),
            Severity::Minor => context.phrase("ثانوية", "minor"),
        };
        format!("{} ({severity}): {}", context.phrase("ملاحظة المحررين", "Editors’ note"), context.text(&note.text))
    };
    notes.into_iter().map(line).collect()
}

/// A date as years, months and days, no finer than its precision: one, or the first and the last of an interval. None if
/// a bound is unknown.
pub(super) fn date_parts(date: &UncertainDate) -> Option<Vec<Vec<i32>>> {
    let parts = |day: Day| {
        let day = day.date();
        // Months and days have at most two digits.
        let parts = [day.year(), day.month().cast_signed(), day.day().cast_signed()];
        let count = match date.precision {
            Precision::Day => 3,
            Precision::Month => 2,
            Precision::Year | Precision::Unknown => 1,
        };
        parts[..count].to_vec()
    };
    let mut dates = vec![parts(date.earliest?), parts(date.latest?)];
    dates.dedup();
    Some(dates)
}

/// Whether the date is marked as uncertain or approximate.
pub(super) fn is_approximate(date: &UncertainDate) -> bool {
    date.edtf.as_ref().is_some_and(|edtf| edtf.contains(['?', '~', '%']))
}
