//! A milestone in words, as calendars and feeds describe it, and its page.

use crate::corpus::{ClauseReference, Language, Slug, milestones::Milestone};
use crate::formats::{
    context::RenderContext,
    date_words::{UpperBound, format_date, format_day, format_milestone_date},
    error::RenderError,
    paragraph::Paragraph,
    reference::note_lines,
};

/// Everything that a reader must know with a milestone: who says it, the words, the precision of the date, the
/// conditions, the editors' notes, and later reports.
///
/// # Errors
/// If the context lacks the statement.
pub(super) fn description(milestone: &Milestone, context: &RenderContext<'_>) -> Result<Vec<Paragraph>, RenderError> {
    let language = context.language.unwrap_or(Language::En);
    let paragraph = |text: String| Paragraph { language, text };
    let mut lines = vec![paragraph(context.voice_label(milestone.voice, milestone.speaker_name.as_ref()))];
    let statement = &context.work(&milestone.statement)?.statement;
    let source = statement.source.language;
    lines.push(paragraph(format!("{}: {}", context.phrase("البيان", "Statement"), context.text(&statement.title))));
    lines.extend(quoted(&milestone.clauses, source, context));
    lines.push(paragraph(format!("{}: {}", context.phrase("التاريخ", "Date"), format_milestone_date(milestone, language))));
    if !milestone.condition_clauses.is_empty() {
        lines.push(paragraph(format!("{}:", context.phrase("مشروطة بما يأتي", "Subject to"))));
        lines.extend(quoted(&milestone.condition_clauses, source, context));
    }
    lines.extend(note_lines(&milestone.notes, context).into_iter().map(paragraph));
    for report in &milestone.developments {
        let date = format_date(&report.date, UpperBound::OnOrBefore, language);
        lines.push(paragraph(format!("{} ({date}): {}", context.phrase("تقرير لاحق", "Later report"), context.text(&report.text))));
    }
    if milestone.developments.is_empty() {
        let checked = statement.developments_checked.map(|day| format_day(day.date(), language));
        lines.push(paragraph(match (checked, context.language) {
            (Some(day), Some(Language::Ar)) => format!("لم نجد تقارير لاحقة حتى {day}."),
            (Some(day), _) => format!("No later report found as of {day}."),
            (None, Some(Language::Ar)) => "لم يُبحث بعد عن تقارير لاحقة.".to_owned(),
            (None, _) => "Later reports have not been looked for yet.".to_owned(),
        }));
    }
    Ok(lines)
}

/// Clauses, each with its label: the words of the source, and their translation if the reader's language is another.
fn quoted(clauses: &[ClauseReference], source: Language, context: &RenderContext<'_>) -> Vec<Paragraph> {
    let language = context.language.unwrap_or(Language::En);
    let mut lines = Vec::new();
    for clause in clauses {
        lines.push(Paragraph { language: source, text: format!("[{}] {}", clause.label, in_marks(clause.text.of(source), source)) });
        if language != source {
            let text = format!("{} ({})", in_marks(clause.text.of(language), language), context.phrase("ترجمة غير رسمية", "our translation"));
            lines.push(Paragraph { language, text });
        }
    }
    lines
}

/// Words in the quotation marks of a language.
#[must_use]
pub fn in_marks(words: &str, language: Language) -> String {
    match language {
        Language::Ar => format!("«{words}»"),
        Language::En => format!("“{words}”"),
    }
}

/// The path of a milestone's page, below the language.
pub(super) fn page_path(id: &Slug) -> String {
    format!("milestones/{id}")
}
