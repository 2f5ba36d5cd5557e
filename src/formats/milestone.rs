//! A milestone in words, as calendars and feeds describe it, and its page.

use crate::corpus::{Language, Slug, milestones::Milestone};
use crate::formats::{context::RenderContext, date_words::format_milestone_date, error::RenderError, paragraph::Paragraph, reference::note_lines};

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
    for clause in &milestone.clauses {
        lines.push(Paragraph { language: source, text: format!("[{}] {}", clause.label, in_marks(clause.text.of(source), source)) });
        if language != source {
            lines.push(paragraph(format!("{} ({})", clause.text.of(language), context.phrase("ترجمة غير رسمية", "our translation"))));
        }
    }
    let date = milestone.date.edtf.as_deref().unwrap_or_else(|| context.phrase("بلا تاريخ", "undated"));
    lines.push(paragraph(format!("{}: {date}", context.phrase("التاريخ (EDTF)", "Date (EDTF)"))));
    if milestone.conditional {
        let conditions: Vec<String> = milestone.conditions.iter().map(ToString::to_string).collect();
        lines.push(paragraph(format!("{}: {}", context.phrase("مشروط بـ", "Subject to"), conditions.join(", "))));
    }
    lines.extend(note_lines(&milestone.notes, context).into_iter().map(paragraph));
    for report in &milestone.developments {
        let date = report.date.edtf.as_deref().unwrap_or_default();
        lines.push(paragraph(format!("{} ({date}): {}", context.phrase("تقرير لاحق", "Later report"), context.text(&report.text))));
    }
    if milestone.developments.is_empty() {
        lines.push(paragraph(match (statement.developments_checked, context.language) {
            (Some(day), Some(Language::Ar)) => format!("لم نجد تقارير لاحقة حتى {day}."),
            (Some(day), _) => format!("No later report found as of {day}."),
            (None, Some(Language::Ar)) => "لم يُبحث بعد عن تقارير لاحقة.".to_owned(),
            (None, _) => "Later reports have not been looked for yet.".to_owned(),
        }));
    }
    Ok(lines)
}

/// The date of a milestone in words, and whether it is subject to conditions.
pub(super) fn date_in_words(milestone: &Milestone, context: &RenderContext<'_>) -> String {
    let date = format_milestone_date(milestone, context.language.unwrap_or(Language::En));
    let conditional = if milestone.conditional { context.phrase("، بشروط", ", subject to conditions") } else { "" };
    format!("{date}{conditional}")
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
