//! References: a statement or a clause as a reference manager holds it, before CSL-JSON, BibTeX or RIS write it.
//!
//! What is not the issuers' own is never shown as theirs: its author is who says it, its title begins with the voice, and
//! it counts as a part of the report rather than of the statement. The verbatim words stand alone, so that they can be
//! copied from there; whatever must be known with them stands in the notes.

use chrono::Datelike;

use crate::corpus::{
    Basis, Day, Language, Precision, UncertainDate, Voice,
    clauses::{Clause, RoleKind},
    notes::{NoteReference, Severity},
    statements::{Kind as StatementKind, Statement, Work},
};
use crate::formats::{RenderContext, RenderError};

/// What a reference manager takes it for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A document: what the issuers say.
    Document,
    /// A report in the news: what is said around it.
    Report,
}

/// A statement or a clause, as it is cited.
#[derive(Debug)]
pub struct Reference {
    /// What it is cited by: its id, which is ASCII.
    pub key: String,
    /// What it counts as.
    pub kind: Kind,
    /// Who says it: names of institutions, or a description. None has a comma, which some formats would split at.
    pub authors: Vec<String>,
    /// Which statement, and which clause of it.
    pub title: String,
    /// What sort of thing it is.
    pub genre: &'static str,
    /// Who published the article that it is quoted after.
    pub publisher: String,
    /// That it is quoted after them. It stands where a document's publisher would, since they did not publish the
    /// statement itself, and since no style leaves a publisher out.
    pub quoted: String,
    /// When the statement was issued, or about when the report of it was published.
    pub issued: UncertainDate,
    /// What must be known of that date; nothing where the source prints it.
    pub dating: Option<String>,
    /// The language of the article, ISO 639-1.
    pub language: String,
    /// Who says it, in words; none of a statement as a whole.
    pub voice: Option<&'static str>,
    /// The source's words, exactly; none of a statement as a whole.
    pub words: Option<String>,
    /// What must be known with it, a sentence or more each.
    pub notes: Vec<String>,
    /// The address of its page.
    pub url: String,
}

/// What can be cited.
pub trait ToReference {
    /// The reference, in the language that was asked for, else in English.
    ///
    /// # Errors
    /// When the context lacks the statement.
    fn reference(&self, context: &RenderContext<'_>) -> Result<Reference, RenderError>;
}

impl ToReference for Statement {
    fn reference(&self, context: &RenderContext<'_>) -> Result<Reference, RenderError> {
        let work = context.work(&self.id)?;
        let whole = whole(work, context);
        let mut notes = vec![format!("{}.", whole.quoted)];
        notes.extend(whole.dating.clone());
        notes.push(context.text(&self.license_note).to_owned());
        Ok(Reference {
            key: self.id.to_string(),
            authors: issuers(work, context),
            title: context.text(&self.title).to_owned(),
            notes,
            url: context.page_url(&self.id, None),
            ..whole
        })
    }
}

impl ToReference for Clause {
    fn reference(&self, context: &RenderContext<'_>) -> Result<Reference, RenderError> {
        let work = context.work(&self.statement)?;
        let (voice, title) = (context.voice_label(self.voice), context.text(&work.statement.title));
        let whole = whole(work, context);
        let publisher = whole.publisher.clone();
        let (label, quoted_by) = (&self.label, context.phrase("نقلاً عن", "quoted by"));
        let title = match (self.voice, context.language) {
            (Voice::Statement, Some(Language::Ar)) => format!("{title}، البند {label}"),
            (Voice::Statement, _) => format!("{title}, clause {label}"),
            (_, Some(Language::Ar)) => format!("{voice}: البند {label} من تقرير {publisher} عن «{title}»"),
            (..) => format!("{voice}: clause {label} of the report by {publisher} on the ‘{title}’"),
        };
        let speakers = self.actors.iter().filter(|actor| actor.role == RoleKind::Speaker).map(|actor| context.text(&actor.name));
        let authors = match self.voice {
            Voice::Statement => issuers(work, context),
            Voice::Officer => speakers.map(|speaker| format!("{speaker} {quoted_by} {publisher}")).collect(),
            Voice::Agency => vec![publisher],
        };
        let whole = if self.voice == Voice::Statement { whole } else { reported(whole, context) };
        let mut notes = vec![format!("{voice}. {}.", whole.quoted)];
        if context.language != Some(Language::Ar) {
            notes.push(format!("In English ({}): “{}”.", self.translation, self.text.en));
        }
        notes.extend(whole.dating.clone());
        notes.extend(remarks(&self.notes, context));
        Ok(Reference {
            key: self.id.to_string(),
            authors,
            title,
            voice: Some(voice),
            words: Some(self.quote.exact.clone()),
            notes,
            url: context.page_url(&self.statement, Some(&self.label)),
            ..whole
        })
    }
}

/// The same for what the report says in other voices. The article itself has no date here; it was published about when
/// the statement was issued.
fn reported(whole: Reference, context: &RenderContext<'_>) -> Reference {
    let issued = whole.issued;
    let about = |edtf: String| if edtf.contains(['/', '?', '~', '%']) { edtf } else { format!("{edtf}~") };
    let dating = issued.edtf.as_ref().map(|edtf| match context.language {
        Some(Language::Ar) => format!("تاريخ نشر التقرير غير مذكور هنا؛ وهو عن بيان صدر في {edtf}."),
        _ => format!("When the report was published is not recorded; it is about a statement issued on {edtf}."),
    });
    Reference {
        kind: Kind::Report,
        genre: context.phrase("تقرير إخباري", "News report"),
        issued: UncertainDate { edtf: issued.edtf.map(about), ..issued },
        dating,
        ..whole
    }
}

/// What a statement gives to a reference to it or to a part of it.
fn whole(work: &Work, context: &RenderContext<'_>) -> Reference {
    let Statement { kind, issued, source, .. } = &work.statement;
    let publisher = context.text(&source.publisher);
    let genre = match kind {
        StatementKind::JointStatement => context.phrase("بيان مشترك", "Joint statement"),
        StatementKind::Declaration => context.phrase("إعلان", "Declaration"),
        StatementKind::Agreement => context.phrase("اتفاق", "Agreement"),
        StatementKind::Communique => context.phrase("بلاغ ختامي", "Communiqué"),
    };
    let article = match source.language.as_str() {
        "ar" => context.phrase("بالعربية", "in Arabic"),
        _ => context.phrase("بالإنكليزية", "in English"),
    };
    Reference {
        key: String::new(),
        kind: Kind::Document,
        authors: Vec::new(),
        title: String::new(),
        genre,
        publisher: publisher.to_owned(),
        quoted: format!("{} {publisher} ({article})", context.phrase("نقلاً عن", "Quoted after")),
        issued: issued.clone(),
        dating: dated(issued, context),
        language: source.language.clone(),
        voice: None,
        words: None,
        notes: Vec::new(),
        url: String::new(),
    }
}

/// The names of those who issued a statement.
fn issuers(work: &Work, context: &RenderContext<'_>) -> Vec<String> {
    work.issuers.iter().map(|issuer| context.text(&issuer.name).to_owned()).collect()
}

/// What must be known of a date of issue; nothing where the source prints it.
fn dated(date: &UncertainDate, context: &RenderContext<'_>) -> Option<String> {
    let Some(edtf) = &date.edtf else {
        return Some(context.phrase("المصدر لا يذكر متى صدر البيان.", "The source does not say when the statement was issued.").to_owned());
    };
    let how = match date.basis {
        Some(Basis::Explicit) | None => return None,
        Some(Basis::Relative) => context.phrase("محسوب من تعبير زمني نسبي", "it is reckoned from a relative expression of time"),
        Some(Basis::Inferred) => context.phrase("مستنتج من السياق", "it is read from the context"),
    };
    Some(match context.language {
        Some(Language::Ar) => format!("تاريخ الصدور {edtf} غير مكتوب في المصدر: هو {how}."),
        _ => format!("The date of issue, {edtf}, is not printed in the source: {how}."),
    })
}

/// The editors' notes, with how much each matters; what matters most comes first.
pub(super) fn remarks(notes: &[NoteReference], context: &RenderContext<'_>) -> Vec<String> {
    let mut notes: Vec<&NoteReference> = notes.iter().collect();
    notes.sort_by_key(|note| note.severity);
    let remark = |note: &NoteReference| {
        let severity = match note.severity {
            Severity::Critical => context.phrase("بالغة الأهمية", "critical"),
            Severity::Major => context.phrase("مهمة", "major"),
            Severity::Minor => context.phrase("ثانوية", "minor"),
        };
        format!("{} ({severity}): {}", context.phrase("ملاحظة المحررين", "Editors' note"), context.text(&note.text))
    };
    notes.into_iter().map(remark).collect()
}

/// A date as years, months and days, as far as it can be trusted: one, or the first and the last of an interval. None
/// where a bound is not known.
pub(super) fn parts(date: &UncertainDate) -> Option<Vec<Vec<i32>>> {
    let known = |day: Day| {
        let day = day.date();
        // Neither month nor day has more than two digits.
        let parts = [day.year(), day.month().cast_signed(), day.day().cast_signed()];
        let count = match date.precision {
            Precision::Day => 3,
            Precision::Month => 2,
            Precision::Year | Precision::Unknown => 1,
        };
        parts[..count].to_vec()
    };
    let mut both = vec![known(date.earliest?), known(date.latest?)];
    both.dedup();
    Some(both)
}

/// Whether a date is marked as uncertain or as an estimate.
pub(super) fn is_rough(date: &UncertainDate) -> bool {
    date.edtf.as_ref().is_some_and(|edtf| edtf.contains(['?', '~', '%']))
}
